//! Adding a favourite, or taking it off, in whichever way the service offers.

use std::collections::VecDeque;
use std::mem;

use compshare_model::{
    Action, AddFavoriteImage, CreateCompShareImageFavorite, DeleteCompShareImageFavorite,
    DescribeCommunityImages, Effect, GroupId, Grouped, ImageGroup, ImageId, ImageList,
    RemoveFavoriteImage,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::known::Known;
use super::{FavoritesVia, Pager, Reply};
use crate::{Error, ErrorKind, Reason};

/// What to do next.
#[derive(Debug)]
pub enum FavoriteStep {
    /// Send this, then tell [`FavoriteChange::wrote`].
    Write(FavoriteWrite),
    /// Ask for the versions of the group, then tell [`FavoriteChange::found`].
    Find(Grouped<DescribeCommunityImages>),
    /// It is over; this is the way that was gone. Ask no further.
    Done(Result<FavoritesVia, Error>),
}

/// A call that changes a favourite.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FavoriteWrite {
    /// Adds a group.
    Create(CreateCompShareImageFavorite),
    /// Takes a group off.
    Delete(DeleteCompShareImageFavorite),
    /// Adds an image.
    Add(AddFavoriteImage),
    /// Takes an image off.
    Remove(RemoveFavoriteImage),
}

impl Serialize for FavoriteWrite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Create(action) => action.serialize(serializer),
            Self::Delete(action) => action.serialize(serializer),
            Self::Add(action) => action.serialize(serializer),
            Self::Remove(action) => action.serialize(serializer),
        }
    }
}

impl Action for FavoriteWrite {
    const NAME: &'static str = CreateCompShareImageFavorite::NAME;
    const EFFECT: Effect = Effect::IdempotentWrite;
    /// Nothing beyond success is documented of any of them.
    type Response = Value;

    fn name(&self) -> &str {
        match self {
            Self::Create(action) => action.name(),
            Self::Delete(action) => action.name(),
            Self::Add(action) => action.name(),
            Self::Remove(action) => action.name(),
        }
    }
}

/// One change. Holds no socket: it says what to send and is told what came of it.
///
/// The calls by group are tried first, since they are the ones that are reported to work. If the service says that there
/// is no such action (RetCode 161), the group's versions are looked up and the documented calls are sent: one for the
/// first version that is ready, or, to take the group off, one for each version. Which way works is remembered.
#[derive(Debug)]
pub struct FavoriteChange {
    group: GroupId,
    favorite: bool,
    known: Known,
    max_pages: u64,
    state: State,
}

#[derive(Debug)]
enum State {
    ByGroup,
    /// The group is looked up, page by page: a flat list may have its versions on several.
    Find(Box<Search>),
    ByImage {
        left: VecDeque<ImageId>,
        /// Why the calls by group are of no use, if that was found out just now.
        refusal: Option<Error>,
        /// How many versions were known to the service, and what it said of one that was not.
        changed: u64,
        unknown: Option<Error>,
    },
    Done(Result<FavoritesVia, Error>),
}

#[derive(Debug)]
struct Search {
    pages: Pager<Grouped<DescribeCommunityImages>>,
    /// What was found of the group so far.
    found: ImageGroup,
    /// Why the calls by group are of no use, if that was found out just now.
    refusal: Option<Error>,
}

impl FavoriteChange {
    pub(super) fn new(group: GroupId, favorite: bool, known: Known, max_pages: u64) -> Self {
        let mut change = Self {
            group,
            favorite,
            known,
            max_pages,
            state: State::ByGroup,
        };
        if change.known.writing() == Some(FavoritesVia::Documented) {
            change.state = change.search(None);
        }
        change
    }

    fn search(&self, refusal: Option<Error>) -> State {
        let request = DescribeCommunityImages::new().group_id(&self.group);
        let pages = Pager::new(request.grouped(), self.max_pages);
        State::Find(Box::new(Search {
            pages,
            found: ImageGroup::default(),
            refusal,
        }))
    }

    /// What to do next. Asking again before the answer was told gives the same.
    pub fn step(&mut self) -> FavoriteStep {
        if let State::Find(search) = &mut self.state {
            match search.pages.request() {
                // For a favourite one version that is ready is enough.
                Some(Ok(request)) if !(self.favorite && search.found.ready_version().is_some()) => {
                    return FavoriteStep::Find(request);
                }
                Some(Err(error)) => self.state = State::Done(Err(error)),
                _ => {
                    let (found, refusal) = (mem::take(&mut search.found), search.refusal.take());
                    self.state = self.by_image(&found, refusal);
                }
            }
        }
        match &mut self.state {
            State::ByImage {
                left,
                changed,
                unknown,
                ..
            } => match left.front() {
                Some(image) if self.favorite => {
                    FavoriteStep::Write(FavoriteWrite::Add(AddFavoriteImage::new(image)))
                }
                Some(image) => {
                    FavoriteStep::Write(FavoriteWrite::Remove(RemoveFavoriteImage::new(image)))
                }
                None => FavoriteStep::Done(match unknown.take() {
                    Some(error) if *changed == 0 => Err(error),
                    _ => Ok(FavoritesVia::Documented),
                }),
            },
            State::Done(result) => {
                let over = Err(Error::new(ErrorKind::Request)
                    .with_detail("the change is over, and its result was given"));
                FavoriteStep::Done(mem::replace(result, over))
            }
            _ if self.favorite => FavoriteStep::Write(FavoriteWrite::Create(
                CreateCompShareImageFavorite::new(&self.group),
            )),
            _ => FavoriteStep::Write(FavoriteWrite::Delete(DeleteCompShareImageFavorite::new(
                &self.group,
            ))),
        }
    }

    /// Tells what came of a [`FavoriteStep::Write`].
    pub fn wrote(&mut self, result: Result<(), Error>) {
        let done = State::Done(Ok(FavoritesVia::Community));
        self.state = match (mem::replace(&mut self.state, done), result) {
            (State::ByGroup, Ok(())) => {
                self.known.set_writing(FavoritesVia::Community);
                State::Done(Ok(FavoritesVia::Community))
            }
            (State::ByGroup, Err(error)) if error.is_action_unavailable() => {
                self.search(Some(error))
            }
            (
                State::ByImage {
                    mut left,
                    refusal,
                    changed,
                    unknown,
                },
                Ok(()),
            ) => {
                self.known.set_writing(FavoritesVia::Documented);
                left.pop_front();
                State::ByImage {
                    left,
                    refusal,
                    changed: changed + 1,
                    unknown,
                }
            }
            // A version that the service does not know cannot be a favourite.
            (
                State::ByImage {
                    mut left,
                    refusal,
                    changed,
                    ..
                },
                Err(error),
            ) if !self.favorite && error.is_not_found() => {
                left.pop_front();
                State::ByImage {
                    left,
                    refusal,
                    changed,
                    unknown: Some(error),
                }
            }
            // Neither way: the first is the one that was meant.
            (
                State::ByImage {
                    refusal: Some(refusal),
                    ..
                },
                Err(error),
            ) if error.is_action_unavailable() => State::Done(Err(refusal)),
            (_, Err(error)) => State::Done(Err(error)),
            (state, Ok(())) => state,
        };
    }

    /// Tells what came of a [`FavoriteStep::Find`].
    pub fn found(&mut self, result: Result<Reply<ImageList>, Error>) {
        let State::Find(search) = &mut self.state else {
            return;
        };
        match result.and_then(|reply| search.pages.accept(reply)) {
            Ok(page) => {
                let groups = page.into_iter().flat_map(|page| page.items);
                let mine = groups.filter(|group| group.group_id.as_ref() == Some(&self.group));
                search.found.data.extend(mine.flat_map(|group| group.data));
            }
            // Asked for one group, a service may give it whatever the offset: the second time is the end then.
            Err(error) if error.kind() == ErrorKind::Paging && !search.found.data.is_empty() => {}
            Err(error) => self.state = State::Done(Err(error)),
        }
    }

    fn by_image(&self, group: &ImageGroup, refusal: Option<Error>) -> State {
        let left: VecDeque<ImageId> = if self.favorite {
            group
                .ready_version()
                .map(|version| version.id.clone())
                .into_iter()
                .collect()
        } else {
            group
                .data
                .iter()
                .map(|version| version.id.clone())
                .filter(|id| !id.is_empty())
                .collect()
        };
        if left.is_empty() {
            let group = crate::text::one_line(self.group.as_str(), 128);
            let error = Error::of(Reason::NoVersion(group));
            let action = if self.favorite {
                AddFavoriteImage::NAME
            } else {
                RemoveFavoriteImage::NAME
            };
            return State::Done(Err(error.with_action(action)));
        }
        State::ByImage {
            left,
            refusal,
            changed: 0,
            unknown: None,
        }
    }
}
