//! The actions. Each one is a function and an entry of [`ACTIONS`].

mod community;
mod custom_images;
mod disks;
mod favorites;
mod filters;
mod instance_creation;
mod instances;
mod lists;
mod market;
mod monitor;
mod page;
mod prices;
mod publishing;
mod sharing;

use std::cell::Cell;

use serde_json::{Map, Value};

use crate::Quirks;
use crate::request::{Request, not_available};
use crate::response::ApiError;
use crate::store::Store;

/// The arguments of an action.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) store: &'a mut Store,
    pub(crate) quirks: &'a Quirks,
    /// Pages sent so far, for [`Quirks::short_pages`].
    pub(crate) pages: &'a Cell<u64>,
    /// The time in Unix seconds.
    pub(crate) now: u64,
}

type Fields = Map<String, Value>;
type ActionResult = Result<Fields, ApiError>;
pub(crate) type Action = fn(&mut Call<'_>) -> ActionResult;

/// The name, function, documented parameters and availability of an action.
///
/// Parameters are space-separated and do not include [`COMMON`]. `Tag` also allows `Tag.0`.
struct ActionSpec(&'static str, Action, &'static [&'static str], Availability);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Availability {
    Documented,
    /// Documented, but reported missing in production by CompShare's own command-line tool.
    ReportedMissing,
    /// Undocumented, but used by that tool.
    ReportedOnly,
}

impl Availability {
    fn is_available(self, quirks: &Quirks) -> bool {
        match self {
            Self::Documented => true,
            Self::ReportedMissing => !quirks.production_as_reported,
            Self::ReportedOnly => !quirks.documented_only,
        }
    }
}

use Availability::{Documented, ReportedMissing, ReportedOnly};

#[rustfmt::skip]
const ACTIONS: &[ActionSpec] = &[
    ActionSpec("DescribeFavoriteImages", favorites::describe, &[page::PARAMS], ReportedMissing),
    ActionSpec("AddFavoriteImage", favorites::add, &[IMAGE], ReportedMissing),
    ActionSpec("RemoveFavoriteImage", favorites::remove, &[IMAGE], ReportedMissing),
    ActionSpec("CreateCompShareImageFavorite", favorites::add_group, &["GroupId"], ReportedOnly),
    ActionSpec("DeleteCompShareImageFavorite", favorites::remove_group, &["GroupId"], ReportedOnly),
    ActionSpec("DescribeCommunityImages", community::describe, &[filters::PARAMS], Documented),
    ActionSpec("DescribeSelfCommunityImages", community::describe_self, &[filters::PARAMS], Documented),
    ActionSpec("DescribeUserCommunityImages", community::describe_user, &[filters::PARAMS, community::USER_PARAMS], Documented),
    ActionSpec("DescribeCompShareImages", lists::platform, &[lists::PLATFORM_PARAMS], Documented),
    ActionSpec("DescribeCompShareCustomImages", lists::custom, &[lists::PARAMS], Documented),
    ActionSpec("DescribeCompShareSharingImages", lists::sharing, &[lists::PARAMS], Documented),
    ActionSpec("DescribeCompShareImageTags", lists::tags, &[], Documented),
    ActionSpec("DescribeCompShareImageShareAccounts", sharing::describe, &[IMAGE], Documented),
    ActionSpec("ModifyCompShareImageShareAccount", sharing::modify, &[sharing::MODIFY_PARAMS], Documented),
    ActionSpec("GetCompShareImageCreateProgress", custom_images::progress, &[IMAGE], Documented),
    ActionSpec("CreateCompShareCustomImage", custom_images::create, &[custom_images::CREATE_PARAMS], Documented),
    ActionSpec("CopyCompShareCustomImage", custom_images::copy, &[custom_images::COPY_PARAMS], Documented),
    ActionSpec("TerminateCompShareCustomImage", custom_images::terminate, &[IMAGE], Documented),
    ActionSpec("PublishCompShareImage", publishing::publish, &[publishing::PARAMS, publishing::PUBLISH_PARAMS], Documented),
    ActionSpec("UpdateCompShareImage", publishing::update, &[publishing::PARAMS, publishing::UPDATE_PARAMS], Documented),
    ActionSpec("DescribeCompShareSupportZone", instances::zones, &[], Documented),
    ActionSpec("DescribeCompShareInstance", instances::describe, &[instances::PARAMS], Documented),
    ActionSpec("CreateCompShareInstance", instance_creation::create, &[instance_creation::PARAMS], Documented),
    ActionSpec("StartCompShareInstance", instances::start, &[instances::START_PARAMS], Documented),
    ActionSpec("StopCompShareInstance", instances::stop, &[instances::STOP_PARAMS], Documented),
    ActionSpec("RebootCompShareInstance", instances::reboot, &[INSTANCE], Documented),
    ActionSpec("ReinstallCompShareInstance", instances::reinstall, &[instances::REINSTALL_PARAMS], Documented),
    ActionSpec("ResetCompShareInstancePassword", instances::reset_password, &[instances::PASSWORD_PARAMS], Documented),
    ActionSpec("ResizeCompShareInstance", instances::resize, &[instances::RESIZE_PARAMS], Documented),
    ActionSpec("ModifyCompShareInstanceName", instances::rename, &[instances::RENAME_PARAMS], Documented),
    ActionSpec("TerminateCompShareInstance", instances::terminate, &[instances::TERMINATE_PARAMS], Documented),
    ActionSpec("UpdateCompShareInstancePorts", instances::update_ports, &[instances::PORT_PARAMS], Documented),
    ActionSpec("UpdateCompShareStopScheduler", instances::schedule_stop, &[instances::SCHEDULE_PARAMS], Documented),
    ActionSpec("DeleteCompShareStopScheduler", instances::cancel_stop, &[INSTANCE], Documented),
    ActionSpec("SwitchChargeType", instances::switch_charge_type, &[instances::SWITCH_PARAMS], ReportedOnly),
    ActionSpec("GetCompShareInstanceMonitor", monitor::describe, &[monitor::PARAMS], Documented),
    ActionSpec("GetCompShareInstancePrice", prices::instance, &[prices::PARAMS], Documented),
    ActionSpec("GetCompShareInstanceUserPrice", prices::user, &[prices::USER_PARAMS], Documented),
    ActionSpec("GetCompShareInstanceUpgradePrice", prices::upgrade, &[prices::UPGRADE_PARAMS], Documented),
    ActionSpec("GetCompShareRefundPrice", prices::refund, &[prices::REFUND_PARAMS], Documented),
    ActionSpec("CheckCompShareResourceCapacity", market::capacity, &[market::CAPACITY_PARAMS], Documented),
    ActionSpec("DescribeAvailableCompShareInstanceTypes", market::types, &[market::TYPE_PARAMS], Documented),
    ActionSpec("DescribeCompShareGpuInventory", market::inventory, &[], Documented),
    ActionSpec("DescribeCompShareMachineTypeFamilies", market::families, &[], Documented),
    ActionSpec("DescribeCompShareSoftwarePort", market::software_ports, &[], Documented),
    ActionSpec("GetSoftwareURL", market::software_url, &[market::SOFTWARE_PARAMS], ReportedMissing),
    ActionSpec("CheckCompShareNetOptimizer", market::net_optimizer, &[], Documented),
    ActionSpec("DescribeModelRepositoryModels", market::models, &[market::MODEL_PARAMS], Documented),
    ActionSpec("DescribeModelRepositoryTags", market::model_tags, &[], Documented),
    ActionSpec("GetOpenClawModelList", market::open_claw_models, &[], Documented),
    ActionSpec("GetProjectList", market::projects, &[], Documented),
    ActionSpec("DescribeCompshareDisk", disks::describe, &[disks::PARAMS], ReportedOnly),
    ActionSpec("CreateAndAttachCompshareDisk", disks::create, &[disks::CREATE_PARAMS], Documented),
    ActionSpec("AttachCompshareDisk", disks::attach, &[disks::ATTACH_PARAMS], Documented),
    ActionSpec("DetachCompshareDisk", disks::detach, &[disks::DETACH_PARAMS], Documented),
    ActionSpec("ResizeCompShareDisk", disks::resize, &[disks::RESIZE_PARAMS], Documented),
    ActionSpec("DeleteCompshareDisk", disks::delete, &[disks::DELETE_PARAMS], Documented),
    ActionSpec("GetCompShareAttachedDiskUpgradePrice", prices::disk_upgrade, &[prices::DISK_UPGRADE_PARAMS], Documented),
];

/// The parameters of every action.
const COMMON: &str = "Action ProjectId PublicKey Region SecurityToken Signature Zone";
/// The actions for which the official SDKs require `Zone`.
const ZONE: &str = "DescribeCommunityImages DescribeSelfCommunityImages \
    DescribeUserCommunityImages DescribeCompShareCustomImages CreateCompShareCustomImage \
    GetCompShareImageCreateProgress PublishCompShareImage TerminateCompShareCustomImage \
    UpdateCompShareImage";
/// The actions without a `Region`, or with an optional one.
const NO_REGION: &str = "DescribeCompShareImageTags DescribeCompShareInstance DescribeCompShareSupportZone \
    DescribeCompShareMachineTypeFamilies DescribeCompshareDisk CheckCompShareNetOptimizer \
    GetOpenClawModelList GetProjectList";
const IMAGE: &str = "CompShareImageId";
const INSTANCE: &str = "UHostId";
/// The action that requires a list in a JSON body.
const MONITOR: &str = "GetCompShareInstanceMonitor";

/// Creates the fields of a response, or the members of a row.
fn fields<const N: usize>(members: [(&str, Value); N]) -> Fields {
    Fields::from_iter(members.map(|(key, value)| (key.to_owned(), value)))
}

/// Validates the request against the quirks, and runs its action.
pub(crate) fn perform(call: &mut Call<'_>) -> ActionResult {
    let (request, quirks) = (call.request, call.quirks);
    let name = request.action();
    if name.is_empty() {
        return Err(ApiError::new(160, "Missing Action"));
    }

    let ActionSpec(_, action, params, _) = ACTIONS
        .iter()
        .find(|ActionSpec(known, .., availability)| {
            *known == name && availability.is_available(quirks)
        })
        .ok_or_else(|| ApiError::new(161, format!("Action [{name}] not found")))?;

    if quirks.json_lists_refused && name != MONITOR {
        if let Some(field) = request.json_list() {
            return Err(not_available(&format!("api.{name}.Request.{field}")));
        }
    }
    if quirks.unknown_parameters_refused {
        let known = |key: &str| {
            let mut lists = params.iter().chain([&COMMON]);
            lists.any(|list| has_word(list, key))
        };
        let mut keys = request.keys();
        if let Some(key) = keys.find(|key| !known(key) && !known(&without_number(key))) {
            return Err(not_available(key));
        }
    }
    if quirks.region_required && !has_word(NO_REGION, name) {
        request.required("Region")?;
    }
    if quirks.zone_required && has_word(ZONE, name) {
        request.required("Zone")?;
    }
    action(call)
}

/// Returns `true` if the space-separated list contains `word`.
fn has_word(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Removes the number of a list item: `Tag.0` becomes `Tag`, `Disks.0.Size` becomes `Disks.Size`.
fn without_number(key: &str) -> String {
    let parts = key.split('.').enumerate();
    let kept = parts.filter(|(at, part)| *at == 0 || !part.bytes().all(|b| b.is_ascii_digit()));
    let kept: Vec<&str> = kept.map(|(_, part)| part).collect();
    kept.join(".")
}
