//! The actions. Each is one function and one entry in [`ACTIONS`].

mod community;
mod favorites;
mod filters;
mod lists;
mod making;
mod page;
mod publishing;
mod shares;

use std::cell::Cell;

use serde_json::{Map, Value};

use crate::Quirks;
use crate::answer::Refusal;
use crate::request::{Request, not_available};
use crate::store::Store;

/// All that an action may use.
pub(crate) struct Call<'a> {
    pub(crate) request: &'a Request,
    pub(crate) store: &'a mut Store,
    pub(crate) quirks: &'a Quirks,
    /// The number of pages given so far, for [`Quirks::short_pages`].
    pub(crate) pages: &'a Cell<u64>,
}

type Fields = Map<String, Value>;
type Answered = Result<Fields, Refusal>;
pub(crate) type Action = fn(&mut Call<'_>) -> Answered;

struct Entry {
    name: &'static str,
    action: Action,
    /// What it takes besides [`COMMON`], by any document, with spaces between; `Tag` stands for `Tag.0` and so on too.
    params: &'static [&'static str],
    standing: Standing,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Documented,
    /// Documented, but CompShare's own command-line tool reports it as missing in production.
    ReportedMissing,
    /// Used by that tool, and documented nowhere.
    ReportedOnly,
}

use Standing::{Documented, ReportedMissing, ReportedOnly};

#[rustfmt::skip]
const ACTIONS: [Entry; 20] = [
    entry("DescribeFavoriteImages", favorites::describe, &[page::PARAMS], ReportedMissing),
    entry("AddFavoriteImage", favorites::add, &[IMAGE], ReportedMissing),
    entry("RemoveFavoriteImage", favorites::remove, &[IMAGE], ReportedMissing),
    entry("CreateCompShareImageFavorite", favorites::create_of_group, &["GroupId"], ReportedOnly),
    entry("DeleteCompShareImageFavorite", favorites::delete_of_group, &["GroupId"], ReportedOnly),
    entry("DescribeCommunityImages", community::describe, &[filters::PARAMS], Documented),
    entry("DescribeSelfCommunityImages", community::describe_self, &[filters::PARAMS], Documented),
    entry("DescribeUserCommunityImages", community::describe_user, &[filters::PARAMS, community::USER_PARAMS], Documented),
    entry("DescribeCompShareImages", lists::platform, &[lists::PLATFORM_PARAMS], Documented),
    entry("DescribeCompShareCustomImages", lists::custom, &[lists::PARAMS], Documented),
    entry("DescribeCompShareSharingImages", lists::sharing, &[lists::PARAMS], Documented),
    entry("DescribeCompShareImageTags", lists::tags, &[], Documented),
    entry("DescribeCompShareImageShareAccounts", shares::describe, &[IMAGE], Documented),
    entry("ModifyCompShareImageShareAccount", shares::modify, &[shares::MODIFY_PARAMS], Documented),
    entry("GetCompShareImageCreateProgress", making::progress, &[IMAGE], Documented),
    entry("CreateCompShareCustomImage", making::create, &[making::CREATE_PARAMS], Documented),
    entry("CopyCompShareCustomImage", making::copy, &[making::COPY_PARAMS], Documented),
    entry("TerminateCompShareCustomImage", making::terminate, &[IMAGE], Documented),
    entry("PublishCompShareImage", publishing::publish, &[publishing::PARAMS, publishing::PUBLISH_PARAMS], Documented),
    entry("UpdateCompShareImage", publishing::update, &[publishing::PARAMS, publishing::UPDATE_PARAMS], Documented),
];

/// What every action takes.
const COMMON: &str = "Action ProjectId PublicKey Region SecurityToken Signature Zone";
/// The actions for which the official SDKs require `Zone`.
const ZONE: &str = "DescribeCommunityImages DescribeSelfCommunityImages \
    DescribeUserCommunityImages DescribeCompShareCustomImages CreateCompShareCustomImage \
    GetCompShareImageCreateProgress PublishCompShareImage TerminateCompShareCustomImage \
    UpdateCompShareImage";
const IMAGE: &str = "CompShareImageId";

const fn entry(
    name: &'static str,
    action: Action,
    params: &'static [&'static str],
    standing: Standing,
) -> Entry {
    Entry {
        name,
        action,
        params,
        standing,
    }
}

/// Carries out the action that the request names.
pub(crate) fn perform(call: &mut Call<'_>) -> Answered {
    let (request, quirks) = (call.request, call.quirks);
    let name = request.action();
    if name.is_empty() {
        return Err(Refusal::new(160, "Missing Action"));
    }
    let entry = ACTIONS
        .iter()
        .find(|entry| entry.name == name && there(entry.standing, quirks));
    let entry = entry.ok_or_else(|| Refusal::new(161, format!("Action [{name}] not found")))?;
    if quirks.json_lists_refused {
        if let Some(field) = request.json_list() {
            return Err(not_available(&format!("api.{name}.Request.{field}")));
        }
    }
    if quirks.unknown_parameters_refused {
        let known = |key: &str| {
            let mut lists = entry.params.iter().chain([&COMMON]);
            lists.any(|list| has_word(list, key))
        };
        if let Some(key) = request
            .keys()
            .find(|key| !known(key) && !known(without_number(key)))
        {
            return Err(not_available(key));
        }
    }
    if quirks.region_required && name != "DescribeCompShareImageTags" {
        request.required("Region")?;
    }
    if quirks.zone_required && has_word(ZONE, name) {
        request.required("Zone")?;
    }
    (entry.action)(call)
}

fn there(standing: Standing, quirks: &Quirks) -> bool {
    match standing {
        Standing::Documented => true,
        Standing::ReportedMissing => !quirks.production_as_reported,
        Standing::ReportedOnly => !quirks.documented_only,
    }
}

/// Whether `word` is in a list with spaces between its words.
fn has_word(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// `Tag.0` as `Tag`.
fn without_number(key: &str) -> &str {
    match key.rsplit_once('.') {
        Some((list, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => list,
        _ => key,
    }
}
