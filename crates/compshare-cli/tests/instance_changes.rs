//! The commands of `compshare instance` that change instances or wait for them.

mod common;

use common::{Cli, Ran};
use compshare_mock::{Fault, Quirks};
use serde_json::{Value, json};

/// Running, paid by `Postpay`.
const TRAINER: &str = "uhost-1a2b3c4d5e6f";
/// Stopped, paid by `Dynamic`; its name is `推理服务`.
const SERVICE: &str = "uhost-6f5e4d3c2b1a";
/// A running container instance; its name is `comfyui`.
const POD: &str = "cpod-0a1b2c3d4e5f";
const NO_TERMINAL: &str =
    "error: confirmation is required, and there is no terminal to ask at; pass --yes to confirm";
/// Waits without a pause.
const WAIT: [&str; 4] = ["--yes", "--wait", "--interval", "0"];

fn instance(cli: &Cli, id: &str) -> Value {
    let mut instances = cli.gateway.state().instances().into_iter();
    instances
        .find(|instance| instance["UHostId"] == id)
        .unwrap_or_default()
}

fn state(cli: &Cli, id: &str) -> String {
    instance(cli, id)["State"]
        .as_str()
        .unwrap_or("gone")
        .to_owned()
}

/// Returns the actions of the gateway that are not look-ups.
fn changes(cli: &Cli) -> Vec<String> {
    let mut actions = cli.gateway.actions();
    actions.retain(|action| {
        !["Describe", "Get", "Check"]
            .iter()
            .any(|prefix| action.starts_with(prefix))
    });
    actions
}

fn wait<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [&["instance"], arguments, &WAIT[..]].concat()
}

#[test]
fn changes_need_confirmation_before_any_request() {
    let cli = Cli::built_in();
    let image = "compshareImage-k6i5s67pl8l8";
    for arguments in [
        &["start", SERVICE][..],
        &["stop", "trainer"],
        &["reboot", "trainer"],
        &["delete", SERVICE],
        &["resize", SERVICE, "--gpu", "1"],
        &["reinstall", SERVICE, "--image", image],
        &["password", SERVICE],
        &["schedule", "cancel", "trainer"],
    ] {
        let ran = cli.run(&[&["instance"], arguments].concat());
        assert_eq!(ran.failed(2), NO_TERMINAL, "{arguments:?}");
        let ran = cli.run(&[&["instance"], arguments, &["--json"]].concat());
        assert!(
            ran.failed(2).contains("pass --yes to confirm"),
            "{arguments:?}"
        );
    }
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn dry_runs_look_up_and_show_the_requests() {
    let cli = Cli::built_in();
    let image = "compshareImage-k6i5s67pl8l8";
    for (arguments, parameters) in [
        (
            &["start", "推理服务"][..],
            &["Action=StartCompShareInstance", "Zone=cn-sh2-02"][..],
        ),
        (
            &["start", SERVICE, "--without-gpu", "a"],
            &["WithoutGpuSpec=A"],
        ),
        (
            &["stop", "trainer"],
            &["Action=StopCompShareInstance", "Region=cn-wlcb"],
        ),
        (&["reboot", "trainer"], &["Action=RebootCompShareInstance"]),
        (
            &["rename", "trainer", "x"],
            &["Action=ModifyCompShareInstanceName", "Name=x"],
        ),
        (&["delete", SERVICE], &["ReleaseUDisk=false"]),
        (
            &["delete", SERVICE, "--delete-disks"],
            &["ReleaseUDisk=true"],
        ),
        (
            &["delete", SERVICE, "--release-disk"],
            &["ReleaseUDisk=true"],
        ),
        (
            &[
                "resize", SERVICE, "--gpu", "1", "--cpu", "16", "--memory", "64GB",
            ],
            &["Gpu=1", "Cpu=16", "Memory=65536"],
        ),
        (
            &["reinstall", SERVICE, "--image", image],
            &["CompShareImageId=compshareImage-k6i5s67pl8l8"],
        ),
        (&["password", SERVICE], &["Password=****"]),
    ] {
        let ran = cli.run(&[&["instance"], arguments, &["--dry-run"]].concat());
        for parameter in parameters {
            assert!(
                ran.ok().lines().any(|line| line == *parameter),
                "{arguments:?}: {ran:?}"
            );
        }
        assert!(!ran.stdout.contains("WithoutGpu="), "{ran:?}");
        let ran = cli.run(&[&["instance"], arguments, &["--dry-run", "--json"]].concat());
        assert_eq!(ran.json()["meta"]["dry_run"], true);
    }
    let ran = cli.run(&["instance", "stop", TRAINER, POD, "--dry-run", "--json"]);
    assert_eq!(
        ran.json()["data"]["items"].as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(changes(&cli), [""; 0]);
}

#[test]
fn starts_stops_and_reboots() {
    let cli = Cli::built_in();
    let ran = cli.run(&wait(&["start", "推理服务"]));
    let label = format!("推理服务 ({SERVICE})");
    assert_eq!(
        ran.ok(),
        format!("Starting {label}\n{label} is now Running\n")
    );
    assert_eq!(state(&cli, SERVICE), "Running");
    let ran = cli.run(&wait(&["reboot", SERVICE]));
    assert_eq!(
        ran.ok(),
        format!("Rebooting {label}\n{label} is now Running\n")
    );

    let ran = cli.run(&wait(&["stop", TRAINER, "comfyui", TRAINER, "-o", "ids"]));
    assert_eq!(ran.ok(), format!("{TRAINER}\n{POD}\n"));
    assert_eq!(
        [state(&cli, TRAINER), state(&cli, POD)],
        ["Stopped", "Stopped"]
    );
    let expected = [
        "StartCompShareInstance",
        "RebootCompShareInstance",
        "StopCompShareInstance",
        "StopCompShareInstance",
    ];
    assert_eq!(changes(&cli), expected);

    let ran = cli.run(&["instance", "stop", TRAINER, "--yes"]);
    assert_eq!(ran.ok(), "");
    let warning = format!("warning: trainer ({TRAINER}) is already Stopped\n");
    assert_eq!(ran.stderr, warning);
    let ran = cli.run(&["instance", "stop", TRAINER, "--yes", "--json"]);
    let item = json!({"UHostId": TRAINER, "Name": "trainer", "Result": "unchanged"});
    assert_eq!(ran.json()["data"]["items"], json!([item]));
    // The state may be out of date: the service decides.
    assert_eq!(changes(&cli).len(), 6);

    // Without a terminal it does not wait unless asked to.
    let ran = cli.run(&["instance", "start", TRAINER, "--yes", "--json"]);
    let item = json!({"UHostId": TRAINER, "Name": "trainer", "Result": "done"});
    assert_eq!(ran.json()["data"]["items"], json!([item]));
    assert_eq!(ran.json()["meta"]["action"], "StartCompShareInstance");
    let ran = cli.run(&[
        "instance",
        "wait",
        TRAINER,
        "--interval",
        "0",
        "-o",
        "jsonl",
    ]);
    let item = json!({"UHostId": TRAINER, "Name": "trainer", "State": "Running"});
    assert_eq!(ran.ok(), format!("{item}\n"));
}

#[test]
fn starts_without_gpus_by_the_switch_that_works() {
    let cli = Cli::built_in();
    cli.run(&wait(&["start", SERVICE, "--without-gpu", "A"]))
        .ok();
    assert_eq!(instance(&cli, SERVICE)["GPU"], 0);
    let ran = cli.run(&["instance", "list", "--without-gpu", "-o", "ids"]);
    assert_eq!(ran.ok(), format!("{SERVICE}\n"));

    cli.run(&wait(&["stop", POD])).ok();
    let ran = cli.run(&wait(&["start", POD, "--without-gpu", "B"]));
    assert!(
        ran.failed(2).contains("has only --without-gpu A"),
        "{ran:?}"
    );
}

#[test]
fn start_shows_price_and_stock_and_respects_the_maximum() {
    let cli = Cli::built_in();
    let plan = cli.run(&["instance", "start", SERVICE, "--dry-run"]);
    let expected = format!("推理服务 ({SERVICE}), 2×4090 32C 128G: ¥3.76/h");
    assert_eq!(plan.stderr, format!("{expected}\n"));
    let plan = cli.run(&["instance", "start", SERVICE, "--dry-run", "--json"]);
    assert_eq!(plan.json()["meta"]["plans"], json!([expected]));
    cli.gateway
        .set_quirks(Quirks::default().sold_out(vec!["4090".to_owned()]));
    let plan = cli.run(&["instance", "start", SERVICE, "--dry-run"]);
    assert!(
        plan.stderr.ends_with("¥3.76/h, out of stock now\n"),
        "{plan:?}"
    );

    cli.gateway.set_quirks(Quirks::default());
    let ran = cli.run(&["instance", "start", SERVICE, "--yes", "--max-price", "3"]);
    let expected = "error: the price of 3.76 yuan is above --max-price 3.00";
    assert_eq!(ran.failed(1), expected);
    cli.gateway
        .set_quirks(Quirks::default().prices_absent(true));
    let ran = cli.run(&["instance", "start", SERVICE, "--yes", "--max-price", "9"]);
    assert!(ran.failed(1).contains("the price is unknown"), "{ran:?}");
    assert_eq!(changes(&cli), [""; 0]);
    cli.gateway.set_quirks(Quirks::default());
    cli.run(&["instance", "start", SERVICE, "--yes", "--max-price", "3.76"])
        .ok();
}

#[test]
fn refusals_have_advice() {
    let cli = Cli::built_in();
    let start = ["instance", "start", SERVICE, "--yes"];
    for (quirks, message, advice) in [
        (
            Quirks::default().sold_out(vec!["4090".to_owned()]),
            "RetCode 226604",
            "choose another zone or size",
        ),
        (
            Quirks::default().arrears(true),
            "RetCode 226601",
            "pay the order",
        ),
    ] {
        cli.gateway.set_quirks(quirks);
        let ran = cli.run(&start);
        let line = ran.failed(1);
        assert!(line.contains(message) && line.contains(advice), "{line}");
    }
    cli.gateway.set_quirks(Quirks::default());
    for (code, advice) in [
        (520, "top up the account"),
        (226_602, "renew the instance"),
        (226_606, "verify the account"),
        (226_608, "ask for a higher quota"),
        (226_609, "try again when it is finished"),
        (8357, "choose another zone or another GPU type"),
        (8445, "stop one of them first"),
        (8917, "finish or cancel the order"),
        (8918, "pay or cancel the order"),
        (8919, "pay or cancel the order"),
    ] {
        let faults = [Fault::Pass, Fault::ret_code(code, "no")];
        cli.gateway.push_faults(faults);
        let ran = cli.run(&[&start[..], &["--retries", "0"]].concat());
        assert!(ran.failed(1).contains(advice), "{code}: {ran:?}");
    }
}

#[test]
fn batches_go_on_after_a_failure_and_report_each_item() {
    let cli = Cli::built_in();
    let refused = [Fault::Pass, Fault::ret_code(8903, "busy")];
    cli.gateway.push_faults(refused.clone());
    let ran = cli.run(&["instance", "stop", TRAINER, POD, "--yes"]);
    assert_eq!(ran.status, Some(1));
    assert_eq!(ran.stdout, format!("Stopping comfyui ({POD})\n"));
    let line = format!("error: trainer ({TRAINER}): StopCompShareInstance: RetCode 8903");
    assert!(ran.stderr.starts_with(&line), "{ran:?}");
    assert!(
        ran.stderr.contains("wait until the task has finished"),
        "{ran:?}"
    );
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");

    let cli = Cli::built_in();
    cli.gateway.push_faults(refused);
    let ran = cli.run(&["instance", "stop", TRAINER, POD, "--yes", "--json"]);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["ok"], false);
    let results: Vec<_> = document["data"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["Result"])
        .collect();
    assert_eq!(results, ["failed", "done"]);

    // All instances are found before the first change.
    let ran = cli.run(&["instance", "stop", POD, "nobody", "--yes"]);
    assert!(
        ran.failed(1).contains("instance nobody not found"),
        "{ran:?}"
    );
}

#[test]
fn changes_with_lost_responses_are_sent_once_and_looked_up() {
    let cli = Cli::built_in();
    let lost = || {
        cli.gateway
            .push_faults([Fault::Pass, Fault::DisconnectAfter]);
    };
    for arguments in [
        &["start", SERVICE][..],
        &["stop", TRAINER],
        &["reboot", POD],
        &["rename", POD, "x"],
    ] {
        lost();
        let yes: &[&str] = if arguments[0] == "rename" {
            &[]
        } else {
            &["--yes"]
        };
        let ran = cli.run(&[&["instance"], arguments, yes].concat());
        if arguments[0] == "rename" {
            // A name is not a state.
            assert!(
                ran.failed(3).contains("it may have taken effect"),
                "{ran:?}"
            );
        } else {
            ran.ok();
        }
        cli.run(&["instance", "list"]).ok();
    }
    assert_eq!(state(&cli, SERVICE), "Running");
    cli.run(&[
        "instance",
        "wait",
        TRAINER,
        "--state",
        "Stopped",
        "--interval",
        "0",
    ])
    .ok();
    lost();
    let ran = cli.run(&["instance", "delete", TRAINER, "--yes"]);
    assert_eq!(ran.ok(), format!("Deleted trainer ({TRAINER})\n"));
    assert_eq!(state(&cli, TRAINER), "gone");
    let expected = [
        "StartCompShareInstance",
        "StopCompShareInstance",
        "RebootCompShareInstance",
        "ModifyCompShareInstanceName",
        "TerminateCompShareInstance",
    ];
    assert_eq!(changes(&cli), expected);

    // Nothing happened, or nothing can be seen: the outcome stays unknown.
    let stop = ["instance", "stop", POD, "--yes"];
    cli.gateway.push_faults([Fault::Pass, Fault::Disconnect]);
    assert!(
        cli.run(&stop)
            .failed(3)
            .contains("it may have taken effect")
    );
    cli.gateway
        .push_faults([Fault::Pass].into_iter().chain(Fault::Disconnect.times(9)));
    let ran = cli.run(&[
        "instance",
        "reboot",
        POD,
        SERVICE,
        "--yes",
        "--json",
        "--retries",
        "0",
    ]);
    assert_eq!(ran.status, Some(3));
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["data"]["items"][1]["Result"], "skipped");
}

#[test]
fn outdated_states_do_not_keep_an_instance_running() {
    let cli = Cli::built_in();
    let body = json!({"RetCode": 0, "TotalCount": 1, "UHostSet": [{
        "UHostId": TRAINER, "Name": "trainer", "State": "Stopped",
        "Region": "cn-wlcb", "Zone": "cn-wlcb-01",
    }]});
    cli.gateway
        .push_faults([Fault::Malformed(body.to_string())]);
    let ran = cli.run(&["instance", "stop", TRAINER, "--yes"]);
    assert_eq!(ran.ok(), format!("Stopping trainer ({TRAINER})\n"));
    assert_eq!(state(&cli, TRAINER), "Stopping");
}

#[test]
fn waits_end_with_the_status_of_their_outcome() {
    let cli = Cli::built_in();
    let wait = |more: &[&str]| {
        let arguments = ["instance", "wait", SERVICE, "--interval", "0"];
        cli.run(&[&arguments[..], more].concat())
    };
    let late = wait(&["--wait-timeout", "1"]);
    let line = late.stderr.lines().last().unwrap();
    let expected = format!(
        "error: 推理服务 ({SERVICE}) is not Running after 1 s; the instance goes on changing: \
         `compshare instance wait {SERVICE} --state Running` keeps waiting"
    );
    assert_eq!((late.status, line), (Some(3), expected.as_str()));
    wait(&["--state", "stopped"]).ok();
    assert!(
        cli.run(&["instance", "wait", "nobody"])
            .failed(1)
            .contains("not found")
    );

    let gone = [
        "uhost-000000000000",
        "--state",
        "Deleted",
        "--interval",
        "0",
    ];
    let ran = cli.run(&[&["instance", "wait"], &gone[..]].concat());
    assert_eq!(ran.ok(), "uhost-000000000000 is now Deleted\n");

    let failed = json!([{"UHostId": SERVICE, "Name": "x", "State": "Install Fail"}]);
    let body = json!({"RetCode": 0, "TotalCount": 1, "UHostSet": failed}).to_string();
    cli.gateway.push_faults(Fault::Malformed(body).times(2));
    let ran = wait(&[]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stderr.ends_with(&format!(
            "error: the installation of x ({SERVICE}) failed\n"
        )),
        "{ran:?}"
    );

    let ran = cli.run(&["instance", "stop", TRAINER, "--yes", "--wait-timeout", "5"]);
    assert!(
        ran.failed(2).contains("'--wait-timeout' requires '--wait'"),
        "{ran:?}"
    );
}

#[test]
fn deletes_stopped_instances_and_names_kept_disks() {
    let cli = Cli::built_in();
    let ran = cli.run(&["instance", "delete", "trainer", "--yes"]);
    let expected = format!(
        "error: trainer ({TRAINER}) is running; stop it first: `compshare instance stop {TRAINER} --wait`"
    );
    assert_eq!(ran.failed(1), expected);

    cli.run(&wait(&["stop", "trainer"])).ok();
    let create = [
        "-p",
        "Size=50",
        "-p",
        "DiskType=SSDDataDisk",
        "-p",
        "ChargeType=Postpay",
        "-p",
        "Name=data",
    ];
    let place = [
        "--region",
        "cn-wlcb",
        "--zone",
        "cn-wlcb-01",
        "-p",
        "UHostId=uhost-1a2b3c4d5e6f",
    ];
    cli.run(
        &[
            &["call", "CreateAndAttachCompshareDisk"],
            &create[..],
            &place[..],
        ]
        .concat(),
    )
    .ok();
    let plan = cli.run(&["instance", "delete", "trainer", "--dry-run"]);
    assert!(
        plan.stderr
            .contains("; its data disks are kept and go on costing: "),
        "{plan:?}"
    );
    let plan = cli.run(&[
        "instance",
        "delete",
        "trainer",
        "--delete-disks",
        "--dry-run",
    ]);
    assert!(plan.stderr.contains("; with its data disks: "), "{plan:?}");

    let disks = cli.gateway.state().disks().len();
    let ran = cli.run(&wait(&["delete", "trainer"]));
    assert!(
        ran.ok().contains(&format!(
            "Deleted trainer ({TRAINER}); its data disks go on costing: "
        )),
        "{ran:?}"
    );
    assert!(ran.stdout.ends_with("is now Deleted\n"), "{ran:?}");
    assert_eq!(state(&cli, TRAINER), "gone");
    assert_eq!(cli.gateway.state().disks().len(), disks);
}

/// Creates an instance with this charge type, and returns its id.
fn create(cli: &Cli, charge_type: &str) -> String {
    let charge_type = format!("ChargeType={charge_type}");
    let parameters = [
        "Region=cn-wlcb",
        "Zone=cn-wlcb-01",
        "GpuType=4090",
        "GPU=1",
        "CPU=16",
        "Memory=65536",
        "CompShareImageId=compshareImage-k6i5s67pl8l8",
        "Disks.0.IsBoot=true",
        "Disks.0.Type=CLOUD_SSD",
        "Disks.0.Size=100",
        "Name=made",
        &charge_type,
    ];
    let mut arguments = vec!["call", "CreateCompShareInstance"];
    arguments.extend(parameters.iter().flat_map(|parameter| ["-p", *parameter]));
    let response = cli.run(&arguments).json();
    response["data"]["UHostIds"][0].as_str().unwrap().to_owned()
}

#[test]
fn plans_depend_on_the_charge_type() {
    let cli = Cli::built_in();
    let id = create(&cli, "Month");
    cli.run(&["instance", "wait", &id, "--interval", "0"]).ok();
    let plan = cli.run(&["instance", "stop", &id, "--dry-run", "--lang", "zh"]);
    assert!(
        plan.stderr.contains("已预付（包月），关机不会节省费用"),
        "{plan:?}"
    );
    cli.run(&wait(&["stop", &id])).ok();
    let plan = cli.run(&["instance", "start", &id, "--dry-run", "--max-price", "0"]);
    assert!(
        plan.stderr.contains(": paid in advance (Month)"),
        "{plan:?}"
    );
    let plan = cli.run(&["instance", "delete", &id, "--dry-run"]);
    assert!(plan.stderr.contains("; refund ¥"), "{plan:?}");

    let id = create(&cli, "Spot");
    cli.run(&["instance", "wait", &id, "--interval", "0"]).ok();
    let plan = cli.run(&["instance", "stop", &id, "--dry-run"]);
    assert!(plan.ok().contains("\nForce=true\n"), "{plan:?}");
    let ran = cli.run(&["instance", "schedule", "set", &id, "--in", "1h"]);
    assert!(ran.failed(1).contains("is a spot instance"), "{ran:?}");
    let ran = cli.run(&["instance", "list", "--charge", "spot", "-o", "ids"]);
    assert_eq!(ran.ok(), format!("{id}\n"));

    // Two instances of the same name.
    let ran = cli.run(&["instance", "stop", "made", "--yes"]);
    assert!(
        ran.failed(1)
            .contains("several instances have the name made"),
        "{ran:?}"
    );
}

#[test]
fn a_failed_installation_ends_waits_and_can_be_deleted() {
    let cli = Cli::built_in();
    cli.gateway
        .set_quirks(Quirks::default().install_fails(true));
    let id = create(&cli, "Postpay");
    let ran = cli.run(&["instance", "wait", &id, "--interval", "0"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stderr
            .contains(&format!("error: the installation of made ({id}) failed")),
        "{ran:?}"
    );
    cli.run(&wait(&["delete", &id])).ok();
    assert_eq!(state(&cli, &id), "gone");
}

#[test]
fn renames_resizes_and_reinstalls() {
    let cli = Cli::built_in();
    let ran = cli.run(&["instance", "rename", "推理服务", "x1"]);
    assert_eq!(ran.ok(), format!("Renamed 推理服务 ({SERVICE}) to x1\n"));
    let long = "x".repeat(64);
    let ran = cli.run(&["instance", "rename", "x1", &long]);
    assert_eq!(ran.failed(2), "error: a name has at most 63 characters");

    let size = [
        "resize", "x1", "--gpu", "1", "--cpu", "16", "--memory", "64GB",
    ];
    let plan = cli.run(&[&["instance"], &size[..], &["--dry-run"]].concat());
    assert!(
        plan.stderr
            .contains(", 2×4090 32C 128G: to 1×GPU 16C 64G for "),
        "{plan:?}"
    );
    let ran = cli.run(&[&["instance"], &size[..], &["--yes", "--max-price", "0"]].concat());
    ran.ok();
    cli.run(&[
        "instance",
        "wait",
        "x1",
        "--state",
        "Stopped",
        "--interval",
        "0",
    ])
    .ok();
    assert_eq!(instance(&cli, SERVICE)["GPU"], 1);
    for (arguments, message) in [
        (&["resize", "x1"][..], "no new size was given"),
        (&["resize", "x1", "--memory", "64"], "such as 64GB"),
        (&["resize", "x1", "--disk", "d"], "--disk-size"),
        (
            &[
                "resize",
                "x1",
                "--disk",
                "d",
                "--disk-size",
                "9GB",
                "--gpu",
                "1",
            ],
            "cannot be used with",
        ),
    ] {
        let ran = cli.run(&[&["instance"], arguments, &["--yes"]].concat());
        assert!(ran.failed(2).contains(message), "{arguments:?}: {ran:?}");
    }

    let image = "compshareImage-k6i5s67pl8l8";
    let ran = cli.run(&["instance", "reinstall", "x1", "--image", image, "--yes"]);
    assert_eq!(ran.ok(), format!("Installing {image} on x1 ({SERVICE})\n"));
    let ran = cli.run(&[
        "instance",
        "reinstall",
        "trainer",
        "--image",
        image,
        "--yes",
    ]);
    assert!(
        ran.failed(1).contains("is running; stop it first"),
        "{ran:?}"
    );
}

#[test]
fn passwords_come_from_standard_input_and_stay_hidden() {
    let cli = Cli::built_in();
    let mut command = cli.command(&[
        "instance",
        "password",
        TRAINER,
        "--password-stdin",
        "--yes",
        "-vv",
    ]);
    let ran = Ran::with_input(&mut command, "Hush-hush-9\n");
    assert_eq!(
        ran.ok(),
        format!("Set the password of trainer ({TRAINER})\n")
    );
    assert_eq!(instance(&cli, TRAINER)["Password"], "SHVzaC1odXNoLTk=");
    for secret in ["Hush-hush-9", "SHVzaC1odXNoLTk="] {
        assert!(!ran.stderr.contains(secret), "{ran:?}");
    }

    // The service may quote it.
    let quoted = Fault::ret_code(8314, "bad password Hush-hush-8 or SHVzaC1odXNoLTg=");
    cli.gateway.push_faults([Fault::Pass, quoted]);
    let mut command = cli.command(&[
        "instance",
        "password",
        TRAINER,
        "--password-stdin",
        "--yes",
        "-vv",
    ]);
    let ran = Ran::with_input(&mut command, "Hush-hush-8\n");
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("8 to 32 characters"), "{ran:?}");
    assert!(
        !ran.stderr.contains("Hush-hush-8") && !ran.stderr.contains("SHVzaC1odXNoLTg"),
        "{ran:?}"
    );

    let ran = cli.run(&["instance", "password", TRAINER, "--password-stdin", "--yes"]);
    assert!(
        ran.failed(2)
            .contains("on the first line of standard input"),
        "{ran:?}"
    );
    let ran = cli.run(&["instance", "password", TRAINER, "--password", "x"]);
    assert!(ran.failed(2).contains("unexpected argument"), "{ran:?}");
}

#[test]
fn plans_extends_and_cancels_a_stop() {
    let cli = Cli::built_in();
    let schedule = |arguments: &[&str]| cli.run(&[&["instance", "schedule"], arguments].concat());
    let time = || {
        instance(&cli, TRAINER)["SchedulerStopTime"]
            .as_i64()
            .unwrap_or_default()
    };
    let none = format!("no stop of trainer ({TRAINER}) is planned");

    assert_eq!(schedule(&["show", "trainer"]).ok(), format!("{none}\n"));
    assert_eq!(
        schedule(&["extend", "trainer", "--by", "1h"]).failed(1),
        format!("error: {none}")
    );
    let ran = schedule(&["set", "trainer", "--at", "2099-01-31T22:00:00+08:00"]);
    let expected = format!("trainer ({TRAINER}) will be stopped at 2099-01-31 22:00:00 +08:00\n");
    assert_eq!((ran.ok(), time()), (expected.as_str(), 4_073_551_200));
    schedule(&["extend", "trainer", "--by", "1h"]).ok();
    assert_eq!(time(), 4_073_554_800);
    let shown = schedule(&["show", "trainer", "--json"]).json();
    assert_eq!(shown["data"]["SchedulerStopTime"], 4_073_554_800_i64);
    schedule(&["set", "trainer", "--in", "8h"]).ok();
    assert!(time() < 4_000_000_000);
    let ran = schedule(&["cancel", "trainer", "--yes"]);
    assert_eq!(
        ran.ok(),
        format!("Canceled the planned stop of trainer ({TRAINER})\n")
    );
    assert_eq!(time(), 0);

    for (arguments, message) in [
        (&["set", "trainer"][..], "--at"),
        (
            &["set", "trainer", "--at", "2020-01-01T00:00:00Z"],
            "at least 5 minutes ahead",
        ),
        (
            &["set", "trainer", "--at", "2099-01-01T00:00:00"],
            "with its offset",
        ),
        (
            &["set", "trainer", "--in", "1m"],
            "at least 5 minutes ahead",
        ),
        (&["set", "trainer", "--in", "8"], "such as 30m, 8h or 7d"),
    ] {
        assert!(
            schedule(arguments).failed(2).contains(message),
            "{arguments:?}"
        );
    }
}

#[test]
fn shows_the_latest_load() {
    let cli = Cli::built_in();
    let ran = cli.run(&["instance", "monitor", "trainer", "comfyui", "--json", "-vv"]);
    let document = ran.json();
    let rows = document["data"]["items"].as_array().unwrap();
    for id in [TRAINER, POD] {
        for metric in ["uhost_cpu_used", "cloudwatch_gpu_util"] {
            let row = rows
                .iter()
                .find(|row| row["UHostId"] == id && row["MetricKey"] == metric);
            assert!(
                row.is_some_and(|row| row["Value"].is_number()),
                "{id} {metric}: {rows:?}"
            );
        }
    }
    assert!(
        ran.stderr.contains("> UHostIds = [\"uhost-1a2b3c4d5e6f\"]"),
        "{ran:?}"
    );
    assert!(ran.stderr.contains("> Signature = ****"), "{ran:?}");
    let table = cli.run(&["instance", "monitor", "trainer"]);
    assert!(
        table.ok().contains("CPU") && table.stdout.contains(" %"),
        "{table:?}"
    );
}

#[test]
fn searches_types_with_stock_and_price() {
    let cli = Cli::built_in();
    cli.gateway.state().set_stock("cn-wlcb-01", "4090", 12);
    let search = |arguments: &[&str]| {
        let ran = cli.run(&[&["instance", "search", "--json"], arguments].concat());
        ran.json()["data"]["items"].as_array().unwrap().clone()
    };
    let rows = search(&["--gpu", "4090", "--zone", "cn-wlcb-01"]);
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(
        (&row["GpuType"], &row["Stock"]),
        (&"4090".into(), &12.into())
    );
    assert_eq!(
        (&row["Price"], &row["ChargeType"]),
        (&"1.88".into(), &"Postpay".into())
    );

    let all = search(&["--no-price"]);
    assert!(all.len() > 5 && all.iter().all(|row| row["Price"].is_null()));
    let available = search(&["--no-price", "--available"]);
    assert!(available.len() < all.len());
    assert!(
        available
            .iter()
            .all(|row| row["Stock"] != 0 && row["Status"] != "SoldOut")
    );
    // The word `spot` would list nothing.
    let spot = search(&["--spot", "--gpu", "4090"]);
    assert!(!spot.is_empty() && spot.iter().all(|row| row["ChargeType"] == "Spot"));
    assert!(
        search(&["--region", "cn-bj2", "--no-price"])
            .iter()
            .all(|row| row["Region"] == "cn-bj2")
    );

    let image = [
        "--gpu",
        "4090",
        "--zone",
        "cn-wlcb-01",
        "--image",
        "compshareImage-k6i5s67pl8l8",
    ];
    let sizes = search(&image);
    assert!(sizes.len() > 1 && sizes.iter().all(|row| row["ResourceEnough"].is_boolean()));
    let table = cli.run(&[
        "instance",
        "search",
        "--gpu",
        "4090",
        "--zone",
        "cn-wlcb-01",
    ]);
    assert!(table.ok().contains("¥1.88/h"), "{table:?}");
    assert!(
        cli.run(&["instance", "search", "--gpu", "GTX"])
            .ok()
            .is_empty()
    );
}

#[test]
fn prices_new_instances() {
    let cli = Cli::built_in();
    let price = |arguments: &[&str]| {
        cli.run(&[&["instance", "price", "--zone", "cn-wlcb-01"], arguments].concat())
    };
    let ran = price(&["--gpu", "4090", "--charge", "postpay"]);
    assert!(ran.ok().ends_with("¥1.88/h\n"), "{ran:?}");
    assert_eq!(
        ran.stderr,
        "1×4090 8C 32G, system disk 100 GB, periods: 1\n"
    );
    let ran = price(&[
        "--gpu",
        "4090",
        "--count",
        "2",
        "--charge",
        "Month",
        "--quantity",
        "3",
        "-o",
        "csv",
    ]);
    assert!(
        ran.ok()
            .starts_with("ChargeType,Instance,SystemDisks,Disks,CompShareImage,Total\nMonth,"),
        "{ran:?}"
    );
    let all = price(&["--gpu", "4090", "--json"]).json();
    assert!(all["data"]["items"].as_array().unwrap().len() > 1);
    let ran = price(&["--gpu", "4090", "--cpu", "17"]);
    assert!(
        ran.failed(1).contains("no size with 1×4090 is on sale"),
        "{ran:?}"
    );
    let ran = cli.run(&["instance", "price", "--gpu", "4090"]);
    assert!(ran.failed(2).contains("a price requires a zone"), "{ran:?}");
}
