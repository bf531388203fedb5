//! The community's images in their groups, those that the account published among them, and the favourites.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{has_id, set, text};
use crate::catalog::{group_head, image_id};

/// The first account number of an author; authors are numbered in the order in which they first appear.
const FIRST_AUTHOR: u64 = 1001;
/// The caller's own number.
const SELF: u64 = 1000;

#[derive(Debug, Default)]
pub(crate) struct Community {
    groups: Vec<Group>,
    /// The rank of the next favourite.
    next_rank: u64,
}

/// A group of versions of an image.
#[derive(Debug)]
pub(crate) struct Group {
    /// The members except `Data` and `IsFavorite`.
    pub(crate) head: Map<String, Value>,
    /// `None` where `Data` is missing.
    versions: Option<Vec<Version>>,
    /// Whether the account published it.
    own: bool,
    /// Whether it is a favourite although it has no version.
    favorite: bool,
}

#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) row: Value,
    /// The position among the favourites, which are listed in ascending order; `None` if it is not a favourite.
    rank: Option<u64>,
}

/// Some versions of a group.
pub(crate) type Selection<'a> = (&'a Group, Vec<&'a Version>);

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

impl Version {
    pub(crate) fn has_id(&self, id: &str) -> bool {
        has_id(&self.row, id)
    }

    fn is_available(&self) -> bool {
        text(&self.row, "Status") == "Available"
    }
}

impl Group {
    fn new(group: Value, own: bool) -> Self {
        let mut head = match group {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        head.remove("IsFavorite");
        let versions = match head.remove("Data") {
            Some(Value::Array(rows)) => {
                let version = |row| Version { row, rank: None };
                Some(rows.into_iter().map(version).collect())
            }
            _ => None,
        };
        Self {
            head,
            versions,
            own,
            favorite: false,
        }
    }

    pub(crate) fn id(&self) -> Option<&str> {
        self.head.get("GroupId")?.as_str()
    }

    pub(crate) fn versions(&self) -> &[Version] {
        self.versions.as_deref().unwrap_or_default()
    }

    fn versions_mut(&mut self) -> &mut [Version] {
        self.versions.as_deref_mut().unwrap_or_default()
    }

    /// Returns the author of the first version, who is the author of the group.
    fn author(&self) -> Option<&str> {
        self.versions().first()?.row.get("Author")?.as_str()
    }

    fn is_online(&self) -> bool {
        self.versions().iter().any(Version::is_available)
    }

    pub(crate) fn is_favorite(&self) -> bool {
        self.favorite || self.versions().iter().any(|version| version.rank.is_some())
    }

    /// Whether a version other than that of the image `except` has this name.
    pub(crate) fn has_version_name(&self, name: &str, except: Option<&str>) -> bool {
        self.versions()
            .iter()
            .filter(|version| !except.is_some_and(|id| version.has_id(id)))
            .any(|version| text(&version.row, "VersionName") == name)
    }

    /// Returns the group as the caller sees it, with these of its versions.
    pub(crate) fn row<'a>(&self, versions: impl IntoIterator<Item = &'a Version>) -> Value {
        let mut row = self.head.clone();
        row.insert("IsFavorite".to_owned(), self.is_favorite().into());
        if self.versions.is_some() {
            let rows = versions.into_iter().map(|version| version.row.clone());
            row.insert("Data".to_owned(), rows.collect());
        }
        row.into()
    }

    /// Returns a version as a row of a flat list, with the members that its group has otherwise.
    pub(crate) fn flat_row(&self, version: &Version) -> Value {
        let mut row = version.row.clone();
        if row.get("GroupId").is_none_or(Value::is_null) {
            if let Some(id) = self.id() {
                set(&mut row, "GroupId", id);
            }
        }
        set(&mut row, "IsFavorite", version.rank.is_some());
        row
    }

    /// Changes the favourites in this group, and its `FavoritesCount` with them, if that is a number.
    fn change_favorites(&mut self, change: impl FnOnce(&mut Self)) {
        let before = self.is_favorite();
        change(self);
        let after = self.is_favorite();

        let Some(count) = self.head.get_mut("FavoritesCount") else {
            return;
        };
        if let Some(number) = count.as_u64() {
            *count = match (before, after) {
                (false, true) => number.saturating_add(1),
                (true, false) => number.saturating_sub(1),
                _ => number,
            }
            .into();
        }
    }

    /// Sets `Status`: a group is online if one of its versions is.
    fn update_status(&mut self) {
        let status = if self.is_online() {
            "Available"
        } else {
            "UnAvailable"
        };
        self.head.insert("Status".to_owned(), status.into());
    }
}

impl Community {
    pub(crate) fn new(community: Vec<Value>, own: Vec<Value>, favorites: Vec<Value>) -> Self {
        let mut this = Self::default();
        let mut marked = Vec::new();
        for (groups, own) in [(community, false), (own, true)] {
            for group in groups {
                if group.get("IsFavorite").is_some_and(|flag| flag == true) {
                    marked.push(this.groups.len());
                }
                this.groups.push(Group::new(group, own));
            }
        }
        this.add_rows(favorites);

        for at in marked {
            if let Some(group) = this.groups.get_mut(at) {
                group.favorite = group.versions().is_empty();
                for version in group.versions_mut() {
                    rank(version, &mut this.next_rank);
                }
            }
        }
        this
    }

    /// Makes the images of these rows favourites, and adds those that the community does not have.
    fn add_rows(&mut self, favorites: Vec<Value>) {
        let mut images = HashMap::new();
        let mut groups = HashMap::new();
        for (at, group) in self.groups.iter().enumerate() {
            groups.extend(group.id().map(|id| (id.to_owned(), at)));
            for (place, version) in group.versions().iter().enumerate() {
                if let Some(id) = image_id(&version.row) {
                    images.entry(id.to_owned()).or_insert((at, place));
                }
            }
        }

        for row in favorites {
            let known = image_id(&row).and_then(|id| images.get(id).copied());
            if let Some((at, place)) = known {
                let group = self.groups.get_mut(at);
                if let Some(version) = group.and_then(|group| group.versions_mut().get_mut(place)) {
                    rank(version, &mut self.next_rank);
                }
                continue;
            }

            let at = groups.get(text(&row, "GroupId")).copied();
            let at = at.unwrap_or_else(|| {
                let at = self.groups.len();
                let mut group = Group::new(group_head(&row, 0).into(), false);
                if group.id().is_some_and(|id| groups.contains_key(id)) {
                    group = Group::new(group_head(&row, at).into(), false);
                }
                groups.extend(group.id().map(|id| (id.to_owned(), at)));
                self.groups.push(group);
                at
            });
            if let Some(group) = self.groups.get_mut(at) {
                let mut version = Version { row, rank: None };
                rank(&mut version, &mut self.next_rank);
                group.versions.get_or_insert_default().push(version);
            }
        }
    }

    /// Returns the own group of that id.
    pub(crate) fn own_group(&self, id: &str) -> Option<&Group> {
        self.groups
            .iter()
            .find(|group| group.own && group.id() == Some(id))
    }

    /// Returns the first version of that id.
    pub(crate) fn version(&self, id: &str) -> Option<&Version> {
        let mut versions = self.groups.iter().flat_map(Group::versions);
        versions.find(|version| version.has_id(id))
    }

    /// Returns the own version of that id, with its group.
    pub(crate) fn own_version(&self, id: &str) -> Option<(&Group, &Version)> {
        self.groups
            .iter()
            .filter(|group| group.own)
            .flat_map(|group| group.versions().iter().map(move |version| (group, version)))
            .find(|(_, version)| version.has_id(id))
    }

    /// Returns the groups that belong to `scope`, in order.
    pub(crate) fn groups(&self, scope: Scope) -> Vec<&Group> {
        let author = match scope {
            Scope::Author(id) => self.author_of(id),
            Scope::All | Scope::Own => None,
        };
        let belongs = |group: &&Group| {
            let visible = !group.own || group.is_online();
            match scope {
                Scope::All => visible,
                Scope::Own => group.own && group.versions.as_ref().is_none_or(|v| !v.is_empty()),
                Scope::Author(SELF) => group.own && visible,
                Scope::Author(_) => !group.own && author.is_some() && group.author() == author,
            }
        };
        self.groups.iter().filter(belongs).collect()
    }

    fn authors(&self) -> Vec<&str> {
        let mut authors = Vec::new();
        for group in self.groups.iter().filter(|group| !group.own) {
            authors.extend(group.author().filter(|author| !authors.contains(author)));
        }
        authors
    }

    /// Returns the author with that account number.
    pub(crate) fn author_of(&self, id: u64) -> Option<&str> {
        let at = usize::try_from(id.checked_sub(FIRST_AUTHOR)?).ok()?;
        self.authors().get(at).copied()
    }

    /// Returns the account number of that author.
    pub(crate) fn number_of(&self, author: &str) -> Option<u64> {
        let at = self.authors().iter().position(|name| *name == author)?;
        FIRST_AUTHOR.checked_add(u64::try_from(at).ok()?)
    }

    pub(crate) fn favorites(&self) -> Vec<&Version> {
        ranked(self.groups.iter().flat_map(Group::versions))
    }

    /// Returns the groups with a favourite, each with its favourites, in the order of the first of these.
    pub(crate) fn favorites_by_group(&self) -> Vec<Selection<'_>> {
        let mut groups: Vec<Selection<'_>> = self
            .groups
            .iter()
            .map(|group| (group, ranked(group.versions())))
            .filter(|(_, favorites)| !favorites.is_empty())
            .collect();
        groups.sort_by_key(|(_, favorites)| favorites.first().and_then(|first| first.rank));
        groups
    }

    /// Puts an image behind the other favourites, unless it is one. Returns `false` if there is no such image.
    pub(crate) fn add_favorite(&mut self, id: &str) -> bool {
        let next = &mut self.next_rank;
        let mut versions = self.groups.iter().flat_map(Group::versions);
        if versions.any(|version| version.rank.is_some() && version.has_id(id)) {
            return true;
        }
        for group in &mut self.groups {
            if let Some(place) = group.versions().iter().position(|v| v.has_id(id)) {
                group.change_favorites(|group| {
                    if let Some(version) = group.versions_mut().get_mut(place) {
                        rank(version, next);
                    }
                });
                return true;
            }
        }
        false
    }

    pub(crate) fn remove_favorite(&mut self, id: &str) {
        for group in &mut self.groups {
            group.change_favorites(|group| {
                let versions = group.versions_mut().iter_mut();
                versions
                    .filter(|version| version.has_id(id))
                    .for_each(|version| version.rank = None);
            });
        }
    }

    /// Makes a group a favourite: its first version that is `Available`, or else its first. Returns `false` if there is
    /// no such group.
    pub(crate) fn add_favorite_group(&mut self, id: &str) -> bool {
        let next = &mut self.next_rank;
        let Some(group) = self.groups.iter_mut().find(|group| group.id() == Some(id)) else {
            return false;
        };
        if group.is_favorite() {
            return true;
        }
        let place = group.versions().iter().position(Version::is_available);
        group.change_favorites(|group| {
            match group.versions_mut().get_mut(place.unwrap_or_default()) {
                Some(version) => rank(version, next),
                None => group.favorite = true,
            }
        });
        true
    }

    /// Takes all versions of a group off the favourites.
    pub(crate) fn remove_favorite_group(&mut self, id: &str) {
        let mut groups = self.groups.iter_mut();
        if let Some(group) = groups.find(|group| group.id() == Some(id)) {
            group.change_favorites(|group| {
                group.favorite = false;
                for version in group.versions_mut() {
                    version.rank = None;
                }
            });
        }
    }

    /// Adds an empty group of the account's own.
    pub(crate) fn found_group(&mut self, head: Map<String, Value>) {
        self.groups.push(Group {
            head,
            versions: Some(Vec::new()),
            own: true,
            favorite: false,
        });
    }

    /// Adds a version to an own group.
    pub(crate) fn publish(&mut self, group: &str, row: Value) {
        let mut groups = self.groups.iter_mut();
        if let Some(group) = groups.find(|known| known.own && known.id() == Some(group)) {
            let versions = group.versions.get_or_insert_default();
            versions.push(Version { row, rank: None });
            group.update_status();
        }
    }

    /// Changes an own version, and the head of its group.
    pub(crate) fn update(
        &mut self,
        id: &str,
        change: impl FnOnce(&mut Map<String, Value>, &mut Value),
    ) {
        for group in self.groups.iter_mut().filter(|group| group.own) {
            let versions = group.versions.as_deref_mut().unwrap_or_default();
            if let Some(version) = versions.iter_mut().find(|version| version.has_id(id)) {
                change(&mut group.head, &mut version.row);
                group.update_status();
                return;
            }
        }
    }

    /// Removes an own version; a group is not listed without its last one.
    pub(crate) fn remove_own(&mut self, id: &str) {
        for group in self.groups.iter_mut().filter(|group| group.own) {
            if let Some(place) = group.versions().iter().position(|v| v.has_id(id)) {
                group.versions.get_or_insert_default().remove(place);
                group.update_status();
                return;
            }
        }
    }
}

/// Makes a version the last favourite, unless it is one.
fn rank(version: &mut Version, next: &mut u64) {
    if version.rank.is_none() {
        version.rank = Some(*next);
        *next = next.saturating_add(1);
    }
}

/// Returns the favourites among `versions`, in order.
fn ranked<'a>(versions: impl IntoIterator<Item = &'a Version>) -> Vec<&'a Version> {
    let versions = versions.into_iter();
    let mut favorites: Vec<_> = versions.filter(|version| version.rank.is_some()).collect();
    favorites.sort_by_key(|version| version.rank);
    favorites
}
