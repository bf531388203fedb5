//! Image records.

use crate::wire::record::record;
use crate::{
    Account, AuthInfo, GroupId, ImageId, ImageOwner, ImageStatus, ImageType, Software,
    SoftwarePort, Timestamp, Visibility, Zone,
};

record! {
    /// An image, or one version of a community image.
    ///
    /// Every field is optional: no source documents all of them, and no action returns all of them.
    /// The sources are CompShare's and UCloud's documentation, unless stated otherwise.
    ///
    /// ```
    /// use compshare_model::{Image, ImageStatus};
    ///
    /// let json = r#"{"CompShareImageId": "compshareImage-1pl06yxr5lvm", "Name": "Qwen-Image",
    ///     "Status": "Available", "Container": "True", "CreateTime": "1712563200", "New": [1]}"#;
    /// let image: Image = serde_json::from_str(json)?;
    /// assert_eq!(image.id.as_str(), "compshareImage-1pl06yxr5lvm");
    /// assert_eq!(image.name, "Qwen-Image");
    /// assert_eq!(image.status, Some(ImageStatus::Available));
    /// assert_eq!(image.create_time.unwrap().as_secs(), 1_712_563_200);
    /// assert!(image.is_container());
    ///
    /// // Serialization restores the unknown field, and the text of the timestamp.
    /// let original: serde_json::Value = serde_json::from_str(json)?;
    /// assert_eq!(serde_json::to_value(&image)?, original);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Image {
        /// The image id; empty if absent.
        id: ImageId = "CompShareImageId" | "ImageId" | "ImageUuid" | "Id",
        /// The image name; empty if absent. In a row of a group, the name of the version.
        name: String = "Name" | "CompShareImageName" | "ImageName",
        /// The author's nickname.
        author: Option<String> = "Author",
        /// The author's certification.
        auth_info: Option<AuthInfo> = "AuthInfo",
        /// The image's state.
        status: Option<ImageStatus> = "Status",
        /// The image's type.
        image_type: Option<ImageType> = "ImageType",
        /// The kind of owner: the platform or the community.
        owner_alias: Option<ImageOwner> = "ImageOwnerAlias",
        /// `true` for a custom image created from an official one.
        is_official: Option<bool> = "IsOfficial",
        /// `true` for a container image, `false` for a virtual machine image. Serialized as
        /// `"True"` or `"False"`.
        container: Option<bool> as Capitalized = "Container" | "IsContainer",
        /// The image's visibility.
        visibility: Option<Visibility> = "Visibility",
        /// A short description.
        description: Option<String> = "Description" | "ImageDesc",
        /// A rich text, possibly long. Some actions return it only for a request by image id.
        readme: Option<String> = "Readme",
        /// The URL of a picture.
        cover: Option<String> = "Cover" | "CoverUrl",
        /// The tags as sent. One text may contain several tags: see
        /// [`tag_words`](Self::tag_words).
        tags: Vec<String> = "Tags",
        /// The price in yuan per hour; 0 is free.
        price: Option<f64> = "Price",
        /// `true` for a paid image.
        image_charge: Option<bool> = "ImageCharge",
        /// The size in MB.
        size: Option<u64> = "Size" | "ActualSize" | "ImageSize",
        /// The time of creation.
        create_time: Option<Timestamp> = "CreateTime",
        /// The time of the last update.
        update_time: Option<Timestamp> = "UpdateTime",
        /// The time of publication.
        pub_time: Option<Timestamp> = "PubTime",
        /// Number of instances created from the image.
        created_count: Option<u64> = "CreatedCount",
        /// Number of accounts with the image as a favorite.
        favorites_count: Option<u64> = "FavoritesCount",
        /// Number of recommendations; reported for groups only.
        recommend_count: Option<u64> = "RecommendCount",
        /// Total time of use, presumably in hours as for a group. No source documents the unit for
        /// an image.
        image_use_time: Option<i64> = "ImageUseTime",
        /// `true` for a favorite of the caller; reported for groups only.
        is_favorite: Option<bool> = "IsFavorite",
        /// The id of the image's group of versions.
        group_id: Option<GroupId> = "GroupId",
        /// The version's name: `v1.0`.
        version_name: Option<String> = "VersionName" | "Version",
        /// The changes in the version.
        version_desc: Option<String> = "VersionDesc",
        /// `true` if the programs in the image start with the instance.
        auto_start: Option<bool> = "AutoStart",
        /// The GPU types recommended by the author. May be empty or contain duplicates.
        supported_gpu_types: Vec<String> = "SupportedGpuTypes",
        /// The GPU type of the instance that a custom image was created from.
        source_gpu_type: Option<String> = "SourceGpuType",
        /// The ports of the programs in the image.
        software_ports: Vec<SoftwarePort> = "SoftwarePorts",
        /// The open ports of the firewall; reported by a third-party client.
        firewall_ports: Vec<i64> = "FirewallPorts",
        /// The URL of the author's QR code.
        qr_code_url: Option<String> = "QrCodeUrl",
        /// The reason of a failed creation.
        failed_reason: Option<String> = "FailedReason",
        /// The image's owner.
        owner: Option<Account> = "Owner",
        /// The installed software.
        softwares: Option<Software> = "Softwares",
        /// The zone of the image; reported by a third-party client.
        zone: Option<Zone> = "Zone",
        /// The zones that support the image; reported by a third-party client.
        support_zones: Vec<SupportZone> = "ImageSupportZone",
    }
}

record! {
    /// A zone that supports an image (`ImageSupportZone`); reported by a third-party client.
    pub struct SupportZone {
        /// The zone's name.
        zone: Option<Zone> = "Zone",
        /// The zone's number: 10027 for `cn-wlcb-01`.
        zone_id: Option<i64> = "ZoneId",
    }
}

impl Image {
    /// Returns `true` for a container image, `false` if that is unknown.
    pub fn is_container(&self) -> bool {
        self.container == Some(true)
    }

    /// Iterates over the single tags.
    ///
    /// The service is known to join several tags by a full-width comma. This splits each text at
    /// full-width, ideographic and ASCII commas. Letter case is kept, and is not uniform.
    ///
    /// ```
    /// use compshare_model::Image;
    ///
    /// let image: Image = serde_json::from_str(r#"{"Tags": ["LLM，Qwen、 ", "ComfyUI"]}"#)?;
    /// assert_eq!(image.tag_words().collect::<Vec<_>>(), ["LLM", "Qwen", "ComfyUI"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn tag_words(&self) -> impl Iterator<Item = &str> {
        self.tags
            .iter()
            .flat_map(|tag| tag.split(['，', ',', '、']))
            .map(str::trim)
            .filter(|word| !word.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::wire::record::Record;
    use crate::{ImageGroup, ImageList};

    fn image(value: &Value) -> Image {
        let image: Image = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(
            &serde_json::to_value(&image).unwrap(),
            value,
            "nothing is lost"
        );
        image
    }

    /// Returns the value of one field of an image.
    type Getter = fn(&Image) -> Value;

    /// Every form of a field that a source shows, its value, and `true` if the original is kept.
    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn accepts_every_form_of_every_field() {
        fn secs(time: Option<Timestamp>) -> Value {
            json!(time.map(Timestamp::as_secs))
        }
        let id: Getter = |image| json!(image.id.as_str());
        let name: Getter = |image| json!(image.name);
        let status: Getter = |image| json!(image.status.as_ref().map(ImageStatus::as_str));
        let image_type: Getter = |image| json!(image.image_type);
        let auth: Getter = |image| json!(image.auth_info.map(|info| info.0));
        let container: Getter = |image| json!(image.container);
        let auto_start: Getter = |image| json!(image.auto_start);
        let created: Getter = |image| secs(image.create_time);
        let count: Getter = |image| json!(image.created_count);
        let size: Getter = |image| json!(image.size);
        let price: Getter = |image| json!(image.price);
        let tags: Getter = |image| json!(image.tags);
        let ports: Getter = |image| json!(image.firewall_ports);
        let account: Getter = |image| {
            json!(
                image
                    .owner
                    .as_ref()
                    .and_then(|owner| owner.account_id.clone())
            )
        };
        let group: Getter = |image| json!(image.group_id);
        let version: Getter = |image| json!(image.version_name);
        let cover: Getter = |image| json!(image.cover);
        let description: Getter = |image| json!(image.description);
        let visibility: Getter = |image| json!(image.visibility.map(|seen| seen.0));
        let software: Getter = |image| json!(image.softwares.is_some());
        let software_port: Getter = |image| {
            json!(
                image
                    .software_ports
                    .iter()
                    .map(|port| port.port)
                    .collect::<Vec<_>>()
            )
        };
        let zones: Getter = |image| {
            json!(
                image
                    .support_zones
                    .iter()
                    .map(|zone| zone.zone_id)
                    .collect::<Vec<_>>()
            )
        };

        let rows: Vec<(&str, Value, Getter, Value, bool)> = vec![
            (
                "CompShareImageId",
                json!("compshareImage-1"),
                id,
                json!("compshareImage-1"),
                false,
            ),
            (
                "ImageId",
                json!("compshareImage-1"),
                id,
                json!("compshareImage-1"),
                true,
            ),
            ("ImageUuid", json!("u"), id, json!("u"), true),
            ("Id", json!(7), id, json!("7"), true),
            ("CompShareImageId", json!(7), id, json!("7"), true),
            ("CompShareImageId", json!(""), id, json!(""), true),
            ("CompShareImageName", json!("n"), name, json!("n"), true),
            ("ImageName", json!("n"), name, json!("n"), true),
            ("Name", json!(true), name, json!("true"), true),
            ("Name", json!(1.5), name, json!("1.5"), true),
            ("Name", json!({"a": 1}), name, json!(""), true),
            ("Status", json!("Normal"), status, json!("Normal"), false),
            ("Status", json!("Copying"), status, json!("Copying"), false),
            ("Status", json!(3), status, json!("3"), true),
            ("Status", json!(""), status, json!(null), true),
            (
                "ImageType",
                json!("Other"),
                image_type,
                json!("Other"),
                false,
            ),
            ("AuthInfo", json!(2), auth, json!(2), false),
            ("AuthInfo", json!("2"), auth, json!(2), true),
            ("AuthInfo", json!(99), auth, json!(99), false),
            ("Container", json!("True"), container, json!(true), false),
            ("Container", json!("False"), container, json!(false), false),
            ("Container", json!("true"), container, json!(true), true),
            ("Container", json!(true), container, json!(true), true),
            ("Container", json!(0), container, json!(false), true),
            ("Container", json!("maybe"), container, json!(null), true),
            ("IsContainer", json!(true), container, json!(true), true),
            ("AutoStart", json!(true), auto_start, json!(true), false),
            ("AutoStart", json!("true"), auto_start, json!(true), true),
            ("AutoStart", json!("True"), auto_start, json!(true), true),
            ("AutoStart", json!("FALSE"), auto_start, json!(false), true),
            ("AutoStart", json!(1), auto_start, json!(true), true),
            ("AutoStart", json!("0"), auto_start, json!(false), true),
            ("AutoStart", json!(2), auto_start, json!(null), true),
            (
                "CreateTime",
                json!(1_712_563_200),
                created,
                json!(1_712_563_200),
                false,
            ),
            (
                "CreateTime",
                json!("1712563200"),
                created,
                json!(1_712_563_200),
                true,
            ),
            (
                "CreateTime",
                json!(" 1712563200 "),
                created,
                json!(1_712_563_200),
                true,
            ),
            (
                "CreateTime",
                json!(1_712_563_200.0),
                created,
                json!(1_712_563_200),
                true,
            ),
            ("CreateTime", json!(1.5), created, json!(null), true),
            ("CreateTime", json!(""), created, json!(null), true),
            (
                "CreateTime",
                json!("2024-04-08"),
                created,
                json!(null),
                true,
            ),
            ("CreateTime", json!(-1), created, json!(-1), false),
            ("CreateTime", json!(u64::MAX), created, json!(null), true),
            ("CreatedCount", json!(7), count, json!(7), false),
            ("CreatedCount", json!("7"), count, json!(7), true),
            ("CreatedCount", json!(-7), count, json!(null), true),
            (
                "CreatedCount",
                json!(u64::MAX),
                count,
                json!(u64::MAX),
                false,
            ),
            ("CreatedCount", json!(1e30), count, json!(null), true),
            (
                "CreatedCount",
                json!("99999999999999999999999999999999999999999"),
                count,
                json!(null),
                true,
            ),
            ("Size", json!(40960), size, json!(40960), false),
            ("ActualSize", json!(40960), size, json!(40960), true),
            ("ImageSize", json!("40960"), size, json!(40960), true),
            ("Price", json!(0.5), price, json!(0.5), false),
            ("Price", json!(0), price, json!(0.0), false),
            ("Price", json!(2.0), price, json!(2.0), true),
            ("Price", json!("0.50"), price, json!(0.5), true),
            ("Price", json!("NaN"), price, json!(null), true),
            ("Price", json!("1e999"), price, json!(null), true),
            ("Tags", json!(["a", "b"]), tags, json!(["a", "b"]), false),
            ("Tags", json!("a,b"), tags, json!(["a,b"]), true),
            ("Tags", json!(""), tags, json!([]), true),
            ("Tags", json!([]), tags, json!([]), true),
            ("Tags", json!({}), tags, json!([]), true),
            (
                "Tags",
                json!([1, null, "a", ["b"], true]),
                tags,
                json!(["1", "a", "true"]),
                true,
            ),
            (
                "Tags",
                json!(["x", {"tagLabel": "a", "id": 1}, {"b": 1}]),
                tags,
                json!(["x", "a"]),
                true,
            ),
            ("Tags", json!({"tagLabel": "a"}), tags, json!(["a"]), true),
            (
                "FirewallPorts",
                json!([22, 8188]),
                ports,
                json!([22, 8188]),
                false,
            ),
            (
                "FirewallPorts",
                json!([22, "8188", "ssh"]),
                ports,
                json!([22, 8188]),
                true,
            ),
            ("FirewallPorts", json!(22), ports, json!([22]), true),
            (
                "Owner",
                json!({"AccountId": "5"}),
                account,
                json!("5"),
                false,
            ),
            // The nested record keeps the original number.
            ("Owner", json!({"AccountId": 5}), account, json!("5"), false),
            ("Owner", json!({}), account, json!(null), false),
            ("Owner", json!("5"), account, json!(null), true),
            ("Owner", json!([]), account, json!(null), true),
            (
                "GroupId",
                json!("qYl0zvqlo03V"),
                group,
                json!("qYl0zvqlo03V"),
                false,
            ),
            ("GroupId", json!(""), group, json!(null), true),
            ("Version", json!("v1.0"), version, json!("v1.0"), true),
            (
                "CoverUrl",
                json!("https://example.com/a.png"),
                cover,
                json!("https://example.com/a.png"),
                true,
            ),
            ("ImageDesc", json!("d"), description, json!("d"), true),
            ("Description", json!(""), description, json!(""), false),
            ("Visibility", json!("1"), visibility, json!(1), true),
            (
                "Softwares",
                json!({"Framework": "PyTorch"}),
                software,
                json!(true),
                false,
            ),
            ("Softwares", json!("PyTorch"), software, json!(false), true),
            (
                "SoftwarePorts",
                json!([{"Software": "ComfyUI", "Port": 8188}]),
                software_port,
                json!([8188]),
                false,
            ),
            (
                "SoftwarePorts",
                json!([{"Port": "8188"}]),
                software_port,
                json!([8188]),
                false,
            ),
            (
                "SoftwarePorts",
                json!([{"Port": 1}, null, 5, {"Port": 2}]),
                software_port,
                json!([1, 2]),
                true,
            ),
            (
                "SoftwarePorts",
                json!({"Port": 1}),
                software_port,
                json!([1]),
                true,
            ),
            ("SoftwarePorts", json!({}), software_port, json!([]), true),
            (
                "SoftwarePorts",
                json!("8188"),
                software_port,
                json!([]),
                true,
            ),
            (
                "ImageSupportZone",
                json!([{"Zone": "cn-wlcb-01", "ZoneId": 10027}]),
                zones,
                json!([10027]),
                false,
            ),
        ];
        for (name, value, get, expected, kept) in rows {
            let image = image(&json!({ name: value }));
            assert_eq!(get(&image), expected, "{name}: {value}");
            assert_eq!(
                image.extra.get(name),
                kept.then_some(&value),
                "{name}: {value}"
            );
        }
    }

    /// Returns all accepted names of all fields of a record.
    fn names<R: Record + Default>() -> impl Iterator<Item = &'static str> {
        let table = R::default().table();
        table.fields.iter().flat_map(|spec| spec.names).copied()
    }

    /// Deserializes objects with `value` under each accepted name, and under all of them at once.
    fn all_fields_as<R>(value: &Value)
    where
        R: Record + Default + serde::Serialize + serde::de::DeserializeOwned,
    {
        let names = names::<R>;
        let all: Value = names()
            .map(|name| (name.to_owned(), value.clone()))
            .collect::<serde_json::Map<_, _>>()
            .into();
        for object in names().map(|name| json!({ name: value })).chain([all]) {
            let record: R = serde_json::from_value(object.clone()).unwrap();
            assert_eq!(serde_json::to_value(&record).unwrap(), object);
        }
    }

    #[test]
    fn fields_accept_any_value() {
        let values = [
            json!(null),
            json!(""),
            json!("x"),
            json!(0),
            json!(-1.5),
            json!(true),
            json!([]),
            json!([null]),
            json!({}),
            json!({"a": []}),
        ];
        for value in &values {
            all_fields_as::<Image>(value);
            all_fields_as::<ImageGroup>(value);
            all_fields_as::<Software>(value);
            all_fields_as::<SoftwarePort>(value);
            all_fields_as::<SupportZone>(value);
            all_fields_as::<Account>(value);
        }
        all_fields_as::<ImageList>(&json!(null));
    }

    #[test]
    fn null_fields_are_absent() {
        for name in names::<Image>() {
            let mut image = image(&json!({ name: null }));
            assert_eq!(image.extra.remove(name), Some(Value::Null), "{name}");
            assert_eq!(image, Image::default(), "{name}");
        }
    }

    #[test]
    fn names_are_unique_in_each_record() {
        let all_names: [Vec<_>; 4] = [
            names::<Image>().collect(),
            names::<ImageGroup>().collect(),
            names::<Software>().collect(),
            names::<ImageList>().collect(),
        ];
        for mut all in all_names {
            let before = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), before);
        }
    }

    #[test]
    fn changed_fields_are_serialized_in_canonical_form() {
        let mut image = Image {
            container: Some(true),
            price: Some(2.0),
            name: "n".into(),
            ..Image::default()
        };
        image.create_time = Some(Timestamp::from_secs(5));
        image.tags = vec!["a".into()];
        let json = r#"{"Name":"n","Container":"True","Tags":["a"],"Price":2,"CreateTime":5}"#;
        assert_eq!(serde_json::to_string(&image).unwrap(), json);
        image.price = Some(f64::NAN);
        assert!(
            !serde_json::to_string(&image).unwrap().contains("Price"),
            "JSON has no NaN"
        );
        image.price = Some(1e300);
        assert_eq!(serde_json::to_value(&image).unwrap()["Price"], 1e300);
    }

    #[test]
    fn changed_fields_replace_their_originals() {
        let read = json!({
            "ImageId": "a", "Name": null, "Size": "5", "Container": true, "Tags": "x", "Price": "0.5",
            "Owner": {"AccountId": 7}, "SoftwarePorts": [{"Port": "1"}, null], "New": 1,
        });
        let unchanged = image(&read);

        let mut image = unchanged.clone();
        image.id = "b".into();
        image.name = "n".into();
        image.size = Some(6);
        image.container = None;
        image.tags.push("y".into());
        image.price = Some(0.5);
        image.owner.as_mut().unwrap().account_id = Some("8".into());
        image.software_ports.pop();
        let written = json!({
            "CompShareImageId": "b", "Name": "n", "Size": 6, "Tags": ["x", "y"], "Price": "0.5",
            "Owner": {"AccountId": "8"}, "New": 1,
        });
        assert_eq!(serde_json::to_value(&image).unwrap(), written);
    }

    #[test]
    fn is_container_is_false_if_unknown() {
        assert!(image(&json!({"Container": "True"})).is_container());
        assert!(
            !image(&json!({"Container": "False"})).is_container()
                && !Image::default().is_container()
        );
    }

    #[test]
    fn records_must_be_objects() {
        for json in ["null", "[]", "1", "\"x\"", "true"] {
            assert!(serde_json::from_str::<Image>(json).is_err(), "{json}");
        }
        assert_eq!(
            serde_json::from_str::<Image>("{}").unwrap(),
            Image::default()
        );
    }
}
