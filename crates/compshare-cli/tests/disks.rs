//! `compshare disk`.

mod common;

use common::{Cli, Ran};
use compshare_mock::{Fault, Quirks};
use serde_json::{Value, json};

const TRAINER: &str = "uhost-1a2b3c4d5e6f";
const STOPPED: &str = "uhost-6f5e4d3c2b1a";

/// Pushes a response with these members.
fn answer(cli: &Cli, members: &Value) {
    let mut body = json!({"Action": "Response", "RetCode": 0});
    body.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    cli.gateway.push_fault(Fault::Malformed(body.to_string()));
}

/// Pushes a list: one disk of a running and one of a stopped instance, and two detached ones with
/// the same name.
fn answer_disks(cli: &Cli) {
    let disk = |id: &str, name: &str, size: Value, instance: &str, zone: &str| {
        json!({"ResourceId": id, "Name": name, "Configuration": size, "DiskType": "SSDDataDisk",
            "Status": "Available", "MountInstance": instance, "Zone": zone,
            "ChargeType": "Postpay", "ExpiredTime": 0})
    };
    let disks = [
        disk("udisk-1", "data", "100".into(), TRAINER, "cn-wlcb-01"),
        disk("udisk-2", "models", 200.into(), STOPPED, "cn-sh2-02"),
        disk("udisk-3", "old", "50GB".into(), "", "cn-wlcb-01"),
        disk("udisk-4", "old", "60".into(), "", "cn-wlcb-01"),
    ];
    answer(cli, &json!({"DiskSet": disks}));
}

/// Runs a command that first lists the disks.
fn run(cli: &Cli, arguments: &[&str]) -> Ran {
    answer_disks(cli);
    cli.run(&[&["disk"], arguments].concat())
}

/// Returns the parameters of a dry run.
#[track_caller]
fn parameters(ran: &Ran) -> Value {
    let mut document = ran.json();
    let mut parameters = document["data"]["parameters"].take();
    let members = parameters.as_object_mut().unwrap();
    members.retain(|name, _| !["PublicKey", "Signature"].contains(&name.as_str()));
    parameters
}

#[test]
fn lists_disks_of_all_regions() {
    let cli = Cli::built_in();
    let ran = run(&cli, &["list", "-vv"]);
    let lines: Vec<Vec<&str>> = ran
        .ok()
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        lines[0],
        [
            "ID", "NAME", "SIZE", "TYPE", "STATUS", "INSTANCE", "ZONE", "CHARGE", "EXPIRES"
        ]
    );
    assert_eq!(
        lines[1],
        [
            "udisk-1",
            "data",
            "100",
            "GB",
            "SSDDataDisk",
            "Available",
            TRAINER,
            "cn-wlcb-01",
            "Postpay",
            "-"
        ]
    );
    assert!(!ran.stderr.contains("> Region = "), "{ran:?}");
    let ran = run(&cli, &["list", "-o", "ids"]);
    assert_eq!(ran.ok(), "udisk-1\nudisk-2\nudisk-3\nudisk-4\n");
    answer_disks(&cli);
    let ran = cli.run(&["storage", "disk", "list", "--instance", TRAINER, "-vv"]);
    assert!(
        ran.stderr.contains("> HostId = uhost-1a2b3c4d5e6f\n"),
        "{ran:?}"
    );
}

#[test]
fn grows_disks_at_a_price() {
    let cli = Cli::built_in();
    let resize = |more: &[&str]| {
        answer_disks(&cli);
        answer(&cli, &json!({"Price": 30.5}));
        cli.run(&[&["disk", "resize", "data", "--size", "200GB"], more].concat())
    };
    let ran = resize(&["--dry-run", "--json"]);
    assert_eq!(
        parameters(&ran),
        json!({"Action": "ResizeCompShareDisk", "UDiskId": "udisk-1", "Size": "200",
            "UHostId": TRAINER, "Region": "cn-wlcb", "Zone": "cn-wlcb-01"})
    );
    assert_eq!(
        cli.gateway.actions(),
        [
            "DescribeCompshareDisk",
            "GetCompShareAttachedDiskUpgradePrice"
        ]
    );
    let ran = resize(&["--max-price", "30", "--yes"]);
    assert_eq!(
        ran.failed(1),
        "error: the price of 30.50 yuan is above --max-price 30.00"
    );
    let without = cli.run(&["disk", "resize", "data", "--size", "200GB"]);
    assert!(without.failed(2).contains("confirmation is required"));
    assert_eq!(cli.gateway.requests(), 4, "nothing was changed");

    answer_disks(&cli);
    answer(&cli, &json!({"Price": 30.5}));
    answer(&cli, &json!({"UDiskId": "udisk-1"}));
    let arguments = [
        "disk",
        "resize",
        "udisk-1",
        "--size",
        "200",
        "--max-price",
        "30.5",
        "-y",
    ];
    let ran = cli.run(&arguments);
    assert_eq!(ran.ok(), "Grew the disk udisk-1 to 200 GB\n");

    // The price of a detached disk is unknown.
    let ran = run(
        &cli,
        &[
            "resize",
            "udisk-3",
            "--size",
            "60",
            "--max-price",
            "99",
            "-y",
        ],
    );
    assert!(ran.failed(1).contains("the price is unknown"), "{ran:?}");
    let ran = run(&cli, &["price", "udisk-3", "--size", "60GB"]);
    assert!(
        ran.failed(1).contains("no price for the detached disk"),
        "{ran:?}"
    );
    let ran = run(&cli, &["resize", "models", "--size", "200", "-y"]);
    assert!(
        ran.failed(1)
            .contains("disks only grow: models (udisk-2, 200 GB"),
        "{ran:?}"
    );

    answer_disks(&cli);
    answer(&cli, &json!({"Price": 30.5}));
    assert_eq!(
        cli.run(&["disk", "price", "data", "--size", "1TB"]).ok(),
        "¥30.50\n"
    );
}

#[test]
fn names_must_be_unique() {
    let cli = Cli::built_in();
    let ran = run(&cli, &["delete", "old", "-y"]);
    assert_eq!(
        ran.failed(1),
        "error: several disks have the name old: udisk-3, udisk-4; use an id"
    );
    let ran = run(&cli, &["delete", "udisk-9", "-y"]);
    assert_eq!(
        ran.failed(1),
        "error: disk udisk-9 not found; `compshare disk list` lists the disks"
    );
}

#[test]
fn creates_disks_at_a_price() {
    let cli = Cli::built_in();
    let create = [
        "disk",
        "create",
        "--instance",
        TRAINER,
        "--size",
        "100GB",
        "--charge",
        "Postpay",
    ];
    for missing in ["--size", "--charge", "--instance"] {
        let at = create.iter().position(|word| *word == missing).unwrap();
        let mut arguments = create.to_vec();
        arguments.drain(at..at + 2);
        assert!(cli.run(&arguments).failed(2).contains(missing));
    }
    let in_megabytes = [&create[..5], &["100MB"], &create[6..]].concat();
    assert!(cli.run(&in_megabytes).failed(2).contains("such as 100GB"));

    let pass = || cli.gateway.push_fault(Fault::Pass);
    let price = json!({"PriceDetails": [
        {"ChargeType": "Postpay", "Instance": 1.88, "Disks": 0.05},
        {"ChargeType": "Month", "Instance": 900, "Disks": 30},
    ]});
    pass();
    answer(&cli, &price);
    let ran = cli.run(&[&create[..], &["--name", "data", "--dry-run", "--json"]].concat());
    assert_eq!(
        parameters(&ran),
        json!({"Action": "CreateAndAttachCompshareDisk", "UHostId": TRAINER, "Name": "data",
            "DiskType": "SSDDataDisk", "Size": "100", "ChargeType": "Postpay",
            "Region": "cn-wlcb", "Zone": "cn-wlcb-01"})
    );
    pass();
    answer(&cli, &price);
    let ran = cli.run(&[&create[..], &["--max-price", "0.04", "-y"]].concat());
    assert!(
        ran.failed(1).contains("the price of 0.05 yuan is above"),
        "{ran:?}"
    );
    pass();
    answer(&cli, &json!({}));
    let ran = cli.run(&[&create[..], &["--max-price", "9", "-y"]].concat());
    assert!(ran.failed(1).contains("the price is unknown"), "{ran:?}");

    pass();
    answer(&cli, &price);
    answer(&cli, &json!({"UDiskId": "udisk-7"}));
    let ran = cli.run(&[&create[..], &["--max-price", "0.05", "-y"]].concat());
    assert_eq!(
        ran.ok(),
        "Created the disk data (udisk-7) on trainer (uhost-1a2b3c4d5e6f)\n"
    );

    let ran = cli.run(&[&create[..3], &["comfyui", "-y"], &create[4..]].concat());
    assert!(ran.failed(1).contains("is a container instance"), "{ran:?}");
}

#[test]
fn attaches_disks_in_the_same_zone() {
    let cli = Cli::built_in();
    let ran = run(
        &cli,
        &[
            "attach",
            "udisk-3",
            "--instance",
            TRAINER,
            "--dry-run",
            "--json",
        ],
    );
    assert_eq!(
        parameters(&ran),
        json!({"Action": "AttachCompshareDisk", "UHostId": TRAINER, "UDiskId": "udisk-3",
            "DataDiskType": "SSDDataDisk", "Region": "cn-wlcb", "Zone": "cn-wlcb-01"})
    );
    let ran = run(&cli, &["attach", "udisk-3", "--instance", STOPPED, "-y"]);
    assert!(ran.failed(1).contains("is in cn-wlcb-01, but"), "{ran:?}");
    let ran = run(&cli, &["attach", "data", "--instance", STOPPED, "-y"]);
    assert!(
        ran.failed(1).contains("is attached to uhost-1a2b3c4d5e6f"),
        "{ran:?}"
    );
}

#[test]
fn detaches_disks_of_stopped_instances() {
    let cli = Cli::built_in();
    let ran = run(&cli, &["detach", "data", "-y"]);
    assert!(
        ran.failed(1)
            .ends_with("stop the instance with `compshare instance stop uhost-1a2b3c4d5e6f`"),
        "{ran:?}"
    );
    let ran = run(&cli, &["detach", "udisk-3", "-y"]);
    assert!(ran.failed(1).contains("is not attached"), "{ran:?}");
    let ran = run(&cli, &["detach", "models", "-y"]);
    assert!(ran.failed(1).contains("set it with --device"), "{ran:?}");

    answer_disks(&cli);
    let instance = json!({"UHostId": STOPPED, "Name": "x", "State": "Stopped", "Region": "cn-sh2",
    "Zone": "cn-sh2-02", "DiskSet": [
        {"DiskId": "bsi-1", "IsBoot": "True", "Drive": "/dev/vda"},
        {"DiskId": "udisk-2", "IsBoot": "False", "Drive": "/dev/vdc"},
    ]});
    answer(&cli, &json!({"TotalCount": 1, "UHostSet": [instance]}));
    answer(&cli, &json!({}));
    let ran = cli.run(&["disk", "detach", "models", "-y", "-vv"]);
    assert_eq!(
        ran.ok(),
        "Detached the disk udisk-2 from x (uhost-6f5e4d3c2b1a)\n"
    );
    assert!(ran.stderr.contains("> Device = /dev/vdc\n"), "{ran:?}");
}

#[test]
fn deletes_detached_disks() {
    let cli = Cli::built_in();
    let ran = run(&cli, &["delete", "udisk-3", "data", "-y"]);
    assert!(
        ran.failed(1)
            .ends_with("detach it with `compshare disk detach udisk-1`"),
        "{ran:?}"
    );
    assert_eq!(cli.gateway.requests(), 1, "all are looked up first");
    let ran = cli.run(&["disk", "delete", "udisk-3"]);
    assert!(
        ran.failed(2).contains("confirmation is required"),
        "{ran:?}"
    );

    answer_disks(&cli);
    for id in ["udisk-3", "udisk-4"] {
        answer(&cli, &json!({"UDiskId": id}));
    }
    let ran = cli.run(&[
        "disk", "delete", "udisk-3", "udisk-4", "udisk-3", "-y", "--json",
    ]);
    assert_eq!(
        ran.json()["data"],
        json!({"items": [{"UDiskId": "udisk-3"}, {"UDiskId": "udisk-4"}]})
    );

    answer_disks(&cli);
    answer(&cli, &json!({"UDiskId": "udisk-3"}));
    cli.gateway
        .push_fault(Fault::ret_code(8039, "no such disk"));
    let ran = cli.run(&["disk", "delete", "udisk-3", "udisk-4", "-y", "-o", "ids"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(1), "udisk-3\n"));
}

#[test]
fn disks_live_from_creation_to_deletion() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().disks_detach_slowly(true));
    let run = |arguments: &[&str]| cli.run(arguments).ok().to_owned();
    let create = [
        "disk",
        "create",
        "--instance",
        STOPPED,
        "--size",
        "100",
        "--charge",
        "Postpay",
    ];
    let id = run(&[
        &create[..],
        &["--name", "data", "--max-price", "1", "-y", "-o", "ids"],
    ]
    .concat());
    let id = id.trim();

    let shown = run(&[
        "disk",
        "list",
        "--instance",
        STOPPED,
        "--columns",
        "id,name,size,instance",
    ]);
    assert!(shown.contains(id) && shown.contains("100 GB"), "{shown}");
    assert!(run(&["disk", "price", "data", "--size", "200"]).starts_with('¥'));
    run(&[
        "disk",
        "resize",
        "data",
        "--size",
        "200GB",
        "--max-price",
        "100",
        "-y",
    ]);
    run(&["disk", "detach", "data", "-y"]);
    run(&["disk", "attach", "data", "--instance", STOPPED, "-y"]);
    run(&["disk", "detach", "data", "-y"]);
    let ran = cli.run(&["disk", "delete", "data", "-y"]);
    let line = format!("Deleted the disk data ({id}, 200 GB, SSDDataDisk)\n");
    assert_eq!(ran.ok(), line);
    assert!(!run(&["disk", "list", "-o", "ids"]).contains(id));
}

#[test]
fn deletion_is_repeated_while_the_disk_is_being_detached() {
    let cli = Cli::built_in();
    answer_disks(&cli);
    cli.gateway.push_fault(Fault::ret_code(8434, "detaching"));
    answer(&cli, &json!({"UDiskId": "udisk-3"}));
    let ran = cli.run(&["disk", "delete", "udisk-3", "-y"]);
    assert_eq!(
        ran.ok(),
        "Deleted the disk old (udisk-3, 50 GB, SSDDataDisk)\n"
    );
    assert_eq!(cli.gateway.requests(), 3);
}
