//! Publication and update of the account's images.

use serde_json::{Value, json};

use super::{ActionResult, Call, Fields, fields};
use crate::request::{Request, not_found, out_of_range};
use crate::response::ApiError;
use crate::store::{set, text};

/// The parameters of both actions.
pub(super) const PARAMS: &str = "AutoStart CompShareImageId Cover Description Framework GroupId \
    Price Readme SupportedGpuTypes Tags VersionDesc VersionName";
pub(super) const PUBLISH_PARAMS: &str = "CommunityImageName Softwares.Applications \
    Softwares.CUDAVersion Softwares.Framework Softwares.FrameworkVersion";
pub(super) const UPDATE_PARAMS: &str = "Name Softwares Visibility";

/// The documented maximum of `Tags`.
const MAX_TAGS: usize = 3;

pub(super) fn publish(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let id = request.required("CompShareImageId")?;
    let version_name = request.required("VersionName")?;
    let changes = changes(request)?;

    let image = call.store.account.find(id).ok_or_else(|| not_found(id))?;
    if text(image, "Status") != "Available" || text(image, "Container") != "True" {
        return Err(ApiError::new(
            8017,
            format!("Image [{id}] not usable: only an available container image is published"),
        ));
    }
    let mut row = image.clone();
    let name = request
        .text("CommunityImageName")
        .unwrap_or(text(image, "Name"));

    let community = &mut call.store.community;
    let group_id = request.text("GroupId");
    if let Some(group_id) = group_id {
        let group = community.own_group(group_id);
        let group = group.ok_or_else(|| not_found(group_id))?;
        if group.has_version_name(version_name, None) {
            return Err(version_name_exists(version_name));
        }
    }
    if community.own_version(id).is_some() {
        return Err(ApiError::new(8436, format!("Image [{id}] is published")));
    }

    let name = name.to_owned();
    let group_id = group_id.map_or_else(|| call.store.account.new_group_id(), str::to_owned);
    if community.own_group(&group_id).is_none() {
        let description = request.text("Description").unwrap_or_default();
        community.create_group(fields([
            ("GroupId", group_id.as_str().into()),
            ("ImageName", name.as_str().into()),
            ("ImageDesc", description.into()),
            ("CreatedCount", 0.into()),
            ("FavoritesCount", 0.into()),
            ("RecommendCount", 0.into()),
            ("ImageUseTime", 0.into()),
        ]));
    }

    for (key, value) in changes {
        set(&mut row, key, value);
    }
    set(&mut row, "Name", name);
    set(&mut row, "Status", "Reviewing");
    set(&mut row, "ImageType", "Community");
    set(&mut row, "Visibility", 1);
    set(&mut row, "GroupId", group_id.as_str());
    community.publish(&group_id, row);
    Ok(Fields::new())
}

pub(super) fn update(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let id = request.required("CompShareImageId")?;
    let changes = changes(request)?;
    let visibility = match request.text("Visibility") {
        None => None,
        Some("0") => Some(0),
        Some("1") => Some(1),
        Some(_) => return Err(out_of_range("Visibility")),
    };

    let (account, community) = (&mut call.store.account, &mut call.store.community);
    let own = community.own_version(id);
    if account.find(id).is_none() && own.is_none() {
        return Err(not_found(id));
    }
    if let Some((group, _)) = own {
        if let Some(wanted) = request.text("GroupId").filter(|id| group.id() != Some(id)) {
            return Err(not_found(wanted));
        }
        if let Some(name) = request.text("VersionName") {
            if group.has_version_name(name, Some(id)) {
                return Err(version_name_exists(name));
            }
        }
    }

    let change = |row: &mut Value| {
        for (key, value) in &changes {
            set(row, key, value.clone());
        }
        if let Some(framework) = request.text("Framework") {
            if let Some(softwares) = row.get_mut("Softwares").filter(|value| value.is_object()) {
                set(softwares, "Framework", framework);
            } else {
                set(row, "Softwares", json!({"Framework": framework}));
            }
        }
        if let Some(visibility) = visibility {
            set(row, "Visibility", visibility);
        }
    };
    community.update(id, |head, row| {
        change(row);
        // A private image is offline. Making it public again requires another review.
        match (visibility, text(row, "Status")) {
            (Some(0), _) => set(row, "Status", "Offline"),
            (Some(1), "Offline") => set(row, "Status", "Reviewing"),
            _ => {}
        }
        for (key, of_group) in [("Name", "ImageName"), ("Description", "ImageDesc")] {
            if let Some(value) = request.text(key) {
                head.insert(of_group.to_owned(), value.into());
            }
        }
    });
    account.update(id, change);
    Ok(Fields::new())
}

fn version_name_exists(name: &str) -> ApiError {
    ApiError::new(8968, format!("Version name [{name}] already exists"))
}

/// Parses the row members that both actions set.
fn changes(request: &Request) -> Result<Vec<(&'static str, Value)>, ApiError> {
    let mut changes: Vec<(&'static str, Value)> = Vec::new();
    for key in [
        "Name",
        "VersionName",
        "VersionDesc",
        "Description",
        "Cover",
        "Readme",
    ] {
        changes.extend(request.text(key).map(|text| (key, text.into())));
    }

    if let Some(text) = request.text("Price") {
        let price = text
            .parse()
            .ok()
            .filter(|price: &f64| price.is_finite() && *price >= 0.0);
        changes.push(("Price", price.ok_or_else(|| out_of_range("Price"))?.into()));
    }
    if let Some(flag) = request.flag("AutoStart")? {
        changes.push(("AutoStart", flag.into()));
    }

    for key in ["Tags", "SupportedGpuTypes"] {
        let list = request.list(key);
        if key == "Tags" && list.len() > MAX_TAGS {
            return Err(out_of_range(key));
        }
        if !list.is_empty() {
            changes.push((key, list.into()));
        }
    }
    Ok(changes)
}
