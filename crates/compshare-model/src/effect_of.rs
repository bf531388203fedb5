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
/// assert_eq!(effect_of("CreateCompShareInstance"), Some(Effect::Write));
/// assert_eq!(effect_of("CreateULHostInstance"), None);
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

const EFFECTS: [(&str, Effect); 58] = [
    entry::<crate::AddFavoriteImage>(),
    entry::<crate::AttachCompshareDisk>(),
    entry::<crate::AttachUS3>(),
    entry::<crate::CheckCompShareNetOptimizer>(),
    entry::<crate::CheckCompShareResourceCapacity>(),
    entry::<crate::CopyCompShareCustomImage>(),
    entry::<crate::CreateAndAttachCompshareDisk>(),
    entry::<crate::CreateCompShareCustomImage>(),
    entry::<crate::CreateCompShareImageFavorite>(),
    entry::<crate::CreateCompShareInstance>(),
    entry::<crate::DeleteCompShareImageFavorite>(),
    entry::<crate::DeleteCompShareStopScheduler>(),
    entry::<crate::DeleteCompshareDisk>(),
    entry::<crate::DescribeAvailableCompShareInstanceTypes>(),
    entry::<crate::DescribeCommunityImages>(),
    entry::<crate::DescribeCompShareCustomImages>(),
    entry::<crate::DescribeCompShareGpuInventory>(),
    entry::<crate::DescribeCompShareImageShareAccounts>(),
    entry::<crate::DescribeCompShareImageTags>(),
    entry::<crate::DescribeCompShareImages>(),
    entry::<crate::DescribeCompShareInstance>(),
    entry::<crate::DescribeCompShareMachineTypeFamilies>(),
    entry::<crate::DescribeCompShareSharingImages>(),
    entry::<crate::DescribeCompShareSoftwarePort>(),
    entry::<crate::DescribeCompShareSupportZone>(),
    entry::<crate::DescribeCompshareDisk>(),
    entry::<crate::DescribeFavoriteImages>(),
    entry::<crate::DescribeModelRepositoryModels>(),
    entry::<crate::DescribeModelRepositoryTags>(),
    entry::<crate::DescribeSelfCommunityImages>(),
    entry::<crate::DescribeUserCommunityImages>(),
    entry::<crate::DetachCompshareDisk>(),
    entry::<crate::GetCompShareAttachedDiskUpgradePrice>(),
    entry::<crate::GetCompShareImageCreateProgress>(),
    entry::<crate::GetCompShareInstanceMonitor>(),
    entry::<crate::GetCompShareInstancePrice>(),
    entry::<crate::GetCompShareInstanceUpgradePrice>(),
    entry::<crate::GetCompShareInstanceUserPrice>(),
    entry::<crate::GetCompShareRefundPrice>(),
    entry::<crate::GetOpenClawModelList>(),
    entry::<crate::GetSoftwareURL>(),
    entry::<crate::ModifyCompShareImageShareAccount>(),
    entry::<crate::ModifyCompShareInstanceName>(),
    entry::<crate::PublishCompShareImage>(),
    entry::<crate::RebootCompShareInstance>(),
    entry::<crate::ReinstallCompShareInstance>(),
    entry::<crate::RemoveFavoriteImage>(),
    entry::<crate::ResetCompShareInstancePassword>(),
    entry::<crate::ResizeCompShareDisk>(),
    entry::<crate::ResizeCompShareInstance>(),
    entry::<crate::StartCompShareInstance>(),
    entry::<crate::StopCompShareInstance>(),
    entry::<crate::SwitchChargeType>(),
    entry::<crate::TerminateCompShareCustomImage>(),
    entry::<crate::TerminateCompShareInstance>(),
    entry::<crate::UpdateCompShareImage>(),
    entry::<crate::UpdateCompShareInstancePorts>(),
    entry::<crate::UpdateCompShareStopScheduler>(),
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
