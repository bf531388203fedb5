//! The three lists of the community: groups, or versions where a quirk flattens them.

use serde_json::Value;

use super::page::List;
use super::{Answered, Call, filters};
use crate::ListKey;
use crate::request::out_of_range;
use crate::store::Scope;

/// [`filters::PARAMS`] and whose images; of all documents together.
pub(super) const USER_PARAMS: &[&str] = &[
    "Author",
    "CompShareImageId",
    "FuzzySearch",
    "GroupId",
    "IfAutoStart",
    "IsFree",
    "IsOfficial",
    "Limit",
    "Name",
    "Offset",
    "OrgId",
    "SortCondition",
    "SortCondition.ASC",
    "SortCondition.Field",
    "Tag",
    "TargetTopOrganizationId",
    "TopId",
];

pub(super) fn describe(call: &mut Call<'_>) -> Answered {
    list(call, Scope::All, true)
}

pub(super) fn describe_self(call: &mut Call<'_>) -> Answered {
    let mut fields = list(call, Scope::Own, false)?;
    // As the platform's own document shows it.
    fields.insert(
        "Action".to_owned(),
        "DescribeCommunityImagesResponse".into(),
    );
    Ok(fields)
}

pub(super) fn describe_user(call: &mut Call<'_>) -> Answered {
    let key = "TargetTopOrganizationId";
    let scope = match call.request.text(key) {
        None => Scope::All,
        Some(id) => Scope::Author(id.parse().map_err(|_| out_of_range(key))?),
    };
    list(call, scope, false)
}

/// `counts_published`: whether the platform's documents have `AvailableTotalCount`. The SDKs' documents have it
/// wherever they have `ImageSetGroup`.
fn list(call: &mut Call<'_>, scope: Scope, counts_published: bool) -> Answered {
    let (request, store, quirks) = (call.request, &*call.store, call.quirks);
    let community = &store.community;
    let readme = !request.flag("ExcludeReadme")?.unwrap_or(false);
    let groups = filters::choose(request, community, community.groups(scope))?;
    let published = groups.iter().filter(|(at, _)| {
        community
            .head(*at)
            .and_then(|head| head.get("Status"))
            .is_some_and(|status| status == "Available")
    });
    let published = published.count();
    let key = quirks.list_key.unwrap_or(ListKey::CompshareImageGroup);
    if key == ListKey::ImageSet {
        let places = groups.into_iter().flat_map(|(_, places)| places).collect();
        return List::of_images(places).page(call, |&place| {
            let mut row = community.flat_row(place);
            if !readme {
                without_readme(&mut row);
            }
            row
        });
    }
    let versions = groups.iter().map(|(_, places)| places.len()).sum();
    let list = List {
        key,
        total: Some(groups.len()),
        versions,
        rows: groups,
    };
    let mut fields = list.page(call, |(at, places)| {
        let mut row = community.group_row(*at, Some(places));
        if !readme {
            row.get_mut("Data")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
                .for_each(without_readme);
        }
        row
    })?;
    if counts_published || key == ListKey::ImageSetGroup {
        fields.insert("AvailableTotalCount".to_owned(), published.into());
    }
    Ok(fields)
}

fn without_readme(row: &mut Value) {
    row.as_object_mut()
        .and_then(|members| members.remove("Readme"));
}
