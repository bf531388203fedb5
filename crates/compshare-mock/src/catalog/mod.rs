//! The initial contents of a gateway: images, tags, instances, disks, zones and stock.

mod generated;

use serde_json::{Map, Value};

use crate::store::Market;

/// The initial contents of a gateway.
///
/// Rows are JSON objects and are sent unchanged, except for `IsFavorite` of a group, which the
/// gateway computes. An image is identified by its `CompShareImageId`, or its `ImageId`; a group by
/// its `GroupId`.
///
/// ```
/// use compshare_mock::{Catalog, Gateway};
/// use compshare_sign::Credentials;
/// use serde_json::json;
///
/// let image = json!({"CompShareImageId": "a"});
/// let group = json!({"GroupId": "qYl0zvqlo03V", "IsFavorite": true, "Data": [image]});
/// let catalog = Catalog::empty().community(vec![group]);
/// let credentials = Credentials::new("my_public_key", "my_private_key")?;
/// let gateway = Gateway::with_catalog(credentials, catalog);
/// assert_eq!(gateway.favorites(), [image]);
///
/// // 743 groups for tests of paging. A seed always generates the same ones.
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
    pub(crate) disks: Vec<Value>,
    pub(crate) market: Market,
    pub(crate) zones: Vec<Value>,
    pub(crate) tags: Vec<(String, Vec<String>)>,
}

impl Catalog {
    /// Creates an empty catalog.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Creates the built-in catalog of varied, invented images.
    ///
    /// It has the built-in [`favorites`](crate::favorites) and 30 other community groups, platform
    /// images of the four types, the account's custom images in several states, three published
    /// groups, images shared by other accounts, 47 tags in 7 categories, three instances, a data
    /// disk, and five zones with types of GPU, stock and prices.
    pub fn built_in() -> Self {
        // The files are valid, as the tests check: the defaults are never used.
        let json = serde_json::from_str(include_str!("built_in.json")).unwrap_or_default();
        let catalog = Self::from_json(json).unwrap_or_default();
        let favorites = crate::favorites();

        // Spread the favorites over the community, and do not begin with one.
        let mut others = catalog.community.iter().cloned();
        let mut community = Vec::new();
        for rows in favorites.chunks(5) {
            community.extend(others.by_ref().take(3));
            community.extend(rows.iter().map(group_of));
        }
        community.extend(others);
        catalog.favorites(favorites).community(community)
    }

    /// Creates a community of `groups` groups with one to three versions each, derived from `seed`.
    ///
    /// Every 40th group is a favorite, and some rows have unusual fields. All other lists are
    /// empty.
    pub fn generated(groups: usize, seed: u64) -> Self {
        Self::empty().community(generated::community(groups, seed))
    }

    /// Sets the favorites, in order.
    ///
    /// A row whose image is in a group of the [`community`](Self::community) marks that image as a
    /// favorite. Any other row is added to the group with its `GroupId`, which is created if
    /// missing; a row without `GroupId` gets a new group.
    pub fn favorites(mut self, rows: Vec<Value>) -> Self {
        self.favorites = rows;
        self
    }

    /// Sets the community groups, as elements of `CompshareImageGroup`.
    ///
    /// All versions of a group with `IsFavorite` are favorites, listed after those of
    /// [`favorites`](Self::favorites).
    pub fn community(mut self, groups: Vec<Value>) -> Self {
        self.community = groups;
        self
    }

    /// Sets the platform images, as rows of an `ImageSet`. Each is listed under its `ImageType`.
    pub fn platform_images(mut self, rows: Vec<Value>) -> Self {
        self.platform = rows;
        self
    }

    /// Sets the account's custom images, as rows of an `ImageSet`.
    ///
    /// A row may have an `AccountSet` with the accounts that it is shared with. It is not sent with
    /// the row.
    pub fn custom_images(mut self, rows: Vec<Value>) -> Self {
        self.custom = rows;
        self
    }

    /// Sets the images that other accounts share with this one, as rows of an `ImageSet`.
    pub fn shared_images(mut self, rows: Vec<Value>) -> Self {
        self.shared = rows;
        self
    }

    /// Sets the groups that the account has published, as elements of `CompshareImageGroup`.
    ///
    /// A group with an `Available` version is also listed in the community.
    pub fn self_community(mut self, groups: Vec<Value>) -> Self {
        self.own = groups;
        self
    }

    /// Sets the account's instances, as rows of a `UHostSet`.
    pub fn instances(mut self, rows: Vec<Value>) -> Self {
        self.instances = rows;
        self
    }

    /// Sets the account's data disks, as rows of the `DiskSet` of `DescribeCompshareDisk`.
    pub fn disks(mut self, rows: Vec<Value>) -> Self {
        self.disks = rows;
        self
    }

    /// Sets the types of GPU on sale, as rows of an `AvailableInstanceTypes`.
    ///
    /// An instance can be created in the zones and sizes of these rows only.
    pub fn instance_types(mut self, rows: Vec<Value>) -> Self {
        self.market.types = rows;
        self
    }

    /// Sets the stock, as a `GpuInventory`: pool, zone id, type of GPU, number of GPUs.
    ///
    /// The stock is unlimited where the object has no number.
    pub fn stock(mut self, inventory: Value) -> Self {
        self.market.inventory = inventory;
        self
    }

    /// Sets the prices of GPUs in yuan per hour, by type. Other prices are derived from them.
    pub fn gpu_prices(mut self, prices: Map<String, Value>) -> Self {
        self.market.gpu_prices = prices;
        self
    }

    /// Sets the zones, as rows of a `ZoneInfo`.
    pub fn zones(mut self, rows: Vec<Value>) -> Self {
        self.zones = rows;
        self
    }

    /// Sets the tags by category, both in order.
    pub fn tags(mut self, categories: Vec<(String, Vec<String>)>) -> Self {
        self.tags = categories;
        self
    }

    /// Parses the format of
    /// [`MockGatewayBuilder::images_file`](crate::MockGatewayBuilder::images_file).
    ///
    /// Returns `None` if the JSON has another structure.
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
            ("Disks", &mut catalog.disks),
            ("AvailableInstanceTypes", &mut catalog.market.types),
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

        catalog.market.inventory = members.remove("GpuInventory").unwrap_or_default();
        if let Some(Value::Object(prices)) = members.remove("GpuPrices") {
            catalog.market.gpu_prices = prices;
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

/// Returns the texts of a list; empty if `list` is not an array.
fn strings(list: &Value) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Returns a group with `row` as its only version.
fn group_of(row: &Value) -> Value {
    let mut group = group_head(row, 0);
    group.insert("Data".to_owned(), Value::Array(vec![row.clone()]));
    group.into()
}

/// Returns a group for a row, without versions.
///
/// Its id is the row's `GroupId`, or derived from the image id and a nonzero `serial`.
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

/// Returns the id of an image.
pub(crate) fn image_id(row: &Value) -> Option<&str> {
    // Some documents use `ImageId` for the same field, so a file may have it.
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
    fn built_in_catalog_is_complete_and_varied() {
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
    fn generated_catalogs_are_varied_and_deterministic() {
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
    fn from_json_accepts_arrays_and_objects() {
        let rows = json!([{"Name": "x"}]);
        assert_eq!(Catalog::from_json(rows.clone()).unwrap().favorites.len(), 1);
        let all = json!({"ImageSet": rows, "CompshareImageGroup": rows, "PlatformImages": rows, "CustomImages": rows,
            "SharedImages": rows, "SelfCommunity": rows, "UHostSet": rows, "Disks": rows, "AvailableInstanceTypes": rows, "GpuInventory": {},
            "GpuPrices": {"4090": 1}, "ZoneInfo": rows, "TagIndex": ["b", "a"], "TagsMap": {"a": ["x"]}, "RetCode": 0});
        let Catalog {
            favorites,
            community,
            platform,
            custom,
            shared,
            own,
            instances,
            disks,
            market,
            zones,
            tags,
        } = Catalog::from_json(all).unwrap();
        let types = market.types;
        assert_eq!(market.gpu_prices["4090"], 1);
        assert!(
            [
                favorites, community, platform, custom, shared, own, instances, disks, types, zones
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
