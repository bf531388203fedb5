//! Filters and sort order of community lists.

use std::cmp::Ordering;

use serde_json::Value;

use crate::request::{Request, not_found, out_of_range};
use crate::response::ApiError;
use crate::store::{Group, Selection, has_id, text};

/// The parameters of community lists, from all documents.
pub(super) const PARAMS: &str = "Author CompShareImageId FuzzySearch GroupId IfAutoStart IsFree \
    IsOfficial Limit Name Offset SortCondition SortCondition.ASC SortCondition.Field Tag";

/// Returns the groups that match the request in the requested order, with their listed versions.
///
/// A group is listed with all its versions, unless the request has a `CompShareImageId`.
pub(super) fn filter_groups<'a>(
    request: &Request,
    groups: Vec<&'a Group>,
) -> Result<Vec<Selection<'a>>, ApiError> {
    let filter = Filter::from_request(request)?;
    let mut matching: Vec<Selection<'a>> = groups
        .into_iter()
        .filter(|group| filter.matches(group))
        .map(|group| {
            let versions = group.versions().iter();
            let listed = versions.filter(|v| filter.image.is_none_or(|id| v.has_id(id)));
            (group, listed.collect())
        })
        .collect();
    if let (Some(id), true) = (filter.image, matching.is_empty()) {
        return Err(not_found(id));
    }

    if let Some(field) = request.text("SortCondition.Field") {
        let key = sort_key(field)?;
        let ascending = request.flag("SortCondition.ASC")?.unwrap_or(false);
        matching.sort_by(|(one, _), (other, _)| {
            let order = key(one).partial_cmp(&key(other)).unwrap_or(Ordering::Equal);
            if ascending { order } else { order.reverse() }
        });
    }
    Ok(matching)
}

struct Filter<'r> {
    image: Option<&'r str>,
    group: Option<&'r str>,
    /// Lower-cased `Name`.
    name: Option<String>,
    /// Lower-cased `FuzzySearch`.
    search: Option<String>,
    author: Option<&'r str>,
    tags: Vec<&'r str>,
    free: bool,
    official: bool,
    auto_start: bool,
}

impl<'r> Filter<'r> {
    fn from_request(request: &'r Request) -> Result<Self, ApiError> {
        // `false` is the same as no filter: `IsFree=false` does not select paid images.
        let only = |key| Ok(request.flag(key)?.unwrap_or(false));
        Ok(Self {
            image: request.text("CompShareImageId"),
            group: request.text("GroupId"),
            name: request.text("Name").map(str::to_lowercase),
            search: request.text("FuzzySearch").map(str::to_lowercase),
            author: request.text("Author"),
            tags: request.list("Tag"),
            free: only("IsFree")?,
            official: only("IsOfficial")?,
            auto_start: only("IfAutoStart")?,
        })
    }

    /// Returns `true` if the group has a matching version.
    fn matches(&self, group: &Group) -> bool {
        if self.group.is_some_and(|id| group.id() != Some(id)) {
            return false;
        }
        let name = group.head.get("ImageName").and_then(Value::as_str);
        let matches = |row| self.matches_row(row, name.unwrap_or_default());
        match group.versions() {
            // A group without versions can still match by its name.
            [] => matches(&Value::Null),
            versions => versions.iter().any(|version| matches(&version.row)),
        }
    }

    fn matches_row(&self, row: &Value, group_name: &str) -> bool {
        let contains = |part: &str, text: &str| text.to_lowercase().contains(part);
        let has_name =
            |part: &String| contains(part, group_name) || contains(part, text(row, "Name"));
        let has_text = |part: &String| has_name(part) || contains(part, text(row, "Author"));
        let is_official = || {
            let info = row.get("AuthInfo");
            text(row, "ImageOwnerAlias") == "Official"
                || info.is_some_and(|info| *info == 1 || *info == "1")
        };

        self.image.is_none_or(|id| has_id(row, id))
            && self.name.as_ref().is_none_or(has_name)
            && self.search.as_ref().is_none_or(has_text)
            && self.author.is_none_or(|name| text(row, "Author") == name)
            && self.tags.iter().all(|tag| has_tag(row, tag))
            && (!self.free || number(row.get("Price")) <= 0.0)
            && (!self.official || is_official())
            && (!self.auto_start || is_true(row.get("AutoStart")))
    }
}

/// Returns `true` if a row has the tag, as an item or within a comma-separated item.
pub(super) fn has_tag(row: &Value, tag: &str) -> bool {
    let tags = row.get("Tags").and_then(Value::as_array);
    tags.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(|text| text.split([',', '，']).any(|one| one == tag))
}

/// Parses a number from a JSON number or text; returns 0 for any other value.
fn number(value: Option<&Value>) -> f64 {
    match value {
        Some(Value::Number(number)) => number.as_f64().unwrap_or_default(),
        Some(Value::String(text)) => text.parse().unwrap_or_default(),
        _ => 0.0,
    }
}

fn is_true(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn sort_key(field: &str) -> Result<fn(&Group) -> f64, ApiError> {
    Ok(match field {
        // Popularity in some documents, the number of favorites in others.
        "Favor" | "FavoritesCount" => |group| number(group.head.get("FavoritesCount")),
        "CreatedCount" => |group| number(group.head.get("CreatedCount")),
        "ImageUseTime" => |group| number(group.head.get("ImageUseTime")),
        // The newest version and the cheapest one represent their group.
        "PubTime" => |group| numbers(group, "PubTime").fold(0.0, f64::max),
        "Price" => |group| numbers(group, "Price").fold(f64::MAX, f64::min),
        _ => return Err(out_of_range("SortCondition.Field")),
    })
}

fn numbers<'a>(group: &'a Group, key: &'a str) -> impl Iterator<Item = f64> + 'a {
    let versions = group.versions().iter();
    versions.map(move |version| number(version.row.get(key)))
}
