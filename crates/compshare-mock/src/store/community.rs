//! The community's images in their groups, those that the account published among them, and the favourites.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{has_id, set, text};
use crate::catalog::{group_head, image_id};

/// Authors have account numbers from this on, in the order in which they first appear.
const FIRST_AUTHOR: u64 = 1001;
/// The caller's own number.
const SELF: u64 = 1000;

/// Versions of images are known by their place, so that a favourite never outgrows what was loaded, and rows without
/// an id, or with the same one, are told apart.
#[derive(Debug, Default)]
pub(crate) struct Community {
    versions: Vec<Version>,
    groups: Vec<Group>,
    /// Places in `versions`, in order.
    favorites: Vec<usize>,
}

#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) row: Value,
    /// A place in `groups`.
    pub(crate) group: usize,
}

#[derive(Debug)]
struct Group {
    /// The members but for `Data` and `IsFavorite`.
    head: Map<String, Value>,
    /// Places in `versions`; `None` where `Data` is missing.
    versions: Option<Vec<usize>>,
    /// Whether the account published it.
    own: bool,
    /// Of a group that has no version to be a favourite.
    favorite: bool,
}

impl Group {
    fn id(&self) -> Option<&str> {
        self.head.get("GroupId")?.as_str()
    }

    fn places(&self) -> &[usize] {
        self.versions.as_deref().unwrap_or_default()
    }
}

/// Whose groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All that the community sees.
    All,
    /// The account's own, in every state.
    Own,
    /// Those of one author, by number.
    Author(u64),
}

impl Community {
    pub(crate) fn new(community: Vec<Value>, own: Vec<Value>, favorites: Vec<Value>) -> Self {
        let mut this = Self::default();
        let mut marked = Vec::new();
        for (groups, own) in [(community, false), (own, true)] {
            for group in groups {
                let is_favorite = group.get("IsFavorite").is_some_and(|flag| flag == true);
                let at = this.push_group(group, own);
                marked.extend(is_favorite.then_some(at));
            }
        }
        let mut images = HashMap::new();
        for (place, version) in this.versions.iter().enumerate() {
            if let Some(id) = image_id(&version.row) {
                images.entry(id.to_owned()).or_insert(place);
            }
        }
        let ids = this
            .groups
            .iter()
            .enumerate()
            .filter_map(|(at, group)| Some((group.id()?.to_owned(), at)));
        let mut groups: HashMap<String, usize> = ids.collect();
        for row in favorites {
            let known = image_id(&row).and_then(|id| images.get(id).copied());
            let place = known.unwrap_or_else(|| {
                let group = text(&row, "GroupId").to_owned();
                let at = groups.get(&group).copied().unwrap_or_else(|| {
                    let mut head = group_head(&row, 0);
                    let taken = |head: &Map<String, Value>| {
                        text_of(head, "GroupId").is_some_and(|id| groups.contains_key(id))
                    };
                    if taken(&head) {
                        head = group_head(&row, this.groups.len());
                    }
                    let at = this.groups.len();
                    groups.extend(text_of(&head, "GroupId").map(|id| (id.to_owned(), at)));
                    this.groups.push(Group {
                        head,
                        versions: Some(Vec::new()),
                        own: false,
                        favorite: false,
                    });
                    at
                });
                this.push_version(at, row)
            });
            if known.is_none() || !this.favorites.contains(&place) {
                this.favorites.push(place);
            }
        }
        for at in marked {
            let places = this
                .group(at)
                .map(|group| group.places().to_vec())
                .unwrap_or_default();
            if let (true, Some(group)) = (places.is_empty(), this.groups.get_mut(at)) {
                group.favorite = true;
            }
            for place in places {
                if !this.favorites.contains(&place) {
                    this.favorites.push(place);
                }
            }
        }
        this
    }

    fn push_group(&mut self, group: Value, own: bool) -> usize {
        let at = self.groups.len();
        let mut head = match group {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        head.remove("IsFavorite");
        let rows = match head.remove("Data") {
            Some(Value::Array(rows)) => Some(rows),
            _ => None,
        };
        self.groups.push(Group {
            head,
            versions: rows.as_ref().map(|_| Vec::new()),
            own,
            favorite: false,
        });
        for row in rows.into_iter().flatten() {
            self.push_version(at, row);
        }
        at
    }

    fn push_version(&mut self, group: usize, row: Value) -> usize {
        let place = self.versions.len();
        self.versions.push(Version { row, group });
        if let Some(group) = self.groups.get_mut(group) {
            group.versions.get_or_insert_default().push(place);
        }
        place
    }

    fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    pub(crate) fn version(&self, place: usize) -> Option<&Version> {
        self.versions.get(place)
    }

    /// The places of a group's versions.
    pub(crate) fn places(&self, at: usize) -> &[usize] {
        self.group(at).map_or(&[], Group::places)
    }

    fn rows(&self, at: usize) -> impl Iterator<Item = &Value> {
        self.places(at)
            .iter()
            .filter_map(|&place| self.versions.get(place))
            .map(|version| &version.row)
    }

    /// The members of a group but for `Data` and `IsFavorite`.
    pub(crate) fn head(&self, at: usize) -> Option<&Map<String, Value>> {
        self.group(at).map(|group| &group.head)
    }

    pub(crate) fn group_id(&self, at: usize) -> Option<&str> {
        self.group(at)?.id()
    }

    /// The group of that id.
    pub(crate) fn find_group(&self, id: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.id() == Some(id))
    }

    /// The first version of that id.
    pub(crate) fn find_version(&self, id: &str) -> Option<usize> {
        self.versions
            .iter()
            .position(|version| has_id(&version.row, id))
    }

    /// The groups that belong to `scope`, in order.
    pub(crate) fn groups(&self, scope: Scope) -> Vec<usize> {
        let author = match scope {
            Scope::Author(id) => self.author_of(id),
            Scope::All | Scope::Own => None,
        };
        let mut places: Vec<usize> = (0..self.groups.len()).collect();
        places.retain(|&at| {
            let own = self.group(at).is_some_and(|group| group.own);
            let seen = !own || self.rows(at).any(|row| text(row, "Status") == "Available");
            let left = !self
                .group(at)
                .and_then(|group| group.versions.as_ref())
                .is_some_and(Vec::is_empty);
            match scope {
                Scope::All => seen,
                Scope::Own => own && left,
                Scope::Author(SELF) => own && seen,
                Scope::Author(_) => !own && author.is_some() && self.author(at) == author,
            }
        });
        places
    }

    /// A group is its author's whose name stands on its first version.
    fn author(&self, at: usize) -> Option<&str> {
        self.rows(at).next()?.get("Author")?.as_str()
    }

    fn authors(&self) -> Vec<&str> {
        let mut authors = Vec::new();
        for at in 0..self.groups.len() {
            if let (Some(Group { own: false, .. }), Some(author)) =
                (self.group(at), self.author(at))
            {
                if !authors.contains(&author) {
                    authors.push(author);
                }
            }
        }
        authors
    }

    /// The author with that account number.
    pub(crate) fn author_of(&self, id: u64) -> Option<&str> {
        let at = usize::try_from(id.checked_sub(FIRST_AUTHOR)?).ok()?;
        self.authors().get(at).copied()
    }

    /// The account number of that author.
    pub(crate) fn number_of(&self, author: &str) -> Option<u64> {
        let at = self.authors().iter().position(|name| *name == author)?;
        FIRST_AUTHOR.checked_add(u64::try_from(at).ok()?)
    }

    /// A group as the caller sees it, with these of its versions.
    pub(crate) fn group_row(&self, at: usize, places: Option<&[usize]>) -> Value {
        let Some(group) = self.group(at) else {
            return Value::Null;
        };
        let mut row = group.head.clone();
        row.insert("IsFavorite".to_owned(), self.is_favorite_group(at).into());
        if let Some(all) = &group.versions {
            let rows = places
                .unwrap_or(all)
                .iter()
                .filter_map(|&place| self.version(place));
            row.insert(
                "Data".to_owned(),
                rows.map(|version| version.row.clone()).collect(),
            );
        }
        row.into()
    }

    /// A version as a row of a flat list: it says of itself what else its group would say.
    pub(crate) fn flat_row(&self, place: usize) -> Value {
        let Some(version) = self.version(place) else {
            return Value::Null;
        };
        let mut row = version.row.clone();
        if row.get("GroupId").is_none_or(Value::is_null) {
            if let Some(id) = self.group_id(version.group) {
                set(&mut row, "GroupId", id);
            }
        }
        set(&mut row, "IsFavorite", self.favorites.contains(&place));
        row
    }

    pub(crate) fn favorites(&self) -> impl ExactSizeIterator<Item = &Value> + Clone {
        // Every place is one of `versions`; the default only keeps this free of panics.
        self.favorites.iter().map(|&place| {
            self.versions
                .get(place)
                .map_or(&Value::Null, |version| &version.row)
        })
    }

    /// The groups of the favourites, each with its versions that are, in the order of the first of these.
    pub(crate) fn favorites_by_group(&self) -> Vec<(usize, Vec<usize>)> {
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut seen = HashMap::new();
        for &place in &self.favorites {
            let Some(version) = self.version(place) else {
                continue;
            };
            let at = *seen.entry(version.group).or_insert(groups.len());
            match groups.get_mut(at) {
                Some((_, places)) => places.push(place),
                None => groups.push((version.group, vec![place])),
            }
        }
        groups
    }

    pub(crate) fn is_favorite_group(&self, at: usize) -> bool {
        let marked = self.group(at).is_some_and(|group| group.favorite);
        marked
            || self
                .places(at)
                .iter()
                .any(|place| self.favorites.contains(place))
    }

    /// Puts an image behind the other favourites, unless it is one. Whether there is such an image.
    pub(crate) fn add_favorite(&mut self, id: &str) -> bool {
        if self.favorites().any(|image| has_id(image, id)) {
            return true;
        }
        let Some(place) = self.find_version(id) else {
            return false;
        };
        self.add_place(place);
        true
    }

    fn add_place(&mut self, place: usize) {
        let Some(at) = self.version(place).map(|version| version.group) else {
            return;
        };
        let before = self.is_favorite_group(at);
        self.favorites.push(place);
        self.count(at, before);
    }

    pub(crate) fn remove_favorite(&mut self, id: &str) {
        let place = self.favorites.iter().copied().find(|&place| {
            self.version(place)
                .is_some_and(|version| has_id(&version.row, id))
        });
        let Some(at) = place
            .and_then(|place| self.version(place))
            .map(|version| version.group)
        else {
            return;
        };
        let before = self.is_favorite_group(at);
        let versions = &self.versions;
        self.favorites.retain(|&place| {
            !versions
                .get(place)
                .is_some_and(|version| has_id(&version.row, id))
        });
        self.count(at, before);
    }

    /// Makes a group a favourite: its first version that is `Available`, or else its first.
    pub(crate) fn add_favorite_group(&mut self, at: usize) {
        if self.is_favorite_group(at) {
            return;
        }
        let available = |place: &usize| {
            self.version(*place)
                .is_some_and(|version| text(&version.row, "Status") == "Available")
        };
        let places = self.places(at);
        let place = places
            .iter()
            .copied()
            .find(available)
            .or_else(|| places.first().copied());
        if let Some(place) = place {
            self.add_place(place);
        } else if let Some(group) = self.groups.get_mut(at) {
            group.favorite = true;
            self.count(at, false);
        }
    }

    /// Takes all versions of a group off the favourites.
    pub(crate) fn remove_favorite_group(&mut self, at: usize) {
        let before = self.is_favorite_group(at);
        let places = self.places(at).to_vec();
        self.favorites.retain(|place| !places.contains(place));
        if let Some(group) = self.groups.get_mut(at) {
            group.favorite = false;
        }
        self.count(at, before);
    }

    /// Keeps `FavoritesCount` of a group in step with the caller's change, if it is a number.
    fn count(&mut self, at: usize, before: bool) {
        let now = self.is_favorite_group(at);
        let Some(count) = self
            .groups
            .get_mut(at)
            .and_then(|group| group.head.get_mut("FavoritesCount"))
        else {
            return;
        };
        if let Some(number) = count.as_u64() {
            *count = match (before, now) {
                (false, true) => number.saturating_add(1),
                (true, false) => number.saturating_sub(1),
                _ => number,
            }
            .into();
        }
    }

    /// The own version of that id.
    pub(crate) fn find_own(&self, id: &str) -> Option<usize> {
        let own = |version: &Version| self.group(version.group).is_some_and(|group| group.own);
        self.versions
            .iter()
            .position(|version| own(version) && has_id(&version.row, id))
    }

    /// The own group of that id.
    pub(crate) fn find_own_group(&self, id: &str) -> Option<usize> {
        self.groups
            .iter()
            .position(|group| group.own && group.id() == Some(id))
    }

    /// Whether a version of the group has that name, other than the one at `but`.
    pub(crate) fn has_version_name(&self, at: usize, name: &str, but: Option<usize>) -> bool {
        let named = |&place: &usize| {
            self.version(place)
                .is_some_and(|version| text(&version.row, "VersionName") == name)
        };
        self.places(at)
            .iter()
            .filter(|place| Some(**place) != but)
            .any(named)
    }

    /// Founds a group of the account's own.
    pub(crate) fn found_group(&mut self, head: Map<String, Value>) -> usize {
        self.groups.push(Group {
            head,
            versions: Some(Vec::new()),
            own: true,
            favorite: false,
        });
        self.groups.len().saturating_sub(1)
    }

    pub(crate) fn publish(&mut self, group: usize, row: Value) {
        self.push_version(group, row);
        self.follow(group);
    }

    /// Changes an own version.
    pub(crate) fn update(&mut self, place: usize, change: impl FnOnce(&mut Value)) {
        if let Some(version) = self.versions.get_mut(place) {
            change(&mut version.row);
            let group = version.group;
            self.follow(group);
        }
    }

    /// Removes an own version; a group is not listed without its last one.
    pub(crate) fn remove_own(&mut self, place: usize) {
        let Some(at) = self.version(place).map(|version| version.group) else {
            return;
        };
        self.favorites.retain(|other| *other != place);
        if let Some(versions) = self
            .groups
            .get_mut(at)
            .and_then(|group| group.versions.as_mut())
        {
            versions.retain(|other| *other != place);
        }
        // The places of all others stay as they are.
        if let Some(version) = self.versions.get_mut(place) {
            version.row = Value::Null;
        }
        self.follow(at);
    }

    /// Sets a member of a group.
    pub(crate) fn set_head(&mut self, at: usize, key: &str, value: impl Into<Value>) {
        if let Some(group) = self.groups.get_mut(at) {
            group.head.insert(key.to_owned(), value.into());
        }
    }

    /// A group is online if one of its versions is.
    fn follow(&mut self, at: usize) {
        let online = self.rows(at).any(|row| text(row, "Status") == "Available");
        if let Some(group) = self.groups.get_mut(at) {
            group.head.insert(
                "Status".to_owned(),
                if online { "Available" } else { "UnAvailable" }.into(),
            );
        }
    }
}

fn text_of<'a>(head: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    head.get(key)?.as_str()
}
