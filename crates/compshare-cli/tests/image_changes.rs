//! The commands of `compshare image` that change images.

mod common;

use common::{Cli, Ran};
use compshare_mock::{Fault, Quirks};
use serde_json::{Value, json};

/// An own container image: ready, shared with two accounts, not published.
const OWN: &str = "compshareImage-k6i5s67pl8l8";
/// Another own image, not shared.
const OTHER: &str = "compshareImage-ssmsj5wpjky7";
/// An own image, published as v1.1 of `OWN_GROUP`.
const PUBLISHED: &str = "compshareImage-26vo0cqu6498";
const OWN_GROUP: &str = "aYG4YPHvZ7kh";
/// An image of a virtual machine.
const OF_VM: &str = "compshareImage-glb3usq5qh06";
/// An image of another account, shared with this one.
const SHARED: &str = "compshareImage-d3ugxq1o83sq";
const UNKNOWN: &str = "compshareImage-000000000000";
const ZONE: [&str; 2] = ["--zone", "cn-wlcb-01"];
const UNCLEAR: &str = "it may have taken effect: check before sending it again";

fn with_zone<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &ZONE[..]].concat()
}

/// A community group that is not a favorite, and its first ready version.
fn stranger(cli: &Cli) -> (String, String) {
    let favorites = cli.gateway.state().favorite_groups();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    cli.gateway
        .state()
        .community()
        .iter()
        .filter(|group| {
            group["GroupId"]
                .as_str()
                .is_some_and(|id| !favorites.iter().any(|known| known == id))
        })
        .find_map(|group| {
            let versions = group["Data"].as_array()?;
            let ready = versions
                .iter()
                .find(|version| version["Status"] == "Available")?;
            Some((text(&group["GroupId"]), text(&ready["CompShareImageId"])))
        })
        .unwrap()
}

fn own(cli: &Cli, id: &str) -> Option<Value> {
    cli.gateway
        .state()
        .custom_images()
        .into_iter()
        .find(|image| image["CompShareImageId"] == id)
}

fn accounts(cli: &Cli, image: &str) -> Vec<u64> {
    cli.gateway
        .state()
        .share_accounts(image)
        .iter()
        .map(|account| account["AccountId"].as_u64().unwrap())
        .collect()
}

/// Returns the JSON document of a run with `status`, and the last line on stderr.
#[track_caller]
fn partly(ran: &Ran, status: i32) -> (Value, String) {
    assert_eq!(ran.status, Some(status), "{ran:?}");
    ran.is_discreet();
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&document["ok"], &document["schema"]),
        (&false.into(), &2.into())
    );
    (document, ran.stderr.lines().last().unwrap().to_owned())
}

#[test]
fn adds_and_removes_favorites_by_group_and_image() {
    let cli = Cli::built_in();
    let (group, image) = stranger(&cli);
    let is_favorite = || cli.gateway.state().favorite_groups().contains(&group);
    let ran = cli.run(&["image", "favorite", &group]);
    assert_eq!(
        ran.ok(),
        format!("Added group {group} to the favorites, by CreateCompShareImageFavorite\n")
    );
    assert!(is_favorite());
    let ran = cli.run(&["image", "unfavorite", &image, "--json"]);
    let document = ran.json();
    let item = json!({"GroupId": group, "CompShareImageId": image, "Via": "community"});
    assert_eq!(document["data"]["items"], json!([item]));
    assert_eq!(document["meta"]["returned"], 1);
    assert!(!is_favorite());
    assert_eq!(
        cli.gateway.actions(),
        [
            "CreateCompShareImageFavorite",
            "DescribeCommunityImages",
            "DeleteCompShareImageFavorite"
        ]
    );
    // A group is changed once, by whichever id, and reported in every format.
    let ran = cli.run(&["image", "favorite", &image, &group, &image, "-o", "ids"]);
    assert_eq!(ran.ok(), format!("{group}\n"));
    assert!(is_favorite());
    let ran = cli.run(&["image", "unfavorite", &group, "-o", "jsonl"]);
    assert_eq!(
        ran.ok(),
        format!("{{\"GroupId\":\"{group}\",\"Via\":\"community\"}}\n")
    );
    assert!(!is_favorite());
}

#[test]
fn changes_favorites_by_documented_actions() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().documented_only(true));
    let (group, _) = stranger(&cli);
    let ran = cli.run(&["image", "favorite", &group]);
    assert_eq!(
        ran.ok(),
        format!("Added group {group} to the favorites, by AddFavoriteImage\n")
    );
    assert!(cli.gateway.state().favorite_groups().contains(&group));
    let ran = cli.run(&["image", "unfavorite", &group, "--json"]);
    assert_eq!(ran.json()["data"]["items"][0]["Via"], "documented");
    assert!(!cli.gateway.state().favorite_groups().contains(&group));

    cli.gateway.set_quirks(
        Quirks::default()
            .documented_only(true)
            .production_as_reported(true),
    );
    let ran = cli.run(&["image", "favorite", &group]);
    let line = ran.failed(1);
    assert!(
        line.contains("CreateCompShareImageFavorite: RetCode 161")
            && line.contains("may not offer it"),
        "{line}"
    );
}

#[test]
fn reports_unknown_images_before_any_change() {
    let cli = Cli::built_in();
    let (group, _) = stranger(&cli);
    let ran = cli.run(&["image", "favorite", &group, UNKNOWN]);
    let line = ran.failed(1);
    assert!(
        line.contains("8039") && line.ends_with("check the identifier, --region and --zone"),
        "{line}"
    );
    assert!(!cli.gateway.state().favorite_groups().contains(&group));
    // An existing image outside the community.
    cli.gateway.push_fault(Fault::Malformed(
        r#"{"RetCode":0,"CompshareImageGroup":[]}"#.to_owned(),
    ));
    let ran = cli.run(&["image", "unfavorite", OWN]);
    assert_eq!(
        ran.failed(1),
        format!("error: no group of the community has the image {OWN}")
    );
}

#[test]
fn reports_favorites_changed_before_a_failure() {
    let cli = Cli::built_in();
    let (group, _) = stranger(&cli);
    let ran = cli.run(&["image", "favorite", &group, "nowhere", "elsewhere"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(
        ran.stdout,
        format!("Added group {group} to the favorites, by CreateCompShareImageFavorite\n")
    );
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(
        lines[0],
        "warning: may or may not have been applied: nowhere, elsewhere"
    );
    assert!(
        lines[1].contains("RetCode 8039") && lines.len() == 2,
        "{lines:?}"
    );

    let (document, line) = partly(
        &cli.run(&["image", "favorite", &group, "nowhere", "--json"]),
        1,
    );
    assert_eq!(document["data"]["items"][0]["GroupId"], group);
    assert_eq!(document["data"]["unconfirmed"], json!(["nowhere"]));
    assert!(
        serde_json::from_str::<Value>(&line).unwrap()["error"]["details"]["ret_code"] == 8039,
        "{line}"
    );
    // One item without a change: the error is sufficient.
    assert!(
        cli.run(&["image", "favorite", "nowhere"])
            .failed(1)
            .contains("8039")
    );
}

#[test]
fn shares_and_unshares_images() {
    let cli = Cli::built_in();
    let ran = cli.run(&["image", "share", OTHER, "1003", "5000", "1003"]);
    assert_eq!(
        ran.ok(),
        format!("Shared the image {OTHER} with 1003, 5000\n")
    );
    assert_eq!(accounts(&cli, OTHER), [1003, 5000]);
    let ran = cli.run(&["image", "share", OTHER, "6000", "--json"]);
    let document = ran.json();
    let data = json!({"CompShareImageId": OTHER, "accounts": [6000], "InvalidAccounts": []});
    assert_eq!(document["data"], data);
    assert_eq!(
        document["meta"],
        json!({"action": "ModifyCompShareImageShareAccount", "requests": 1})
    );
    let ran = cli.run(&[
        "image", "unshare", OTHER, "5000", "6000", "--yes", "-o", "ids",
    ]);
    assert_eq!(ran.ok(), "5000\n6000\n");
    let ran = cli.run(&["image", "unshare", OTHER, "1003", "-y"]);
    assert_eq!(
        ran.ok(),
        format!("The image {OTHER} is no longer shared with 1003\n")
    );
    assert!(accounts(&cli, OTHER).is_empty());
}

#[test]
fn sends_accounts_in_batches() {
    let cli = Cli::built_in();
    let numbers: Vec<String> = (2000..2025).map(|number: u32| number.to_string()).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let ran = cli.run(&[&["image", "share", OTHER, "-o", "ids"], &numbers[..]].concat());
    assert_eq!(ran.ok().lines().collect::<Vec<_>>(), numbers);
    assert_eq!(
        (cli.gateway.requests(), accounts(&cli, OTHER).len()),
        (3, 25)
    );
    let ran = cli.run(
        &[
            &["image", "unshare", OTHER, "--yes", "--json"],
            &numbers[..],
        ]
        .concat(),
    );
    assert_eq!(
        (&ran.json()["meta"]["requests"], accounts(&cli, OTHER).len()),
        (&json!(3), 0)
    );

    // The second of three fails.
    cli.gateway
        .push_faults([Fault::Pass, Fault::ret_code(8350, "no")]);
    let (document, line) = partly(
        &cli.run(&[&["image", "share", OTHER, "--json"], &numbers[..]].concat()),
        1,
    );
    assert_eq!(
        document["data"]["accounts"],
        json!((2000..2010).collect::<Vec<u32>>())
    );
    assert_eq!(
        document["data"]["unconfirmed"],
        json!((2010..2025).collect::<Vec<u32>>())
    );
    assert!(line.contains("only its owner can share it"), "{line}");
    assert_eq!(accounts(&cli, OTHER).len(), 10);
    cli.gateway
        .push_faults([Fault::Pass, Fault::ret_code(8350, "no")]);
    let ran = cli.run(&[&["image", "share", OTHER], &numbers[..12]].concat());
    assert_eq!(
        (ran.status, ran.stdout.lines().count()),
        (Some(1), 1),
        "{ran:?}"
    );
    assert!(
        ran.stderr
            .starts_with("warning: may or may not have been applied: 2010, 2011\nerror: "),
        "{ran:?}"
    );
}

#[test]
fn invalid_accounts_fail_despite_ret_code_0() {
    let cli = Cli::built_in();
    let ran = cli.run(&["image", "share", OTHER, "7", "1003", "8"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(ran.stdout, format!("Shared the image {OTHER} with 1003\n"));
    assert_eq!(ran.stderr, "error: these accounts do not exist: 7, 8\n");
    assert_eq!(accounts(&cli, OTHER), [1003]);
    for text in [false, true] {
        cli.gateway
            .set_quirks(Quirks::default().account_ids_as_text(text));
        let (document, line) = partly(
            &cli.run(&["image", "share", OTHER, "7", "1004", "--json"]),
            1,
        );
        let data = json!({"CompShareImageId": OTHER, "accounts": [1004], "InvalidAccounts": [7]});
        assert_eq!(document["data"], data);
        assert_eq!(
            serde_json::from_str::<Value>(&line).unwrap()["error"]["code"],
            "api_error"
        );
    }
    let ran = cli.run(&["image", "unshare", OTHER, "7", "-y", "-o", "ids"]);
    assert!(
        ran.failed(1).ends_with("do not exist: 7"),
        "nothing was done, and nothing is told: {ran:?}"
    );
}

#[test]
fn refuses_to_share_a_shared_image() {
    let cli = Cli::built_in();
    let ran = cli.run(&["image", "share", SHARED, "1003"]);
    let line = ran.failed(1);
    assert!(
        line.contains("RetCode 8350") && line.ends_with("only its owner can share it"),
        "{line}"
    );
    let ran = cli.run(&["image", "share", SHARED, "1003", "--lang", "zh"]);
    assert!(
        ran.failed(1)
            .ends_with("；该镜像由他人共享而来，只有其所有者可以共享"),
        "{ran:?}"
    );
}

#[test]
fn creates_an_image() {
    let cli = Cli::built_in();
    let run = |arguments: &[&str]| {
        cli.run(&with_zone(
            &[
                &["image", "create", "--instance", "uhost-1", "--yes"],
                arguments,
            ]
            .concat(),
        ))
    };
    let ran = run(&["--name", "nightly", "--description", "of today"]);
    let id = cli.gateway.state().custom_images().last().unwrap()["CompShareImageId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(ran.ok(), format!("Making the image {id} (nightly)\n"));
    let image = own(&cli, &id).unwrap();
    assert_eq!(
        (&image["Name"], &image["Description"]),
        (&json!("nightly"), &json!("of today"))
    );
    assert_eq!(image["Status"], "Making");
    assert_eq!(
        cli.gateway.actions(),
        ["CreateCompShareCustomImage"],
        "it does not wait unless there is a terminal"
    );
    let line = run(&["--name", "second"]);
    assert!(
        line.failed(1).contains("RetCode 8964") && line.stderr.contains("one image of an instance"),
        "{line:?}"
    );
}

#[test]
fn creates_an_image_in_json_and_ids() {
    let cli = Cli::built_in();
    let run = |instance: &str, arguments: &[&str]| {
        let create = [
            "image",
            "create",
            "--instance",
            instance,
            "--name",
            instance,
            "--yes",
        ];
        cli.run(&with_zone(&[&create[..], arguments].concat()))
    };
    let ran = run("uhost-1", &["--json"]);
    let document = ran.json();
    let id = cli.gateway.state().custom_images().last().unwrap()["CompShareImageId"].clone();
    let data = json!({"CompShareImageId": id, "Name": "uhost-1", "UHostId": "uhost-1", "Status": "Making"});
    assert_eq!(document["data"], data);
    assert_eq!(document["meta"]["action"], "CreateCompShareCustomImage");
    assert!(document["meta"]["request_uuid"].is_string() && document["meta"]["attempts"] == 1);
    let ran = run("uhost-2", &["-o", "ids"]);
    assert_eq!(
        ran.ok().trim_end(),
        cli.gateway.state().custom_images().last().unwrap()["CompShareImageId"]
    );

    cli.gateway.push_fault(Fault::Malformed(
        r#"{"RetCode":0,"ImageId":"i-1","JobId":1.50}"#.to_owned(),
    ));
    let ran = run("uhost-3", &["-o", "jsonl"]);
    let line = r#"{"CompShareImageId":"i-1","ImageId":"i-1","JobId":1.50,"Name":"uhost-3","UHostId":"uhost-3","Status":"Making"}"#;
    assert_eq!(
        ran.ok(),
        format!("{line}\n"),
        "what else was answered is told"
    );
    cli.gateway
        .push_fault(Fault::Malformed(r#"{"RetCode":0}"#.to_owned()));
    assert!(
        run("uhost-4", &[])
            .failed(1)
            .contains("is being made, but the response has no id")
    );
}

#[test]
fn wait_ends_when_the_image_is_ready() {
    let cli = Cli::built_in();
    cli.gateway.state().set_progress_step(50);
    let create = [
        "image",
        "create",
        "--instance",
        "uhost-1",
        "--name",
        "n",
        "-y",
        "--wait",
        "--interval",
        "0",
    ];
    let ran = cli.run(&with_zone(&create));
    let image = cli.gateway.state().custom_images().pop().unwrap();
    let id = image["CompShareImageId"].as_str().unwrap();
    assert_eq!(
        ran.ok(),
        format!("Making the image {id} (n)\n{id} is ready\n")
    );
    assert_eq!(image["Status"], "Available");

    let create = [
        "image",
        "create",
        "--instance",
        "uhost-1",
        "--name",
        "m",
        "-y",
        "--wait",
        "--interval",
        "0",
        "--json",
    ];
    let ran = cli.run(&with_zone(&create));
    assert_eq!(ran.json()["data"]["Status"], "Available");
    let first: Value = serde_json::from_str(ran.stderr.lines().next().unwrap()).unwrap();
    assert_eq!(
        first["progress"]["CompShareImageId"],
        ran.json()["data"]["CompShareImageId"]
    );
    assert_eq!(
        first["progress"]["Status"], "Making",
        "the id is known, whatever becomes of the wait"
    );
}

#[test]
fn wait_ends_when_the_image_fails() {
    let cli = Cli::built_in();
    cli.gateway.state().set_progress_step(50);
    let create = |name: &'static str| {
        [
            "image",
            "create",
            "--instance",
            "uhost-fail",
            "--name",
            name,
            "-y",
            "--wait",
            "--interval",
            "0",
        ]
    };
    let ran = cli.run(&with_zone(&create("n")));
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(ran.stdout.lines().count(), 1, "the id is told: {ran:?}");
    assert!(
        ran.stderr
            .ends_with("failed: the disk of the instance could not be read\n"),
        "{ran:?}"
    );
    let (document, line) = partly(
        &cli.run(&with_zone(&[&create("m")[..], &["--json"]].concat())),
        1,
    );
    assert_eq!(document["data"]["Status"], "UnAvailable");
    assert_eq!(
        serde_json::from_str::<Value>(&line).unwrap()["error"]["code"],
        "api_error"
    );
}

#[test]
fn wait_ends_at_its_deadline_or_the_timeout() {
    let cli = Cli::built_in();
    cli.gateway.state().set_progress_step(0);
    for (instance, limit) in [("uhost-1", "--wait-timeout"), ("uhost-2", "--timeout")] {
        let create = [
            "image",
            "create",
            "--instance",
            instance,
            "--name",
            instance,
            "-y",
            "--wait",
            "--interval",
            "0",
            limit,
            "1",
        ];
        let (document, line) = partly(
            &cli.run(&with_zone(&[&create[..], &["--json"]].concat())),
            3,
        );
        assert_eq!(document["data"]["Status"], "Making", "{limit}");
        let id = document["data"]["CompShareImageId"].as_str().unwrap();
        let error: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(error["error"]["code"], "transport_error");
        let hint =
            format!("`compshare image progress {id} --zone cn-wlcb-01 --wait` keeps waiting");
        assert!(
            error["error"]["details"]["hint"]
                .as_str()
                .unwrap()
                .ends_with(&hint),
            "{line}"
        );
    }
}

#[test]
fn image_zone_is_the_zone_of_the_instance() {
    let cli = Cli::built_in();
    let answer =
        |hosts: Value| Fault::Malformed(json!({"RetCode": 0, "UHostSet": hosts}).to_string());
    let create = |name: &'static str, arguments: &[&'static str]| {
        let create = [
            "image",
            "create",
            "--instance",
            "uhost-1",
            "--name",
            name,
            "-y",
            "-vv",
        ];
        cli.run(&[&create, arguments].concat())
    };
    let host = json!([{"UHostId": "uhost-0", "Zone": "cn-x-1", "Password": "sw0rdfish"}, {"UHostId": "uhost-1", "Region": "cn-y", "Zone": "cn-y-2"}]);
    let sent = |ran: &Ran| -> Vec<String> {
        let sent = ran
            .stderr
            .lines()
            .filter_map(|line| line.strip_prefix("> "));
        let is_wanted = |line: &&str| {
            ["Action", "Region", "UHostId", "Zone"]
                .iter()
                .any(|name| line.starts_with(name))
        };
        sent.filter(is_wanted).map(str::to_owned).collect()
    };
    let created = [
        "Action = CreateCompShareCustomImage",
        "Region = cn-y",
        "UHostId = uhost-1",
        "Zone = cn-y-2",
    ];
    let looked_up = ["Action = DescribeCompShareInstance", "UHostIds.0 = uhost-1"];
    cli.gateway.state().set_progress_step(0);
    cli.gateway.push_fault(answer(host.clone()));
    let ran = create("a", &["--wait", "--wait-timeout", "0"]);
    assert_eq!(ran.status, Some(3), "{ran:?}");
    let progress = [
        "Action = GetCompShareImageCreateProgress",
        "Region = cn-y",
        "Zone = cn-y-2",
    ];
    let all = sent(&ran);
    let expected = [&looked_up[..], &created].concat();
    assert_eq!(all[..expected.len()], expected);
    assert!(
        ran.stderr.contains("uhost-0") && !ran.stderr.contains("sw0rdfish"),
        "{}",
        ran.stderr
    );
    // A wait of 0 s may send no request; those it sends name the zone found.
    assert!(
        all[expected.len()..]
            .chunks(3)
            .all(|asked| *asked == progress),
        "{all:?}"
    );
    assert!(
        ran.stderr
            .trim_end()
            .ends_with(" --region cn-y --zone cn-y-2 --wait` keeps waiting"),
        "{ran:?}"
    );

    // A configured region is kept.
    cli.gateway.push_fault(answer(
        json!([{"UHostId": "uhost-1", "Region": "cn-y", "Zone": "cn-y-2"}]),
    ));
    let ran = create("b", &["--region", "cn-z"]);
    assert!(
        sent(&ran)
            .ends_with(&["Region = cn-z", "UHostId = uhost-1", "Zone = cn-y-2"].map(str::to_owned)),
        "{ran:?}"
    );

    // Making an image requires a zone.
    for hosts in [
        json!([]),
        json!([{"UHostId": "uhost-0", "Zone": "cn-x-1"}]),
        json!([{"UHostId": "uhost-1"}]),
    ] {
        let before = cli.gateway.state().custom_images().len();
        cli.gateway.push_fault(answer(hosts));
        let ran = create("c", &[]);
        assert_eq!(ran.status, Some(1), "{ran:?}");
        let line = "error: instance uhost-1 not found, or its zone is missing in the response; \
            check the identifier, --region and --zone\n";
        assert!(ran.stderr.ends_with(line), "{ran:?}");
        assert_eq!(cli.gateway.state().custom_images().len(), before);
    }
}

#[test]
fn unknown_zone_asks_for_a_setting() {
    let cli = Cli::built_in();
    let create = ["image", "create", "--instance", "u", "--name", "n", "--yes"];
    let hint = "; set one with --zone cn-wlcb-01, COMPSHARE_ZONE or `compshare config set zone cn-wlcb-01`";
    let ran = cli.run(&create);
    assert_eq!(
        ran.failed(1),
        "error: instance u not found, or its zone is missing in the response; check the identifier, --region and --zone"
    );
    assert_eq!(cli.gateway.actions(), ["DescribeCompShareInstance"]);
    // A dry run sends no lookup.
    let before = cli.gateway.requests();
    let ran = cli.run(&[&create[..], &["--dry-run"]].concat());
    assert_eq!(
        ran.failed(2),
        format!("error: making an image requires a zone{hint}")
    );
    assert_eq!(cli.gateway.requests(), before);
    // Other commands need no zone, unless the service requires one and does not list its zones.
    cli.gateway
        .set_quirks(Quirks::default().zone_required(true));
    for arguments in [
        &["delete", OWN, "-y"][..],
        &["publish", OWN, "--version", "v1", "-y"],
        &["progress", OWN],
        &["progress", OWN, "--wait"],
    ] {
        let missing = || Fault::ret_code(210, "Missing params [Zone]");
        let unknown = || Fault::ret_code(161, "Action [X] not found");
        cli.gateway.push_faults([missing(), unknown()]);
        let ran = cli.run(&[&["image"], arguments].concat());
        let line = ran.failed(1);
        assert!(
            line.contains("RetCode 210") && line.contains("[Zone]") && line.ends_with(hint),
            "{line}"
        );
        cli.gateway.push_faults([missing(), unknown()]);
        let ran = cli.run(&[&["image"], arguments, &["--lang", "zh"]].concat());
        assert!(ran.failed(1).ends_with(
            "；可用 --zone cn-wlcb-01、COMPSHARE_ZONE 或 `compshare config set zone cn-wlcb-01` 设置可用区"
        ));
    }
    cli.store(&ZONE).ok();
    cli.run_bare(&create).ok();
}

#[test]
fn refuses_an_image_of_a_paid_image() {
    let cli = Cli::built_in();
    let ran = cli.run(&with_zone(&[
        "image",
        "create",
        "--instance",
        "uhost-paid",
        "--name",
        "n",
        "-y",
    ]));
    let line = ran.failed(1);
    assert!(
        line.contains("RetCode 226644")
            && line.ends_with("only its publisher can make an image from it"),
        "{line}"
    );
}

#[test]
fn copies_an_image() {
    let cli = Cli::built_in();
    let ran = cli.run(&["image", "copy", OWN, "--name", "second"]);
    let copy = cli.gateway.state().custom_images().pop().unwrap();
    let id = copy["CompShareImageId"].as_str().unwrap();
    assert_eq!(ran.ok(), format!("Copying the image {OWN} to {id}\n"));
    assert_eq!(copy["Name"], "second");
    let ran = cli.run(&["image", "copy", OTHER, "--json"]);
    let data = &ran.json()["data"];
    assert_eq!(data["CompShareImageId"], OTHER);
    assert_eq!(
        data["NewCompShareImageId"],
        cli.gateway.state().custom_images().last().unwrap()["CompShareImageId"]
    );
    let ran = cli.run(&["image", "copy", OTHER, "--name", "third", "-o", "ids"]);
    assert_eq!(
        ran.ok().trim_end(),
        cli.gateway.state().custom_images().last().unwrap()["CompShareImageId"]
    );
    assert!(
        cli.run(&["image", "copy", UNKNOWN])
            .failed(1)
            .contains("8039")
    );
    cli.gateway
        .push_fault(Fault::Malformed(r#"{"RetCode":0}"#.to_owned()));
    assert!(
        cli.run(&["image", "copy", OTHER])
            .failed(1)
            .contains("is being copied, but the response has no id")
    );
}

#[test]
fn publishes_an_image_with_every_option() {
    let cli = Cli::built_in();
    let file = |name: &str, content: &[u8]| {
        let path = cli.home.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (cover, readme) = (
        file("cover.png", b"\x89PNG\r\n\x00\xff"),
        file("README.md", "# 镜像 a & b=c\n".as_bytes()),
    );
    let ran = cli.run(&with_zone(&[
        "image",
        "publish",
        OWN,
        "--version",
        "v1.0",
        "--name",
        "名字",
        "--version-description",
        "first",
        "--price",
        "0.5",
        "--cover",
        &cover,
        "--tag",
        "LLM, Qwen",
        "--tag",
        "AIGC",
        "--description",
        "short",
        "--readme",
        &readme,
        "--gpu",
        "4090,A100",
        "--autostart",
        "--yes",
    ]));
    assert_eq!(
        ran.ok(),
        format!("Published the image {OWN} as version v1.0; it is reviewed before others see it\n")
    );
    let version = cli
        .gateway
        .state()
        .self_community()
        .iter()
        .flat_map(|group| group["Data"].as_array().unwrap())
        .find(|version| version["CompShareImageId"] == OWN)
        .unwrap()
        .clone();
    let expected = json!({"Name": "名字", "VersionName": "v1.0", "VersionDesc": "first", "Price": 0.5,
        "Cover": "iVBORw0KAP8=", "Tags": ["LLM", "Qwen", "AIGC"], "Description": "short", "Readme": "# 镜像 a & b=c\n",
        "SupportedGpuTypes": ["4090", "A100"], "AutoStart": true, "Status": "Reviewing"});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&version[name], value, "{name}");
    }
}

#[test]
fn publish_formats_and_refusals() {
    let cli = Cli::built_in();
    let run = |arguments: &[&str]| {
        cli.run(&with_zone(
            &[&["image", "publish", "--yes"], arguments].concat(),
        ))
    };
    let ran = run(&[OTHER, "--version", "v2", "--group", OWN_GROUP, "--json"]);
    assert_eq!(
        ran.json()["data"],
        json!({"CompShareImageId": OTHER, "VersionName": "v2"})
    );
    let groups = cli.gateway.state().self_community();
    let group = groups
        .iter()
        .find(|group| group["GroupId"] == OWN_GROUP)
        .unwrap();
    assert_eq!(
        group["Data"].as_array().unwrap().last().unwrap()["Price"],
        0.0,
        "free unless a price is given"
    );
    let line = run(&[OWN, "--version", "v1.0", "--group", OWN_GROUP]);
    assert!(
        line.failed(1).contains("RetCode 8968") && line.stderr.contains("another --version"),
        "{line:?}"
    );
    let line = run(&[OF_VM, "--version", "v1"]);
    assert!(
        line.failed(1).contains("8017") && line.stderr.contains("only container images"),
        "{line:?}"
    );
    let line = run(&[OWN, "--version", "v1", "--tag", "a,b,c,d"]);
    assert!(
        line.failed(1).contains("220")
            && line.stderr.contains("the parameter named in the message"),
        "{line:?}"
    );
    assert_eq!(
        run(&[OWN, "--version", "v1", "-o", "ids"]).ok(),
        format!("{OWN}\n")
    );

    cli.gateway.push_fault(Fault::Malformed(
        r#"{"RetCode":0,"NewCompShareImageId":"new-1"}"#.to_owned(),
    ));
    assert_eq!(run(&[OWN, "--version", "v1", "-o", "ids"]).ok(), "new-1\n");
}

#[test]
fn updates_an_image() {
    let cli = Cli::built_in();
    let ran = cli.run(&[
        "image",
        "update",
        OWN,
        "--name",
        "neu",
        "--description",
        "",
        "--price",
        "12",
        "--tag",
        "LLM",
    ]);
    assert_eq!(ran.ok(), format!("Changed the image {OWN}\n"));
    let image = own(&cli, OWN).unwrap();
    assert_eq!(
        (&image["Name"], &image["Tags"]),
        (&json!("neu"), &json!(["LLM"]))
    );
    assert_eq!(image["Price"], 12.0);
    let mut command = cli.command(&[
        "image",
        "update",
        OWN,
        "--readme",
        "-",
        "--no-autostart",
        "--json",
    ]);
    let ran = Ran::with_input(&mut command, "# 说明\n");
    assert_eq!(ran.json()["data"], json!({"CompShareImageId": OWN}));
    let image = own(&cli, OWN).unwrap();
    assert_eq!(
        (&image["Readme"], &image["AutoStart"]),
        (&json!("# 说明\n"), &json!(false))
    );
    assert_eq!(
        cli.run(&["image", "update", OWN, "--visibility", "1", "-o", "ids"])
            .ok(),
        format!("{OWN}\n")
    );
    assert_eq!(own(&cli, OWN).unwrap()["Visibility"], 1);
    let ran = cli.run(&["image", "update", PUBLISHED, "--version", "v1.0"]);
    assert!(ran.failed(1).contains("another --version"), "{ran:?}");
    assert!(
        cli.run(&["image", "update", UNKNOWN, "--name", "n"])
            .failed(1)
            .contains("8039")
    );
}

#[test]
fn deletes_an_image() {
    let cli = Cli::built_in();
    let ran = cli.run(&with_zone(&["image", "delete", PUBLISHED, "--yes"]));
    let line = ran.failed(1);
    assert!(
        line.contains("8436") && line.ends_with(" --visibility 0`") && !line.contains("IMAGE"),
        "{line}"
    );
    cli.run(&["image", "update", PUBLISHED, "--visibility", "0"])
        .ok();
    let ran = cli.run(&with_zone(&["image", "delete", PUBLISHED, "--yes"]));
    assert_eq!(ran.ok(), format!("Deleted the image {PUBLISHED}\n"));
    assert_eq!(own(&cli, PUBLISHED), None);
    let ran = cli.run(&with_zone(&["image", "delete", OWN, "-y", "--json"]));
    assert_eq!(ran.json()["data"], json!({"CompShareImageId": OWN}));
    assert_eq!(
        cli.run(&with_zone(&["image", "delete", OTHER, "-y", "-o", "ids"]))
            .ok(),
        format!("{OTHER}\n")
    );
    assert!(
        cli.run(&with_zone(&["image", "delete", OTHER, "-y"]))
            .failed(1)
            .contains("8039")
    );
}

#[test]
fn ret_codes_have_hints() {
    let cli = Cli::built_in();
    for (code, arguments, hint) in [
        (161, &["copy", OWN][..], "may not offer it"),
        (8039, &["copy", OWN], "--region and --zone"),
        (
            8957,
            &["share", OWN, "1003"],
            "check the number of the target account",
        ),
        (210, &["update", OWN, "--name", "n"], "--zone"),
        (
            220,
            &["update", OWN, "--name", "n"],
            "the parameter named in the message",
        ),
        (230, &["update", OWN, "--name", "n"], "--project-id"),
    ] {
        for (lang, has_hint) in [("en", true), ("zh", false)] {
            cli.gateway.push_fault(Fault::ret_code(code, "no"));
            let ran = cli.run(&[&["--lang", lang, "image"], arguments].concat());
            let line = ran.failed(1);
            assert!(line.contains(&format!("RetCode {code}")), "{line}");
            assert!(!has_hint || line.contains(hint), "{line}");
            assert!(has_hint || line.contains('；'), "{line}");
        }
    }
}

#[test]
fn irreversible_commands_need_confirmation() {
    let cli = Cli::built_in();
    for arguments in [
        &["create", "--instance", "u", "--name", "n"][..],
        &["publish", OWN, "--version", "v1"],
        &["unshare", OWN, "1003"],
        &["delete", OWN],
    ] {
        for format in ["table", "json", "jsonl", "ids"] {
            let ran = cli.run(&with_zone(
                &[&["image"], arguments, &["-o", format]].concat(),
            ));
            let line = ran.failed(2);
            assert!(line.contains("pass --yes to confirm"), "{line}");
        }
        // A pipe with `y` does not confirm.
        let ran = Ran::with_input(
            &mut cli.command(&with_zone(&[&["image"], arguments].concat())),
            "y\n",
        );
        ran.failed(2);
    }
    assert_eq!(cli.gateway.requests(), 0);
    assert_eq!(accounts(&cli, OWN), [1003, 4242]);
}

#[test]
fn interrupted_write_is_not_repeated_and_reported() {
    let cli = Cli::built_in();
    let images = cli.gateway.state().custom_images().len();
    for (arguments, requests) in [
        (&["create", "--instance", "u", "--name", "n", "-y"][..], 1),
        (&["copy", OWN], 1),
        (&["publish", OWN, "--version", "v1", "-y"], 1),
        (&["delete", OTHER, "-y"], 1),
        // These set a state and may be retried, but all attempts can fail.
        (&["update", OWN, "--name", "neu"], 3),
        (&["share", OWN, "5000"], 3),
        (&["unshare", OWN, "1003", "-y"], 3),
        (&["favorite", "8TvIz1SmXlGP"], 3),
    ] {
        let before = cli.gateway.requests();
        cli.gateway
            .push_faults(Fault::DisconnectAfter.times(requests));
        let ran = cli.run(&with_zone(&[&["image"], arguments].concat()));
        let line = ran.failed(3);
        assert!(line.ends_with(UNCLEAR), "{line}");
        assert_eq!(
            cli.gateway.requests() - before,
            requests as u64,
            "{arguments:?}"
        );
    }
    // Two images were made and one deleted.
    assert_eq!(cli.gateway.state().custom_images().len(), images + 1);
    assert_eq!(own(&cli, OTHER), None);
    assert_eq!(own(&cli, OWN).unwrap()["Name"], "neu");
    assert_eq!(accounts(&cli, OWN), [4242, 5000]);

    // Idempotent writes are retried automatically.
    cli.gateway.push_fault(Fault::DisconnectAfter);
    cli.run(&["image", "share", OWN, "6000"]).ok();
    assert_eq!(accounts(&cli, OWN), [4242, 5000, 6000]);
}

#[test]
fn timed_out_write_has_unknown_outcome() {
    let cli = Cli::built_in();
    cli.gateway
        .push_fault(Fault::Delay(std::time::Duration::from_secs(30)));
    let ran = cli.run(&["image", "copy", OWN, "--timeout", "1", "--json"]);
    let error: Value = serde_json::from_str(ran.failed(3)).unwrap();
    assert_eq!(error["error"]["details"]["hint"], UNCLEAR);
}

#[test]
fn usage_errors_send_nothing() {
    let cli = Cli::built_in();
    let path = |name: &str, content: &[u8]| {
        let path = cli.home.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (empty, latin) = (path("empty", b""), path("latin", b"caf\xe9"));
    let (large, long) = (
        path("large", &vec![0; (2 << 20) + 1]),
        path("long", &vec![b'x'; (1 << 20) + 1]),
    );
    for (arguments, words) in [
        ("favorite", "not provided: <GROUP-OR-IMAGE>..."),
        ("favorite ''", "a value is required for"),
        ("share OWN", "not provided: <ACCOUNT>..."),
        (
            "share OWN 1003 x",
            "invalid value 'x' for '<ACCOUNT>...': expected an account number",
        ),
        ("share OWN 0", "expected an account number"),
        ("share OWN 1.5", "expected an account number"),
        ("share '' 1003", "a value is required for"),
        ("create --name n", "not provided: --instance <INSTANCE>"),
        ("create --instance u --name ''", "a value is required for"),
        (
            "create --instance u --name n --wait --no-wait",
            "cannot be used with",
        ),
        (
            "create --instance u --name n --wait --wait-timeout -1",
            "a whole number from 0",
        ),
        ("publish OWN", "not provided: --version <VERSION>"),
        ("publish OWN --version v1 --price -1", "expected a price"),
        ("publish OWN --version v1 --price 0.123", "expected a price"),
        ("publish OWN --version v1 --price NaN", "expected a price"),
        (
            "publish OWN --version v1 --autostart --no-autostart",
            "cannot be used with",
        ),
        ("update OWN", "no changes were given"),
        ("update OWN --tag ␣,␣", "no changes were given"),
        ("update OWN --visibility 2", "possible values: 0, 1"),
        (
            "update OWN --cover /no/such/file",
            "/no/such/file cannot be read",
        ),
        ("update OWN --cover EMPTY", "is empty"),
        ("update OWN --cover LARGE", "more than 2097152 bytes"),
        ("update OWN --readme LATIN", "not valid UTF-8"),
        ("update OWN --readme LONG", "more than 1048576 bytes"),
        ("update OWN --readme -", "- is empty"),
        (
            "update OWN --readme - --cover -",
            "only one option can read standard input",
        ),
        (
            "copy OWN -o csv",
            "invalid value 'csv' for '--output <FORMAT>' of this command",
        ),
        (
            "share OWN 1003 -o csv",
            "invalid value 'csv' for '--output <FORMAT>' of this command",
        ),
    ] {
        let arguments = arguments.split(' ').map(|word| match word {
            "OWN" => OWN.to_owned(),
            "EMPTY" => empty.clone(),
            "LARGE" => large.clone(),
            "LATIN" => latin.clone(),
            "LONG" => long.clone(),
            word => word.replace("''", "").replace('␣', " "),
        });
        let arguments: Vec<String> = arguments.collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = cli.run(&with_zone(&[&["image"], &arguments[..]].concat()));
        let line = ran.failed(2);
        assert!(line.contains(words), "{arguments:?}: {line}");
    }
    assert_eq!(cli.gateway.requests(), 0);
    // An empty file is accepted where the value may be empty.
    cli.run(&["image", "update", OWN, "--readme", &empty]).ok();
}

#[test]
fn dry_run_prints_the_request_and_sends_nothing() {
    let cli = Cli::built_in();
    for (arguments, parameters) in [
        (
            &["create", "--instance", "u", "--name", "n"][..],
            json!({"Action": "CreateCompShareCustomImage", "Name": "n", "UHostId": "u"}),
        ),
        (
            &["copy", OWN],
            json!({"Action": "CopyCompShareCustomImage", "CompShareImageId": OWN}),
        ),
        (
            &["publish", OWN, "--version", "v1", "--price", "0.10"],
            json!({"Action": "PublishCompShareImage", "CompShareImageId": OWN, "Price": "0.1", "VersionName": "v1"}),
        ),
        (
            &["update", OWN, "--gpu", "4090"],
            json!({"Action": "UpdateCompShareImage", "CompShareImageId": OWN, "SupportedGpuTypes.0": "4090"}),
        ),
        (
            &["delete", OWN],
            json!({"Action": "TerminateCompShareCustomImage", "CompShareImageId": OWN}),
        ),
    ] {
        let ran = cli.run(&with_zone(
            &[&["image"], arguments, &["--dry-run", "--json"]].concat(),
        ));
        let document = ran.json();
        let mut expected = parameters;
        for (name, value) in [
            ("PublicKey", "****"),
            ("Region", "cn-wlcb"),
            ("Signature", "****"),
            ("Zone", "cn-wlcb-01"),
        ] {
            expected[name] = value.into();
        }
        assert_eq!(document["data"]["parameters"], expected);
        assert_eq!(document["meta"]["dry_run"], true);
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn verbose_logs_the_request() {
    let cli = Cli::built_in();
    let ran = cli.run(&["image", "share", OWN, "1003", "-v"]);
    ran.ok();
    assert!(
        ran.stderr
            .starts_with("ModifyCompShareImageShareAccount: attempt 1: HTTP 200, "),
        "{ran:?}"
    );
}

#[cfg(unix)]
#[test]
fn closed_stdin_is_ignored() {
    let cli = Cli::built_in();
    let closed = |arguments: &[&str]| {
        let program = cli.command(arguments);
        let mut shell = std::process::Command::new("/bin/sh");
        shell
            .args(["-c", "exec \"$@\" <&-", "sh"])
            .arg(program.get_program())
            .args(program.get_args())
            .env_clear()
            .envs(
                program
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .stdin(std::process::Stdio::null());
        Ran::of(&mut shell)
    };
    assert_eq!(
        closed(&["image", "share", OTHER, "1003"]).ok(),
        format!("Shared the image {OTHER} with 1003\n")
    );
    closed(&["image", "unshare", OTHER, "1003"]).failed(2);
    closed(&["image", "unshare", OTHER, "1003", "--yes"]).ok();
    assert!(
        closed(&["image", "update", OTHER, "--readme", "-"])
            .failed(2)
            .contains("- ")
    );
}

#[cfg(target_os = "linux")]
#[test]
fn unwritable_result_is_a_failure() {
    let cli = Cli::built_in();
    for format in ["table", "json", "ids"] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let ran = Ran::of(
            cli.command(&["image", "share", OTHER, "1003", "-o", format])
                .stdout(full),
        );
        assert!(
            ran.failed(1)
                .starts_with("error: the output cannot be written")
                || format == "json",
            "{ran:?}"
        );
    }
    assert_eq!(accounts(&cli, OTHER), [1003]);
}

#[test]
fn finds_a_missing_zone_among_those_of_the_region() {
    let cli = Cli::built_in();
    let zones = |ran: &Ran| -> Vec<String> {
        let sent = ran.stderr.lines();
        let sent = sent.filter(|line| line.starts_with("> Action") || line.starts_with("> Zone"));
        sent.map(|line| line[2..].to_owned()).collect()
    };
    let expected = |action: &str, zones: &[&str]| {
        let action = format!("Action = {action}");
        let mut expected = vec![
            action.clone(),
            "Action = DescribeCompShareSupportZone".to_owned(),
        ];
        for zone in zones {
            expected.extend([action.clone(), format!("Zone = {zone}")]);
        }
        expected
    };

    let ran = cli.run(&["image", "progress", OWN, "-vv"]);
    assert_eq!(
        zones(&ran),
        expected("GetCompShareImageCreateProgress", &["cn-wlcb-01"])
    );
    let ran = cli.run(&["image", "progress", OWN, "--wait", "-vv"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    assert_eq!(
        zones(&ran)[..4],
        expected("GetCompShareImageCreateProgress", &["cn-wlcb-01"])
    );

    // The search continues after a zone without the image.
    cli.gateway.push_faults([
        Fault::Pass,
        Fault::Pass,
        Fault::ret_code(8039, "Resource not exist"),
    ]);
    let ran = cli.run(&["image", "delete", OWN, "-y", "-vv"]);
    assert_eq!(ran.status, Some(0), "{ran:?}");
    let all = ["cn-wlcb-01", "cn-wlcb-03"];
    assert_eq!(zones(&ran), expected("TerminateCompShareCustomImage", &all));
    let ran = cli.run(&["image", "delete", OWN, "-y"]);
    assert!(ran.failed(1).contains("8039"), "{ran:?}");

    // Other errors end the search.
    cli.gateway
        .push_faults([Fault::Pass, Fault::Pass, Fault::ret_code(299, "IAM")]);
    let ran = cli.run(&["image", "delete", OTHER, "-y", "-vv"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert_eq!(
        zones(&ran),
        expected("TerminateCompShareCustomImage", &all[..1])
    );
}

#[cfg(unix)]
mod at_a_terminal {
    use common::pty::{end, terminal};

    use super::*;

    /// A command with a prompt, the ASCII end of the prompt, and the number of requests before it.
    const ASKING: [(&[&str], &str, u64); 4] = [
        (
            &["create", "--instance", "u", "--name", "n", "--no-wait"],
            "Make the image n from the instance u? [y/N] ",
            0,
        ),
        (
            &["publish", OWN, "--version", "v1", "--price", "0.50"],
            "Publish the image compshareImage-k6i5s67pl8l8 as version v1 for 0.5 yuan per hour? [y/N] ",
            0,
        ),
        (
            &["unshare", OWN, "1003"],
            " (compshareImage-k6i5s67pl8l8) with 1003? [y/N] ",
            2,
        ),
        (
            &["delete", OTHER],
            "Delete comfyui-backup (compshareImage-ssmsj5wpjky7, 19.5 GiB, created 2025-04-27 15:55:09 +08:00) for good? [y/N] ",
            2,
        ),
    ];

    #[test]
    fn changes_ask_for_confirmation() {
        for (arguments, question, reads) in ASKING {
            let cli = Cli::built_in();
            for (answer, status, sent) in [("n", 1, 0), ("", 1, 0), ("y", 0, 1)] {
                let before = cli.gateway.requests();
                let mut session =
                    terminal(&cli, 200, &with_zone(&[&["image"], arguments].concat()));
                session.exp_string(question).unwrap();
                session.send_line(answer).unwrap();
                let (rest, found) = end(session);
                assert_eq!(found, status, "{arguments:?}: {rest}");
                assert_eq!(rest.contains("nothing was done"), sent == 0, "{rest}");
                assert_eq!(
                    cli.gateway.requests() - before,
                    reads + sent,
                    "{arguments:?}"
                );
            }
        }
    }

    #[test]
    fn ctrl_c_at_a_question_ends_the_command() {
        for (arguments, question, reads) in ASKING {
            let cli = Cli::built_in();
            let mut session = terminal(&cli, 200, &with_zone(&[&["image"], arguments].concat()));
            session.exp_string(question).unwrap();
            session.send_control('c').unwrap();
            let (rest, status) = end(session);
            assert_eq!((status, cli.gateway.requests()), (130, reads), "{rest}");
        }
    }

    #[test]
    fn ctrl_c_during_a_wait_leaves_the_image_id() {
        let cli = Cli::built_in();
        cli.gateway.state().set_progress_step(40);
        let create = ["image", "create", "--instance", "u", "--name", "n", "-y"];
        let mut session = terminal(
            &cli,
            120,
            &with_zone(&[&create[..], &["--wait", "--interval", "1"]].concat()),
        );
        session.exp_string("40 %").unwrap();
        let (rest, status) = end(session);
        assert_eq!(status, 0, "{rest}");
        assert!(rest.contains("is ready"), "{rest}");

        cli.gateway.state().set_progress_step(0);
        let create = ["image", "create", "--instance", "v", "--name", "m", "-y"];
        let mut session = terminal(&cli, 120, &with_zone(&create));
        session
            .exp_string("Making the image compshareImage-")
            .unwrap();
        session.exp_string("0 %").unwrap();
        session.send_control('c').unwrap();
        let (rest, status) = end(session);
        assert_eq!(status, 130, "{rest}");
        let images = cli.gateway.state().custom_images();
        let image = images.last().unwrap();
        assert_eq!(image["Name"], "m");
        let id = image["CompShareImageId"].as_str().unwrap();
        let command = format!("`compshare image progress {id} --zone cn-wlcb-01 --wait`");
        let line =
            format!("interrupted; the image is still being made: {command} keeps waiting\r\n");
        assert!(rest.ends_with(&line), "{rest:?}");

        let progress = ["image", "progress", id, "--wait", "--lang", "zh"];
        let mut session = terminal(&cli, 120, &with_zone(&progress));
        session.exp_string("0 %").unwrap();
        session.send_control('c').unwrap();
        let (rest, status) = end(session);
        assert_eq!(status, 130, "{rest}");
        let line = format!("已中断；镜像仍在制作：用 {command} 继续等待\r\n");
        assert!(rest.ends_with(&line), "{rest:?}");
        let mut session = terminal(
            &cli,
            120,
            &with_zone(&[&progress[..], &["--json"]].concat()),
        );
        let before = cli.gateway.requests();
        while cli.gateway.requests() == before {
            std::thread::yield_now();
        }
        session.send_control('c').unwrap();
        let (rest, status) = end(session);
        assert_eq!(status, 130, "{rest}");
        assert!(rest.contains(r#""code":"interrupted""#), "{rest:?}");
    }

    #[test]
    fn questions_describe_the_image() {
        let cli = Cli::built_in();
        let ask = |arguments: &[&str]| {
            let mut session = terminal(&cli, 200, &with_zone(&[&["image"], arguments].concat()));
            session.exp_string("[y/N] ").unwrap();
            session.send_line("n").unwrap();
            end(session)
        };
        let mut session = terminal(&cli, 200, &with_zone(&["image", "delete", OWN]));
        session
            .exp_string("(compshareImage-k6i5s67pl8l8, 15.0 GiB, created 2025-07-03 ")
            .unwrap();
        session.exp_string(", 2 shares) for good? [y/N] ").unwrap();
        session.send_line("").unwrap();
        assert_eq!(end(session).1, 1);

        // Names are untrusted, and an unreadable list does not stop the command.
        assert_eq!(ask(&["delete", "no-such-image"]).1, 1);
        cli.gateway.push_fault(Fault::ret_code(299, "IAM"));
        let mut session = terminal(&cli, 200, &with_zone(&["image", "delete", OWN]));
        session
            .exp_string("Delete compshareImage-k6i5s67pl8l8 for good? [y/N] ")
            .unwrap();
        session.send_line("n").unwrap();
        assert_eq!(end(session).1, 1);
    }
}
