//! Zones, and the list and names of the account's instances.

use serde_json::Value;

use super::{ActionResult, Call, fields};
use crate::request::{not_found, out_of_range};
use crate::store::{set, text};

pub(super) const PARAMS: &str = "Limit Offset Tag UHostIds WithoutGpu";
pub(super) const RENAME_PARAMS: &str = "Name UHostId";

/// The maximum length of a name, in characters.
const MAX_NAME: usize = 63;

/// Lists the zones of all regions; `Region` does not filter.
#[allow(clippy::unnecessary_wraps, reason = "every action has this signature")]
pub(super) fn zones(call: &mut Call<'_>) -> ActionResult {
    Ok(fields([("ZoneInfo", call.store.zones.clone().into())]))
}

/// Lists the instances, filtered by ids, region and zone if the request has them.
pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    let request = call.request;
    let offset = request.number("Offset", 0)?;
    let limit = request.number("Limit", 20)?;
    if limit == 0 {
        return Err(out_of_range("Limit"));
    }

    let ids = request.list("UHostIds");
    let is_at = |instance: &Value, key: &str| {
        let location = request.text(key);
        location.is_none_or(|location| text(instance, key) == location)
    };
    let instances = call.store.instances.iter();
    let found: Vec<Value> = instances
        .filter(|instance| ids.is_empty() || ids.contains(&text(instance, "UHostId")))
        .filter(|instance| is_at(instance, "Region") && is_at(instance, "Zone"))
        .cloned()
        .collect();

    let total = found.len();
    let narrow = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let page: Vec<Value> = found
        .into_iter()
        .skip(narrow(offset))
        .take(narrow(limit.min(100)))
        .collect();
    Ok(fields([
        ("TotalCount", total.into()),
        ("UHostSet", page.into()),
    ]))
}

pub(super) fn rename(call: &mut Call<'_>) -> ActionResult {
    let id = call.request.required("UHostId")?;
    let name = call.request.required("Name")?;
    if name.chars().count() > MAX_NAME {
        return Err(out_of_range("Name"));
    }

    let mut instances = call.store.instances.iter_mut();
    let found = instances.find(|instance| text(instance, "UHostId") == id);
    set(found.ok_or_else(|| not_found(id))?, "Name", name);
    Ok(fields([("UHostId", id.into())]))
}
