//! The groups of the community, including the account's own, and the favorites.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{has_id, set, text};
use crate::catalog::{group_head, image_id};

/// The account number of the first author. Authors are numbered by first appearance.
const FIRST_AUTHOR: u64 = 1001;
/// The account number of the caller.
const SELF: u64 = 1000;

#[derive(Debug, Default)]
pub(crate) struct Community {
    groups: Vec<Group>,
    /// The rank of the next favorite.
    next_rank: u64,
}

/// A group of versions of an image.
#[derive(Debug)]
pub(crate) struct Group {
    /// The members except `Data` and `IsFavorite`.
    pub(crate) head: Map<String, Value>,
    /// `None` where `Data` is missing.
    versions: Option<Vec<Version>>,
    /// `true` if the account published the group.
    own: bool,
    /// `true` if the group is a favorite without having a version.
    favorite: bool,
}

#[derive(Debug)]
pub(crate) struct Version {
    pub(crate) row: Value,
    /// The position among the favorites, which are listed in ascending order; `None` if it is not a
    /// favorite.
    rank: Option<u64>,
}

/// Some versions of a group.
pub(crate) type Selection<'a> = (&'a Group, Vec<&'a Version>);

/// A selection of groups by owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// All groups visible to the community.
    All,
    /// The account's own groups, in every state.
    Own,
    /// The groups of the author with this account number.
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

    /// Returns the author of the group, which is the author of its first version.
    fn author(&self) -> Option<&str> {
        self.versions().first()?.row.get("Author")?.as_str()
    }

    fn is_online(&self) -> bool {
        self.versions().iter().any(Version::is_available)
    }

    pub(crate) fn is_favorite(&self) -> bool {
        self.favorite || self.versions().iter().any(|version| version.rank.is_some())
    }

    /// Returns `true` if a version has this name, not counting the version of the image `except`.
    pub(crate) fn has_version_name(&self, name: &str, except: Option<&str>) -> bool {
        self.versions()
            .iter()
            .filter(|version| !except.is_some_and(|id| version.has_id(id)))
            .any(|version| text(&version.row, "VersionName") == name)
    }

    /// Returns the group as a row of a list, with these of its versions.
    pub(crate) fn row<'a>(&self, versions: impl IntoIterator<Item = &'a Version>) -> Value {
        let mut row = self.head.clone();
        row.insert("IsFavorite".to_owned(), self.is_favorite().into());
        if self.versions.is_some() {
            let rows = versions.into_iter().map(|version| version.row.clone());
            row.insert("Data".to_owned(), rows.collect());
        }
        row.into()
    }

    /// Returns a version as a row of a flat list, including members that are otherwise on its
    /// group.
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

    /// Changes the favorites in this group, and updates `FavoritesCount` if it is a number.
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

    /// Updates `Status`: a group is online if one of its versions is.
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
        // Groups with `IsFavorite`, ranked below the images of `favorites`.
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

        for index in marked {
            if let Some(group) = this.groups.get_mut(index) {
                group.favorite = group.versions().is_empty();
                for version in group.versions_mut() {
                    rank(version, &mut this.next_rank);
                }
            }
        }
        this
    }

    /// Makes the images of these rows favorites, and adds images that are not in the community.
    fn add_rows(&mut self, favorites: Vec<Value>) {
        let mut images = HashMap::new();
        let mut groups = HashMap::new();
        for (index, group) in self.groups.iter().enumerate() {
            groups.extend(group.id().map(|id| (id.to_owned(), index)));
            for (position, version) in group.versions().iter().enumerate() {
                if let Some(id) = image_id(&version.row) {
                    images.entry(id.to_owned()).or_insert((index, position));
                }
            }
        }

        for row in favorites {
            let known = image_id(&row).and_then(|id| images.get(id).copied());
            if let Some((index, position)) = known {
                let group = self.groups.get_mut(index);
                let version = group.and_then(|group| group.versions_mut().get_mut(position));
                if let Some(version) = version {
                    rank(version, &mut self.next_rank);
                }
                continue;
            }

            let known = groups.get(text(&row, "GroupId")).copied();
            let index = known.unwrap_or_else(|| {
                let index = self.groups.len();
                let mut group = Group::new(group_head(&row, 0).into(), false);
                // The generated id may be taken: make it unique by the index.
                if group.id().is_some_and(|id| groups.contains_key(id)) {
                    group = Group::new(group_head(&row, index).into(), false);
                }
                groups.extend(group.id().map(|id| (id.to_owned(), index)));
                self.groups.push(group);
                index
            });
            if let Some(group) = self.groups.get_mut(index) {
                let mut version = Version { row, rank: None };
                rank(&mut version, &mut self.next_rank);
                group.versions.get_or_insert_default().push(version);
            }
        }
    }

    /// Returns the account's own group with that id.
    pub(crate) fn own_group(&self, id: &str) -> Option<&Group> {
        self.groups
            .iter()
            .find(|group| group.own && group.id() == Some(id))
    }

    /// Returns the first version with that id.
    pub(crate) fn version(&self, id: &str) -> Option<&Version> {
        let mut versions = self.groups.iter().flat_map(Group::versions);
        versions.find(|version| version.has_id(id))
    }

    /// Returns the account's own version with that id, and its group.
    pub(crate) fn own_version(&self, id: &str) -> Option<(&Group, &Version)> {
        self.groups
            .iter()
            .filter(|group| group.own)
            .flat_map(|group| group.versions().iter().map(move |version| (group, version)))
            .find(|(_, version)| version.has_id(id))
    }

    /// Returns the groups in `scope`, in order.
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

    /// Returns the groups with favorites, each with its favorites, ordered by their first favorite.
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

    /// Appends an image to the favorites, unless it is one. Returns `false` if it does not exist.
    pub(crate) fn add_favorite(&mut self, id: &str) -> bool {
        let next = &mut self.next_rank;
        let mut versions = self.groups.iter().flat_map(Group::versions);
        if versions.any(|version| version.rank.is_some() && version.has_id(id)) {
            return true;
        }

        for group in &mut self.groups {
            if let Some(position) = group.versions().iter().position(|v| v.has_id(id)) {
                group.change_favorites(|group| {
                    if let Some(version) = group.versions_mut().get_mut(position) {
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

    /// Makes the first `Available` version of a group a favorite, or else its first version.
    ///
    /// Returns `false` if the group does not exist.
    pub(crate) fn add_favorite_group(&mut self, id: &str) -> bool {
        let next = &mut self.next_rank;
        let Some(group) = self.groups.iter_mut().find(|group| group.id() == Some(id)) else {
            return false;
        };
        if group.is_favorite() {
            return true;
        }

        let position = group.versions().iter().position(Version::is_available);
        group.change_favorites(|group| {
            match group.versions_mut().get_mut(position.unwrap_or_default()) {
                Some(version) => rank(version, next),
                None => group.favorite = true,
            }
        });
        true
    }

    /// Removes all versions of a group from the favorites.
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

    /// Adds an empty own group.
    pub(crate) fn create_group(&mut self, head: Map<String, Value>) {
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

    /// Changes an own version and the head of its group.
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

    /// Removes an own version. A group without versions is no longer listed.
    pub(crate) fn remove_own(&mut self, id: &str) {
        for group in self.groups.iter_mut().filter(|group| group.own) {
            if let Some(position) = group.versions().iter().position(|v| v.has_id(id)) {
                group.versions.get_or_insert_default().remove(position);
                group.update_status();
                return;
            }
        }
    }
}

/// Appends a version to the favorites, unless it is one.
fn rank(version: &mut Version, next: &mut u64) {
    if version.rank.is_none() {
        version.rank = Some(*next);
        *next = next.saturating_add(1);
    }
}

/// Returns the favorites among `versions`, in order.
fn ranked<'a>(versions: impl IntoIterator<Item = &'a Version>) -> Vec<&'a Version> {
    let versions = versions.into_iter();
    let mut favorites: Vec<_> = versions.filter(|version| version.rank.is_some()).collect();
    favorites.sort_by_key(|version| version.rank);
    favorites
}
