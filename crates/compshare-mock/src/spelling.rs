//! How an answer is spelt: the quirks that change no fact, only the JSON that says it.

use serde_json::{Map, Value};

use crate::Quirks;

/// Lists of rows: those of an answer, and the versions of a group.
const ROWS: [&str; 5] = [
    "ImageSet",
    "CompshareImageGroup",
    "ImageSetGroup",
    "AccountSet",
    VERSIONS,
];
const VERSIONS: &str = "Data";
/// Lists of something else in an answer.
const OTHER_LISTS: [&str; 3] = ["Tags", "TagIndex", "InvalidAccounts"];

const TIMESTAMPS: [&str; 3] = ["CreateTime", "UpdateTime", "PubTime"];
const COUNTERS: [&str; 4] = [
    "CreatedCount",
    "FavoritesCount",
    "RecommendCount",
    "ImageUseTime",
];
const ACCOUNTS: [&str; 2] = ["AccountId", "InvalidAccounts"];
const DURATIONS: [&str; 2] = ["TotalDuration", "RemainingDuration"];

/// The fields of an answer, but for the envelope, as the quirks want them.
pub(crate) fn spell(fields: &mut Map<String, Value>, quirks: &Quirks) {
    members(fields, quirks);
    for (key, value) in fields {
        if OTHER_LISTS.contains(&&**key) {
            reshape(value, quirks);
        } else if quirks.numbers_as_text && !value.is_number() {
            // Totals and durations have quirks of their own.
            integers_to_text(value);
        }
    }
}

fn members(members: &mut Map<String, Value>, quirks: &Quirks) {
    if quirks.image_id_key {
        if let Some(id) = members.remove("CompShareImageId") {
            members.insert("ImageId".to_owned(), id);
        }
    }
    for (key, value) in members {
        member(key, value, quirks);
    }
}

fn member(key: &str, value: &mut Value, quirks: &Quirks) {
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
    inside(value, quirks);
    if ROWS.contains(&key) {
        rows(key, value, quirks);
    }
}

fn inside(value: &mut Value, quirks: &Quirks) {
    match (value, quirks.booleans_as_text) {
        (Value::Array(items), _) => items.iter_mut().for_each(|item| row(item, quirks)),
        (Value::Object(fields), _) => members(fields, quirks),
        (flag @ Value::Bool(_), Some(text)) => *flag = text.of(*flag == true).into(),
        _ => {}
    }
}

/// An element of a list.
fn row(value: &mut Value, quirks: &Quirks) {
    if quirks.compound_tags {
        if let Some(Value::Array(tags)) = value.get_mut("Tags") {
            let texts: Vec<&str> = tags.iter().filter_map(Value::as_str).collect();
            if texts.len() > 1 {
                *tags = vec![texts.join("\u{ff0c}").into()];
            }
        }
    }
    inside(value, quirks);
}

fn rows(key: &str, value: &mut Value, quirks: &Quirks) {
    if let (Value::Array(versions), true) = (&mut *value, quirks.row_nulls && key == VERSIONS) {
        versions.insert(0, Value::Null);
    }
    if let (Value::Array(one), true) = (&mut *value, quirks.single_row_as_object) {
        if one.len() == 1 {
            *value = one.pop().unwrap_or_default();
        }
    }
    reshape(value, quirks);
}

/// Sends a list that is empty as what it is to be sent as.
fn reshape(value: &mut Value, quirks: &Quirks) {
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
