//! The three community lists.

use serde_json::{Value, json};

use super::{Caller, column, keys, rows, small};
use compshare_mock::Catalog;

const LIST: &str = "DescribeCommunityImages";

/// Returns the ids of the listed groups and of their versions.
fn listed(response: &Value) -> Vec<(String, Vec<String>)> {
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let groups = rows(response, "CompshareImageGroup").iter();
    let versions = |group: &Value| {
        group["Data"]
            .as_array()
            .map_or_else(Vec::new, |rows| owned(column(rows, "CompShareImageId")))
    };
    groups
        .map(|group| {
            (
                group["GroupId"].as_str().unwrap_or_default().to_owned(),
                versions(group),
            )
        })
        .collect()
}

fn groups(caller: &mut Caller, params: &[(&str, &str)]) -> Vec<String> {
    listed(&caller.get(LIST, params))
        .into_iter()
        .map(|(id, _)| id)
        .collect()
}

#[test]
fn community_list_has_documented_fields() {
    let mut caller = Caller::built_in();
    let page = caller.get(LIST, &[]);
    assert_eq!(
        keys(&page),
        [
            "Action",
            "AvailableTotalCount",
            "CompshareImageGroup",
            "RetCode",
            "TotalCount"
        ]
    );
    assert_eq!(page["Action"], "DescribeCommunityImagesResponse");
    let all = caller.gateway.community();
    assert_eq!(page["TotalCount"], all.len());
    assert_eq!(
        page["AvailableTotalCount"],
        all.iter()
            .filter(|group| group["Status"] == "Available")
            .count()
    );
    assert_eq!(rows(&page, "CompshareImageGroup")[..], all[..20]);
    let mut paged = Vec::new();
    while paged.len() < all.len() {
        let page = caller.get(
            LIST,
            &[("Offset", &paged.len().to_string()), ("Limit", "200")],
        );
        paged.extend(rows(&page, "CompshareImageGroup").clone());
        assert!(paged.len() == 81 || paged.len() == 100, "{}", paged.len());
    }
    assert_eq!(paged, all);
    assert_eq!(
        caller.get(LIST, &[("Offset", "500")])["CompshareImageGroup"],
        json!([])
    );
}

#[test]
fn image_id_filter_returns_the_group_with_one_version() {
    let mut caller = Caller::new(small());
    let response = caller.get(LIST, &[("CompShareImageId", "c")]);
    assert_eq!(listed(&response), [("g2".to_owned(), vec!["c".to_owned()])]);
    assert_eq!(response["TotalCount"], 1);
    let unknown = (8039, "Resource not exist [x]".to_owned());
    assert_eq!(caller.error(LIST, &[("CompShareImageId", "x")]), unknown);
    assert_eq!(
        listed(&caller.get(LIST, &[("GroupId", "g2")])),
        [("g2".to_owned(), vec!["b".to_owned(), "c".to_owned()])]
    );
    assert_eq!(groups(&mut caller, &[("GroupId", "g9")]), [""; 0]);
}

fn varied() -> Catalog {
    let group =
        |id: &str, name: &str, row: Value| json!({"GroupId": id, "ImageName": name, "Data": [row]});
    Catalog::empty().community(vec![
        group("g1", "ComfyUI 工作流", json!({"Author": "Ann", "Tags": ["AIGC", "绘画"], "Price": 0, "AuthInfo": 1})),
        group(
            "g2",
            "vLLM",
            json!({"Name": "comfy", "Author": "Ann B", "Tags": ["LLM"], "Price": 0.5, "AutoStart": true}),
        ),
        group(
            "g3",
            "x",
            json!({"Author": "Bob", "Tags": ["视频\u{ff0c}AIGC"], "AutoStart": "True", "ImageOwnerAlias": "Official"}),
        ),
        json!({"GroupId": "g4", "ImageName": "comfy, empty"}),
        group("g5", "y", json!({"Author": null, "Tags": null, "Price": "0", "AuthInfo": "1"})),
    ])
}

#[test]
fn documented_filters_select_groups() {
    let mut caller = Caller::new(varied());
    for (params, expected) in [
        (&[("Name", "COMFY")][..], &["g1", "g2", "g4"][..]),
        (&[("Name", "工作")], &["g1"]),
        (&[("Author", "Ann")], &["g1"]),
        (&[("Author", "ann")], &[]),
        (&[("FuzzySearch", "ann")], &["g1", "g2"]),
        (&[("FuzzySearch", "vll")], &["g2"]),
        (&[("Tag", "AIGC")], &["g1", "g3"]),
        (&[("Tag.0", "AIGC")], &["g1", "g3"]),
        (&[("Tag.0", "AIGC"), ("Tag.1", "绘画")], &["g1"]),
        (&[("Tag.0", "AIGC"), ("Tag.1", "LLM")], &[]),
        (&[("Tag", "aigc")], &[]),
        (&[("IsFree", "true")], &["g1", "g3", "g4", "g5"]),
        (&[("IsFree", "false")], &["g1", "g2", "g3", "g4", "g5"]),
        (&[("IsOfficial", "true")], &["g1", "g3", "g5"]),
        (&[("IfAutoStart", "True")], &["g2", "g3"]),
        (
            &[("Name", "comfy"), ("IsFree", "true"), ("Author", "Ann")],
            &["g1"],
        ),
        (&[("Name", "")], &["g1", "g2", "g3", "g4", "g5"]),
    ] {
        assert_eq!(groups(&mut caller, params), expected, "{params:?}");
    }
    assert_eq!(caller.error(LIST, &[("IsFree", "maybe")]).0, 220);
    let response =
        caller.call_json(json!({"Action": LIST, "Tag": ["AIGC", "绘画"], "IsFree": true}));
    assert_eq!(listed(&response)[0].0, "g1");
}

#[test]
fn sorting_is_descending_by_default() {
    let group = |id: &str, count: Value, versions: Value| json!({"GroupId": id, "FavoritesCount": count, "CreatedCount": count, "ImageUseTime": count, "Data": versions});
    let mut caller = Caller::new(Catalog::empty().community(vec![
        group(
            "g1",
            json!(5),
            json!([{"PubTime": 10, "Price": 3}, {"PubTime": 40, "Price": 0.5}]),
        ),
        group("g2", json!("9"), json!([{"PubTime": "50", "Price": 1}])),
        group("g3", json!(null), json!([{"PubTime": 30, "Price": 0}])),
        group("g4", json!(5), json!([{"PubTime": null, "Price": 2}])),
    ]));
    for field in ["Favor", "FavoritesCount", "CreatedCount", "ImageUseTime"] {
        assert_eq!(
            groups(&mut caller, &[("SortCondition.Field", field)]),
            ["g2", "g1", "g4", "g3"],
            "{field}"
        );
    }
    assert_eq!(
        groups(&mut caller, &[("SortCondition.Field", "PubTime")]),
        ["g2", "g1", "g3", "g4"]
    );
    let by_price = [
        ("SortCondition.Field", "Price"),
        ("SortCondition.ASC", "true"),
    ];
    assert_eq!(groups(&mut caller, &by_price), ["g3", "g1", "g2", "g4"]);
    assert_eq!(
        groups(&mut caller, &[]),
        ["g1", "g2", "g3", "g4"],
        "as they are, if nothing is said"
    );
    assert_eq!(
        caller.error(LIST, &[("SortCondition.Field", "Name")]).0,
        220
    );
    assert_eq!(
        caller
            .error(
                LIST,
                &[
                    ("SortCondition.Field", "Favor"),
                    ("SortCondition.ASC", "up")
                ]
            )
            .0,
        220
    );
    let json = json!({"Action": LIST, "SortCondition": {"Field": "PubTime", "ASC": true}});
    assert_eq!(listed(&caller.call_json(json))[0].0, "g4");
}

#[test]
fn exclude_readme_removes_readmes() {
    let mut caller = Caller::built_in();
    let has = |response: &Value| response.to_string().contains("\"Readme\"");
    assert!(has(&caller.get(LIST, &[("Limit", "100")])));
    assert!(!has(
        &caller.get(LIST, &[("Limit", "100"), ("ExcludeReadme", "true")])
    ));
    assert!(has(
        &caller.get(LIST, &[("Limit", "100"), ("ExcludeReadme", "false")])
    ));
    assert!(has(&caller.get("DescribeSelfCommunityImages", &[])));
    assert!(!has(&caller.get(
        "DescribeSelfCommunityImages",
        &[("ExcludeReadme", "true")]
    )));
}

#[test]
fn self_community_lists_every_state_with_another_action_name() {
    let mut caller = Caller::built_in();
    let response = caller.get("DescribeSelfCommunityImages", &[]);
    assert_eq!(
        keys(&response),
        ["Action", "CompshareImageGroup", "RetCode", "TotalCount"]
    );
    assert_eq!(response["Action"], "DescribeCommunityImagesResponse");
    assert_eq!(
        rows(&response, "CompshareImageGroup"),
        &caller.gateway.self_community()
    );
    assert_eq!(response["TotalCount"], 3);
    let own = caller.gateway.self_community();
    let states: Vec<&Value> = own
        .iter()
        .map(|group| &group["Data"][0]["Status"])
        .collect();
    assert_eq!(states, ["Available", "Reviewing", "Offline"]);
    // The community list has only online groups.
    let seen = caller.gateway.community();
    assert_eq!(
        own.iter()
            .map(|group| seen.contains(group))
            .collect::<Vec<_>>(),
        [true, false, false]
    );
    let params = [("Name", "comfyui")];
    assert_eq!(
        caller.get("DescribeSelfCommunityImages", &params)["TotalCount"],
        1
    );
    let other = [(
        "CompShareImageId",
        compshare_mock::favorites()[0]["CompShareImageId"]
            .as_str()
            .unwrap()
            .to_owned(),
    )];
    let other: Vec<(&str, &str)> = other.iter().map(|(key, id)| (*key, id.as_str())).collect();
    assert_eq!(caller.error("DescribeSelfCommunityImages", &other).0, 8039);
}

#[test]
fn user_community_selects_by_account_number() {
    const LIST: &str = "DescribeUserCommunityImages";
    let mut caller = Caller::built_in();
    let number = caller.gateway.organization_id("社区作者 A").unwrap();
    assert!(number > 1000);
    let number = number.to_string();
    let response = caller.get(LIST, &[("TargetTopOrganizationId", &number)]);
    assert_eq!(
        keys(&response),
        ["Action", "CompshareImageGroup", "RetCode", "TotalCount"]
    );
    let found = rows(&response, "CompshareImageGroup");
    assert!(
        found.len() > 2
            && found
                .iter()
                .all(|group| group["Data"][0]["Author"] == "社区作者 A")
    );
    let by_name = caller.get(
        "DescribeCommunityImages",
        &[("Author", "社区作者 A"), ("Limit", "100")],
    );
    assert_eq!(found, rows(&by_name, "CompshareImageGroup"));

    let own = caller.get(LIST, &[("TargetTopOrganizationId", "1000")]);
    assert_eq!(own["TotalCount"], 1, "what is online of the caller's own");
    assert_eq!(
        caller.get(LIST, &[("TargetTopOrganizationId", "999999")])["TotalCount"],
        0
    );
    assert_eq!(
        caller.get(LIST, &[])["TotalCount"],
        caller.gateway.community().len()
    );
    assert_eq!(
        caller.error(LIST, &[("TargetTopOrganizationId", "A")]).0,
        220
    );
    assert_eq!(caller.gateway.organization_id("nobody"), None);

    // An author with the caller's name is a different account.
    let group =
        |id: &str| vec![json!({"GroupId": id, "Data": [{"Author": "A", "Status": "Available"}]})];
    let mut caller = Caller::new(
        Catalog::empty()
            .community(group("theirs"))
            .self_community(group("own")),
    );
    for (number, id) in [("1000", "own"), ("1001", "theirs")] {
        assert_eq!(
            listed(&caller.get(LIST, &[("TargetTopOrganizationId", number)]))[0].0,
            id
        );
        assert_eq!(
            caller.get(LIST, &[("TargetTopOrganizationId", number)])["TotalCount"],
            1
        );
    }
}

#[test]
fn pages_of_a_large_community_are_complete() {
    let mut caller = Caller::new(Catalog::generated(743, 1));
    let mut seen = Vec::new();
    loop {
        let page = caller.get(
            LIST,
            &[
                ("Offset", &seen.len().to_string()),
                ("Limit", "100"),
                ("ExcludeReadme", "true"),
            ],
        );
        assert_eq!(page["TotalCount"], 743);
        let page = listed(&page);
        if page.is_empty() {
            break;
        }
        seen.extend(page);
    }
    assert_eq!(
        seen.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        column(&caller.gateway.community(), "GroupId")
    );
    assert_eq!(caller.gateway.requests(), 9);
}
