//! Listings of community images, without their readmes if the service can exclude them.

use compshare_model::{
    DescribeCommunityImages, DescribeSelfCommunityImages, DescribeUserCommunityImages, Grouped,
    ImageList, PagedAction,
};

use super::{OffsetPaginator, sealed};
use crate::engine::Engine;

/// A listing of community images: [`DescribeCommunityImages`], [`DescribeSelfCommunityImages`] or
/// [`DescribeUserCommunityImages`].
pub trait CommunityAction: PagedAction<Response = ImageList> + sealed::Sealed {
    /// Sets the parameter `ExcludeReadme`, or leaves it out.
    #[doc(hidden)]
    fn with_exclude_readme(self, exclude_readme: Option<bool>) -> Self;

    /// Returns the parameter `ExcludeReadme`.
    #[doc(hidden)]
    fn exclude_readme(&self) -> Option<bool>;
}

/// Implements [`CommunityAction`] for actions with a field `exclude_readme`.
macro_rules! community_actions {
    ($($action:ty),+) => {$(
        impl sealed::Sealed for $action {}

        impl CommunityAction for $action {
            fn with_exclude_readme(mut self, exclude_readme: Option<bool>) -> Self {
                self.exclude_readme = exclude_readme;
                self
            }

            fn exclude_readme(&self) -> Option<bool> {
                self.exclude_readme
            }
        }
    )+};
}

community_actions!(
    DescribeCommunityImages,
    DescribeSelfCommunityImages,
    DescribeUserCommunityImages
);

/// Pages `action`, see [`Engine::community_images`].
pub(in crate::engine) fn community_images<A: CommunityAction>(
    engine: &Engine,
    action: A,
) -> OffsetPaginator<Grouped<A>> {
    if action.exclude_readme() == Some(false) {
        return OffsetPaginator::new(engine.clone(), Grouped::new(action));
    }

    let with_readmes = Grouped::new(action.clone().with_exclude_readme(None));
    if engine.capabilities.get().excludes_readme == Some(false) {
        return OffsetPaginator::new(engine.clone(), with_readmes);
    }
    let without_readmes = Grouped::new(action.with_exclude_readme(Some(true)));
    OffsetPaginator::new(engine.clone(), without_readmes).with_fallback(with_readmes)
}
