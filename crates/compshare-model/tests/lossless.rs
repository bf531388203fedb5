//! Properties: deserialization accepts any object, and serialization restores it exactly.

use compshare_model::{
    Account, CreateCompShareCustomImageResponse, DescribeCompShareImageShareAccountsResponse,
    DescribeCompShareImageTagsResponse, Favorite, GetCompShareImageCreateProgressResponse, Image,
    ImageGroup, ImageList, ModifyCompShareImageShareAccountResponse, Rows, Software, SoftwarePort,
    SupportZone, envelope,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// All accepted names of the records, and some unknown names.
const NAMES: &[&str] = &[
    "CompShareImageId",
    "ImageId",
    "ImageUuid",
    "Id",
    "Name",
    "CompShareImageName",
    "ImageName",
    "Author",
    "AuthInfo",
    "Status",
    "ImageType",
    "ImageOwnerAlias",
    "IsOfficial",
    "Container",
    "IsContainer",
    "Visibility",
    "Description",
    "ImageDesc",
    "Cover",
    "CoverUrl",
    "Tags",
    "Price",
    "Size",
    "ActualSize",
    "ImageSize",
    "CreateTime",
    "PubTime",
    "CreatedCount",
    "FavoritesCount",
    "ImageUseTime",
    "IsFavorite",
    "GroupId",
    "VersionName",
    "Version",
    "AutoStart",
    "SupportedGpuTypes",
    "SoftwarePorts",
    "FirewallPorts",
    "Owner",
    "Softwares",
    "Zone",
    "ZoneId",
    "ImageSupportZone",
    "Framework",
    "Applications",
    "Software",
    "Port",
    "AccountId",
    "AccountName",
    "AccountSet",
    "InvalidAccounts",
    "TagsMap",
    "TagIndex",
    "Process",
    "Progress",
    "TotalDuration",
    "Data",
    "ImageSet",
    "CompshareImageGroup",
    "ImageSetGroup",
    "TotalCount",
    "Total",
    "Action",
    "RetCode",
    "Message",
    "extra",
    "Neu",
    "",
    "name",
];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3i64..4).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-40i32..40).prop_map(|halves| Value::from(f64::from(halves) / 2.0)),
        any::<f64>()
            .prop_filter("JSON has finite numbers only", |value| value.is_finite())
            .prop_map(Value::from),
        prop::sample::select(vec![
            "",
            " ",
            "0",
            "1",
            "-1",
            "5",
            " 5 ",
            "+5",
            "2.0",
            "2.5",
            "1e3",
            "true",
            "True",
            "TRUE",
            "False",
            "NaN",
            "inf",
            "18446744073709551616",
            "Available",
            "Other",
            "Community",
            "a，b",
            "cn-wlcb-01",
        ])
        .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![9 => prop::sample::select(NAMES).prop_map(str::to_owned), 1 => any::<String>()]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((name(), inner.clone()), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            inner.prop_map(|inner| serde_json::json!([{"tagLabel": inner}])),
        ]
    })
}

fn object() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((name(), value()), 0..12).prop_map(|pairs| pairs.into_iter().collect())
}

/// Formats an object with its members in a given order.
fn text(object: &Map<String, Value>, reversed: bool) -> String {
    let mut members: Vec<_> = object
        .iter()
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())))
        .collect();
    if reversed {
        members.reverse();
    }
    format!("{{{}}}", members.join(","))
}

fn is_lossless<R: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(json: &str) {
    let before: Value = serde_json::from_str(json).unwrap();
    let record: R = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_value(&record).unwrap(), before, "a value");
    let written = serde_json::to_string(&record).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&written).unwrap(),
        before,
        "a text: {written}"
    );
    assert_eq!(
        serde_json::from_str::<R>(&written).unwrap(),
        record,
        "read again"
    );
    assert_eq!(
        serde_json::from_value::<R>(before).unwrap(),
        record,
        "read from a value"
    );
}

fn is_lossless_if_read<R: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(json: &str) {
    if serde_json::from_str::<R>(json).is_ok() {
        is_lossless::<R>(json);
    }
}

fn all_are_lossless(json: &str) {
    is_lossless::<Image>(json);
    is_lossless::<ImageGroup>(json);
    is_lossless::<Software>(json);
    is_lossless::<SoftwarePort>(json);
    is_lossless::<SupportZone>(json);
    is_lossless::<Account>(json);
}

/// Returns `true` if `whole` is the value or holds it at any depth.
fn has(whole: &Value, value: &Value) -> bool {
    whole == value
        || match whole {
            Value::Array(items) => items.iter().any(|item| has(item, value)),
            Value::Object(members) => members.values().any(|member| has(member, value)),
            _ => false,
        }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn records_are_lossless(object in object(), reversed: bool) {
        all_are_lossless(&text(&object, reversed));
    }

    #[test]
    fn responses_are_lossless_or_errors(object in object(), reversed: bool) {
        let json = text(&object, reversed);
        is_lossless_if_read::<ImageList>(&json);
        is_lossless_if_read::<DescribeCompShareImageTagsResponse>(&json);
        is_lossless_if_read::<DescribeCompShareImageShareAccountsResponse>(&json);
        is_lossless_if_read::<ModifyCompShareImageShareAccountResponse>(&json);
        is_lossless_if_read::<GetCompShareImageCreateProgressResponse>(&json);
        is_lossless_if_read::<CreateCompShareCustomImageResponse>(&json);
    }

    #[test]
    fn groups_and_images_have_the_same_rows(
        rows in prop::collection::vec(object(), 0..5),
        list in prop::sample::select(vec!["ImageSet", "CompshareImageGroup", "ImageSetGroup"]),
    ) {
        let response: ImageList = serde_json::from_value(serde_json::json!({ list: rows })).unwrap();
        let groups = response.clone().into_groups();
        let of_groups: Vec<Image> = groups.iter().flat_map(|group| group.data.clone()).collect();
        let with_id = |images: &[Image]| images.iter().filter(|image| !image.id.is_empty()).cloned().collect::<Vec<_>>();
        prop_assert_eq!(with_id(&of_groups), with_id(&response.into_images()));
        prop_assert_eq!(groups.len(), rows.len());
    }

    /// A favorite has all values of its row and the same leading members, for each kind of list.
    #[test]
    fn favorites_are_lossless(
        rows in prop::collection::vec(object(), 0..4),
        list in prop::sample::select(vec!["ImageSet", "CompshareImageGroup", "ImageSetGroup"]),
    ) {
        let response: ImageList = serde_json::from_value(serde_json::json!({ list: rows })).unwrap();
        let favorites = Rows::<Favorite>::from(response).items;
        prop_assert_eq!(favorites.len(), rows.len());

        for (favorite, row) in favorites.iter().zip(&rows) {
            let written = serde_json::to_value(favorite).unwrap();
            for name in ["CompShareImageId", "Name", "GroupId", "IsFavorite", "Versions"] {
                prop_assert!(written.get(name).is_some(), "{name} in {written}");
            }
            for value in row.values() {
                let single = std::slice::from_ref(value);
                let values = value.as_array().map_or(single, Vec::as_slice);
                for value in values.iter().filter(|value| !value.is_null()) {
                    prop_assert!(has(&written, value), "{value} of {row:?} in {written}");
                }
            }
        }
    }

    /// Includes `null` rows, and each name of the list.
    #[test]
    fn lists_are_lossless_and_counted(
        rows in prop::collection::vec(prop_oneof![4 => object().prop_map(Value::from), 1 => Just(Value::Null)], 0..5),
        list in prop::sample::select(vec!["ImageSet", "CompshareImageGroup", "ImageSetGroup"]),
    ) {
        let sent = rows.len() as u64;
        let json = serde_json::json!({"RetCode": 0, list: rows}).to_string();
        is_lossless::<ImageList>(&json);
        let response: ImageList = serde_json::from_str(&json).unwrap();
        let images: Vec<_> = response.images().map(std::borrow::Cow::into_owned).collect();
        prop_assert_eq!(&response.clone().into_images(), &images);
        let rows = Rows::<Image>::from(response);
        prop_assert_eq!(rows.received, sent);
        prop_assert_eq!(rows.items, images);
    }

    /// A text truncated at any position is `Truncated`.
    #[test]
    fn any_text_decodes_or_fails(json in any::<String>(), object in object(), cut in any::<prop::sample::Index>()) {
        let _ = envelope::decode::<ImageList>(&json);
        let whole = text(&object, false);
        let _ = envelope::decode::<ImageList>(&whole);
        let end = (0..=cut.index(whole.len())).rev().find(|end| whole.is_char_boundary(*end)).unwrap();
        let part = envelope::decode::<Value>(&whole[..end]);
        prop_assert!(matches!(part, Err(envelope::EnvelopeError::Truncated(_))), "{part:?}");
    }
}

#[test]
fn repeated_fields_keep_all_values() {
    let json = r#"{"Name":"first","X":1,"Name":"second","Size":"1","Size":2,"Size":null,"X":2}"#;
    let image: Image = serde_json::from_str(json).unwrap();
    assert_eq!(
        (image.name.as_str(), image.size),
        ("second", Some(2)),
        "the last valid value"
    );
    assert_eq!(image.extra.get("Name").unwrap(), "second");
    assert_eq!(image.extra.get("X").unwrap(), 2);
    assert_eq!(
        image
            .extra
            .iter()
            .filter(|(name, _)| *name == "Size")
            .count(),
        3
    );
    let written = serde_json::to_string(&image).unwrap();
    assert_eq!(
        written,
        r#"{"X":1,"Name":"first","Name":"second","Size":"1","Size":2,"Size":null,"X":2}"#
    );
    assert_eq!(serde_json::from_str::<Image>(&written).unwrap(), image);
}

#[test]
fn preferred_valid_name_is_used_in_any_order() {
    for json in [
        r#"{"CompShareImageId":"a","ImageId":"b","Id":"c"}"#,
        r#"{"Id":"c","ImageId":"b","CompShareImageId":"a"}"#,
        r#"{"CompShareImageId":null,"ImageId":"a","Id":"c"}"#,
        r#"{"Id":"c","ImageId":"a","CompShareImageId":""}"#,
        r#"{"Id":"a","ImageId":{},"CompShareImageId":[]}"#,
    ] {
        let image: Image = serde_json::from_str(json).unwrap();
        assert_eq!(image.id.as_str(), "a", "{json}");
        is_lossless::<Image>(json);
    }
}

/// Uses text: a `Value` cannot represent all notations of a number.
#[test]
fn numbers_keep_their_value_in_any_notation() {
    for number in [
        "0",
        "-0.0",
        "0.0",
        "1.50",
        "2.0",
        "2e2",
        "1E5",
        "1e-7",
        "0.1",
        "0.30000000000000004",
        "5e-324",
        "1.7976931348623157e308",
        "9007199254740991",
        "9007199254740992",
        "9007199254740993",
        "-9007199254740992",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "1712563200.0",
        "100000000000000000000000",
        "0.1234567890123456789",
    ] {
        for name in [
            "Price",
            "Size",
            "CreateTime",
            "AuthInfo",
            "Name",
            "AutoStart",
            "Container",
            "Tags",
            "FirewallPorts",
            "X",
        ] {
            all_are_lossless(&format!("{{\"{name}\":{number}}}"));
            all_are_lossless(&format!("{{\"{name}\":[{number}]}}"));
        }
    }
}

#[test]
fn negative_zero_is_kept() {
    let image: Image = serde_json::from_str(r#"{"Price":-0,"Size":-0}"#).unwrap();
    assert_eq!((image.price, image.size), (Some(0.0), Some(0)));
    let before: Value = serde_json::from_str(r#"{"Price":-0,"Size":-0}"#).unwrap();
    assert_eq!(serde_json::to_value(&image).unwrap(), before);
}

#[test]
fn hostile_sizes_take_linear_time() {
    use std::fmt::Write as _;
    let many = |member: fn(&mut String, usize)| {
        let mut json = String::from("{\"RetCode\":0");
        for number in 0..200_000 {
            json.push(',');
            member(&mut json, number);
        }
        json.push('}');
        json
    };
    let unknown = many(|json, number| write!(json, "\"u{number}\":{number}").unwrap());
    let repeated = many(|json, number| write!(json, "\"Name\":\"{number}\"").unwrap());
    let same_unknown = many(|json, number| write!(json, "\"x\":{number}").unwrap());
    for (json, extra) in [
        (unknown, 200_001),
        (repeated, 200_001),
        (same_unknown, 200_001),
    ] {
        let image: Image = serde_json::from_str(&json).unwrap();
        assert_eq!(image.extra.len(), extra);
        assert_eq!(serde_json::to_string(&image).unwrap().len(), json.len());
        assert!(envelope::decode::<ImageList>(&json).is_ok());
    }
    let tags = format!("{{\"Tags\":[{}null]}}", "1,".repeat(200_000));
    let image: Image = serde_json::from_str(&tags).unwrap();
    assert_eq!(
        (
            image.tags.len(),
            image.extra.get("Tags").unwrap().as_array().unwrap().len()
        ),
        (200_000, 200_001)
    );
    let rows = format!("{{\"ImageSet\":[{}null]}}", "{},".repeat(200_000));
    let response: ImageList = serde_json::from_str(&rows).unwrap();
    assert_eq!(Rows::<Image>::from(response).received, 200_001);
}

#[test]
fn nesting_is_limited() {
    for deep in [
        format!("{{\"x\":{}", "[".repeat(100_000)),
        format!("{{\"Owner\":{}", "{\"Owner\":".repeat(100_000)),
    ] {
        assert!(serde_json::from_str::<Image>(&deep).is_err());
    }
}
