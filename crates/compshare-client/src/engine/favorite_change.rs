//! Adding a favorite or removing it, by whichever actions the service has.

use compshare_model::{
    Action, AddFavoriteImage, CreateCompShareImageFavorite, DeleteCompShareImageFavorite,
    DescribeCommunityImages, GroupId, ImageGroup, ImageId, RemoveFavoriteImage,
};

use super::sequence::Calls;
use super::{FavoritesSource, Paginator};
use crate::{Error, ErrorKind, Reason};

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

/// Adds a favorite or removes it, see [`Engine::add_favorite`](super::Engine::add_favorite).
pub(super) async fn change_favorite(
    calls: Calls,
    group: GroupId,
    change: Change,
) -> Result<FavoritesSource, Error> {
    let capabilities = calls.engine().capabilities.clone();
    let learn = |source| capabilities.learn(|known| known.writing = Some(source));

    let mut unavailable = None;
    if capabilities.get().writing != Some(FavoritesSource::Documented) {
        match change_group(&calls, &group, change).await {
            Ok(()) => {
                learn(FavoritesSource::Community);
                return Ok(FavoritesSource::Community);
            }
            Err(error) if error.is_action_unavailable() => unavailable = Some(error),
            Err(error) => return Err(error),
        }
    }

    let found = find_versions(&calls, &group, change).await?;
    let (mut changed, mut unknown) = (0, None);
    for version in versions(&found, &group, change)? {
        match change_image(&calls, version, change).await {
            Ok(()) => {
                learn(FavoritesSource::Documented);
                changed += 1;
            }
            // A version that does not exist cannot be a favorite.
            Err(error) if change == Change::Remove && error.is_not_found() => unknown = Some(error),
            // Without either kind of actions, the error of the first kind is the one to report.
            Err(error) if error.is_action_unavailable() => return Err(unavailable.unwrap_or(error)),
            Err(error) => return Err(error),
        }
    }
    match unknown {
        Some(error) if changed == 0 => Err(error),
        _ => Ok(FavoritesSource::Documented),
    }
}

async fn change_group(calls: &Calls, group: &GroupId, change: Change) -> Result<(), Error> {
    match change {
        Change::Add => {
            calls
                .send(&CreateCompShareImageFavorite::new(group))
                .await?
        }
        Change::Remove => {
            calls
                .send(&DeleteCompShareImageFavorite::new(group))
                .await?
        }
    };
    Ok(())
}

async fn change_image(calls: &Calls, image: ImageId, change: Change) -> Result<(), Error> {
    match change {
        Change::Add => calls.send(&AddFavoriteImage::new(image)).await?,
        Change::Remove => calls.send(&RemoveFavoriteImage::new(image)).await?,
    };
    Ok(())
}

/// Looks up the versions of `group`, page by page: a flat list may have them on several.
async fn find_versions(
    calls: &Calls,
    group: &GroupId,
    change: Change,
) -> Result<ImageGroup, Error> {
    let action = DescribeCommunityImages::new().group_id(group).grouped();
    let mut pages = calls.engine().paginator(action);
    let mut found = ImageGroup::default();
    while let Some(offset) = pages.next_page() {
        match calls.page(&mut pages, offset?).await {
            Ok(page) => {
                let groups = page.into_iter().flat_map(|page| page.items);
                let same = groups.filter(|other| other.group_id.as_ref() == Some(group));
                found.data.extend(same.flat_map(|group| group.data));
            }
            // A service may ignore the offset of a single group: a repeated page is the end.
            Err(error) if error.kind() == ErrorKind::Paging && !found.data.is_empty() => break,
            Err(error) => return Err(error),
        }
        // To add a favorite, one version that is ready is enough.
        if change == Change::Add && found.ready_version().is_some() {
            break;
        }
    }
    Ok(found)
}

/// Returns the versions that have to be changed for the whole group to be changed.
fn versions(found: &ImageGroup, group: &GroupId, change: Change) -> Result<Vec<ImageId>, Error> {
    let (action, versions): (_, Vec<ImageId>) = match change {
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
