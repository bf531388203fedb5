//! Every quirk, on the lists that it affects. Further paging quirks are tested beside the gateway.

use compshare_mock::{BooleanText, Catalog, ListKey, Quirks, Total};
use serde_json::{Value, json};

use super::{Caller, column, keys, rows, small};

const COMMUNITY: &str = "DescribeCommunityImages";
const FAVORITES: &str = "DescribeFavoriteImages";

/// Every list of images, with its documented key.
const LISTS: [(&str, &str); 7] = [
    (FAVORITES, "ImageSet"),
    (COMMUNITY, "CompshareImageGroup"),
    ("DescribeSelfCommunityImages", "CompshareImageGroup"),
    ("DescribeUserCommunityImages", "CompshareImageGroup"),
    ("DescribeCompShareImages", "ImageSet"),
    ("DescribeCompShareCustomImages", "ImageSet"),
    ("DescribeCompShareSharingImages", "ImageSet"),
];

fn quirks() -> Quirks {
    Quirks::default()
}

fn small_with(quirks: Quirks) -> Caller {
    Caller::new(small()).quirks(quirks)
}

#[test]
fn total_applies_to_every_list() {
    for (action, key) in LISTS {
        let mut all = Caller::built_in();
        let page = all.get(action, &[("Limit", "2")]);
        assert_eq!(
            page.get("TotalCount").is_none(),
            action == FAVORITES,
            "{action}"
        );
        all.gateway
            .set_quirks(quirks().total(Total::True).page_cap(1000));
        let count = json!(rows(&all.get(action, &[("Limit", "1000")]), key).len());
        for (total, expected) in [
            (Total::Absent, Value::Null),
            (Total::True, count.clone()),
            (Total::PageLocal, json!(2)),
            (Total::Zero, json!(0)),
            (Total::Fixed(77), json!(77)),
            (Total::Text, json!(count.to_string())),
        ] {
            all.gateway.set_quirks(quirks().total(total));
            let page = all.get(action, &[("Limit", "2")]);
            assert_eq!(page["TotalCount"], expected, "{action} {total:?}");
            assert_eq!(rows(&page, key).len(), 2);
        }
        all.gateway.set_quirks(quirks().total(Total::Renamed));
        let page = all.get(action, &[("Limit", "2")]);
        assert_eq!(
            (page.get("TotalCount"), &page["Total"]),
            (None, &count),
            "{action}"
        );
    }
    assert_eq!(
        small_with(quirks().total(Total::Versions)).get(COMMUNITY, &[("Limit", "1")])["TotalCount"],
        4
    );
}

#[test]
fn list_key_applies_to_every_list() {
    for key in [
        ListKey::ImageSet,
        ListKey::CompshareImageGroup,
        ListKey::ImageSetGroup,
    ] {
        for (action, documented) in LISTS {
            let response = Caller::built_in()
                .quirks(quirks().list_key(key))
                .get(action, &[]);
            let found = rows(&response, key.as_str());
            assert_eq!(
                response
                    .as_object()
                    .unwrap()
                    .values()
                    .filter(|value| value.is_array())
                    .count(),
                1
            );
            // Flat rows are unchanged.
            let groups = documented == "CompshareImageGroup" && key != ListKey::ImageSet;
            assert_eq!(
                found
                    .iter()
                    .all(|row| row.get("IsFavorite").is_some() && row.get("ImageName").is_some()),
                groups
            );
        }
    }
    // The official SDKs document `AvailableTotalCount` for every community list.
    let mut caller = Caller::built_in().quirks(quirks().list_key(ListKey::ImageSetGroup));
    assert_eq!(
        caller.get("DescribeSelfCommunityImages", &[])["AvailableTotalCount"],
        1
    );
}

#[test]
fn flat_community_lists_versions() {
    let mut caller = small_with(quirks().list_key(ListKey::ImageSet));
    caller.get("AddFavoriteImage", &[("CompShareImageId", "c")]);
    let page = caller.get(COMMUNITY, &[("Offset", "1"), ("Limit", "2")]);
    assert_eq!(keys(&page), ["Action", "ImageSet", "RetCode", "TotalCount"]);
    assert_eq!(page["TotalCount"], 4);
    let found = rows(&page, "ImageSet");
    assert_eq!(column(found, "CompShareImageId"), ["b", "c"]);
    assert_eq!(column(found, "GroupId"), ["g2", "g2"]);
    assert_eq!(
        found
            .iter()
            .map(|row| row["IsFavorite"] == true)
            .collect::<Vec<_>>(),
        [false, true]
    );
    let page = caller.get(
        COMMUNITY,
        &[("CompShareImageId", "c"), ("ExcludeReadme", "true")],
    );
    assert_eq!(rows(&page, "ImageSet").len(), 1);
}

#[test]
fn favorites_grouped_lists_groups() {
    let catalog = small().favorites(vec![
        json!({"CompShareImageId": "c"}),
        json!({"CompShareImageId": "a"}),
    ]);
    let page = Caller::new(catalog)
        .quirks(quirks().favorites_grouped(true))
        .get(FAVORITES, &[]);
    assert_eq!(keys(&page), ["Action", "CompshareImageGroup", "RetCode"]);
    let groups = rows(&page, "CompshareImageGroup");
    assert_eq!(column(groups, "GroupId"), ["g2", "g1"]);
    assert_eq!(column(rows(&groups[0], "Data"), "CompShareImageId"), ["c"]);
}

#[test]
fn empty_lists_can_be_null_or_object() {
    let id = "compshareImage-0123456789ab";
    let catalog = || Catalog::empty().custom_images(vec![json!({"CompShareImageId": id})]);
    for (quirks, form) in [
        (quirks(), json!([])),
        (quirks().null_empty_list(true), Value::Null),
        (quirks().object_empty_list(true), json!({})),
    ] {
        let mut caller = Caller::new(catalog()).quirks(quirks);
        for (action, key) in LISTS {
            assert_eq!(
                caller.get(action, &[("Offset", "9")])[key],
                form,
                "{action}"
            );
        }
        let image = ("CompShareImageId", id);
        assert_eq!(
            caller.get("DescribeCompShareImageShareAccounts", &[image])["AccountSet"],
            form
        );
        let add = caller.get(
            "ModifyCompShareImageShareAccount",
            &[image, ("AddAccounts.0", "5000")],
        );
        assert_eq!(add["InvalidAccounts"], form);
        assert_eq!(caller.get("DescribeCompShareImageTags", &[])["Tags"], form);
    }
    let group = json!({"GroupId": "g", "Data": []});
    let mut caller =
        Caller::new(Catalog::empty().community(vec![group])).quirks(quirks().null_empty_list(true));
    assert_eq!(
        caller.get(COMMUNITY, &[])["CompshareImageGroup"][0]["Data"],
        Value::Null
    );
}

#[test]
fn single_row_can_be_an_object() {
    let mut caller = small_with(quirks().single_row_as_object(true));
    let page = caller.get(COMMUNITY, &[("Limit", "1")]);
    assert_eq!(page["CompshareImageGroup"]["GroupId"], "g1");
    assert_eq!(page["CompshareImageGroup"]["Data"]["CompShareImageId"], "a");
    let page = caller.get(COMMUNITY, &[("Limit", "2")]);
    assert_eq!(
        rows(&page, "CompshareImageGroup")[1]["Data"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    caller
        .gateway
        .set_quirks(quirks().single_row_as_object(true).numbers_as_text(true));
    assert_eq!(
        caller.get(COMMUNITY, &[("Limit", "1")])["CompshareImageGroup"]["FavoritesCount"],
        "5"
    );
}

#[test]
fn row_nulls_inserts_nulls_between_rows() {
    let images = (0..7)
        .map(|n| json!({"CompShareImageId": n.to_string()}))
        .collect();
    let mut caller = Caller::new(Catalog::empty().favorites(images))
        .quirks(quirks().row_nulls(true).total(Total::True));
    let mut pages: Vec<Vec<Value>> = Vec::new();
    loop {
        let offset = pages.iter().map(Vec::len).sum::<usize>().to_string();
        let page = caller.get(FAVORITES, &[("Offset", &offset), ("Limit", "3")]);
        assert_eq!(page["TotalCount"], 7);
        let page = column(rows(&page, "ImageSet"), "CompShareImageId")
            .into_iter()
            .map(Value::from)
            .collect::<Vec<_>>();
        if page.is_empty() {
            break;
        }
        pages.push(page);
    }
    assert_eq!(
        json!(pages),
        json!([["", "0", "1"], ["2", "", "3"], ["4", "5", ""], ["6"]])
    );
    let page = small_with(quirks().row_nulls(true)).get(COMMUNITY, &[]);
    let groups = rows(&page, "CompshareImageGroup");
    assert_eq!(
        (&groups[0], &groups[1]["Data"][0], groups.len()),
        (&Value::Null, &Value::Null, 4)
    );
    assert_eq!(groups[1]["Data"][1]["CompShareImageId"], "a");
}

#[test]
fn numbers_can_be_text() {
    let group = json!({"GroupId": "g", "CreatedCount": 3, "FavoritesCount": 4, "Data": [
        {"CompShareImageId": "a", "Size": 5, "CreateTime": 6, "PubTime": 7, "CreatedCount": 8, "Price": 0.5}]});
    let mut caller = Caller::new(Catalog::empty().community(vec![group]));
    let mut seen = |quirks: Quirks| {
        caller.gateway.set_quirks(quirks);
        let page = caller.get(COMMUNITY, &[]);
        let group = &page["CompshareImageGroup"][0];
        let row = &group["Data"][0];
        assert_eq!(
            (&page["TotalCount"], &row["Price"]),
            (&json!(1), &json!(0.5))
        );
        json!([
            group["CreatedCount"],
            group["FavoritesCount"],
            row["Size"],
            row["CreateTime"],
            row["PubTime"],
            row["CreatedCount"]
        ])
    };
    assert_eq!(seen(quirks()), json!([3, 4, 5, 6, 7, 8]));
    assert_eq!(
        seen(quirks().numbers_as_text(true)),
        json!(["3", "4", "5", "6", "7", "8"])
    );
    assert_eq!(
        seen(quirks().timestamps_as_text(true)),
        json!([3, 4, 5, "6", "7", 8])
    );
    assert_eq!(
        seen(quirks().counters_as_text(true)),
        json!(["3", "4", 5, 6, 7, "8"])
    );

    let mut caller =
        Caller::built_in().quirks(quirks().account_ids_as_text(true).durations_as_text(true));
    let row = caller.gateway.custom_images()[0].clone();
    let image = (
        "CompShareImageId",
        row["CompShareImageId"].as_str().unwrap(),
    );
    assert_eq!(
        caller.get("DescribeCompShareImageShareAccounts", &[image])["AccountSet"][1]["AccountId"],
        "4242"
    );
    let response = caller.get(
        "ModifyCompShareImageShareAccount",
        &[image, ("AddAccounts.0", "7")],
    );
    assert_eq!(response["InvalidAccounts"], json!(["7"]));
    assert_eq!(
        caller.get("DescribeCompShareCustomImages", &[])["ImageSet"][0]["Owner"]["AccountId"],
        "1000"
    );
    let response = caller.get("GetCompShareImageCreateProgress", &[image, ("Zone", "z")]);
    let times = (
        &response["Process"],
        &response["TotalDuration"],
        &response["RemainingDuration"],
    );
    assert_eq!(times, (&json!(100.0), &json!("600"), &json!("0")));
}

#[test]
fn booleans_can_be_text_and_container_boolean() {
    let group = json!({"GroupId": "g", "Data": [{"AutoStart": true, "Container": "False"}, {"Container": "?"}]});
    let mut caller = Caller::new(Catalog::empty().community(vec![group]));
    let mut seen = |quirks: Quirks| {
        caller.gateway.set_quirks(quirks);
        let group = caller.get(COMMUNITY, &[])["CompshareImageGroup"][0].clone();
        let (first, second) = (&group["Data"][0], &group["Data"][1]);
        json!([
            group["IsFavorite"],
            first["AutoStart"],
            first["Container"],
            second["Container"]
        ])
    };
    assert_eq!(seen(quirks()), json!([false, true, "False", "?"]));
    assert_eq!(
        seen(quirks().booleans_as_text(BooleanText::Capital)),
        json!(["False", "True", "False", "?"])
    );
    assert_eq!(
        seen(quirks().booleans_as_text(BooleanText::Lower)),
        json!(["false", "true", "False", "?"])
    );
    assert_eq!(
        seen(quirks().container_as_boolean(true)),
        json!([false, true, false, "?"])
    );
}

#[test]
fn tags_can_be_compound_and_ids_renamed() {
    let group = json!({"GroupId": "g", "Data": [{"CompShareImageId": "a", "Tags": ["x", "y"]}, {"Tags": ["z"]}, {"Tags": null}]});
    let quirks = quirks().compound_tags(true).image_id_key(true);
    let mut caller = Caller::new(Catalog::built_in().community(vec![group])).quirks(quirks);
    let page = caller.get(COMMUNITY, &[("Limit", "1")]);
    let versions = &page["CompshareImageGroup"][0]["Data"];
    assert_eq!(versions[0], json!({"ImageId": "a", "Tags": ["x\u{ff0c}y"]}));
    assert_eq!(
        (&versions[1]["Tags"], &versions[2]["Tags"]),
        (&json!(["z"]), &Value::Null)
    );
    assert_eq!(
        rows(&caller.get("DescribeCompShareImageTags", &[]), "Tags").len(),
        47,
        "the list of tags is unchanged"
    );
    let created = caller.get(
        "CreateCompShareCustomImage",
        &[("Zone", "z"), ("UHostId", "u"), ("Name", "n")],
    );
    assert_eq!(keys(&created), ["Action", "ImageId", "RetCode"]);
}

#[test]
fn envelope_quirks_change_the_envelope() {
    let quirks = quirks()
        .text_ret_code(true)
        .request_uuid_in_body(true)
        .response_action("Other".to_owned());
    let caller = small_with(quirks);
    for (action, code) in [
        (COMMUNITY, "0"),
        ("DescribeSelfCommunityImages", "0"),
        ("Nothing", "161"),
    ] {
        let params = [("Action", action)];
        let body = caller
            .credentials
            .sign(compshare_sign::Params::from_pairs(params).unwrap())
            .to_form();
        let response = caller.gateway.respond("POST", "", body.as_bytes());
        let json = response.json().unwrap();
        assert_eq!(
            (&json["RetCode"], &json["Action"]),
            (&json!(code), &json!("Other"))
        );
        assert_eq!(
            json["request_uuid"].as_str(),
            response.header("X-UCLOUD-REQUEST-UUID")
        );
    }
}

#[test]
fn quirks_select_the_favorite_actions() {
    let documented = [
        "DescribeFavoriteImages",
        "AddFavoriteImage",
        "RemoveFavoriteImage",
    ];
    let reported = [
        "CreateCompShareImageFavorite",
        "DeleteCompShareImageFavorite",
    ];
    let params = [("CompShareImageId", "a"), ("GroupId", "g1")];
    for (quirks, left, right) in [
        (quirks(), 0, 0),
        (quirks().production_as_reported(true), 161, 0),
        (quirks().documented_only(true), 0, 161),
        (
            quirks().production_as_reported(true).documented_only(true),
            161,
            161,
        ),
    ] {
        let mut caller = small_with(quirks);
        for (actions, code) in [(&documented[..], left), (&reported[..], right)] {
            for action in actions {
                assert_eq!(caller.call(action, &params)["RetCode"], code, "{action}");
            }
        }
        assert_eq!(caller.call(COMMUNITY, &[])["RetCode"], 0);
    }
}

#[test]
fn unknown_parameters_can_be_errors() {
    let mut caller = small_with(quirks().unknown_parameters_refused(true));
    let refusal = |key: &str| (230, format!("Params [{key}] not available"));
    assert_eq!(
        caller.error(COMMUNITY, &[("ExcludeReadme", "true")]),
        refusal("ExcludeReadme")
    );
    assert_eq!(
        caller.error(FAVORITES, &[("GroupId", "g1")]),
        refusal("GroupId")
    );
    assert_eq!(caller.error(COMMUNITY, &[("Tag.x", "1")]), refusal("Tag.x"));
    assert_eq!(
        caller.error(COMMUNITY, &[("TargetTopOrganizationId", "1")]),
        refusal("TargetTopOrganizationId")
    );
    let known = [
        ("Region", "cn-wlcb"),
        ("Zone", "cn-wlcb-01"),
        ("ProjectId", "org-x"),
        ("Tag.0", "x"),
        ("Tag", "x"),
        ("SortCondition.Field", "Favor"),
        ("SortCondition.ASC", "false"),
        ("Limit", "5"),
    ];
    caller.get(COMMUNITY, &known);
    caller.get(
        "DescribeUserCommunityImages",
        &[("TargetTopOrganizationId", "1")],
    );
    assert_eq!(
        caller
            .error(
                "ModifyCompShareImageShareAccount",
                &[("CompShareImageId", "x"), ("AddAccounts.0", "1")]
            )
            .0,
        8039
    );
    let create = [
        ("Zone", "z"),
        ("UHostId", "u"),
        ("Name", "n"),
        ("Softwares.Application.0", "x"),
    ];
    caller.get("CreateCompShareCustomImage", &create);
}

#[test]
fn json_lists_can_be_errors() {
    let mut caller = small_with(quirks().json_lists_refused(true));
    let response = caller.call_json(json!({"Action": COMMUNITY, "Tag": ["x"]}));
    let message = "Params [api.DescribeCommunityImages.Request.Tag] not available";
    assert_eq!(
        (&response["RetCode"], &response["Message"]),
        (&json!(230), &json!(message))
    );
    assert_eq!(
        caller.call_json(json!({"Action": COMMUNITY, "Tag.0": "x"}))["RetCode"],
        0
    );
}

#[test]
fn region_and_zone_can_be_required() {
    let mut caller = Caller::built_in().quirks(quirks().region_required(true).zone_required(true));
    let (region, zone) = (("Region", "cn-wlcb"), ("Zone", "cn-wlcb-01"));
    assert_eq!(
        caller.error(FAVORITES, &[zone]),
        (210, "Missing params [Region]".to_owned())
    );
    caller.get(FAVORITES, &[region]);
    assert_eq!(
        caller.error(COMMUNITY, &[region]),
        (210, "Missing params [Zone]".to_owned())
    );
    caller.get(COMMUNITY, &[region, zone]);
    caller.get("DescribeCompShareImages", &[region]);
    caller.get("DescribeCompShareImageTags", &[]);
}

#[test]
fn platform_type_quirks_change_the_listed_types() {
    const LIST: &str = "DescribeCompShareImages";
    let all = |caller: &mut Caller, params: &[(&str, &str)]| {
        let mut params = params.to_vec();
        params.push(("Limit", "100"));
        caller.get(LIST, &params)["TotalCount"].clone()
    };
    let mut caller = Caller::built_in().quirks(quirks().all_platform_types(true));
    assert_eq!(
        (
            all(&mut caller, &[]),
            all(&mut caller, &[("ImageType", "Game")])
        ),
        (json!(72), json!(4))
    );
    caller
        .gateway
        .set_quirks(quirks().platform_type_ignored(true));
    assert_eq!(
        (
            all(&mut caller, &[]),
            all(&mut caller, &[("ImageType", "Game")])
        ),
        (json!(72), json!(72))
    );
    caller
        .gateway
        .set_quirks(quirks().platform_types_refused(vec!["Game".to_owned(), "Other".to_owned()]));
    assert_eq!(
        caller.error(LIST, &[("ImageType", "Game")]),
        (230, "Params [ImageType] not available".to_owned())
    );
    assert_eq!(all(&mut caller, &[("ImageType", "App")]), 49);
    caller.gateway.set_quirks(quirks().foreign_ids_empty(true));
    assert_eq!(
        caller.get(LIST, &[("CompShareImageId", "x")])["ImageSet"],
        json!([])
    );
}

#[test]
fn custom_scope_ignored_returns_images_of_others() {
    let mut caller = Caller::built_in().quirks(quirks().custom_scope_ignored(true));
    let (favorite, shared) = (
        compshare_mock::favorites()[3].clone(),
        caller.gateway.shared_images()[0].clone(),
    );
    for row in [
        favorite,
        shared,
        caller.gateway.platform_images()[0].clone(),
    ] {
        let id = [(
            "CompShareImageId",
            row["CompShareImageId"].as_str().unwrap(),
        )];
        assert_eq!(
            caller.get("DescribeCompShareCustomImages", &id)["ImageSet"],
            json!([row])
        );
    }
    assert_eq!(
        caller
            .error(
                "DescribeCompShareCustomImages",
                &[("CompShareImageId", "x")]
            )
            .0,
        8039
    );
}

#[test]
fn paging_quirks_apply_to_every_list() {
    for (action, key) in LISTS {
        let mut caller = Caller::built_in();
        let mut page = |quirks: Quirks, offset: &str| {
            caller.gateway.set_quirks(quirks);
            rows(
                &caller.get(action, &[("Offset", offset), ("Limit", "2")]),
                key,
            )
            .clone()
        };
        let (first, second) = (page(quirks(), "0"), page(quirks(), "1"));
        assert_eq!(page(quirks().page_cap(1), "0"), first[..1], "{action}");
        assert_eq!(page(quirks().short_pages(vec![1]), "0"), first[..1]);
        assert_eq!(page(quirks().ignore_offset(true), "1"), first);
        assert!(!page(quirks().clamp_offset(true), "1000").is_empty());
        assert_eq!(page(quirks().repeat_rows(true), "2")[0], second[0]);
        caller.gateway.set_quirks(quirks().limit_refused_above(1));
        assert_eq!(caller.error(action, &[("Limit", "2")]).0, 220);
    }
}

#[test]
fn representation_quirks_can_be_combined() {
    let all = quirks()
        .text_ret_code(true)
        .numbers_as_text(true)
        .timestamps_as_text(true)
        .counters_as_text(true)
        .account_ids_as_text(true)
        .durations_as_text(true)
        .booleans_as_text(BooleanText::Lower)
        .container_as_boolean(true)
        .compound_tags(true)
        .image_id_key(true)
        .null_empty_list(true)
        .object_empty_list(true)
        .single_row_as_object(true)
        .row_nulls(true)
        .request_uuid_in_body(true)
        .favorites_grouped(true)
        .list_key(ListKey::ImageSetGroup)
        .total(Total::Renamed);
    let mut caller = Caller::built_in().quirks(all);
    for (action, _) in LISTS {
        let response = caller.call(action, &[]);
        assert_eq!(
            (&response["RetCode"], response["Total"].is_u64()),
            (&json!("0"), true),
            "{action}"
        );
        assert!(!rows(&response, "ImageSetGroup").is_empty());
    }
}
