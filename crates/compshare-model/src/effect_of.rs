//! The effects of the typed actions, by name.

use crate::{
    Action, AddFavoriteImage, CopyCompShareCustomImage, CreateCompShareCustomImage,
    CreateCompShareImageFavorite, DeleteCompShareImageFavorite, DescribeCommunityImages,
    DescribeCompShareCustomImages, DescribeCompShareImageShareAccounts, DescribeCompShareImageTags,
    DescribeCompShareImages, DescribeCompShareSharingImages, DescribeFavoriteImages,
    DescribeSelfCommunityImages, DescribeUserCommunityImages, Effect,
    GetCompShareImageCreateProgress, ModifyCompShareImageShareAccount, PublishCompShareImage,
    RemoveFavoriteImage, TerminateCompShareCustomImage, UpdateCompShareImage,
};

/// Returns the effect of the action called `name`, if this crate has a type for it.
///
/// For programs that take the action's name at run time, for [`Untyped`](crate::Untyped) say.
///
/// ```
/// use compshare_model::{Effect, effect_of};
///
/// assert_eq!(effect_of("DescribeFavoriteImages"), Some(Effect::Read));
/// assert_eq!(effect_of("StopCompShareInstance"), None);
/// ```
pub fn effect_of(name: &str) -> Option<Effect> {
    EFFECTS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, effect)| *effect)
}

const fn entry<A: Action>() -> (&'static str, Effect) {
    (A::NAME, A::EFFECT)
}

const EFFECTS: [(&str, Effect); 20] = [
    entry::<AddFavoriteImage>(),
    entry::<CopyCompShareCustomImage>(),
    entry::<CreateCompShareCustomImage>(),
    entry::<CreateCompShareImageFavorite>(),
    entry::<DeleteCompShareImageFavorite>(),
    entry::<DescribeCommunityImages>(),
    entry::<DescribeCompShareCustomImages>(),
    entry::<DescribeCompShareImageShareAccounts>(),
    entry::<DescribeCompShareImageTags>(),
    entry::<DescribeCompShareImages>(),
    entry::<DescribeCompShareSharingImages>(),
    entry::<DescribeFavoriteImages>(),
    entry::<DescribeSelfCommunityImages>(),
    entry::<DescribeUserCommunityImages>(),
    entry::<GetCompShareImageCreateProgress>(),
    entry::<ModifyCompShareImageShareAccount>(),
    entry::<PublishCompShareImage>(),
    entry::<RemoveFavoriteImage>(),
    entry::<TerminateCompShareCustomImage>(),
    entry::<UpdateCompShareImage>(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_are_found_by_the_exact_name() {
        assert_eq!(effect_of("DescribeCompShareImages"), Some(Effect::Read));
        assert_eq!(
            effect_of("UpdateCompShareImage"),
            Some(Effect::IdempotentWrite)
        );
        assert_eq!(
            effect_of("TerminateCompShareCustomImage"),
            Some(Effect::Write)
        );
        assert_eq!(effect_of("describecompshareimages"), None);
        assert_eq!(effect_of(""), None);
    }
}
