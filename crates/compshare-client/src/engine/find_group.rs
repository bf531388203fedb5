//! Looking up the group of a community image.

use compshare_model::{Action, DescribeCommunityImages, ImageGroup, ImageId, ImageList};

use super::{CallOptions, Engine, Exchange, Operation, Step};
use crate::transport::{HttpResponse, Now, TransportError};
use crate::{Error, Reason, Sent};

/// Looks up the group of a community image, see [`Engine::find_group`].
#[derive(Debug)]
pub(super) struct FindGroup {
    image: ImageId,
    exchange: Exchange<ImageList>,
}

impl FindGroup {
    pub(super) fn new(engine: &Engine, image: ImageId) -> Result<Self, Error> {
        let request = DescribeCommunityImages::new().image_id(&image);
        let exchange = engine.exchange(&request, &CallOptions::default())?;
        Ok(Self { image, exchange })
    }
}

impl Operation for FindGroup {
    type Output = Result<Option<ImageGroup>, Error>;

    fn step(&mut self, now: Now) -> Step<Self::Output> {
        self.exchange
            .step(now)
            .map(|result| group_with(result?.value, &self.image))
    }

    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        self.exchange.complete(now, result);
    }
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
