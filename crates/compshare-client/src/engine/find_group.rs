//! Looking up the group of a community image.

use compshare_model::{Action, DescribeCommunityImages, ImageGroup, ImageId, ImageList};

use super::sequence::Calls;
use crate::{Error, Reason, Sent};

/// Looks up the group of a community image, see [`Engine::find_group`](super::Engine::find_group).
pub(super) async fn find_group(calls: Calls, image: ImageId) -> Result<Option<ImageGroup>, Error> {
    let list = calls
        .send(&DescribeCommunityImages::new().image_id(&image))
        .await?;
    group_with(list, &image)
}

/// Returns the group of `image`; an empty list means that the community does not have it.
fn group_with(list: ImageList, image: &ImageId) -> Result<Option<ImageGroup>, Error> {
    let groups = list.into_groups();
    if groups.is_empty() {
        return Ok(None);
    }

    let has_image = |group: &ImageGroup| group.data.iter().any(|version| version.id == *image);
    let group = groups.into_iter().find(has_image).ok_or_else(|| {
        Error::of(Reason::OtherImages)
            .with_action(DescribeCommunityImages::NAME)
            .with_sent(Sent::Yes)
    })?;
    Ok(Some(group))
}
