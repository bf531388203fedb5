//! The actions. Each is one function and one entry in [`ACTIONS`].

mod community;
mod favorites;
mod filters;
mod instances;
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

/// An action: its name, what carries it out, its parameters besides [`COMMON`] by any document, and whether it is there.
/// Parameters are words in texts; `Tag` stands for `Tag.0` and so on too.
struct Entry(&'static str, Action, &'static [&'static str], Availability);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Availability {
    Documented,
    /// Documented, but CompShare's own command-line tool reports it as missing in production.
    ReportedMissing,
    /// Used by that tool, and documented nowhere.
    ReportedOnly,
}

impl Availability {
    fn is_there(self, quirks: &Quirks) -> bool {
        match self {
            Self::Documented => true,
            Self::ReportedMissing => !quirks.production_as_reported,
            Self::ReportedOnly => !quirks.documented_only,
        }
    }
}

use Availability::{Documented, ReportedMissing, ReportedOnly};

#[rustfmt::skip]
const ACTIONS: [Entry; 23] = [
    Entry("DescribeFavoriteImages", favorites::describe, &[page::PARAMS], ReportedMissing),
    Entry("AddFavoriteImage", favorites::add, &[IMAGE], ReportedMissing),
    Entry("RemoveFavoriteImage", favorites::remove, &[IMAGE], ReportedMissing),
    Entry("CreateCompShareImageFavorite", favorites::create_of_group, &["GroupId"], ReportedOnly),
    Entry("DeleteCompShareImageFavorite", favorites::delete_of_group, &["GroupId"], ReportedOnly),
    Entry("DescribeCommunityImages", community::describe, &[filters::PARAMS], Documented),
    Entry("DescribeSelfCommunityImages", community::describe_self, &[filters::PARAMS], Documented),
    Entry("DescribeUserCommunityImages", community::describe_user, &[filters::PARAMS, community::USER_PARAMS], Documented),
    Entry("DescribeCompShareImages", lists::platform, &[lists::PLATFORM_PARAMS], Documented),
    Entry("DescribeCompShareCustomImages", lists::custom, &[lists::PARAMS], Documented),
    Entry("DescribeCompShareSharingImages", lists::sharing, &[lists::PARAMS], Documented),
    Entry("DescribeCompShareImageTags", lists::tags, &[], Documented),
    Entry("DescribeCompShareImageShareAccounts", shares::describe, &[IMAGE], Documented),
    Entry("ModifyCompShareImageShareAccount", shares::modify, &[shares::MODIFY_PARAMS], Documented),
    Entry("GetCompShareImageCreateProgress", making::progress, &[IMAGE], Documented),
    Entry("CreateCompShareCustomImage", making::create, &[making::CREATE_PARAMS], Documented),
    Entry("CopyCompShareCustomImage", making::copy, &[making::COPY_PARAMS], Documented),
    Entry("TerminateCompShareCustomImage", making::terminate, &[IMAGE], Documented),
    Entry("PublishCompShareImage", publishing::publish, &[publishing::PARAMS, publishing::PUBLISH_PARAMS], Documented),
    Entry("UpdateCompShareImage", publishing::update, &[publishing::PARAMS, publishing::UPDATE_PARAMS], Documented),
    Entry("DescribeCompShareSupportZone", instances::zones, &[], Documented),
    Entry("DescribeCompShareInstance", instances::describe, &[instances::PARAMS], Documented),
    Entry("ModifyCompShareInstanceName", instances::rename, &[instances::RENAME_PARAMS], Documented),
];

/// What every action takes.
const COMMON: &str = "Action ProjectId PublicKey Region SecurityToken Signature Zone";
/// The actions for which the official SDKs require `Zone`.
const ZONE: &str = "DescribeCommunityImages DescribeSelfCommunityImages \
    DescribeUserCommunityImages DescribeCompShareCustomImages CreateCompShareCustomImage \
    GetCompShareImageCreateProgress PublishCompShareImage TerminateCompShareCustomImage \
    UpdateCompShareImage";
/// The actions that take no `Region`, or work without one.
const NO_REGION: &str =
    "DescribeCompShareImageTags DescribeCompShareInstance DescribeCompShareSupportZone";
const IMAGE: &str = "CompShareImageId";

/// Fields of an answer, or members of a row.
fn fields<const N: usize>(members: [(&str, Value); N]) -> Fields {
    Fields::from_iter(members.map(|(key, value)| (key.to_owned(), value)))
}

/// Carries out the action that the request names.
pub(crate) fn perform(call: &mut Call<'_>) -> Answered {
    let (request, quirks) = (call.request, call.quirks);
    let name = request.action();
    if name.is_empty() {
        return Err(Refusal::new(160, "Missing Action"));
    }
    let Entry(_, action, params, _) = ACTIONS
        .iter()
        .find(|Entry(known, .., availability)| *known == name && availability.is_there(quirks))
        .ok_or_else(|| Refusal::new(161, format!("Action [{name}] not found")))?;
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
