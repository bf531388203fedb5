//! The commands that read images: `compshare image favorites`, `list`, `show`, `tags`, `shares`,
//! `progress`.

mod common;

#[cfg(unix)]
use std::io::{BufRead as _, BufReader};
#[cfg(unix)]
use std::process::Stdio;

use common::{Cli, PRIVATE_KEY, PUBLIC_KEY, Ran};
use compshare_mock::{Catalog, Fault, ListKey, MockGateway, Quirks, Total};
use serde_json::{Value, json};
use tempfile::TempDir;

fn with(catalog: Catalog) -> Cli {
    let gateway = MockGateway::builder()
        .keys(PUBLIC_KEY, PRIVATE_KEY)
        .catalog(catalog)
        .start()
        .unwrap();
    Cli {
        home: TempDir::new().unwrap(),
        gateway,
    }
}

/// Runs `compshare image` with arguments.
fn image(cli: &Cli, line: &str) -> Ran {
    cli.run(
        &std::iter::once("image")
            .chain(line.split_whitespace())
            .collect::<Vec<_>>(),
    )
}

fn lines(ran: &Ran) -> Vec<String> {
    ran.ok().lines().map(str::to_owned).collect()
}

fn items(ran: &Ran) -> Vec<Value> {
    ran.json()["data"]["items"].as_array().unwrap().clone()
}

/// Every format, with its number of lines for a number of rows.
fn every_format(cli: &Cli, line: &str, rows: usize, objects: usize) {
    for (format, expected) in [
        ("table", rows + 1),
        ("csv", rows + 1),
        ("ids", rows),
        ("jsonl", objects),
        ("json", objects + 2),
    ] {
        let ran = image(cli, &format!("{line} -o {format}"));
        assert_eq!(lines(&ran).len(), expected, "{line} -o {format}: {ran:?}");
        assert_eq!(ran.stderr, "", "{line} -o {format}");
        if format == "json" {
            assert_eq!(items(&ran).len(), objects);
            assert_eq!(ran.json()["meta"]["returned"], objects);
        }
    }
}

/// Groups of two and one versions, one image of each other kind, and unsafe texts.
fn small() -> Catalog {
    let evil = "\u{1b}[31mred\r\n\u{202e}evil\u{200b}\t";
    Catalog::empty()
        .community(vec![
            json!({"GroupId": "g1", "ImageName": "通义千问", "ImageDesc": "desc", "IsFavorite": true, "Status": "Available",
                "FavoritesCount": 7, "Data": [
                    {"CompShareImageId": "compshareImage-c1", "VersionName": "v1", "Author": "作者", "Price": 0.5,
                        "ImageType": "Community", "Tags": ["LLM，Qwen"], "Status": "Offline", "Readme": "# one\n\ttwo"},
                    {"CompShareImageId": "compshareImage-c22", "VersionName": "v2", "Author": "作者", "Price": 0,
                        "ImageType": "Community", "Tags": ["LLM"], "Status": "Available", "Readme": evil},
                ]}),
            json!({"GroupId": "g2", "ImageName": evil, "IsFavorite": false, "Status": "Available", "FavoritesCount": 9,
                "Data": [{"CompShareImageId": "compshareImage-c3", "Name": evil, "AutoStart": true, "Author": "B"}]}),
        ])
        .platform_images(vec![
            json!({"CompShareImageId": "compshareImage-p1", "Name": "Ubuntu", "ImageType": "System", "Author": "UCloud"}),
            json!({"CompShareImageId": "compshareImage-p2", "Name": "PyTorch", "ImageType": "App", "Tags": ["AI"]}),
            json!({"CompShareImageId": "compshareImage-p3", "Name": "Steam", "ImageType": "Game"}),
        ])
        .custom_images(vec![
            json!({"CompShareImageId": "compshareImage-own", "Name": "mine", "ImageType": "Custom", "Status": "Available",
                "AccountSet": [{"AccountId": 1003, "AccountName": "某人"}, {"AccountId": 4242, "AccountName": "team"}]}),
        ])
        .shared_images(vec![json!({"CompShareImageId": "compshareImage-shared", "Name": "theirs", "ImageType": "Custom"})])
        .self_community(vec![json!({"GroupId": "own", "ImageName": "reviewed", "Status": "UnAvailable",
            "Data": [{"CompShareImageId": "compshareImage-review", "Status": "Reviewing", "Author": "me"}]})])
        .tags(vec![("任务".to_owned(), vec!["LLM".to_owned(), "绘画".to_owned()]), ("New".to_owned(), vec!["LLM".to_owned()])])
}

#[test]
fn favorites_report_their_source() {
    let cli = with(small());
    every_format(&cli, "favorites --via community", 1, 1);
    cli.gateway
        .set_quirks(Quirks::default().production_as_reported(true));
    for (line, requests) in [
        ("favorites --json", 3),
        ("favorites --via community --all --json", 2),
    ] {
        let ran = image(&cli, line);
        let document = ran.json();
        let meta = &document["meta"];
        assert_eq!(
            (&meta["via"], &meta["action"]),
            (&json!("community"), &json!("DescribeCommunityImages")),
            "{line}"
        );
        assert_eq!(meta["requests"], requests, "{line}");
        let favorite = &document["data"]["items"][0];
        assert_eq!(
            ["CompShareImageId", "Name", "GroupId", "FavoritesCount"].map(|name| &favorite[name]),
            [
                &json!("compshareImage-c22"),
                &json!("通义千问"),
                &json!("g1"),
                &json!(7)
            ]
        );
        assert!(
            favorite["Versions"]
                .as_array()
                .unwrap()
                .iter()
                .all(|row| row.get("Readme").is_none()),
            "{favorite}"
        );
    }
    let row =
        "compshareImage-c22  通义千问  Community  作者    Available   free  v1, v2   LLM   g1";
    let ran = image(&cli, "favorites -v");
    assert_eq!(
        lines(&ran)[1],
        row,
        "the version that is ready stands for its group"
    );
    assert!(
        ran.stderr
            .ends_with("listed by DescribeCommunityImages (community)\n"),
        "{ran:?}"
    );
    let ran = image(&cli, "favorites --via documented");
    assert!(
        ran.failed(1).contains("RetCode 161") && ran.stderr.contains("--via community"),
        "{ran:?}"
    );
}

#[test]
fn limit_and_offset_count_favorites() {
    let cli = with(Catalog::generated(743, 1));
    cli.gateway
        .set_quirks(Quirks::default().production_as_reported(true));
    let all = lines(&image(&cli, "favorites -o ids"));
    // A group without versions has no image to start.
    let favorites = items(&image(&cli, "favorites --json"));
    assert_eq!(favorites.len(), 19);
    assert!(all.len() <= 19 && all.len() > 10, "{all:?}");
    for favorite in &favorites {
        assert!(favorite["Name"].is_string() && favorite["GroupId"].is_string());
    }
    assert_eq!(
        items(&image(&cli, "favorites --limit 3 --json")),
        favorites[..3]
    );
    assert_eq!(
        items(&image(&cli, "favorites --offset 17 --json")),
        favorites[17..]
    );
    assert_eq!(
        items(&image(&cli, "favorites --offset 40 --json")),
        Vec::<Value>::new()
    );
    let table = lines(&image(&cli, "favorites"));
    assert_eq!(table.len(), 20);
}

#[test]
fn missing_favorite_flags_are_an_error() {
    let silent = json!({"GroupId": "g", "ImageName": "n", "Data": [{"CompShareImageId": "i"}]});
    let cli = with(small());
    let body = json!({"Action": "X", "RetCode": 0, "CompshareImageGroup": [silent]}).to_string();
    let end = json!({"Action": "X", "RetCode": 0, "CompshareImageGroup": []}).to_string();
    cli.gateway
        .push_faults([Fault::Malformed(body), Fault::Malformed(end)]);
    assert!(
        image(&cli, "favorites --via community")
            .failed(1)
            .contains("IsFavorite")
    );
}

#[test]
fn lists_every_source_in_every_format() {
    let cli = with(small());
    every_format(&cli, "list", 3, 3);
    every_format(&cli, "list --source custom", 1, 1);
    every_format(&cli, "list --source shared", 1, 1);
    // Rows are versions, JSON items are groups.
    every_format(&cli, "list --source community", 3, 2);
    every_format(&cli, "list --source Published", 1, 1);
    let user = cli.gateway.state().organization_id("作者").unwrap();
    every_format(&cli, &format!("list --source user --user {user}"), 2, 1);
}

#[test]
fn tables_list_sanitized_versions_by_group() {
    let cli = with(small());
    let table = r"ID                  NAME                                              TYPE       AUTHOR  STATUS       PRICE  VERSION  TAGS      GROUP
compshareImage-c1   通义千问                                          Community  作者    Offline    ¥0.50/h  v1       LLM Qwen  g1
compshareImage-c22  通义千问                                          Community  作者    Available     free  v2       LLM       g1
compshareImage-c3   \u{1b}[31mred\u{d}\u{a}\u{202e}evil\u{200b}\u{9}  -          B       Available        -  -        -         g2
";
    assert_eq!(image(&cli, "list --source community").ok(), table);
    let ran = image(&cli, "list --source community --lang zh");
    assert!(
        ran.ok().starts_with("ID                  名称  "),
        "{ran:?}"
    );
    let csv = r"CompShareImageId,Name,ImageType,Author,Status,Price,VersionName,Tags,GroupId
compshareImage-c1,通义千问,Community,作者,Offline,0.5,v1,LLM Qwen,g1
compshareImage-c22,通义千问,Community,作者,Available,0,v2,LLM,g1
compshareImage-c3,\u{1b}[31mred\u{d}\u{a}\u{202e}evil\u{200b}\u{9},,B,Available,,,,g2
";
    assert_eq!(image(&cli, "list --source community -o csv").ok(), csv);
    let ran = image(&cli, "list --source community -o jsonl");
    assert!(
        !ran.ok().contains(['\u{1b}', '\u{202e}', '\u{200b}']),
        "{ran:?}"
    );
    assert_eq!(
        serde_json::from_str::<Value>(ran.ok().lines().next_back().unwrap()).unwrap()["GroupId"],
        "g2"
    );
}

#[test]
fn json_keeps_groups_as_received() {
    let cli = with(small());
    let ran = image(&cli, "list --source community --json");
    let mut groups = cli.gateway.state().community();
    groups.retain(|group| group["GroupId"] != "own");
    for row in groups
        .iter_mut()
        .flat_map(|group| group["Data"].as_array_mut().unwrap())
    {
        row.as_object_mut().unwrap().remove("Readme");
    }
    for (item, group) in items(&ran).iter().zip(&groups) {
        for (name, value) in group
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| *name != "Data")
        {
            assert_eq!(&item[name], value, "{name}");
        }
        for (row, sent) in item["Data"]
            .as_array()
            .unwrap()
            .iter()
            .zip(group["Data"].as_array().unwrap())
        {
            for (name, value) in sent.as_object().unwrap() {
                assert_eq!(&row[name], value, "{name}");
            }
        }
    }
    let document = ran.json();
    let meta = &document["meta"];
    assert_eq!(meta["source"], "community");
    assert_eq!(
        (&meta["limit"], &meta["offset"], &meta["total"]),
        (&json!(20), &json!(0), &json!(2))
    );
}

#[test]
fn sends_filters_to_the_service() {
    let cli = with(small());
    let ids = |line: &str| {
        let ran = image(&cli, &format!("list {line} -o ids"));
        lines(&ran)
            .into_iter()
            .map(|id| id.replace("compshareImage-", ""))
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (line, expected) in [
        ("--type App", "p2"),
        ("--type app", "p2"),
        ("--type Game", "p3"),
        ("--name Ubuntu", "p1"),
        ("--author UCloud", "p1"),
        ("--tag AI", "p2"),
        ("--id compshareImage-p2", "p2"),
        ("--source custom --id compshareImage-own", "own"),
        ("--source shared --id compshareImage-shared", "shared"),
        ("--source community --id compshareImage-c22", "c22"),
        ("--source community --group g2", "c3"),
        ("--source community --name 千问", "c1 c22"),
        ("--source community --author 作者", "c1 c22"),
        ("--source community --query 作", "c1 c22"),
        ("--source community --tag LLM --tag Qwen", "c1 c22"),
        ("--source community --tag LLM,Nothing", ""),
        ("--source community --free", "c1 c22 c3"),
        ("--source community --official", ""),
        ("--source community --autostart", "c3"),
        ("--source community --sort FavoritesCount", "c3 c1 c22"),
        ("--source COMMUNITY --sort favoritescount", "c3 c1 c22"),
        (
            "--source community --sort FavoritesCount --ascending",
            "c1 c22 c3",
        ),
        ("--source published --group own", "review"),
    ] {
        assert_eq!(ids(line), expected, "{line}");
    }
}

/// Sends filters that the mock gateway ignores.
#[test]
fn maps_every_filter_to_a_parameter() {
    let cli = with(small());
    let line = "list --source user --user 5 --id i --group g --name n --author a --query q --tag x,y --tag z --paid \
        --unofficial --no-autostart --sort PubTime --ascending --limit 7 --offset 3 --region cn-x --zone cn-x-1 -vv";
    let sent = image(&cli, line).stderr;
    for pair in [
        "Action = DescribeUserCommunityImages",
        "TargetTopOrganizationId = 5",
        "CompShareImageId = i",
        "GroupId = g",
        "Name = n",
        "Author = a",
        "FuzzySearch = q",
        "Tag.0 = x",
        "Tag.1 = y",
        "Tag.2 = z",
        "IsFree = false",
        "IsOfficial = false",
        "IfAutoStart = false",
        "SortCondition.Field = PubTime",
        "SortCondition.ASC = true",
        "Limit = 7",
        "Offset = 3",
        "Region = cn-x",
        "Zone = cn-x-1",
        "ExcludeReadme = true",
    ] {
        assert!(
            sent.lines().any(|line| line == format!("> {pair}")),
            "{pair}: {sent}"
        );
    }
}

#[test]
fn usage_errors_precede_any_request() {
    let cli = with(small());
    for (line, told) in [
        (
            "list --source custom --free --group g",
            "'--group' works only with '--source community, published or user'",
        ),
        (
            "list --source shared --tag x --sort Price",
            "'--tag' works only with '--source platform, community, published or user'",
        ),
        (
            "list --query x --user 5",
            "'--query' works only with '--source community, published or user'",
        ),
        (
            "list --source community --type app",
            "'--type' works only with '--source platform'",
        ),
        (
            "list --source published --user 5",
            "'--user' works only with '--source user'",
        ),
        (
            "list --source user",
            "'--source user' requires '--user <N>'",
        ),
        (
            "list --type system2",
            "invalid value 'system2' for '--type <TYPE>'; possible values: System, App, Game, Other",
        ),
        (
            "list --source community --sort Stars",
            "invalid value 'Stars' for '--sort <FIELD>'; possible values: PubTime, ",
        ),
        ("list --tag a,b", "one tag"),
        ("list --tag ,", "--tag"),
        ("list --tag a --source nowhere", "published, user"),
        (
            "list --ascending",
            "'--ascending' requires '--sort <FIELD>'",
        ),
        (
            "list --source community --ascending",
            "'--ascending' requires '--sort <FIELD>'",
        ),
        ("list --free --paid", "--paid"),
        ("list --official --unofficial", "--unofficial"),
        ("list --autostart --no-autostart", "--no-autostart"),
        ("list --name=", "--name"),
        ("list --limit -1", "from 0"),
        ("list --limit 1.5", "from 0"),
        ("list --all --limit 3", "--limit"),
        ("list --source user --user x", "--user"),
        ("favorites --all --limit 3", "--limit"),
        ("favorites --via nowhere", "documented, community"),
        ("show", "not provided: <IMAGE>"),
        ("show i --source user", "platform, custom"),
        ("shares", "not provided: <IMAGE>"),
        ("tags x", "x"),
        ("progress i --interval 1", "'--interval' requires '--wait'"),
        ("progress i --wait --wait-timeout x", "from 0"),
    ] {
        for lang in ["en", "zh"] {
            let ran = image(&cli, &format!("{line} --lang {lang}"));
            let told_in = ran.failed(2);
            assert!(lang == "zh" || told_in.contains(told), "{line}: {told_in}");
        }
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn default_limit_is_twenty() {
    let cli = with(Catalog::generated(45, 3));
    let groups = |line: &str| {
        items(&image(
            &cli,
            &format!("list --source community {line} --json"),
        ))
    };
    let all = groups("--all");
    assert_eq!(all.len(), 45);
    assert_eq!(groups(""), all[..20]);
    assert_eq!(groups("--limit 3 --offset 40"), all[40..43]);
    let before = cli.gateway.requests();
    assert_eq!(groups("--limit 0"), Vec::<Value>::new());
    assert_eq!(cli.gateway.requests(), before);
    let ran = image(&cli, "list --source community --limit 3");
    assert_eq!(
        ran.stderr,
        "3 of 45 groups; --offset 3 shows more, --all shows all\n"
    );
    assert_eq!(
        image(&cli, "list --source community --limit 3 -o csv").stderr,
        ""
    );
    assert_eq!(
        image(&cli, "list --source community --limit 3 --offset 42").stderr,
        ""
    );
}

#[test]
fn totals_of_groups_or_versions_do_not_warn() {
    let cli = with(Catalog::generated(45, 3));
    for (total, warns) in [
        (Total::Versions, false),
        (Total::Absent, false),
        (Total::Zero, false),
        (Total::Fixed(500), true),
    ] {
        cli.gateway.set_quirks(Quirks::default().total(total));
        let ran = image(&cli, "list --source community --all");
        assert_eq!(
            ran.stderr.contains("a total of 500"),
            warns,
            "{total:?}: {ran:?}"
        );
        assert!(warns || ran.stderr.is_empty(), "{total:?}: {ran:?}");
    }
}

#[test]
fn lists_groups_with_readmes_that_cannot_be_excluded() {
    let cli = with(small());
    cli.gateway
        .set_quirks(Quirks::default().unknown_parameters_refused(true));
    for line in [
        "list --source community --json",
        "list --source published --json",
    ] {
        let ran = image(&cli, line);
        assert!(!items(&ran).is_empty());
        assert_eq!(
            ran.json()["meta"]["requests"],
            3,
            "one was refused, and one found the end"
        );
    }
    // Other errors are reported unchanged.
    cli.gateway
        .push_faults(Fault::ret_code(230, "Params [Region] not available").times(2));
    let ran = image(&cli, "list --source community");
    assert!(ran.failed(1).contains("[Region]"), "{ran:?}");
}

#[test]
fn skips_refused_platform_types() {
    let cli = with(small());
    cli.gateway
        .set_quirks(Quirks::default().platform_types_refused(vec!["Game".into(), "Other".into()]));
    let ran = image(&cli, "list --all --json");
    assert_eq!(items(&ran).len(), 2);
    assert_eq!(
        ran.json()["meta"]["types_refused"],
        json!(["Game", "Other"])
    );
}

#[test]
fn interrupted_platform_list_can_be_resumed() {
    let cli = with(Catalog::built_in());
    // System images and their last page, applications, then an empty page.
    cli.gateway.push_faults([
        Fault::Pass,
        Fault::Pass,
        Fault::Pass,
        Fault::ret_code(230, "no"),
    ]);
    let ran = image(&cli, "list --all -o ids");
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let came = ran.stdout.lines().count();
    assert!(came > 9, "{ran:?}");
    assert!(
        ran.stderr
            .contains(&format!("the listing can continue at offset {came}]")),
        "{ran:?}"
    );
    let rest = lines(&image(&cli, &format!("list --all -o ids --offset {came}")));
    assert_eq!(came + rest.len(), 72);
    for lang in ["en", "zh"] {
        cli.gateway
            .push_faults([Fault::Pass, Fault::Pass, Fault::ret_code(230, "no")]);
        let ran = image(&cli, &format!("list --all --json --lang {lang}"));
        let error: Value = serde_json::from_str(ran.stderr.trim()).unwrap();
        assert_eq!(error["error"]["details"]["resume_at"], 9, "{ran:?}");
        assert!(
            error["error"]["message"]
                .as_str()
                .unwrap()
                .contains("--offset 9"),
            "{ran:?}"
        );
    }
}

#[test]
fn empty_lists_succeed() {
    let cli = with(Catalog::empty());
    for line in [
        "favorites",
        "list",
        "list --source community",
        "list --source custom",
        "list --source shared",
        "tags",
    ] {
        let ran = image(&cli, line);
        assert_eq!(
            (ran.ok(), ran.stderr.as_str()),
            ("", "Nothing found.\n"),
            "{line}"
        );
        assert_eq!(image(&cli, &format!("{line} -o ids")).ok(), "", "{line}");
        assert_eq!(
            items(&image(&cli, &format!("{line} -o json"))),
            Vec::<Value>::new(),
            "{line}"
        );
        cli.gateway
            .set_quirks(Quirks::default().null_empty_list(true));
    }
}

#[test]
fn refused_listings_have_hints() {
    let cli = with(small());
    for (line, code, hint) in [
        ("list --id nope", "230", "check the identifier"),
        (
            "list --source custom --id nope",
            "8039",
            "check the identifier",
        ),
        (
            "list --source community --id nope",
            "8039",
            "check the identifier",
        ),
        ("shares nope", "8039", "check the identifier"),
        ("shares compshareImage-shared", "8350", "shared"),
        ("progress compshareImage-own", "210", "--zone"),
        ("progress nope --zone z", "8039", "check the identifier"),
    ] {
        let ran = image(&cli, line);
        assert!(
            ran.failed(1).contains(&format!("RetCode {code}")) && ran.stderr.contains(hint),
            "{line}: {ran:?}"
        );
        let ran = image(&cli, &format!("{line} --json --lang zh"));
        let error: Value = serde_json::from_str(ran.failed(1)).unwrap();
        assert_eq!(
            error["error"]["details"]["ret_code"].to_string(),
            code,
            "{line}"
        );
        assert!(error["error"]["details"]["hint"].is_string(), "{line}");
    }
    let parameter = "SortCondition.Field=Stars";
    let ran = cli.run(&["call", "DescribeCommunityImages", "-p", parameter]);
    assert!(
        ran.failed(1).contains("RetCode 220")
            && ran.stderr.contains("the parameter named in the message"),
        "{ran:?}"
    );
    cli.gateway
        .push_fault(Fault::ret_code(161, "Action [X] not found"));
    assert!(image(&cli, "tags").failed(1).contains("may not offer it"));
}

#[test]
fn finds_an_image_in_any_source() {
    let cli = with(small());
    for (id, source, requests) in [
        ("p2", "platform", 1),
        ("own", "custom", 2),
        ("c22", "community", 3),
        ("shared", "shared", 4),
        ("review", "published", 5),
    ] {
        let before = cli.gateway.requests();
        let ran = image(&cli, &format!("show compshareImage-{id} --json"));
        assert_eq!(ran.json()["data"]["source"], source, "{id}");
        assert_eq!(
            ran.json()["data"]["image"]["CompShareImageId"],
            format!("compshareImage-{id}")
        );
        assert_eq!(
            ran.json()["data"].get("group").is_some(),
            ["community", "published"].contains(&source),
            "{id}"
        );
        assert_eq!(cli.gateway.requests() - before, requests, "{id}");
        let given = image(
            &cli,
            &format!("show compshareImage-{id} --source {source} -o ids"),
        );
        assert_eq!(given.ok(), format!("compshareImage-{id}\n"));
    }
    let ran = image(&cli, "show compshareImage-p1 --source custom");
    assert_eq!(
        ran.failed(1),
        "error: image compshareImage-p1 not found (searched: custom); check the identifier, --region and --zone"
    );
    for quirks in [Quirks::default(), Quirks::default().foreign_ids_empty(true)] {
        cli.gateway.set_quirks(quirks);
        let ran = image(&cli, "show nope");
        assert!(ran.failed(1).contains(
            "image nope not found (searched: platform, custom, community, shared, published)"
        ));
    }
}

#[test]
fn reports_the_source_of_an_image() {
    let cli = with(small());
    let source =
        |line: &str| image(&cli, &format!("show {line} --json")).json()["data"]["source"].clone();
    // The list of own images also returns other images.
    cli.gateway
        .set_quirks(Quirks::default().custom_scope_ignored(true));
    assert_eq!(source("compshareImage-c1"), "community");
    assert_eq!(
        source("compshareImage-c1 --source custom"),
        "custom",
        "whoever asks there is told what is there"
    );
    // A response with other images does not contain the requested one.
    let other = json!({"Action": "X", "RetCode": 0, "ImageSet": [{"CompShareImageId": "compshareImage-other"}]});
    cli.gateway.push_fault(Fault::Malformed(other.to_string()));
    assert_eq!(source("compshareImage-own"), "custom");
    // A missing action counts as empty; a rejected one may contain the image.
    cli.gateway
        .push_fault(Fault::ret_code(161, "Action [X] not found"));
    assert_eq!(source("compshareImage-own"), "custom");
    cli.gateway.push_fault(Fault::ret_code(299, "IAM"));
    assert!(
        image(&cli, "show compshareImage-own")
            .failed(1)
            .contains("299")
    );
    cli.gateway
        .set_quirks(Quirks::default().list_key(ListKey::ImageSet));
    assert_eq!(
        source("compshareImage-c1"),
        "community",
        "a flat list has it too"
    );
}

#[test]
fn shows_all_of_an_image() {
    let cli = with(small());
    let shown = r"ID           compshareImage-c1
SOURCE       community
NAME         通义千问
GROUP        g1
VERSION      v1
DESCRIPTION  desc
TAGS         LLM Qwen
TYPE         Community
STATUS       Offline
PRICE        ¥0.50/h
AUTHOR       作者
FAVORITES    7
MY FAVORITE  yes
README
    # one
        two
";
    assert_eq!(image(&cli, "show compshareImage-c1").ok(), shown);
    let ran = image(&cli, "show compshareImage-c1 --lang zh");
    assert!(
        ran.ok()
            .starts_with("ID      compshareImage-c1\n来源    社区\n名称    通义千问\n版本组  g1\n"),
        "{ran:?}"
    );
    let evil = "README\n    \\u{1b}[31mred\n    \\u{202e}evil\\u{200b}    \n";
    let ran = image(&cli, "show compshareImage-c22");
    assert!(ran.ok().ends_with(evil), "{ran:?}");
    let ran = image(&cli, "show compshareImage-c22 -o csv");
    assert_eq!(lines(&ran).len(), 2);
    assert!(
        lines(&ran)[1].ends_with(r"\u{1b}[31mred\u{d}\u{a}\u{202e}evil\u{200b}\u{9}"),
        "{ran:?}"
    );
    let ran = image(&cli, "show compshareImage-c22 -o jsonl");
    assert_eq!(lines(&ran).len(), 1);
    let group = serde_json::from_str::<Value>(ran.ok()).unwrap()["group"].clone();
    assert_eq!(
        (&group["ImageName"], group.get("Data")),
        (&json!("通义千问"), None)
    );
}

#[test]
fn shows_known_and_unknown_fields() {
    let row = json!({"CompShareImageId": "i", "ImageId": "other", "Name": "n", "AuthInfo": 2, "Visibility": "0", "Container": true,
        "IsContainer": true, "CreateTime": "1712563200", "UpdateTime": 0, "PubTime": "soon", "Size": 40960, "ActualSize": 1,
        "FirewallPorts": [22, 80], "SoftwarePorts": [{"Software": "ComfyUI", "Port": 8188}, {"Port": 1}],
        "SupportedGpuTypes": ["4090", "A800"], "Owner": {"AccountId": 5, "AccountName": "a\u{1b}"},
        "Softwares": {"Framework": "PyTorch", "FrameworkVersion": "2.6.0", "CUDAVersion": "12.4", "PythonVersion": "3.12"},
        "ImageSupportZone": [{"Zone": "cn-wlcb-01", "ZoneId": 10027}], "Tags": null, "Rank": {"A": [1]}, "Evil\u{1b}": "x\u{202e}",
        "Nothing": null, "Empty": [], "FailedReason": ""});
    let cli = with(Catalog::empty().custom_images(vec![row]));
    let shown = r"ID              i
SOURCE          custom
NAME            n
VISIBILITY      private
AUTHOR LEVEL    certified
OWNER           a\u{1b} (5)
CONTAINER       yes
SOFTWARE        Python 3.12, CUDA 12.4, PyTorch 2.6.0
PORTS           ComfyUI 8188, 1
OPEN PORTS      22 80
SUPPORTED GPUS  4090 A800
SIZE            40.0 GiB
ZONES           cn-wlcb-01
CREATED         2024-04-08 16:00:00 +08:00
UPDATED         1970-01-01 08:00:00 +08:00
";
    let ran = image(&cli, "show i --source custom");
    let (known, unknown) = ran.ok().split_at(shown.len());
    assert_eq!(known, shown);
    let mut unknown: Vec<&str> = unknown.lines().collect();
    unknown.sort_unstable();
    let expected = [
        r"ActualSize      1",
        r"Evil\u{1b}      x\u{202e}",
        r"ImageId         other",
        r"PubTime         soon",
        r#"Rank            {"A":[1]}"#,
    ];
    assert_eq!(unknown, expected);
    let csv = image(&cli, "show i --source custom -o csv");
    for value in ["private", "certified", "40960", "2024-04-08T08:00:00Z"] {
        assert!(lines(&csv)[1].contains(value), "{value}: {csv:?}");
    }
}

#[test]
fn lists_tags_by_category() {
    let cli = with(small());
    let table = "CATEGORY  TAG\n任务      LLM\n任务      绘画\nNew       LLM\n";
    assert_eq!(image(&cli, "tags").ok(), table);
    assert_eq!(
        image(&cli, "tags -o csv").ok(),
        "Category,Tag\n任务,LLM\n任务,绘画\nNew,LLM\n"
    );
    assert_eq!(image(&cli, "tags -o ids").ok(), "LLM\n绘画\n");
    assert_eq!(
        items(&image(&cli, "tags --json"))[1],
        json!({"category": "任务", "tag": "绘画"})
    );
    assert_eq!(lines(&image(&cli, "tags -o jsonl")).len(), 3);
    let loose = json!({"RetCode": 0, "Tags": ["a", "b"], "TagsMap": {"x": ["b"]}}).to_string();
    cli.gateway.push_faults(Fault::Malformed(loose).times(2));
    assert_eq!(
        image(&cli, "tags").ok(),
        "CATEGORY  TAG\nx         b\n-         a\n"
    );
    assert_eq!(image(&cli, "tags -o ids").ok(), "a\nb\n");
}

#[test]
fn lists_shares() {
    let cli = with(small());
    every_format(&cli, "shares compshareImage-own", 2, 2);
    let line = "shares compshareImage-own";
    assert_eq!(
        image(&cli, line).ok(),
        "ACCOUNT ID  ACCOUNT\n1003        某人\n4242        team\n"
    );
    assert_eq!(image(&cli, &format!("{line} -o ids")).ok(), "1003\n4242\n");
    for text in [false, true] {
        cli.gateway
            .set_quirks(Quirks::default().account_ids_as_text(text));
        let id = if text { json!("1003") } else { json!(1003) };
        assert_eq!(
            items(&image(&cli, &format!("{line} --json")))[0],
            json!({"AccountId": id, "AccountName": "某人"})
        );
        assert_eq!(image(&cli, &format!("{line} -o ids")).ok(), "1003\n4242\n");
    }
}

/// An own image in the making.
fn making(step: u32) -> (Cli, String) {
    let cli = with(Catalog::built_in());
    cli.gateway.state().set_progress_step(step);
    let images = cli.gateway.state().custom_images();
    let image = images
        .iter()
        .find(|image| image["Status"] == "Making")
        .unwrap();
    let id = image["CompShareImageId"].as_str().unwrap().to_owned();
    (cli, id)
}

#[test]
fn prints_progress_in_every_format() {
    let (cli, id) = making(0);
    let line = format!("progress {id} --zone z");
    for quirks in [Quirks::default(), Quirks::default().durations_as_text(true)] {
        cli.gateway.set_quirks(quirks);
        let ran = image(&cli, &line);
        let table = format!(
            "ID          {id}\nSTATUS      Making\nDONE        0 %\nTIME LEFT   600 s\nTOTAL TIME  600 s\n"
        );
        assert_eq!((ran.ok(), ran.stderr.as_str()), (table.as_str(), ""));
        let csv = format!(
            "CompShareImageId,Status,Process,RemainingDuration,TotalDuration,FailedReason\n{id},Making,0.0,600,600,\n"
        );
        assert_eq!(image(&cli, &format!("{line} -o csv")).ok(), csv);
    }
    assert_eq!(
        image(&cli, &format!("{line} -o ids")).ok(),
        format!("{id}\n")
    );
    let document = image(&cli, &format!("{line} --json")).json();
    assert_eq!(
        (&document["data"]["Status"], &document["data"]["Process"]),
        (&json!("Making"), &json!(0.0))
    );
    let answer = json!({"RetCode": 0, "Progress": 100, "New\u{1b}": "x"}).to_string();
    cli.gateway.push_fault(Fault::Malformed(answer));
    let shown = format!("ID         {id}\nSTATUS     Available\nProgress   100\nNew\\u{{1b}}  x\n");
    assert_eq!(image(&cli, &line).ok(), shown);
    cli.gateway.push_fault(Fault::Malformed(
        r#"{"RetCode": 0, "State": "failed", "FailedReason": "disk"}"#.to_owned(),
    ));
    assert_eq!(
        image(&cli, &format!("{line} --json")).json()["data"]["Status"],
        "UnAvailable"
    );
}

#[test]
fn wait_exits_with_the_status_of_its_outcome() {
    let (cli, id) = making(50);
    let line = format!("progress {id} --zone z --wait --interval 0");
    let ran = image(&cli, &line);
    assert!(
        ran.ok()
            .contains("STATUS      Available\nDONE        100 %"),
        "{ran:?}"
    );
    assert_eq!(
        ran.stderr,
        format!("{id}: 50 %, 300 s left\n{id}: 100 %, 0 s left\n")
    );

    let (cli, id) = making(50);
    let ran = image(
        &cli,
        &format!("progress {id} --zone z --wait --interval 0 --json"),
    );
    assert_eq!(
        (&ran.json()["data"]["Status"], ran.stderr.as_str()),
        (&json!("Available"), "")
    );

    cli.gateway.push_fault(Fault::Malformed(
        r#"{"RetCode": 0, "State": "failed", "FailedReason": "disk\u001b"}"#.to_owned(),
    ));
    let ran = image(&cli, &format!("progress {id} --zone z --wait --json"));
    let error: Value = serde_json::from_str(ran.failed(1)).unwrap();
    assert_eq!(
        error["error"]["message"],
        format!("making {id} failed: disk\\u{{1b}}")
    );

    let (cli, id) = making(0);
    for limit in ["--wait-timeout 0", "--wait-timeout 1", "--timeout 1"] {
        let ran = image(
            &cli,
            &format!("progress {id} --zone z --wait --interval 0 {limit} --json"),
        );
        let error: Value = serde_json::from_str(ran.failed(3)).unwrap();
        assert_eq!(error["error"]["code"], "transport_error", "{limit}");
        assert!(
            error["error"]["details"]["hint"]
                .as_str()
                .unwrap()
                .contains(&format!(
                    "`compshare image progress {id} --zone z --wait` keeps"
                )),
            "{limit}"
        );
    }
    assert!(
        cli.gateway.requests() < 60,
        "nothing is asked without a pause"
    );
    let ran = image(&cli, "progress nope --zone z --wait");
    assert!(
        ran.failed(1).contains("8039"),
        "an image that does not exist is not waited for"
    );
}

#[cfg(unix)]
#[test]
fn interrupted_wait_ends_at_once() {
    let (cli, id) = making(0);
    let mut session = common::pty::terminal(
        &cli,
        80,
        &["image", "progress", &id, "--zone", "z", "--wait"],
    );
    session.exp_string("0 %, 600 s left").unwrap();
    session.send_control('c').unwrap();
    let (rest, status) = common::pty::end(session);
    assert_eq!(status, 130, "{rest}");
    let line = format!(
        "\r\u{1b}[2Kinterrupted; the image is still being made: \
        `compshare image progress {id} --zone z --wait` keeps waiting\r\n"
    );
    assert!(
        rest.ends_with(&line),
        "the progress is taken away: {rest:?}"
    );
}

#[cfg(unix)]
#[test]
fn closed_pipe_ends_a_list_quietly() {
    let cli = with(Catalog::generated(3000, 5));
    for format in ["table", "jsonl", "csv"] {
        let before = cli.gateway.requests();
        let mut child = cli
            .command(&[
                "image",
                "list",
                "--source",
                "community",
                "--all",
                "-o",
                format,
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!(
            (ran.status, ran.stderr.as_str()),
            (Some(0), ""),
            "{format}: {ran:?}"
        );
        assert!(
            line.ends_with('\n') && cli.gateway.requests() - before < 30,
            "{format}: it ended soon"
        );
    }
}

/// Returns the peak memory of a process, in kilobytes.
#[cfg(target_os = "linux")]
fn most_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| {
        line.strip_prefix("VmHWM:")?
            .trim()
            .strip_suffix(" kB")?
            .trim()
            .parse()
            .ok()
    })
}

#[cfg(target_os = "linux")]
#[test]
fn ten_thousand_rows_stay_within_memory() {
    let cli = with(Catalog::generated(5200, 9));
    for (format, least) in [("table", 10_000), ("json", 5200), ("csv", 10_000)] {
        let mut child = cli
            .command(&[
                "image",
                "list",
                "--source",
                "community",
                "--all",
                "-o",
                format,
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (mut rows, mut most) = (0, 0);
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            line.unwrap();
            rows += 1;
            if rows % 500 == 0 {
                most = most_memory(child.id()).unwrap_or_default().max(most);
            }
        }
        assert!(child.wait().unwrap().success(), "{format}");
        assert!(rows >= least, "{format}: {rows} lines");
        println!("{format}: {rows} lines in {most} kB");
        assert!(most > 0 && most < 64 << 10, "{format}: {most} kB");
    }
}

#[test]
fn limited_list_notes_further_images() {
    let cli = with(Catalog::built_in());
    let line = "20 shown, and there are more; --offset 20 shows more, --all shows all\n";
    assert_eq!(image(&cli, "list").stderr, line);
    let line = "5 shown, and there are more; --offset 12 shows more, --all shows all\n";
    assert_eq!(image(&cli, "favorites --limit 5 --offset 7").stderr, line);
    assert_eq!(
        image(&cli, "favorites --via community --limit 5 --offset 7").stderr,
        line
    );
    assert_eq!(image(&cli, "favorites --limit 6 --offset 45").stderr, "");
    for (line, more) in [
        ("list", json!(true)),
        ("list --all", json!(false)),
        ("list --limit 72", json!(false)),
        ("list --limit 3 --source custom", json!(true)),
        ("list --limit 3 --source community", json!(true)),
        ("favorites", json!(false)),
        ("favorites --limit 49", json!(true)),
        ("favorites --limit 50", Value::Null),
        ("favorites --limit 51", json!(false)),
        ("favorites --limit 0", Value::Null),
    ] {
        let ran = image(&cli, &format!("{line} --json"));
        assert_eq!(ran.json()["meta"]["more"], more, "{line}");
        assert_eq!(ran.stderr, "");
    }
    assert_eq!(
        image(&cli, "favorites --limit 50").stderr,
        "50 shown, and there may be more; --offset 50 shows more, --all shows all\n",
        "there was no 51st item, and no total"
    );
    assert_eq!(
        image(&cli, "list --limit 0").stderr,
        "--limit 0 lists nothing\n"
    );
    for format in ["csv", "ids", "jsonl"] {
        let ran = image(&cli, &format!("list -o {format}"));
        assert_eq!((ran.stderr.as_str(), lines(&ran).len() >= 20), ("", true));
    }
}

#[test]
fn extra_item_is_hidden_and_costs_no_request() {
    let cli = with(Catalog::built_in());
    let before = cli.gateway.requests();
    assert_eq!(lines(&image(&cli, "favorites --limit 7 -o ids")).len(), 7);
    assert_eq!(cli.gateway.requests() - before, 1);
    cli.gateway.set_quirks(Quirks::default().page_cap(7));
    let before = cli.gateway.requests();
    assert_eq!(lines(&image(&cli, "favorites --limit 7 -o ids")).len(), 7);
    assert_eq!(cli.gateway.requests() - before, 1);
}

#[test]
fn selects_columns_by_name() {
    let cli = with(small());
    let table =
        "NAME        PRICE  ID                  GROUP\n通义千问  ¥0.50/h  compshareImage-c1   g1\n";
    let ran = image(
        &cli,
        "list --source community --limit 1 --columns Name,price --columns ID,groupid,name",
    );
    let shown: Vec<&str> = ran.ok().lines().take(2).collect();
    assert_eq!(shown.join("\n") + "\n", table);
    let csv = image(
        &cli,
        "list --source community -o csv --columns version,CompShareImageId",
    );
    assert_eq!(
        csv.ok(),
        "VersionName,CompShareImageId\nv1,compshareImage-c1\nv2,compshareImage-c22\n,compshareImage-c3\n"
    );
    assert_eq!(
        image(&cli, "tags --columns tag").ok(),
        "TAG\nLLM\n绘画\nLLM\n"
    );
    assert_eq!(
        image(&cli, "shares compshareImage-own --columns name,id -o wide").ok(),
        "ACCOUNT  ACCOUNT ID\n某人     1003\nteam     4242\n"
    );

    let before = cli.gateway.requests();
    for line in [
        "list --columns id,size",
        "favorites --columns x",
        "tags --columns id",
        "shares compshareImage-own --columns tag",
    ] {
        let ran = image(&cli, line);
        assert!(ran.failed(2).contains("; valid columns: "), "{ran:?}");
    }
    for format in ["json", "jsonl", "ids"] {
        let ran = image(&cli, &format!("tags --columns tag -o {format}"));
        assert!(ran.failed(2).contains("'--columns' works only"), "{ran:?}");
    }
    assert!(
        image(&cli, "tags --columns ,")
            .failed(2)
            .contains("a value is required for")
    );
    assert_eq!(cli.gateway.requests(), before);
}

#[test]
fn cuts_long_names_in_pipes_unless_wide() {
    let name = "长".repeat(100);
    let row = json!({"CompShareImageId": "i", "Name": name, "Author": name});
    let cli = with(Catalog::empty().custom_images(vec![row]));
    let ran = image(&cli, "list --source custom");
    let cut = format!("{}…", "长".repeat(29));
    assert!(
        lines(&ran)[1].contains(&format!("{cut}  ")) && ran.stdout.contains(&name),
        "only the name is cut: {ran:?}"
    );
    let wide = image(&cli, "list --source custom -o wide");
    assert_eq!(wide.ok().matches(&name).count(), 2);
}
