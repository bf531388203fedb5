//! Which groups of a community list a request asks for, and in which order.

use std::cmp::Ordering;

use serde_json::Value;

use crate::answer::Refusal;
use crate::request::{Request, not_found, out_of_range};
use crate::store::{Community, text};

/// What the community lists take; of all documents together.
pub(super) const PARAMS: &[&str] = &[
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
    "SortCondition",
    "SortCondition.ASC",
    "SortCondition.Field",
    "Tag",
];

/// The groups of `places` that the request asks for, each with those of its versions that it is to be listed with.
pub(super) fn choose(
    request: &Request,
    community: &Community,
    places: Vec<usize>,
) -> Result<Vec<(usize, Vec<usize>)>, Refusal> {
    let filter = Filter::of(request)?;
    let mut chosen: Vec<(usize, Vec<usize>)> = places
        .into_iter()
        .filter(|&at| filter.takes(community, at))
        .map(|at| {
            let versions = community.places(at).iter().copied();
            (
                at,
                versions
                    .filter(|&place| filter.lists(community, place))
                    .collect(),
            )
        })
        .collect();
    if let (Some(id), true) = (filter.image, chosen.is_empty()) {
        return Err(not_found(id));
    }
    if let Some(field) = request.text("SortCondition.Field") {
        let key = sort_key(field)?;
        let ascending = request.flag("SortCondition.ASC")?.unwrap_or(false);
        chosen.sort_by(|(one, _), (other, _)| {
            let order = key(community, *one)
                .partial_cmp(&key(community, *other))
                .unwrap_or(Ordering::Equal);
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

    /// Whether the group is listed: if one of its versions is what is asked for.
    fn takes(&self, community: &Community, at: usize) -> bool {
        let group_name = community
            .head(at)
            .and_then(|head| head.get("ImageName")?.as_str())
            .unwrap_or_default();
        if self
            .group
            .is_some_and(|id| community.group_id(at) != Some(id))
        {
            return false;
        }
        let rows = || {
            community
                .places(at)
                .iter()
                .filter_map(|&place| Some(&community.version(place)?.row))
        };
        // A group without versions can be asked for by its own name alone.
        let nothing = Value::Null;
        let of_group = std::iter::once(&nothing).filter(|_| rows().next().is_none());
        rows()
            .chain(of_group)
            .any(|row| self.takes_row(row, group_name))
    }

    fn takes_row(&self, row: &Value, group_name: &str) -> bool {
        let holds = |part: &str, text: &str| text.to_lowercase().contains(part);
        let named = |part: &String| holds(part, group_name) || holds(part, text(row, "Name"));
        self.image.is_none_or(|id| crate::store::has_id(row, id))
            && self.name.as_ref().is_none_or(named)
            && self
                .search
                .as_ref()
                .is_none_or(|part| named(part) || holds(part, text(row, "Author")))
            && self
                .author
                .is_none_or(|author| text(row, "Author") == author)
            && self.tags.iter().all(|tag| has_tag(row, tag))
            && (!self.free || number(row, "Price") <= 0.0)
            && (!self.official
                || text(row, "ImageOwnerAlias") == "Official"
                || row
                    .get("AuthInfo")
                    .is_some_and(|info| *info == 1 || *info == "1"))
            && (!self.auto_start || is_true(row, "AutoStart"))
    }

    /// Whether a version is listed in its group: all are, unless one is asked for by its id.
    fn lists(&self, community: &Community, place: usize) -> bool {
        let has = |id| {
            community
                .version(place)
                .is_some_and(|version| crate::store::has_id(&version.row, id))
        };
        self.image.is_none_or(has)
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
fn number(row: &Value, key: &str) -> f64 {
    as_number(row.get(key))
}

fn as_number(value: Option<&Value>) -> f64 {
    match value {
        Some(Value::Number(number)) => number.as_f64().unwrap_or_default(),
        Some(Value::String(text)) => text.parse().unwrap_or_default(),
        _ => 0.0,
    }
}

fn is_true(row: &Value, key: &str) -> bool {
    match row.get(key) {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

type SortKey = fn(&Community, usize) -> f64;

fn sort_key(field: &str) -> Result<SortKey, Refusal> {
    Ok(match field {
        // Popularity, or the number of favourites: documents differ.
        "Favor" | "FavoritesCount" => |community, at| of_group(community, at, "FavoritesCount"),
        "CreatedCount" => |community, at| of_group(community, at, "CreatedCount"),
        "ImageUseTime" => |community, at| of_group(community, at, "ImageUseTime"),
        // When the newest version was published, and what the cheapest costs.
        "PubTime" => |community, at| of_versions(community, at, "PubTime").fold(0.0, f64::max),
        "Price" => |community, at| of_versions(community, at, "Price").fold(f64::MAX, f64::min),
        _ => return Err(out_of_range("SortCondition.Field")),
    })
}

fn of_group(community: &Community, at: usize, key: &str) -> f64 {
    as_number(community.head(at).and_then(|head| head.get(key)))
}

fn of_versions<'a>(
    community: &'a Community,
    at: usize,
    key: &'a str,
) -> impl Iterator<Item = f64> + 'a {
    community
        .places(at)
        .iter()
        .filter_map(move |&place| Some(number(&community.version(place)?.row, key)))
}
