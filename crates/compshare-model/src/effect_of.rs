//! The effects of the typed actions, by name.

use crate::{Action, Effect};

/// Returns the effect of the action with this name, if this crate has a type for it.
///
/// Useful with [`Untyped`](crate::Untyped), if the action is selected at run time.
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

/// Returns the names of the actions that this crate has types for, in alphabetical order.
///
/// ```
/// assert!(compshare_model::action_names().any(|name| name == "DescribeFavoriteImages"));
/// ```
pub fn action_names() -> impl Iterator<Item = &'static str> {
    EFFECTS.iter().map(|(name, _)| *name)
}

const fn entry<A: Action>() -> (&'static str, Effect) {
    (A::NAME, A::EFFECT)
}

const EFFECTS: [(&str, Effect); 20] = [
    entry::<crate::AddFavoriteImage>(),
    entry::<crate::CopyCompShareCustomImage>(),
    entry::<crate::CreateCompShareCustomImage>(),
    entry::<crate::CreateCompShareImageFavorite>(),
    entry::<crate::DeleteCompShareImageFavorite>(),
    entry::<crate::DescribeCommunityImages>(),
    entry::<crate::DescribeCompShareCustomImages>(),
    entry::<crate::DescribeCompShareImageShareAccounts>(),
    entry::<crate::DescribeCompShareImageTags>(),
    entry::<crate::DescribeCompShareImages>(),
    entry::<crate::DescribeCompShareSharingImages>(),
    entry::<crate::DescribeFavoriteImages>(),
    entry::<crate::DescribeSelfCommunityImages>(),
    entry::<crate::DescribeUserCommunityImages>(),
    entry::<crate::GetCompShareImageCreateProgress>(),
    entry::<crate::ModifyCompShareImageShareAccount>(),
    entry::<crate::PublishCompShareImage>(),
    entry::<crate::RemoveFavoriteImage>(),
    entry::<crate::TerminateCompShareCustomImage>(),
    entry::<crate::UpdateCompShareImage>(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(action_names().is_sorted());
        assert_eq!(action_names().count(), EFFECTS.len());
    }

    #[test]
    fn effect_of_requires_the_exact_name() {
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
