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
    /// The parameter `ExcludeReadme`.
    #[doc(hidden)]
    fn exclude_readme_mut(&mut self) -> &mut Option<bool>;
}

/// Implements [`CommunityAction`] for actions with a field `exclude_readme`.
macro_rules! community_actions {
    ($($action:ty),+) => {$(
        impl sealed::Sealed for $action {}

        impl CommunityAction for $action {
            fn exclude_readme_mut(&mut self) -> &mut Option<bool> {
                &mut self.exclude_readme
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
pub(in crate::engine) fn community_images<A: CommunityAction, T>(
    engine: &Engine,
    mut action: A,
) -> OffsetPaginator<Grouped<A, T>>
where
    Grouped<A, T>: PagedAction,
{
    if *action.exclude_readme_mut() == Some(false) {
        return engine.paginator(Grouped::from(action));
    }

    let mut without_parameter = action.clone();
    *without_parameter.exclude_readme_mut() = None;
    let without_parameter = Grouped::from(without_parameter);
    if engine.capabilities.get().excludes_readme == Some(false) {
        return engine.paginator(without_parameter);
    }

    *action.exclude_readme_mut() = Some(true);
    engine
        .paginator(Grouped::from(action))
        .with_fallback(without_parameter)
}
