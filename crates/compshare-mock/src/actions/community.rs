//! The three community lists: of groups, or of versions if a quirk flattens them.

use serde_json::Value;

use super::page::List;
use super::{ActionResult, Call, filters};
use crate::ListKey;
use crate::request::out_of_range;
use crate::store::{Scope, Selection};

/// The parameters in addition to [`filters::PARAMS`], from all documents.
pub(super) const USER_PARAMS: &str = "OrgId TargetTopOrganizationId TopId";

pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    list(call, Scope::All, true)
}

pub(super) fn describe_self(call: &mut Call<'_>) -> ActionResult {
    let mut fields = list(call, Scope::Own, false)?;
    // As in the sample of the platform's document.
    fields.insert(
        "Action".to_owned(),
        "DescribeCommunityImagesResponse".into(),
    );
    Ok(fields)
}

pub(super) fn describe_user(call: &mut Call<'_>) -> ActionResult {
    let key = "TargetTopOrganizationId";
    let scope = match call.request.text(key) {
        None => Scope::All,
        Some(id) => Scope::Author(id.parse().map_err(|_| out_of_range(key))?),
    };
    list(call, scope, false)
}

/// Lists the groups in `scope`.
///
/// `counts_published` is `true` if the platform documents `AvailableTotalCount` for this action.
/// The SDKs document it for every list that has `ImageSetGroup`.
fn list(call: &mut Call<'_>, scope: Scope, counts_published: bool) -> ActionResult {
    let readme = !call.request.flag("ExcludeReadme")?.unwrap_or(false);
    let groups = filters::filter_groups(call.request, call.store.community.groups(scope))?;
    let is_published = |(group, _): &&Selection<'_>| {
        let status = group.head.get("Status");
        status.is_some_and(|status| status == "Available")
    };
    let published = groups.iter().filter(is_published).count();

    let key = call.quirks.list_key.unwrap_or(ListKey::CompshareImageGroup);
    if key == ListKey::ImageSet {
        let versions = groups.into_iter().flat_map(|(group, versions)| {
            versions.into_iter().map(move |version| (group, version))
        });
        let list = List::from_images(versions.collect());
        return list.page(call, |(group, version)| {
            let mut row = group.flat_row(version);
            if !readme {
                without_readme(&mut row);
            }
            row
        });
    }

    let list = List {
        key,
        total: Some(groups.len()),
        versions: groups.iter().map(|(_, versions)| versions.len()).sum(),
        rows: groups,
    };
    let mut fields = list.page(call, |(group, versions)| {
        let mut row = group.row(versions.iter().copied());
        if let (false, Some(Value::Array(rows))) = (readme, row.get_mut("Data")) {
            rows.iter_mut().for_each(without_readme);
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
