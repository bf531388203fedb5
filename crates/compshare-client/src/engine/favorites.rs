//! The account's favourites, in whichever way the service lists them.

use std::fmt;

use compshare_model::{
    Action, DescribeCommunityImages, DescribeFavoriteImages, Effect, Grouped, ImageGroup,
    ImageList, ProjectId, Region, RetCode, Rows, Zone,
};
use serde::{Serialize, Serializer};

use super::known::Known;
use super::portion::Portion;
use super::walk::Walk;
use super::{Page, Pager, Reply};
use crate::{Error, ErrorKind, Sent};

/// A way to the account's favourites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FavoritesVia {
    /// By the actions of CompShare's documentation: `DescribeFavoriteImages`, `AddFavoriteImage`, `RemoveFavoriteImage`.
    /// Favourites are single images.
    Documented,
    /// By what the platform's own command-line tool reports to work: `IsFavorite` on the groups of
    /// `DescribeCommunityImages`, `CreateCompShareImageFavorite`, `DeleteCompShareImageFavorite`. Favourites are groups of
    /// versions.
    Community,
}

impl FavoritesVia {
    /// The word for it: `documented` or `community`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Community => "community",
        }
    }
}

impl fmt::Display for FavoritesVia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Which favourites are asked for, and how.
///
/// ```
/// use compshare_client::{FavoritesQuery, FavoritesVia};
///
/// let query = FavoritesQuery::new().via(FavoritesVia::Community).max_items(10);
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FavoritesQuery {
    via: Option<FavoritesVia>,
    offset: u64,
    max_items: Option<u64>,
    region: Option<Region>,
    zone: Option<Zone>,
    project_id: Option<ProjectId>,
}

impl FavoritesQuery {
    /// All favourites, by the documented action if the service has it, else from the community.
    pub fn new() -> Self {
        Self::default()
    }

    /// This way only. Otherwise the first listing of a client finds out, and its clones and later listings remember.
    pub fn via(mut self, via: FavoritesVia) -> Self {
        self.via = Some(via);
        self
    }

    /// Leaves out the first `favorites`.
    pub fn offset(mut self, favorites: u64) -> Self {
        self.offset = favorites;
        self
    }

    /// Gives at most so many favourites.
    pub fn max_items(mut self, favorites: u64) -> Self {
        self.max_items = Some(favorites);
        self
    }

    /// The region; the client's own if not set.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The zone; the client's own if not set.
    pub fn zone(mut self, zone: impl Into<Zone>) -> Self {
        self.zone = Some(zone.into());
        self
    }

    /// The project; the client's own if not set.
    pub fn project_id(mut self, project_id: impl Into<ProjectId>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }
}

/// A page of favourites, asked for in one of the two ways.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FavoritesRequest {
    /// By the documented action.
    Documented(Grouped<DescribeFavoriteImages>),
    /// By a page of the community.
    Community(Grouped<DescribeCommunityImages>),
}

impl Serialize for FavoritesRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Documented(action) => action.serialize(serializer),
            Self::Community(action) => action.serialize(serializer),
        }
    }
}

impl Action for FavoritesRequest {
    const NAME: &'static str = DescribeFavoriteImages::NAME;
    const EFFECT: Effect = Effect::Read;
    type Response = ImageList;

    fn name(&self) -> &str {
        match self {
            Self::Documented(action) => action.name(),
            Self::Community(action) => action.name(),
        }
    }
}

/// The account's favourites as groups, in whichever way the service lists them.
///
/// Asks `DescribeFavoriteImages`; if the service says that there is no such action (RetCode 161), walks the community and
/// keeps the groups that say `IsFavorite`, without their readmes if the service can leave them out. A favourite that the
/// documented action lists is a group of that one image, with the group's id where the row has one.
///
/// After an error, [`Error::resume_at`] is how many favourites to leave out ([`FavoritesQuery::offset`]) to go on.
pub struct FavoritesWalk {
    known: Known,
    /// The way that is gone; open until the service has answered.
    via: Option<FavoritesVia>,
    /// Whether the other way may be tried.
    is_open: bool,
    documented: Pager<Grouped<DescribeFavoriteImages>>,
    community: Pager<Grouped<DescribeCommunityImages>>,
    /// How many favourites are left out.
    offset: u64,
    /// Which of the community's favourites are given; the documented action pages by favourites itself.
    portion: Portion,
    heard: Heard,
}

/// What the community's groups said of being a favourite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Heard {
    /// There was no group.
    Nothing,
    /// No group said it of itself.
    Silence,
    /// At least one group said that it is a favourite, or that it is none.
    Word,
}

impl FavoritesWalk {
    pub(super) fn new(query: FavoritesQuery, known: Known, max_pages: u64) -> Self {
        let FavoritesQuery {
            via,
            offset,
            max_items,
            region,
            zone,
            project_id,
        } = query;
        let mut documented = DescribeFavoriteImages::new().offset(offset);
        let mut community = DescribeCommunityImages::new();
        (documented.region, documented.zone, documented.project_id) =
            (region.clone(), zone.clone(), project_id.clone());
        (community.region, community.zone, community.project_id) = (region, zone, project_id);
        let mut documented = Pager::new(documented.grouped(), max_pages);
        if let Some(items) = max_items {
            documented = documented.max_items(items);
        }
        if !known.readmes_stay() {
            community.exclude_readme = Some(true);
        }
        Self {
            via: via.or(known.listing()),
            is_open: via.is_none(),
            known,
            documented,
            community: Pager::new(community.grouped(), max_pages),
            offset,
            portion: Portion::new(offset, max_items),
            heard: Heard::Nothing,
        }
    }

    /// Which way it goes; `None` before the service has answered, unless it was set or is remembered.
    pub fn via(&self) -> Option<FavoritesVia> {
        self.via
    }

    fn is_community(&self) -> bool {
        self.via == Some(FavoritesVia::Community)
    }

    /// Takes a page of the community.
    fn accept_groups(
        &mut self,
        reply: Reply<Rows<ImageGroup>>,
    ) -> Result<Option<Page<ImageGroup>>, Error> {
        let Some(mut page) = self.community.accept_rows(reply)? else {
            return if self.heard == Heard::Silence {
                Err(silence())
            } else {
                Ok(None)
            };
        };
        page.items.retain(|group| {
            let word = is_favorite(group);
            self.heard = self.heard.max(if word.is_some() {
                Heard::Word
            } else {
                Heard::Silence
            });
            word == Some(true)
        });
        self.portion.take(&mut page.items);
        // The total counts the community, not the favourites in it.
        page.total = None;
        Ok(Some(page))
    }

    /// Where a walk through the community can be taken up again: counted in favourites.
    fn with_place(&self, error: Error) -> Error {
        match self.portion.given() {
            0 => error,
            given => error.with_resume_at(self.offset.saturating_add(given)),
        }
    }

    /// Whether readmes are left out of the community's pages.
    fn leaves_out_readmes(&self) -> bool {
        self.community.action().inner().exclude_readme.is_some()
    }

    /// Whether a failed first request leaves another way.
    fn turn(&mut self, error: &Error) -> bool {
        if self.is_community() {
            let is_refused = error.ret_code() == Some(RetCode::PARAMETER_NOT_AVAILABLE);
            if !(is_refused && self.leaves_out_readmes() && self.community.offset() == 0) {
                return false;
            }
            self.community.count_failure(error);
            let mut request = self.community.action().inner().clone();
            request.exclude_readme = None;
            self.community.set_action(request.grouped());
            return true;
        }
        let is_first = self.documented.offset() == self.offset;
        if !(self.is_open && is_first && error.is_action_unavailable()) {
            return false;
        }
        self.documented.count_failure(error);
        self.via = Some(FavoritesVia::Community);
        self.known.set_listing(FavoritesVia::Community);
        true
    }
}

/// The community does not say what is a favourite: no list is better than an empty one.
fn silence() -> Error {
    Error::new(ErrorKind::Paging)
        .with_action(DescribeCommunityImages::NAME)
        .with_detail("no group says whether it is a favourite (IsFavorite), so favourites cannot be told apart")
        .with_sent(Sent::Yes)
}

/// What a group says, or else its versions.
fn is_favorite(group: &ImageGroup) -> Option<bool> {
    let versions = || group.data.iter().filter_map(|version| version.is_favorite);
    group.is_favorite.or_else(|| versions().max())
}

impl Walk for FavoritesWalk {
    type Action = FavoritesRequest;
    type Row = ImageGroup;
    type Item = ImageGroup;

    fn rows(response: ImageList) -> Rows<ImageGroup> {
        response.into()
    }

    fn request(&mut self) -> Option<Result<FavoritesRequest, Error>> {
        if self.is_community() {
            if self.portion.is_over() {
                return None;
            }
            let request = self.community.request()?;
            return Some(
                request
                    .map(FavoritesRequest::Community)
                    .map_err(|error| self.with_place(error)),
            );
        }
        Some(self.documented.request()?.map(FavoritesRequest::Documented))
    }

    fn ahead(&self, steps: u32, eager: bool) -> Option<(u64, FavoritesRequest)> {
        // Where only some are wanted, nobody knows how many pages they take.
        let is_limited = self.portion.left().is_some();
        if self.is_community() {
            let (offset, action) = self
                .community
                .ahead(steps, eager)
                .filter(|_| eager || !is_limited)?;
            return Some((offset, FavoritesRequest::Community(action)));
        }
        let (offset, action) = self.documented.ahead(steps, eager)?;
        Some((offset, FavoritesRequest::Documented(action)))
    }

    /// Of the community, of pages that two counts of the service agree to exist.
    fn default_look_ahead(&self) -> u32 {
        3
    }

    fn accept(
        &mut self,
        reply: Reply<Rows<ImageGroup>>,
    ) -> Result<Option<Page<ImageGroup>>, Error> {
        if self.is_community() {
            if !self.leaves_out_readmes() {
                self.known.set_readmes_stay();
            }
            return self
                .accept_groups(reply)
                .map_err(|error| self.with_place(error));
        }
        if self.via.is_none() {
            self.via = Some(FavoritesVia::Documented);
            self.known.set_listing(FavoritesVia::Documented);
        }
        let mut page = self.documented.accept_rows(reply)?;
        for group in page.iter_mut().flat_map(|page| &mut page.items) {
            if group.is_favorite.is_none() {
                group.is_favorite = Some(true);
                group.extra.remove("IsFavorite");
            }
        }
        Ok(page)
    }

    fn fail(&mut self, error: Error) -> Option<Error> {
        if self.turn(&error) {
            return None;
        }
        if !self.is_community() {
            return Some(self.documented.fail(error));
        }
        self.community.count_failure(&error);
        self.portion.limit(0);
        Some(self.with_place(error))
    }

    fn max_items(mut self, items: u64) -> Self {
        self.portion.limit(items);
        self.documented = self.documented.max_items(items);
        self
    }

    fn offset(&self) -> u64 {
        if self.is_community() {
            self.community.offset()
        } else {
            self.documented.offset()
        }
    }

    fn requests(&self) -> u64 {
        self.documented.requests() + self.community.requests()
    }

    /// Of favourites, by the documented action only; the community's total counts others too.
    fn total(&self) -> Option<u64> {
        self.documented.total()
    }
}

impl fmt::Debug for FavoritesWalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FavoritesWalk")
            .field("via", &self.via)
            .field("offset", &Walk::offset(self))
            .field("given", &self.portion.given())
            .finish_non_exhaustive()
    }
}
