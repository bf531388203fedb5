//! The actions. Each one is a function and an entry of [`ACTIONS`].

mod community;
mod custom_images;
mod favorites;
mod filters;
mod instances;
mod lists;
mod page;
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
const ACTIONS: [ActionSpec; 23] = [
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
    ActionSpec("ModifyCompShareInstanceName", instances::rename, &[instances::RENAME_PARAMS], Documented),
];

/// The parameters of every action.
const COMMON: &str = "Action ProjectId PublicKey Region SecurityToken Signature Zone";
/// The actions for which the official SDKs require `Zone`.
const ZONE: &str = "DescribeCommunityImages DescribeSelfCommunityImages \
    DescribeUserCommunityImages DescribeCompShareCustomImages CreateCompShareCustomImage \
    GetCompShareImageCreateProgress PublishCompShareImage TerminateCompShareCustomImage \
    UpdateCompShareImage";
/// The actions without a `Region`, or with an optional one.
const NO_REGION: &str =
    "DescribeCompShareImageTags DescribeCompShareInstance DescribeCompShareSupportZone";
const IMAGE: &str = "CompShareImageId";

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

    if quirks.json_lists_refused {
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
        if let Some(key) = keys.find(|key| !known(key) && !known(without_number(key))) {
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

/// Removes a numeric suffix: `Tag.0` becomes `Tag`.
fn without_number(key: &str) -> &str {
    match key.rsplit_once('.') {
        Some((list, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => list,
        _ => key,
    }
}
