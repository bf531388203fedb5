//! Creation, copying and deletion of custom images.

use serde_json::{Map, Value, json};

use super::{ActionResult, Call, Fields, fields};
use crate::request::{not_available, not_found};
use crate::response::ApiError;
use crate::store::text;

pub(super) const CREATE_PARAMS: &str = "Description Name Softwares.Application \
    Softwares.CUDAVersion Softwares.Framework Softwares.FrameworkVersion UHostId";
pub(super) const COPY_PARAMS: &str = "CompShareImageId TargetImageName";

/// `TotalDuration` of the creation of an image.
const TOTAL_SECONDS: u32 = 600;

pub(super) fn create(call: &mut Call<'_>) -> ActionResult {
    let (request, account) = (call.request, &mut call.store.account);
    request.required("Zone")?;
    let instance = request.required("UHostId")?;
    let name = request.required("Name")?;

    if account.has_name(name) {
        return Err(not_available("Name"));
    }
    if account.is_creating_from(instance) {
        return Err(ApiError::new(
            8964,
            format!("UHost [{instance}] is making an image"),
        ));
    }
    if instance.contains("paid") {
        return Err(ApiError::new(
            226_644,
            format!("UHost [{instance}] runs a paid image"),
        ));
    }

    let text = |key: &str| request.text(key).unwrap_or_default();
    let members = json!({
        "Name": name,
        "Description": text("Description"),
        "Container": if instance.contains("vm") { "False" } else { "True" },
        "SourceGpuType": "4090",
        "Softwares": {
            "Framework": text("Softwares.Framework"),
            "FrameworkVersion": text("Softwares.FrameworkVersion"),
            "CUDAVersion": text("Softwares.CUDAVersion"),
            "Applications": request.list("Softwares.Application"),
        },
    });
    let id = account.start_creation(members_of(members), instance, instance.contains("fail"));
    Ok(fields([("CompShareImageId", id.into())]))
}

pub(super) fn progress(call: &mut Call<'_>) -> ActionResult {
    call.request.required("Zone")?;
    let id = call.request.required("CompShareImageId")?;
    let percent = call
        .store
        .account
        .advance(id)
        .ok_or_else(|| not_found(id))?;
    let remaining = TOTAL_SECONDS / 100 * 100_u32.saturating_sub(percent);
    Ok(fields([
        ("Process", f64::from(percent).into()),
        ("TotalDuration", TOTAL_SECONDS.into()),
        ("RemainingDuration", remaining.into()),
    ]))
}

pub(super) fn copy(call: &mut Call<'_>) -> ActionResult {
    let (request, account) = (call.request, &mut call.store.account);
    let id = request.required("CompShareImageId")?;
    let source = account.find(id).ok_or_else(|| not_found(id))?;

    if text(source, "Status") != "Available" {
        return Err(ApiError::new(8017, format!("Image [{id}] not usable")));
    }

    let name = request
        .text("TargetImageName")
        .map_or_else(|| format!("{}-copy", text(source, "Name")), str::to_owned);
    if account.has_name(&name) {
        return Err(not_available("TargetImageName"));
    }

    let mut members = members_of(source.clone());
    members.insert("Name".to_owned(), name.into());
    let new = account.start_creation(members, "", false);
    Ok(fields([("NewCompShareImageId", new.into())]))
}

pub(super) fn terminate(call: &mut Call<'_>) -> ActionResult {
    call.request.required("Zone")?;
    let id = call.request.required("CompShareImageId")?;
    if call.store.account.find(id).is_none() {
        return Err(not_found(id));
    }

    let community = &mut call.store.community;
    if let Some((_, version)) = community.own_version(id) {
        // An image under review counts as published.
        if text(&version.row, "Status") != "Offline" {
            return Err(ApiError::new(8436, format!("Image [{id}] is published")));
        }
        community.remove_own(id);
    }
    call.store.account.remove(id);
    Ok(Fields::new())
}

fn members_of(row: Value) -> Map<String, Value> {
    match row {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
