//! The contents at the start: images of every kind, tags, instances and zones.

mod generated;

use serde_json::{Map, Value};

/// Everything that a gateway holds at its start.
///
/// Rows are JSON objects and are sent as they are, but for `IsFavorite` of a group, which the gateway keeps itself. An
/// image is known by its `CompShareImageId`, or `ImageId`; a group by its `GroupId`.
///
/// ```
/// use compshare_mock::{Catalog, Gateway};
/// use compshare_sign::Credentials;
/// use serde_json::json;
///
/// let group = json!({"GroupId": "qYl0zvqlo03V", "IsFavorite": true, "Data": [{"CompShareImageId": "a"}]});
/// let catalog = Catalog::empty().community(vec![group]);
/// let gateway = Gateway::with_catalog(Credentials::new("my_public_key", "my_private_key")?, catalog);
/// assert_eq!(gateway.favorites(), [json!({"CompShareImageId": "a"})]);
///
/// // Many groups for tests of paging; the same ones each time.
/// let catalog = Catalog::generated(743, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalog {
    pub(crate) favorites: Vec<Value>,
    pub(crate) community: Vec<Value>,
    pub(crate) platform: Vec<Value>,
    pub(crate) custom: Vec<Value>,
    pub(crate) shared: Vec<Value>,
    pub(crate) own: Vec<Value>,
    pub(crate) instances: Vec<Value>,
    pub(crate) zones: Vec<Value>,
    pub(crate) tags: Vec<(String, Vec<String>)>,
}

impl Catalog {
    /// Nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Invented images of every kind, varied on purpose: the built-in [`favorites`](crate::favorites) and some thirty
    /// groups of the community that are no favourites; platform images of the four types; the account's own images in
    /// several states, three groups that it published, images that others share with it; 47 tags in 7 categories; three
    /// instances, and five zones.
    pub fn built_in() -> Self {
        // Tests read the files, so nothing is lost to the defaults here.
        let json = serde_json::from_str(include_str!("built_in.json")).unwrap_or_default();
        let catalog = Self::from_json(json).unwrap_or_default();
        let favorites = crate::favorites();

        // Favourites are not the first groups of the community, nor next to each other.
        let mut others = catalog.community.iter().cloned();
        let mut community = Vec::new();
        for rows in favorites.chunks(5) {
            community.extend(others.by_ref().take(3));
            community.extend(rows.iter().map(group_of));
        }
        community.extend(others);
        catalog.favorites(favorites).community(community)
    }

    /// A community of this many groups of one to three versions, all of it decided by `seed`: every fortieth group or
    /// so is a favourite, and some rows are odd. There is nothing else in it.
    pub fn generated(groups: usize, seed: u64) -> Self {
        Self::empty().community(generated::community(groups, seed))
    }

    /// The favourites, in order. A row whose image stands in a group of the [`community`](Self::community) is that
    /// image; any other joins, or founds, the group that its `GroupId` names, or a group of its own.
    pub fn favorites(mut self, rows: Vec<Value>) -> Self {
        self.favorites = rows;
        self
    }

    /// The groups of the community, as elements of `CompshareImageGroup`. Where `IsFavorite` is true, all versions are
    /// favourites, behind those of [`favorites`](Self::favorites).
    pub fn community(mut self, groups: Vec<Value>) -> Self {
        self.community = groups;
        self
    }

    /// The platform images, as rows of an `ImageSet`; `ImageType` says under which type each is listed.
    pub fn platform_images(mut self, rows: Vec<Value>) -> Self {
        self.platform = rows;
        self
    }

    /// The account's own images, as rows of an `ImageSet`. A row may have an `AccountSet`, the accounts that it is
    /// shared with: it is not sent with the row.
    pub fn custom_images(mut self, rows: Vec<Value>) -> Self {
        self.custom = rows;
        self
    }

    /// The images that others share with the account, as rows of an `ImageSet`.
    pub fn shared_images(mut self, rows: Vec<Value>) -> Self {
        self.shared = rows;
        self
    }

    /// The groups that the account published, as elements of `CompshareImageGroup`. One with a version that is
    /// `Available` is listed in the community too.
    pub fn self_community(mut self, groups: Vec<Value>) -> Self {
        self.own = groups;
        self
    }

    /// The account's instances, as rows of a `UHostSet`.
    pub fn instances(mut self, rows: Vec<Value>) -> Self {
        self.instances = rows;
        self
    }

    /// The zones, as rows of a `ZoneInfo`.
    pub fn zones(mut self, rows: Vec<Value>) -> Self {
        self.zones = rows;
        self
    }

    /// The tags, by category; both in order.
    pub fn tags(mut self, categories: Vec<(String, Vec<String>)>) -> Self {
        self.tags = categories;
        self
    }

    /// A catalogue from JSON, as [`MockGatewayBuilder::images_file`](crate::MockGatewayBuilder::images_file) says.
    pub(crate) fn from_json(json: Value) -> Option<Self> {
        let mut members = match json {
            Value::Object(members) => members,
            rows => Map::from_iter([("ImageSet".to_owned(), rows)]),
        };
        let mut catalog = Self::default();
        let lists = [
            ("ImageSet", &mut catalog.favorites),
            ("CompshareImageGroup", &mut catalog.community),
            ("PlatformImages", &mut catalog.platform),
            ("CustomImages", &mut catalog.custom),
            ("SharedImages", &mut catalog.shared),
            ("SelfCommunity", &mut catalog.own),
            ("UHostSet", &mut catalog.instances),
            ("ZoneInfo", &mut catalog.zones),
        ];
        let mut found = false;
        for (key, list) in lists {
            match members.remove(key) {
                None => {}
                Some(Value::Array(rows)) if rows.iter().all(Value::is_object) => {
                    *list = rows;
                    found = true;
                }
                Some(_) => return None,
            }
        }
        let map = members.remove("TagsMap").unwrap_or_default();
        let index = members.remove("TagIndex").unwrap_or_default();
        for category in strings(&index) {
            let tags = map.get(&category).map(strings).unwrap_or_default();
            catalog.tags.push((category, tags));
        }
        found.then_some(catalog)
    }
}

/// The texts of a list; none if it is no list.
fn strings(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// The group that holds `row` alone.
fn group_of(row: &Value) -> Value {
    let mut group = group_head(row, 0);
    group.insert("Data".to_owned(), Value::Array(vec![row.clone()]));
    group.into()
}

/// A group for a row that names one, or that is in none: all but its versions. `serial` tells groups apart that have
/// nothing else to be told apart by.
pub(crate) fn group_head(row: &Value, serial: usize) -> Map<String, Value> {
    let id = match row.get("GroupId").and_then(Value::as_str) {
        Some(id) => id.to_owned(),
        None => match image_id(row).and_then(|id| id.rsplit('-').next()) {
            Some(tail) if serial == 0 => tail.to_owned(),
            Some(tail) => format!("{tail}{serial}"),
            None => format!("group{serial}"),
        },
    };
    let mut head = Map::from_iter([("GroupId".to_owned(), id.into())]);
    for (key, from) in [
        ("ImageName", "Name"),
        ("ImageDesc", "Description"),
        ("CreatedCount", "CreatedCount"),
        ("FavoritesCount", "FavoritesCount"),
        ("ImageUseTime", "ImageUseTime"),
    ] {
        head.extend(row.get(from).map(|value| (key.to_owned(), value.clone())));
    }
    head.insert("RecommendCount".to_owned(), 0.into());
    let online = row
        .get("Status")
        .is_some_and(|status| status == "Available");
    head.insert(
        "Status".to_owned(),
        if online { "Available" } else { "UnAvailable" }.into(),
    );
    head
}

/// What the image is known by.
pub(crate) fn image_id(row: &Value) -> Option<&str> {
    // Some documents show `ImageId` for the same thing, so a file may have it.
    ["CompShareImageId", "ImageId"]
        .into_iter()
        .find_map(|key| row.get(key)?.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;

    fn ids(rows: &[Value]) -> Vec<&str> {
        rows.iter().map(|row| image_id(row).unwrap()).collect()
    }

    fn versions(groups: &[Value]) -> Vec<Value> {
        groups
            .iter()
            .filter_map(|group| group["Data"].as_array())
            .flatten()
            .cloned()
            .collect()
    }

    #[test]
    fn the_built_in_catalogue_is_whole_and_varied() {
        let catalog = Catalog::built_in();
        assert_eq!(catalog.community.len(), crate::favorites().len() + 30);
        let mut versions = versions(&catalog.community);
        assert_eq!(versions.len(), crate::favorites().len() + 42);
        versions.extend(versions_of_own(&catalog));
        let distinct: BTreeSet<&str> = versions.iter().filter_map(image_id).collect();
        assert_eq!(distinct.len(), versions.len());
        let groups: BTreeSet<&str> = catalog
            .community
            .iter()
            .map(|group| group["GroupId"].as_str().unwrap())
            .collect();
        assert_eq!(groups.len(), catalog.community.len());

        let any = |test: &dyn Fn(&Value) -> bool| versions.iter().any(test);
        assert!(any(&|row| row["Container"] == true) && any(&|row| row["CreateTime"].is_string()));
        assert!(any(&|row| row.get("GroupId").is_none()) && any(&|row| row["Tags"].is_null()));
        assert!(any(&|row| row["Readme"]
            .as_str()
            .is_some_and(|text| text.len() > 10_000)));
        assert!(any(&|row| row["Tags"].to_string().contains('，')));
        assert_eq!(
            catalog
                .community
                .iter()
                .filter(|group| group.get("Data").is_none())
                .count(),
            1
        );

        let of_type = |kind: &str| {
            catalog
                .platform
                .iter()
                .filter(|row| row["ImageType"] == kind)
                .count()
        };
        assert_eq!(
            ["System", "App", "Other", "Game"].map(of_type),
            [9, 49, 10, 4]
        );
        assert_eq!(
            ids(&catalog.platform)
                .into_iter()
                .collect::<BTreeSet<_>>()
                .len(),
            72
        );
        for status in ["Available", "Making", "UnAvailable"] {
            assert!(
                catalog.custom.iter().any(|row| row["Status"] == status),
                "{status}"
            );
        }
        assert_eq!((catalog.own.len(), catalog.shared.len()), (3, 3));
        assert_eq!((catalog.instances.len(), catalog.zones.len()), (3, 5));
        assert_eq!(catalog.tags.len(), 7);
        assert_eq!(
            catalog
                .tags
                .iter()
                .map(|(_, tags)| tags.len())
                .sum::<usize>(),
            47
        );
    }

    fn versions_of_own(catalog: &Catalog) -> Vec<Value> {
        versions(&catalog.own)
    }

    #[test]
    fn generated_catalogues_are_varied_and_the_same_each_time() {
        let catalog = Catalog::generated(743, 7);
        assert_eq!(catalog, Catalog::generated(743, 7));
        assert_ne!(catalog, Catalog::generated(743, 8));
        assert_eq!(catalog.community.len(), 743);
        let versions = versions(&catalog.community);
        assert!((1000..2000).contains(&versions.len()), "{}", versions.len());
        assert_eq!(
            ids(&versions).into_iter().collect::<BTreeSet<_>>().len(),
            versions.len()
        );
        let favorites = catalog
            .community
            .iter()
            .filter(|group| group["IsFavorite"] == true)
            .count();
        assert_eq!(favorites, 19);
        assert!(
            catalog
                .community
                .iter()
                .any(|group| group.get("Data").is_none())
        );
        assert!(versions.iter().any(|row| row["CreateTime"].is_string()));
        assert_eq!(Catalog::generated(0, 7), Catalog::empty());
    }

    #[test]
    fn json_of_several_shapes_is_read() {
        let rows = json!([{"Name": "x"}]);
        assert_eq!(Catalog::from_json(rows.clone()).unwrap().favorites.len(), 1);
        let all = json!({"ImageSet": rows, "CompshareImageGroup": rows, "PlatformImages": rows, "CustomImages": rows,
            "SharedImages": rows, "SelfCommunity": rows, "UHostSet": rows, "ZoneInfo": rows, "TagIndex": ["b", "a"], "TagsMap": {"a": ["x"]}, "RetCode": 0});
        let Catalog {
            favorites,
            community,
            platform,
            custom,
            shared,
            own,
            instances,
            zones,
            tags,
        } = Catalog::from_json(all).unwrap();
        assert!(
            [
                favorites, community, platform, custom, shared, own, instances, zones
            ]
            .iter()
            .all(|list| list.len() == 1)
        );
        assert_eq!(
            tags,
            [
                ("b".to_owned(), vec![]),
                ("a".to_owned(), vec!["x".to_owned()])
            ]
        );
        for other in [
            json!({}),
            json!({"Rows": []}),
            json!({"CustomImages": [1]}),
            json!({"ImageSet": [], "SelfCommunity": 1}),
        ] {
            assert_eq!(Catalog::from_json(other.clone()), None, "{other}");
        }
    }
}
