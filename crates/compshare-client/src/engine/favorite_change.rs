//! Adding a favorite or removing it, by whichever actions the service has.

use std::collections::VecDeque;
use std::mem;
use std::ops::ControlFlow;

use compshare_model::{
    Action, AddFavoriteImage, CreateCompShareImageFavorite, DeleteCompShareImageFavorite,
    DescribeCommunityImages, GroupId, Grouped, ImageGroup, ImageId, RemoveFavoriteImage,
};

use super::exchange::{AnyExchange, AnyResult, typed};
use super::{CallOptions, Engine, FavoritesSource, OffsetPaginator, Operation, Paginator, Step};
use crate::transport::{HttpResponse, Now, TransportError};
use crate::{Error, ErrorKind, Reason};

/// The direction of a [`FavoriteChange`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

/// Adds a favorite or removes it, see [`Engine::add_favorite`].
#[derive(Debug)]
pub(super) struct FavoriteChange {
    engine: Engine,
    group: GroupId,
    change: Change,
    /// The error of the actions by group, if the service does not have them.
    unavailable: Option<Error>,
    state: State,
    call: AnyExchange,
}

#[derive(Debug)]
enum State {
    /// The group is changed by its id.
    ByGroup,
    /// The group's versions are looked up, page by page: a flat list may have them on several.
    Search {
        pages: Box<OffsetPaginator<Grouped<DescribeCommunityImages>>>,
        found: ImageGroup,
    },
    /// The versions are changed one by one.
    ByImage(Versions),
}

#[derive(Debug, Default)]
struct Versions {
    /// The versions that are still to be changed.
    remaining: VecDeque<ImageId>,
    /// Number of versions that were changed.
    changed: u64,
    /// The error of a version that does not exist.
    unknown: Option<Error>,
}

impl FavoriteChange {
    pub(super) fn new(engine: Engine, group: GroupId, change: Change) -> Result<Self, Error> {
        let (state, call) =
            if engine.capabilities.get().writing == Some(FavoritesSource::Documented) {
                search(&engine, &group)?
            } else {
                let call = match change {
                    Change::Add => call(&engine, &CreateCompShareImageFavorite::new(&group)),
                    Change::Remove => call(&engine, &DeleteCompShareImageFavorite::new(&group)),
                };
                (State::ByGroup, call?)
            };
        Ok(Self {
            engine,
            group,
            change,
            unavailable: None,
            state,
            call,
        })
    }

    /// Takes the result of the current call. Returns `None` if another call follows.
    fn advance(&mut self, result: AnyResult) -> Result<Option<FavoritesSource>, Error> {
        match &mut self.state {
            State::ByGroup => match result {
                Ok(_) => {
                    self.learn(FavoritesSource::Community);
                    Ok(Some(FavoritesSource::Community))
                }
                Err(error) if error.is_action_unavailable() => {
                    self.unavailable = Some(error);
                    (self.state, self.call) = search(&self.engine, &self.group)?;
                    Ok(None)
                }
                Err(error) => Err(error),
            },

            State::Search { pages, found } => {
                match typed(result).and_then(|reply| pages.accept(Ok(reply))) {
                    Ok(page) => {
                        let groups = page.into_iter().flat_map(|page| page.items);
                        let same =
                            groups.filter(|group| group.group_id.as_ref() == Some(&self.group));
                        found.data.extend(same.flat_map(|group| group.data));
                    }
                    // A service may ignore the offset of a single group: a repeated page is the
                    // end.
                    Err(error) if error.kind() == ErrorKind::Paging && !found.data.is_empty() => {}
                    Err(error) => return Err(error),
                }

                // To add a favorite, one version that is ready is enough.
                let is_enough = self.change == Change::Add && found.ready_version().is_some();
                if let Some(offset) = pages.next_page().filter(|_| !is_enough) {
                    let page = pages.request(offset?, &CallOptions::default())?;
                    self.call = page.into_any();
                    return Ok(None);
                }
                let found = mem::take(found);
                self.change_next(Versions {
                    remaining: versions(&found, &self.group, self.change)?,
                    ..Versions::default()
                })
            }

            State::ByImage(versions) => {
                let mut versions = mem::take(versions);
                match result {
                    Ok(_) => {
                        self.learn(FavoritesSource::Documented);
                        versions.changed += 1;
                    }
                    // A version that does not exist cannot be a favorite.
                    Err(error) if self.change == Change::Remove && error.is_not_found() => {
                        versions.unknown = Some(error);
                    }
                    // Without either kind of actions, the error of the first kind is the one to
                    // report.
                    Err(error) if error.is_action_unavailable() => {
                        return Err(self.unavailable.take().unwrap_or(error));
                    }
                    Err(error) => return Err(error),
                }
                self.change_next(versions)
            }
        }
    }

    fn learn(&self, source: FavoritesSource) {
        let capabilities = &self.engine.capabilities;
        capabilities.learn(|known| known.writing = Some(source));
    }

    /// Starts the call that changes the next version, or ends if all were changed.
    fn change_next(&mut self, mut versions: Versions) -> Result<Option<FavoritesSource>, Error> {
        let Some(image) = versions.remaining.pop_front() else {
            return match versions.unknown {
                Some(error) if versions.changed == 0 => Err(error),
                _ => Ok(Some(FavoritesSource::Documented)),
            };
        };

        self.call = match self.change {
            Change::Add => call(&self.engine, &AddFavoriteImage::new(image)),
            Change::Remove => call(&self.engine, &RemoveFavoriteImage::new(image)),
        }?;
        self.state = State::ByImage(versions);
        Ok(None)
    }
}

impl Operation for FavoriteChange {
    type Output = Result<FavoritesSource, Error>;

    fn step(&mut self, now: Now) -> Step<Self::Output> {
        loop {
            let result = match self.call.step(now).into_done() {
                ControlFlow::Continue(result) => result,
                ControlFlow::Break(step) => return step,
            };
            if let Some(result) = self.advance(result).transpose() {
                return Step::Done(result);
            }
        }
    }

    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        self.call.complete(now, result);
    }
}

fn call<A: Action>(engine: &Engine, action: &A) -> Result<AnyExchange, Error> {
    engine.any_exchange(action, &CallOptions::default())
}

/// Begins to look up the versions of `group`.
fn search(engine: &Engine, group: &GroupId) -> Result<(State, AnyExchange), Error> {
    let action = DescribeCommunityImages::new().group_id(group).grouped();
    let pages = Box::new(engine.paginator(action));
    let first = pages.request(pages.offset(), &CallOptions::default())?;
    let found = ImageGroup::default();
    Ok((State::Search { pages, found }, first.into_any()))
}

/// Returns the versions that have to be changed for the whole group to be changed.
fn versions(
    found: &ImageGroup,
    group: &GroupId,
    change: Change,
) -> Result<VecDeque<ImageId>, Error> {
    let (action, versions): (_, VecDeque<ImageId>) = match change {
        Change::Add => {
            let ready = found.ready_version().map(|version| version.id.clone());
            (AddFavoriteImage::NAME, ready.into_iter().collect())
        }
        Change::Remove => {
            let ids = found.data.iter().map(|version| version.id.clone());
            let ids = ids.filter(|id| !id.is_empty());
            (RemoveFavoriteImage::NAME, ids.collect())
        }
    };
    if !versions.is_empty() {
        return Ok(versions);
    }

    let group = crate::sanitize::one_line(group.as_str(), 128);
    Err(Error::of(Reason::NoVersion(group)).with_action(action))
}
