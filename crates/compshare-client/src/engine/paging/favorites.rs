//! The account's favorites, by whichever action the service has.

use std::fmt;

use compshare_model::{
    Action, DescribeCommunityImages, DescribeFavoriteImages, Favorite, Grouped, ProjectId, Region,
    Rows, Zone,
};

use super::item_range::ItemRange;
use super::{OffsetPaginator, Page, PageResult, Paginator, Prefetch, community_images, sealed};
use crate::engine::{CallOptions, Engine, Exchange};
use crate::{Error, Reason, Sent};

/// The actions by which favorites are listed or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FavoritesSource {
    /// The actions of CompShare's documentation: `DescribeFavoriteImages`, `AddFavoriteImage`,
    /// `RemoveFavoriteImage`. Favorites are single images.
    Documented,
    /// The actions that the platform's own command-line tool reports to work: `IsFavorite` on the
    /// groups of `DescribeCommunityImages`, `CreateCompShareImageFavorite`,
    /// `DeleteCompShareImageFavorite`. Favorites are groups of versions.
    Community,
}

impl FavoritesSource {
    /// Returns the name of the variant: `documented` or `community`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Community => "community",
        }
    }
}

impl fmt::Display for FavoritesSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A request for favorites.
///
/// ```
/// use compshare_client::{FavoritesQuery, FavoritesSource};
///
/// let query = FavoritesQuery::new().source(FavoritesSource::Community).max_items(10);
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct FavoritesQuery {
    source: Option<FavoritesSource>,
    offset: u64,
    max_items: Option<u64>,
    region: Option<Region>,
    zone: Option<Zone>,
    project_id: Option<ProjectId>,
}

impl FavoritesQuery {
    /// Requests all favorites, by the documented action if the service has it, else from the
    /// community.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses these actions only. By default, the first listing of a client finds out which ones the
    /// service has; its clones and later listings remember.
    pub fn source(mut self, source: FavoritesSource) -> Self {
        self.source = Some(source);
        self
    }

    /// Skips the first `favorites`.
    pub fn offset(mut self, favorites: u64) -> Self {
        self.offset = favorites;
        self
    }

    /// Limits the number of favorites.
    pub fn max_items(mut self, favorites: u64) -> Self {
        self.max_items = Some(favorites);
        self
    }

    /// Sets the region; the client's own by default.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the zone; the client's own by default.
    pub fn zone(mut self, zone: impl Into<Zone>) -> Self {
        self.zone = Some(zone.into());
        self
    }

    /// Sets the project; the client's own by default.
    pub fn project_id(mut self, project_id: impl Into<ProjectId>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }
}

/// The account's favorites, by whichever action the service has.
///
/// Calls `DescribeFavoriteImages`; if the service does not have the action (RetCode 161), pages the
/// community and keeps the groups with `IsFavorite`, without their readmes if the service can
/// exclude them. Each [`Favorite`] is an image: by the documented action the one that is listed,
/// from the community the version of the group to create an instance from.
///
/// After an error, [`Error::resume_at`] is the [`FavoritesQuery::offset`] at which another listing
/// can continue.
pub struct FavoritesPaginator {
    engine: Engine,
    /// The actions in use; `None` until the service has answered.
    source: Option<FavoritesSource>,
    /// Whether the community may replace the documented action.
    has_fallback: bool,
    documented: OffsetPaginator<Grouped<DescribeFavoriteImages, Favorite>>,
    community: OffsetPaginator<Grouped<DescribeCommunityImages, Favorite>>,
    /// Number of favorites to skip.
    offset: u64,
    /// The range of the community's favorites; the documented action pages by favorites itself.
    range: ItemRange,
    flags: FavoriteFlags,
}

/// The flags `IsFavorite` of the community's groups so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FavoriteFlags {
    /// There was no group.
    NoGroups,
    /// No group has the flag.
    Missing,
    /// At least one group has the flag.
    Present,
}

impl FavoritesPaginator {
    pub(in crate::engine) fn new(engine: Engine, query: FavoritesQuery) -> Self {
        let mut documented = DescribeFavoriteImages::new().offset(query.offset);
        documented.region.clone_from(&query.region);
        documented.zone.clone_from(&query.zone);
        documented.project_id.clone_from(&query.project_id);
        let mut documented = OffsetPaginator::new(engine.clone(), documented.into());
        if let Some(items) = query.max_items {
            documented = documented.max_items(items);
        }

        let mut community = DescribeCommunityImages::new();
        community.region = query.region;
        community.zone = query.zone;
        community.project_id = query.project_id;
        Self {
            source: query.source.or(engine.capabilities.get().listing),
            has_fallback: query.source.is_none(),
            documented,
            community: community_images(&engine, community),
            offset: query.offset,
            range: ItemRange::new(query.offset, query.max_items),
            flags: FavoriteFlags::NoGroups,
            engine,
        }
    }

    /// Returns the actions that list the favorites; `None` until the service has answered, unless
    /// they were set or are remembered.
    pub fn source(&self) -> Option<FavoritesSource> {
        self.source
    }

    fn is_community(&self) -> bool {
        self.source == Some(FavoritesSource::Community)
    }

    /// Returns the paginator of the actions in use.
    fn pages(&self) -> &dyn Paginator<Item = Favorite> {
        if self.is_community() {
            &self.community
        } else {
            &self.documented
        }
    }

    fn set_source(&mut self, source: FavoritesSource) {
        self.source = Some(source);
        let capabilities = &self.engine.capabilities;
        capabilities.learn(|known| known.listing = Some(source));
    }

    fn accept_documented(
        &mut self,
        result: PageResult<Favorite>,
    ) -> Result<Option<Page<Favorite>>, Error> {
        let can_fall_back = self.has_fallback && !self.documented.has_begun();
        match &result {
            Err(error) if can_fall_back && error.is_action_unavailable() => {
                self.documented.count_failure(error);
                self.set_source(FavoritesSource::Community);
                return Ok(None);
            }
            Ok(_) if self.source.is_none() => self.set_source(FavoritesSource::Documented),
            _ => {}
        }

        let mut page = self.documented.accept(result)?;
        for favorite in page.iter_mut().flat_map(|page| &mut page.items) {
            favorite.is_favorite.get_or_insert(true);
        }
        Ok(page)
    }

    fn accept_community(
        &mut self,
        result: PageResult<Favorite>,
    ) -> Result<Option<Page<Favorite>>, Error> {
        let Some(mut page) = self.community.accept(result)? else {
            // Without any flag, an empty list of favorites may be wrong.
            return match self.flags {
                FavoriteFlags::Missing => Err(Error::of(Reason::NoFavoriteFlag)
                    .with_action(DescribeCommunityImages::NAME)
                    .with_sent(Sent::Yes)),
                FavoriteFlags::NoGroups | FavoriteFlags::Present => Ok(None),
            };
        };

        page.items.retain(|image| {
            self.flags = self.flags.max(match image.is_favorite {
                Some(_) => FavoriteFlags::Present,
                None => FavoriteFlags::Missing,
            });
            image.is_favorite == Some(true)
        });
        self.range.apply(&mut page.items);
        // The total counts the community, not the favorites in it.
        page.total = None;
        Ok(Some(page))
    }

    /// Converts the offset at which the community can be resumed to an offset of favorites.
    fn in_favorites(&self, error: Error) -> Error {
        match error.resume_at() {
            Some(_) => error.with_resume_at(self.offset.saturating_add(self.range.given())),
            None => error,
        }
    }
}

impl sealed::Sealed for FavoritesPaginator {}

impl Paginator for FavoritesPaginator {
    type Item = Favorite;

    fn next_page(&mut self) -> Option<Result<u64, Error>> {
        if !self.is_community() {
            return self.documented.next_page();
        }
        if self.range.is_over() {
            return None;
        }
        let next = self.community.next_page()?;
        Some(next.map_err(|error| self.in_favorites(error)))
    }

    fn next_prefetch(&self, steps: u32, prefetch: Prefetch) -> Option<u64> {
        // The number of community pages up to a limited number of favorites is unknown.
        let is_unknown = self.is_community() && self.range.remaining().is_some();
        let next = self.pages().next_prefetch(steps, prefetch);
        next.filter(|_| prefetch == Prefetch::Explicit || !is_unknown)
    }

    /// Of the community, those pages that two counts of the service agree on.
    fn default_prefetch(&self) -> u32 {
        3
    }

    fn request(
        &self,
        offset: u64,
        options: &CallOptions,
    ) -> Result<Exchange<Rows<Favorite>>, Error> {
        self.pages().request(offset, options)
    }

    fn accept(&mut self, result: PageResult<Favorite>) -> Result<Option<Page<Favorite>>, Error> {
        if self.is_community() {
            self.accept_community(result)
                .map_err(|error| self.in_favorites(error))
        } else {
            self.accept_documented(result)
        }
    }

    fn max_items(mut self, items: u64) -> Self {
        self.range.limit(items);
        self.documented = self.documented.max_items(items);
        self
    }

    fn offset(&self) -> u64 {
        self.pages().offset()
    }

    fn requests(&self) -> u64 {
        self.documented.requests() + self.community.requests()
    }

    /// Of favorites, by the documented action only; the community's total counts other groups too.
    fn total(&self) -> Option<u64> {
        self.documented.total()
    }
}

impl fmt::Debug for FavoritesPaginator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FavoritesPaginator")
            .field("source", &self.source)
            .field("offset", &self.offset())
            .field("given", &self.range.given())
            .finish_non_exhaustive()
    }
}
