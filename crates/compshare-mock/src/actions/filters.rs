//! Which groups of a community list a request asks for, and in which order.

use std::cmp::Ordering;

use serde_json::Value;

use crate::answer::Refusal;
use crate::request::{Request, not_found, out_of_range};
use crate::store::{Group, Selection, has_id, text};

/// The parameters of the community lists, by all documents together.
pub(super) const PARAMS: &str = "Author CompShareImageId FuzzySearch GroupId IfAutoStart IsFree \
    IsOfficial Limit Name Offset SortCondition SortCondition.ASC SortCondition.Field Tag";

/// Returns the groups that the request asks for, each with the versions that it is to be listed with: all, unless one is
/// asked for by its id.
pub(super) fn choose<'a>(
    request: &Request,
    groups: Vec<&'a Group>,
) -> Result<Vec<Selection<'a>>, Refusal> {
    let filter = Filter::of(request)?;
    let mut chosen: Vec<Selection<'a>> = groups
        .into_iter()
        .filter(|group| filter.takes(group))
        .map(|group| {
            let versions = group.versions().iter();
            let listed = versions.filter(|v| filter.image.is_none_or(|id| v.has_id(id)));
            (group, listed.collect())
        })
        .collect();
    if let (Some(id), true) = (filter.image, chosen.is_empty()) {
        return Err(not_found(id));
    }

    if let Some(field) = request.text("SortCondition.Field") {
        let key = sort_key(field)?;
        let ascending = request.flag("SortCondition.ASC")?.unwrap_or(false);
        chosen.sort_by(|(one, _), (other, _)| {
            let order = key(one).partial_cmp(&key(other)).unwrap_or(Ordering::Equal);
            if ascending { order } else { order.reverse() }
        });
    }
    Ok(chosen)
}

struct Filter<'r> {
    image: Option<&'r str>,
    group: Option<&'r str>,
    /// In lower case.
    name: Option<String>,
    search: Option<String>,
    author: Option<&'r str>,
    tags: Vec<&'r str>,
    free: bool,
    official: bool,
    auto_start: bool,
}

impl<'r> Filter<'r> {
    fn of(request: &'r Request) -> Result<Self, Refusal> {
        // False asks for nothing: "free images only" has no opposite.
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

    /// Whether the group is listed: if one of its versions is asked for.
    fn takes(&self, group: &Group) -> bool {
        if self.group.is_some_and(|id| group.id() != Some(id)) {
            return false;
        }
        let name = group.head.get("ImageName").and_then(Value::as_str);
        let takes = |row| self.takes_row(row, name.unwrap_or_default());
        match group.versions() {
            // Such a group can be asked for by its own name alone.
            [] => takes(&Value::Null),
            versions => versions.iter().any(|version| takes(&version.row)),
        }
    }

    fn takes_row(&self, row: &Value, group_name: &str) -> bool {
        let holds = |part: &str, text: &str| text.to_lowercase().contains(part);
        let named = |part: &String| holds(part, group_name) || holds(part, text(row, "Name"));
        let found = |part: &String| named(part) || holds(part, text(row, "Author"));
        let is_official = || {
            let info = row.get("AuthInfo");
            text(row, "ImageOwnerAlias") == "Official"
                || info.is_some_and(|info| *info == 1 || *info == "1")
        };

        self.image.is_none_or(|id| has_id(row, id))
            && self.name.as_ref().is_none_or(named)
            && self.search.as_ref().is_none_or(found)
            && self.author.is_none_or(|name| text(row, "Author") == name)
            && self.tags.iter().all(|tag| has_tag(row, tag))
            && (!self.free || number(row.get("Price")) <= 0.0)
            && (!self.official || is_official())
            && (!self.auto_start || is_true(row.get("AutoStart")))
    }
}

/// Whether a row has a tag, alone or in a text of several.
pub(super) fn has_tag(row: &Value, tag: &str) -> bool {
    let tags = row.get("Tags").and_then(Value::as_array);
    tags.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .any(|text| text.split([',', '，']).any(|one| one == tag))
}

/// A number, or a text that is one; 0 if it is neither.
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

fn sort_key(field: &str) -> Result<fn(&Group) -> f64, Refusal> {
    Ok(match field {
        // Popularity, or the number of favourites: documents differ.
        "Favor" | "FavoritesCount" => |group| number(group.head.get("FavoritesCount")),
        "CreatedCount" => |group| number(group.head.get("CreatedCount")),
        "ImageUseTime" => |group| number(group.head.get("ImageUseTime")),
        // When the newest version was published, and what the cheapest costs.
        "PubTime" => |group| numbers(group, "PubTime").fold(0.0, f64::max),
        "Price" => |group| numbers(group, "Price").fold(f64::MAX, f64::min),
        _ => return Err(out_of_range("SortCondition.Field")),
    })
}

fn numbers<'a>(group: &'a Group, key: &'a str) -> impl Iterator<Item = f64> + 'a {
    let versions = group.versions().iter();
    versions.map(move |version| number(version.row.get(key)))
}
