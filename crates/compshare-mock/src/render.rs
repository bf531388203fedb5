//! Quirks that change the JSON representation of a response, and not its content.

use serde_json::{Map, Value};

use crate::Quirks;

/// Keys of lists of rows, including the versions of a group.
const ROWS: [&str; 17] = [
    "AvailableInstanceTypes",
    "DiskSet",
    "IPSet",
    "Models",
    "OriginalPriceDetails",
    "ListPriceDetails",
    "PriceDetails",
    "RefundPriceSet",
    "Softwares",
    "Specs",
    "UHostSet",
    "ZoneInfo",
    "ImageSet",
    "CompshareImageGroup",
    "ImageSetGroup",
    "AccountSet",
    VERSIONS,
];
const VERSIONS: &str = "Data";
/// Keys of other lists in a response.
const OTHER_LISTS: [&str; 4] = ["Tags", "TagIndex", "InvalidAccounts", "Warning"];

const TIMESTAMPS: [&str; 8] = [
    "CreateTime",
    "ExpireTime",
    "PubTime",
    "ReleaseTime",
    "SchedulerStopTime",
    "StartTime",
    "StopTime",
    "UpdateTime",
];
const PRICES: [&str; 11] = [
    "CompShareImage",
    "CompShareImagePrice",
    "DiskPrice",
    "Disks",
    "Instance",
    "InstancePrice",
    "ListPrice",
    "OriginalPrice",
    "Price",
    "RefundPrice",
    "SystemDisks",
];
const COUNTERS: [&str; 4] = [
    "CreatedCount",
    "FavoritesCount",
    "RecommendCount",
    "ImageUseTime",
];
const ACCOUNTS: [&str; 2] = ["AccountId", "InvalidAccounts"];
const DURATIONS: [&str; 2] = ["TotalDuration", "RemainingDuration"];

/// Applies the quirks to the fields of a response, without those of the envelope.
pub(crate) fn render(fields: &mut Map<String, Value>, quirks: &Quirks) {
    render_members(fields, quirks);

    for (key, value) in fields {
        if OTHER_LISTS.contains(&&**key) {
            render_empty_list(value, quirks);
        } else if quirks.numbers_as_text && !value.is_number() {
            // Totals and durations have separate quirks.
            integers_to_text(value);
        }
    }
}

fn render_members(members: &mut Map<String, Value>, quirks: &Quirks) {
    if quirks.image_id_key {
        if let Some(id) = members.remove("CompShareImageId") {
            members.insert("ImageId".to_owned(), id);
        }
    }
    for (key, value) in members {
        render_member(key, value, quirks);
    }
}

fn render_member(key: &str, value: &mut Value, quirks: &Quirks) {
    let to_text = quirks.timestamps_as_text && TIMESTAMPS.contains(&key)
        || quirks.counters_as_text && COUNTERS.contains(&key)
        || quirks.account_ids_as_text && ACCOUNTS.contains(&key)
        || quirks.durations_as_text && DURATIONS.contains(&key);
    if to_text {
        integers_to_text(value);
    }

    if quirks.container_as_boolean && key == "Container" {
        match value.as_str() {
            Some("True") => *value = true.into(),
            Some("False") => *value = false.into(),
            _ => {}
        }
    }

    if quirks.prices_as_text && value.is_number() && PRICES.contains(&key) {
        *value = value.to_string().into();
    }

    render_value(value, quirks);
    if ROWS.contains(&key) {
        render_rows(key, value, quirks);
    }
}

fn render_value(value: &mut Value, quirks: &Quirks) {
    match (value, quirks.booleans_as_text) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| render_item(item, quirks)),
        (Value::Object(members), _) => render_members(members, quirks),
        (flag @ Value::Bool(_), Some(text)) => *flag = text.render(*flag == true).into(),
        _ => {}
    }
}

/// Renders an element of a list.
fn render_item(value: &mut Value, quirks: &Quirks) {
    if quirks.compound_tags {
        if let Some(Value::Array(tags)) = value.get_mut("Tags") {
            let texts: Vec<&str> = tags.iter().filter_map(Value::as_str).collect();
            if texts.len() > 1 {
                *tags = vec![texts.join("\u{ff0c}").into()];
            }
        }
    }
    render_value(value, quirks);
}

fn render_rows(key: &str, value: &mut Value, quirks: &Quirks) {
    if let (Value::Array(versions), true) = (&mut *value, quirks.row_nulls && key == VERSIONS) {
        versions.insert(0, Value::Null);
    }
    if let (Value::Array(one), true) = (&mut *value, quirks.single_row_as_object) {
        if one.len() == 1 {
            *value = one.pop().unwrap_or_default();
        }
    }
    render_empty_list(value, quirks);
}

/// Replaces an empty list with the form that the quirks select.
fn render_empty_list(value: &mut Value, quirks: &Quirks) {
    if value.as_array().is_some_and(Vec::is_empty) {
        if quirks.null_empty_list {
            *value = Value::Null;
        } else if quirks.object_empty_list {
            *value = Value::Object(Map::new());
        }
    }
}

fn integers_to_text(value: &mut Value) {
    match value {
        Value::Number(number) if !number.is_f64() => *value = number.to_string().into(),
        Value::Array(items) => items.iter_mut().for_each(integers_to_text),
        Value::Object(members) => members.values_mut().for_each(integers_to_text),
        _ => {}
    }
}
