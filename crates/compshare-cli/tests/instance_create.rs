//! `compshare instance create`.

mod common;

use std::time::Duration;

use common::{Cli, Ran};
use compshare_mock::{Fault, InventoryForm, Quirks, StateQuirk, Total};
use serde_json::{Value, json};

const IMAGE: &str = "compshareImage-mpbwdv1hp829";
const CREATE: &str = "CreateCompShareInstance";
const PASSWORD: &str = "correct-horse-9";
/// The password as it is sent.
const ENCODED: &str = "Y29ycmVjdC1ob3JzZS05";

/// A complete command without confirmation.
const COMPLETE: [&str; 14] = [
    "instance",
    "create",
    "--gpu",
    "4090",
    "--count",
    "1",
    "--cpu",
    "16",
    "--memory",
    "64GB",
    "--zone",
    "cn-wlcb-01",
    "--image",
    IMAGE,
];
const POSTPAY: [&str; 2] = ["--charge", "Postpay"];

fn create(cli: &Cli, more: &[&str]) -> Ran {
    cli.run(&[&COMPLETE[..], &POSTPAY, more].concat())
}

/// Returns the instances that the command made.
fn made(cli: &Cli) -> Vec<Value> {
    let mut instances = cli.gateway.state().instances();
    let built_in = ["trainer", "推理服务", "comfyui"];
    instances.retain(|instance| !built_in.iter().any(|name| instance["Name"] == **name));
    instances
}

fn creations(cli: &Cli) -> usize {
    let actions = cli.gateway.actions();
    actions.iter().filter(|action| *action == CREATE).count()
}

/// Pushes a fault for the creation, which follows a known number of reads.
fn fault_of_creation(cli: &Cli, faults: impl IntoIterator<Item = Fault>) {
    let before = cli.gateway.requests();
    create(cli, &["--dry-run"]).ok();
    let reads = usize::try_from(cli.gateway.requests() - before).unwrap();
    cli.gateway.push_faults(Fault::Pass.times(reads));
    cli.gateway.push_faults(faults);
}

#[test]
fn creates_an_instance_and_waits() {
    let cli = Cli::built_in();
    let ran = create(
        &cli,
        &["--name", "train", "--yes", "--wait", "--interval", "1"],
    );
    let instances = made(&cli);
    let id = instances[0]["UHostId"].as_str().unwrap();
    assert_eq!(
        ran.ok(),
        format!("Created the instance {id}\ntrain ({id}) is now Running\n")
    );
    let lines: Vec<&str> = ran.stderr.lines().collect();
    assert_eq!(
        lines[..7],
        [
            "GPU     1×4090 16C 64G",
            "ZONE    cn-wlcb-01",
            "IMAGE   Ubuntu 20.04 (compshareImage-mpbwdv1hp829)",
            "DISKS   100 GB CLOUD_SSD",
            "CHARGE  Postpay",
            "STOCK   in stock",
            "PRICE   ¥1.88/h",
        ]
    );
    assert!(
        lines
            .last()
            .unwrap()
            .contains(&format!("compshare instance ssh {id}"))
    );
    let expected = json!({"Name": "train", "GpuType": "4090", "GPU": 1, "CPU": 16,
        "Memory": 65536, "ChargeType": "Postpay", "State": "Running", "Region": "cn-wlcb"});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(instances[0][name], *value, "{name}");
    }
}

#[test]
fn reports_in_json_with_the_price_of_all() {
    let cli = Cli::built_in();
    let arguments = [
        "--max-count",
        "2",
        "--disk",
        "200GB",
        "--data-disk",
        "1TB:CLOUD_SSD",
        "--remark",
        "mine",
        "--yes",
        "--json",
    ];
    let ran = create(&cli, &arguments);
    let data = ran.json()["data"].clone();
    let instances = made(&cli);
    assert_eq!(
        (instances.len(), data["items"].as_array().unwrap().len()),
        (2, 2)
    );
    assert_eq!(ran.stderr, "");
    let mark = data["Mark"].as_str().unwrap();
    assert_eq!(instances[0]["Remark"], format!("mine {mark}"));
    let price = data["Price"].as_f64().unwrap();
    assert!(price > 2.0 * 1.88, "{price}");
    let disks = cli.gateway.state().disks();
    let new = disks
        .iter()
        .filter(|disk| disk["Size"] == 1024 || disk["Configuration"] == "1024");
    assert_eq!(new.count(), 2, "a data disk for each: {disks:?}");

    let ids = create(&cli, &["--yes", "-o", "ids"]);
    assert!(ids.ok().starts_with("uhost-"), "{ids:?}");
}

#[test]
fn dry_run_sends_reads_only() {
    let cli = Cli::built_in();
    let ran = create(&cli, &["--dry-run", "--json", "--quantity", "2"]);
    let document = ran.json();
    let parameters = &document["data"]["parameters"];
    for (name, value) in [
        ("Action", CREATE),
        ("Memory", "65536"),
        ("Disks.0.Size", "100"),
        ("ChargeType", "Postpay"),
        ("Quantity", "2"),
        ("Region", "cn-wlcb"),
    ] {
        assert_eq!(parameters[name], value, "{name}");
    }
    assert_eq!(creations(&cli), 0);
}

#[test]
fn wrong_usage_sends_nothing() {
    let cli = Cli::built_in();
    for (arguments, message) in [
        (&["--memory", "64"][..], "such as 64GB"),
        (&["--memory", "65536"], "such as 64GB"),
        (&["--memory", "1000MB"], "whole gigabytes"),
        (&["--disk", "100MB"], "such as 100GB"),
        (&["--disk", "100GB:FAST"], "possible values: CLOUD_SSD"),
        (&["--count", "0"], "--count"),
        (&["--max-price", "-1"], "such as 2.5"),
        (
            &["--charge", "Weekly"],
            "possible values: Postpay, Spot, Day, Month, Dynamic",
        ),
        (&["--charge", "Year"], "possible values"),
    ] {
        let ran = cli.run(&[&["instance", "create"], arguments].concat());
        assert!(ran.failed(2).contains(message), "{arguments:?}: {ran:?}");
    }
    let ran = cli.run(&["instance", "create", "--interval", "1"]);
    assert!(
        ran.failed(2).contains("'--interval' requires '--wait'"),
        "{ran:?}"
    );
    let ran = cli.run(&["instance", "create", "--yes"]);
    assert!(
        ran.failed(2).starts_with("error: the following required arguments were not provided: --gpu, --image, --charge, --zone; "),
        "{ran:?}"
    );
    let ran = cli.run(&[&COMPLETE[..], &["--yes"]].concat());
    assert!(ran.failed(2).contains("not provided: --charge"), "{ran:?}");
    assert_eq!(cli.gateway.requests(), 0);

    let ran = create(&cli, &["--json"]);
    assert!(ran.failed(2).contains("pass --yes to confirm"), "{ran:?}");
    assert_eq!(creations(&cli), 0);
}

#[test]
fn refuses_what_is_not_on_sale() {
    let cli = Cli::built_in();
    let with = |option: &str, value: &str, more: &[&str]| {
        let mut arguments = [&COMPLETE[..], &POSTPAY, &["--yes"]].concat();
        let at = arguments.iter().position(|word| *word == option).unwrap();
        arguments[at + 1] = value;
        arguments.extend(more);
        let ran = cli.run(&arguments);
        assert_eq!(ran.status, Some(1), "{ran:?}");
        ran.stderr.lines().last().unwrap().to_owned()
    };
    for (option, value, message) in [
        (
            "--gpu",
            "5090",
            "5090 is not on sale: cn-wlcb-01; it is on sale in cn-wlcb-03, cn-bj2-03",
        ),
        (
            "--gpu",
            "4091",
            "4091 is not on sale: cn-wlcb-01; GPU types on sale there: 4090, ",
        ),
        (
            "--zone",
            "cn-nowhere-01",
            "4090 is not on sale: cn-nowhere-01; it is on sale in cn-wlcb-01, ",
        ),
        (
            "--cpu",
            "17",
            "cn-wlcb-01 has no such size of 4090; possible values: 1×GPU 8C 32G, 1×GPU 16C 64G",
        ),
        ("--count", "10", "cn-wlcb-01 has no such size of 4090"),
        ("--memory", "65GB", "cn-wlcb-01 has no such size of 4090"),
        (
            "--zone",
            "cn-wlcb-03",
            "cn-wlcb-03 does not accept images of the type System: compshareImage-mpbwdv1hp829",
        ),
        (
            "--image",
            "compshareImage-4flnpxw50v3b",
            "the image compshareImage-4flnpxw50v3b is not ready: UnAvailable",
        ),
    ] {
        let line = with(option, value, &[]);
        assert!(line.starts_with(&format!("error: {message}")), "{line}");
    }
    for (more, message) in [
        (
            &["--disk", "100GB:CLOUD_RSSD"][..],
            "disks of the type CLOUD_RSSD are not on sale here; possible values: ",
        ),
        (
            &["--disk", "90000GB"],
            "90000 GB is out of range for a CLOUD_SSD disk: ",
        ),
        (
            &["--max-price", "1.87"],
            "the price of 1.88 yuan is above --max-price 1.87",
        ),
    ] {
        let line = with("--count", "1", more);
        assert!(line.starts_with(&format!("error: {message}")), "{line}");
    }
    cli.gateway.state().set_stock("cn-wlcb-01", "4090", 0);
    let line = with("--count", "1", &[]);
    assert!(
        line.starts_with(
            "error: 4090 of this size is not in stock in cn-wlcb-01; in stock in cn-wlcb-03, "
        ),
        "{line}"
    );
    assert_eq!(creations(&cli), 0);
}

#[test]
fn unknown_prices_are_refused_only_with_a_maximum() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().prices_absent(true));
    let ran = create(&cli, &["--max-price", "99", "--yes"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("PRICE   an unknown price\n"), "{ran:?}");
    assert!(
        ran.stderr
            .ends_with("the price is unknown, so it may be above --max-price 99.00\n")
    );
    assert_eq!(creations(&cli), 0);
    create(&cli, &["--yes"]).ok();
    assert_eq!(creations(&cli), 1);
}

#[test]
fn every_form_of_the_responses_is_read() {
    let quirks = Quirks::default;
    for quirks in [
        quirks()
            .types_of_all_zones(true)
            .zone_fields_documented(true),
        quirks().inventory(InventoryForm::Text),
        quirks()
            .inventory(InventoryForm::ByZone)
            .inventory_of_one_backend(true),
        quirks().price_rows_by_part(true).prices_as_text(true),
        quirks().singular_price_keys(true).numbers_as_text(true),
        quirks().create_single_id(true).state(StateQuirk::LowerCase),
        quirks().null_empty_list(true).install_word(true),
        quirks().state(StateQuirk::Blank).total(Total::Absent),
        quirks().state(StateQuirk::Stale),
    ] {
        let cli = Cli::built_in();
        cli.gateway.set_quirks(quirks.clone());
        let arguments = [
            "--max-price",
            "2",
            "--yes",
            "--wait",
            "--interval",
            "0",
            "-o",
            "ids",
        ];
        let ran = create(&cli, &arguments);
        assert!(ran.ok().starts_with("uhost-"), "{quirks:?}: {ran:?}");
        assert!(
            ran.stderr.contains("PRICE   ¥1.88/h\n"),
            "{quirks:?}: {ran:?}"
        );
        assert_eq!(made(&cli).len(), 1, "{quirks:?}");
    }
}

#[test]
fn refusals_of_the_service_say_what_to_do() {
    let cli = Cli::built_in();
    let quirks = Quirks::default;
    for (quirks, code) in [
        (quirks().arrears(true), 226_601),
        (quirks().unverified(true), 226_606),
        (quirks().unpaid_order(true), 8917),
        (quirks().instance_quota(3), 226_608),
        (
            quirks()
                .sold_out(vec!["4090".to_owned()])
                .capacity_always_enough(true),
            226_604,
        ),
    ] {
        cli.gateway.set_quirks(quirks);
        let ran = create(&cli, &["--yes"]);
        assert_eq!(ran.status, Some(1), "{ran:?}");
        let line = ran.stderr.lines().last().unwrap();
        assert!(
            line.contains(&code.to_string()) && line.contains("; "),
            "{line}"
        );
        assert!(!line.contains("may have taken effect"), "{line}");
    }
    assert_eq!((made(&cli).len(), creations(&cli)), (0, 5));
}

#[test]
fn a_lost_response_creates_no_second_instance() {
    let cli = Cli::built_in();
    fault_of_creation(&cli, [Fault::DisconnectAfter]);
    let ran = create(&cli, &["--yes"]);
    let instances = made(&cli);
    let id = instances[0]["UHostId"].as_str().unwrap();
    assert_eq!(ran.ok(), format!("Created the instance {id}\n"));
    let mark = instances[0]["Remark"].as_str().unwrap();
    assert!(
        ran.stderr.ends_with(&format!(
            "warning: the response was lost; the instance was found by its remark {mark}\n"
        )),
        "{ran:?}"
    );
    assert_eq!((instances.len(), creations(&cli)), (1, 1));
}

#[test]
fn an_unknown_outcome_names_the_remark() {
    let cli = Cli::built_in();
    let searches = Fault::status(503).times(5);
    fault_of_creation(
        &cli,
        std::iter::once(Fault::DisconnectAfter).chain(searches),
    );
    let ran = create(&cli, &["--yes", "--retries", "0"]);
    let line = ran.stderr.lines().last().unwrap();
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(3), ""), "{ran:?}");
    let instances = made(&cli);
    assert_eq!((instances.len(), creations(&cli)), (1, 1));
    let mark = instances[0]["Remark"].as_str().unwrap();
    let advice = format!(
        "before you create again, look for an instance with {mark} in its remark]; `compshare instance list --json` shows the remarks"
    );
    assert!(line.ends_with(&advice), "{line}");
}

#[test]
fn passwords_are_hidden() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().create_sends_password(true));
    for more in [
        &["--yes", "-vv"][..],
        &["--yes", "--json"],
        &["--dry-run"],
        &["--dry-run", "--json", "-vv"],
        &["--yes", "--wait", "--interval", "1", "-vv"],
    ] {
        let arguments = [&COMPLETE[..], &POSTPAY, &["--password-stdin"], more].concat();
        let mut command = cli.command(&arguments);
        command.env("RUST_LOG", "trace");
        let ran = Ran::with_input(&mut command, &format!("{PASSWORD}\n"));
        ran.ok();
        for secret in [PASSWORD, ENCODED] {
            let shown = [&ran.stdout, &ran.stderr]
                .iter()
                .any(|text| text.contains(secret));
            assert!(!shown, "{more:?}: {ran:?}");
        }
    }
    let arguments = [
        &COMPLETE[..],
        &POSTPAY,
        &["--password-stdin", "--yes", "--show-sensitive"],
    ]
    .concat();
    let ran = Ran::with_input(&mut cli.command(&arguments), &format!("{PASSWORD}\n"));
    assert!(
        ran.ok().ends_with(&format!("password: {PASSWORD}\n")),
        "{ran:?}"
    );
    let ran = Ran::with_input(&mut cli.command(&arguments), "\n");
    ran.failed(2);
}

#[cfg(unix)]
#[test]
fn missing_properties_are_asked_for() {
    use common::pty::{end, terminal};

    let cli = Cli::built_in();
    let arguments = ["instance", "create", "--count", "1", "--no-wait"];
    let mut session = terminal(&cli, 120, &arguments);
    let mut answer = |row: &str, question: &str, answer: &str| {
        session.exp_string(row).unwrap();
        session.exp_string(question).unwrap();
        session.send_line(answer).unwrap();
    };
    answer(
        "1  4090      cn-wlcb-01   12 GPUs in stock, 2 as Spot",
        "GPU and zone, by number: ",
        "1",
    );
    answer("GPU 16C 64G", "Size, by number: ", "2");
    answer(
        "1  favorite  compshareImage-",
        "Image, by number or id: ",
        "x",
    );
    answer(
        "Please enter a number from 1 to",
        "Image, by number or id: ",
        IMAGE,
    );
    answer(
        "1  Postpay   by the second",
        "Charge type, by number: ",
        "4",
    );
    answer("1015.20/month, about", "1015.20/month? [y/N] ", "y");
    let (rest, status) = end(session);
    assert_eq!(status, 0, "{rest}");
    assert_eq!(made(&cli)[0]["ChargeType"], "Month");

    // A given property is not asked for, and restricts the others.
    let arguments = [
        "instance", "create", "--gpu", "H20", "--count", "1", "--image", IMAGE,
    ];
    let mut session = terminal(&cli, 120, &[&arguments[..], &["--charge", "Day"]].concat());
    session.exp_string("Create the instance for ").unwrap();
    session.send_line("n").unwrap();
    assert!(end(session).0.contains("nothing was done"));
    assert_eq!(creations(&cli), 1);
}

#[cfg(unix)]
#[test]
fn an_interrupted_creation_may_have_happened() {
    use common::pty::{end, terminal};

    let cli = Cli::built_in();
    fault_of_creation(&cli, [Fault::Delay(Duration::from_secs(20))]);
    let arguments = [&COMPLETE[..], &POSTPAY, &["--yes", "-v"]].concat();
    let mut session = terminal(&cli, 120, &arguments);
    session.exp_string("waiting for 127.0.0.1").unwrap();
    session.send_control('c').unwrap();
    let (rest, status) = end(session);
    assert_eq!(status, 130, "{rest}");
    let advice = "the instance may have been created: check with `compshare instance list`";
    assert!(rest.contains(advice), "{rest}");
}

#[test]
fn a_failed_installation_fails_the_command() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().install_fails(true));
    let ran = create(&cli, &["--yes", "--wait", "--interval", "1", "--json"]);
    assert_eq!(ran.status, Some(1), "{ran:?}");
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["ok"], false);
    let id = made(&cli)[0]["UHostId"].clone();
    assert_eq!(document["data"]["items"], json!([{"UHostId": id}]));
}
