//! `compshare instance list` and `show`, and the secrets of instances.

mod common;

use common::{Cli, Ran};
use compshare_mock::{Fault, Quirks};
use serde_json::{Value, json};

/// The password of every built-in instance, as it is sent and as it is typed.
const PASSWORDS: [&str; 2] = ["bW9jay1wYXNzd29yZA==", "mock-password"];
const TRAINER: &str = "uhost-1a2b3c4d5e6f";

/// Returns a response with these instances.
fn answer(instances: &Value) -> Fault {
    let count = instances.as_array().map_or(0, Vec::len);
    let body = json!({
        "Action": "DescribeCompShareInstanceResponse",
        "RetCode": 0,
        "TotalCount": count,
        "UHostSet": instances,
    });
    Fault::Malformed(body.to_string())
}

#[test]
fn lists_instances_of_all_regions() {
    let cli = Cli::built_in();
    let ran = cli.run(&["instance", "list"]);
    let lines: Vec<&str> = ran.ok().lines().collect();
    let titles: Vec<&str> = lines[0].split_whitespace().collect();
    assert_eq!(
        titles,
        [
            "ID", "NAME", "STATE", "GPU", "SIZE", "PRICE", "ADDRESS", "ZONE", "CHARGE"
        ]
    );
    let trainer: Vec<&str> = lines[1]
        .split("  ")
        .filter(|cell| !cell.is_empty())
        .collect();
    let expected = [
        TRAINER,
        "trainer",
        "Running",
        "1×4090",
        "16C 64G",
        "¥1.88/h",
        "127.0.0.1:23",
        "cn-wlcb-01",
        "Postpay",
    ];
    assert_eq!(
        trainer.iter().map(|cell| cell.trim()).collect::<Vec<_>>(),
        expected
    );

    let ran = cli.run(&["instance", "ls", "-o", "ids", "-vv"]);
    let all = "uhost-1a2b3c4d5e6f\nuhost-6f5e4d3c2b1a\ncpod-0a1b2c3d4e5f\n";
    assert_eq!(ran.ok(), all);
    assert!(!ran.stderr.contains("> Region = "), "{ran:?}");
    assert!(!ran.stderr.contains("> Zone = "), "{ran:?}");
}

#[test]
fn filters_instances() {
    let cli = Cli::built_in();
    let other = "uhost-6f5e4d3c2b1a\n";
    for (filters, ids) in [
        (&["--zone", "cn-sh2-02"][..], other),
        (&["--region", "cn-sh2"], other),
        (&["--state", "stopped"], other),
        (&["--status", "Stopped", "--gpu", "4090"], other),
        (&["--name", "推理"], other),
        (&["--charge", "dynamic"], other),
        (&["--id", "uhost-6f5e4d3c2b1a"], other),
        (&["--offset", "1", "--limit", "1"], other),
        (&["--gpu", "5090"], ""),
        (&["--without-gpu"], ""),
        (
            &["--state", "Running,Stopped", "--name", "TRAIN"],
            "uhost-1a2b3c4d5e6f\n",
        ),
    ] {
        let arguments = [&["instance", "list", "-o", "ids"], filters].concat();
        assert_eq!(cli.run(&arguments).ok(), ids, "{filters:?}");
    }
    let mut command = cli.command(&["instance", "list", "-o", "ids"]);
    command
        .env("COMPSHARE_ZONE", "cn-sh2-02")
        .env("COMPSHARE_REGION", "cn-sh2");
    assert_eq!(Ran::of(&mut command).ok().lines().count(), 3, "all regions");
}

#[test]
fn lists_every_instance_whatever_the_pages_are() {
    let cli = Cli::built_in();
    let all = "uhost-1a2b3c4d5e6f\nuhost-6f5e4d3c2b1a\ncpod-0a1b2c3d4e5f\n";
    let list = ["instance", "list", "-o", "ids"];
    for quirks in [
        Quirks::default(),
        Quirks::default().page_cap(1),
        Quirks::default().page_cap(2),
        Quirks::default().limit_refused_above(50),
        Quirks::default().instance_stores_joined(true),
        Quirks::default().numbers_as_text(true),
    ] {
        cli.gateway.set_quirks(quirks.clone());
        let mut ids: Vec<_> = cli.run(&list).ok().lines().map(str::to_owned).collect();
        ids.sort_unstable();
        let mut expected: Vec<_> = all.lines().collect();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{quirks:?}");
        cli.run(&["instance", "show", "comfyui"]).ok();
    }

    cli.gateway.set_quirks(Quirks::default());
    let before = cli.gateway.requests();
    cli.run(&list).ok();
    assert_eq!(cli.gateway.requests(), before + 1, "one request");
}

#[test]
fn shows_an_instance_by_id_or_name() {
    let cli = Cli::built_in();
    let by_id = cli.run(&["instance", "show", TRAINER]);
    for line in [
        "STATE     Running",
        "GPU       1×4090",
        "SIZE      16C 64G",
        "PRICE     ¥1.88/h",
        "PASSWORD  ****",
        "DISKS     bsi-1a2b3c 100 GB CLOUD_SSD",
    ] {
        assert!(by_id.ok().contains(line), "{line}: {}", by_id.stdout);
    }
    assert_eq!(cli.run(&["instance", "show", "trainer"]).ok(), by_id.stdout);
    let ran = cli.run(&[
        "instance",
        "show",
        "推理服务",
        "--columns",
        "state,id",
        "-o",
        "csv",
    ]);
    assert_eq!(ran.ok(), "State,UHostId\nStopped,uhost-6f5e4d3c2b1a\n");

    for name in ["uhost-000000000000", "nobody"] {
        let line = cli.run(&["instance", "show", name]);
        let expected = format!(
            "error: instance {name} not found; `compshare instance list` lists the instances"
        );
        assert_eq!(line.failed(1), expected);
    }
}

#[test]
fn refuses_ambiguous_names() {
    let cli = Cli::built_in();
    let twins =
        json!([{"UHostId": "uhost-1", "Name": "twin"}, {"UHostId": "cpod-2", "Name": "twin"}]);
    cli.gateway.push_faults([answer(&twins)]);
    let ran = cli.run(&["instance", "show", "twin"]);
    let expected = "error: several instances have the name twin: uhost-1, cpod-2; use an id";
    assert_eq!(ran.failed(1), expected);
}

#[test]
fn no_output_contains_a_secret() {
    let cli = Cli::built_in();
    for arguments in [
        &["instance", "list"][..],
        &["instance", "show", TRAINER],
        &["instance", "show", "trainer"],
        &["call", "DescribeCompShareInstance"],
    ] {
        for format in ["table", "wide", "json", "jsonl", "csv"] {
            for more in [&[][..], &["-vv"], &["--dry-run"]] {
                let arguments = [arguments, &["-o", format], more].concat();
                let mut command = cli.command(&arguments);
                let ran = Ran::of(command.env("RUST_LOG", "trace"));
                for password in PASSWORDS {
                    assert!(
                        !ran.stdout.contains(password) && !ran.stderr.contains(password),
                        "{arguments:?}: {ran:?}"
                    );
                }
            }
        }
    }
}

/// Every command that reads or changes an instance, with every format and the most verbose log.
#[test]
fn no_command_shows_the_password_of_its_instance() {
    let image = "compshareImage-k6i5s67pl8l8";
    for arguments in [
        &["search", "--gpu", "4090", "--zone", "cn-wlcb-01"][..],
        &["monitor", TRAINER],
        &["schedule", "show", TRAINER],
        &["schedule", "set", TRAINER, "--in", "1h"],
        &["schedule", "cancel", TRAINER, "--yes"],
        &["start", "推理服务", "--yes"],
        &["start", "推理服务", "--dry-run"],
        &["stop", TRAINER, "--yes", "--wait", "--interval", "0"],
        &["reboot", TRAINER, "--yes", "--wait", "--interval", "0"],
        &["wait", TRAINER],
        &["rename", TRAINER, "x"],
        &[
            "resize",
            "推理服务",
            "--gpu",
            "1",
            "--cpu",
            "16",
            "--memory",
            "64GB",
            "--yes",
        ],
        &["reinstall", "推理服务", "--image", image, "--yes"],
        &["password", TRAINER, "--dry-run"],
        &["delete", "推理服务", "--yes"],
        &["delete", TRAINER, "--yes"],
        &["show", "nobody"],
    ] {
        for format in ["table", "json", "jsonl", "ids"] {
            let cli = Cli::built_in();
            let arguments = [&["instance"], arguments, &["-o", format, "-vv"]].concat();
            let mut command = cli.command(&arguments);
            let ran = Ran::of(command.env("RUST_LOG", "trace"));
            for password in PASSWORDS {
                let shown = [&ran.stdout, &ran.stderr].map(|text| text.contains(password));
                assert_eq!(shown, [false, false], "{arguments:?}: {ran:?}");
            }
        }
    }
}

#[test]
fn errors_about_odd_responses_show_no_secret() {
    for body in [
        r#"{"RetCode": 0, "UHostSet": "hush-12345"}"#,
        r#"{"RetCode": 0, "UHostSet": {"Password": "hush-12345"}}"#,
        r#"{"RetCode": "hush-12345", "UHostSet": []}"#,
        r#"{"RetCode": 0, "TotalCount": "hush-12345", "UHostSet": [{"UHostId": 1}]}"#,
        r#"{"RetCode": 0, "UHostSet": [{"UHostId": "uhost-1", "State": {"Password": "hush-12345"}}]}"#,
        r#"{"RetCode": 0, "UHostSet": [{"Password": "hush-12345", "Password": "hush-12345"}]}"#,
        r#"{"RetCode": 0, "UHostSet": [{"Password": "hush-12345""#,
        r#"{"RetCode": 8039, "Message": "no", "Password": "hush-12345"}"#,
    ] {
        for arguments in [&["instance", "list"][..], &["instance", "show", "uhost-1"]] {
            // A log shows values that no name marks as secret.
            for log in [&["-vv"][..], &[]] {
                if !log.is_empty() && !body.contains("Password") {
                    continue;
                }
                let cli = Cli::built_in();
                cli.gateway
                    .push_faults(Fault::Malformed(body.to_owned()).times(9));
                let ran = cli.run(&[arguments, log, &["--retries", "0"]].concat());
                for text in [&ran.stdout, &ran.stderr] {
                    assert!(!text.contains("hush-12345"), "{body}: {ran:?}");
                }
            }
        }
    }
}

#[test]
fn masks_secrets_wherever_the_service_puts_them() {
    let cli = Cli::built_in();
    let instances = json!([{
        "UHostId": "uhost-1",
        "Name": "hush-12345",
        "Password": "aHVzaC0xMjM0NQ==",
        "FileBrowserPassword": ["hush-67890"],
        "Remark": "password hush-12345, not aHVzaC0xMjM0NQ==",
        "SshLoginCommand": "sshpass -p hush-12345 ssh root@10.0.0.1",
        "Softwares": [{"Name": "JupyterLab", "URL": "http://10.0.0.1:8888/lab/hush-abc?token=hush-abc"}],
        "JupyterToken": "hush-abc",
        "Links": {"Console": "https://host/?Token=hush-def&x=1"},
    }]);
    for arguments in [
        &["instance", "list"][..],
        &["instance", "show", "uhost-1"],
        &["call", "DescribeCompShareInstance"],
    ] {
        for format in ["wide", "json", "csv"] {
            cli.gateway.push_faults([answer(&instances)]);
            let ran = cli.run(&[arguments, &["-o", format, "-vv"]].concat());
            ran.ok();
            for text in [&ran.stdout, &ran.stderr] {
                assert!(
                    !text.contains("hush-") && !text.contains("aHVzaC"),
                    "{text}"
                );
            }
        }
    }

    let cut = r#"{"RetCode": 0, "UHostSet": [{"UHostId": "uhost-1", "Password": "aHVzaC0xMjM0NQ=="#;
    cli.gateway
        .push_faults(Fault::Malformed(cut.to_owned()).times(3));
    let ran = cli.run(&["instance", "list", "-vv"]);
    assert_eq!(ran.status, Some(1));
    assert!(!ran.stderr.contains("aHVzaC"), "{ran:?}");
}

#[test]
fn shows_secrets_on_request() {
    let cli = Cli::built_in();
    let show = ["instance", "show", TRAINER, "--show-sensitive"];
    let ran = cli.run(&show);
    assert!(ran.ok().contains("PASSWORD  mock-password\n"), "{ran:?}");
    let ran = cli.run(&[&show[..], &["--json"]].concat());
    assert_eq!(ran.json()["data"]["Password"], "bW9jay1wYXNzd29yZA==");
    let ran = cli.run(&["call", "DescribeCompShareInstance", "--show-sensitive"]);
    assert_eq!(
        ran.json()["data"]["UHostSet"][0]["Password"],
        "bW9jay1wYXNzd29yZA=="
    );
    let ran = cli.run(&["instance", "list", "--json"]);
    assert_eq!(ran.json()["data"]["items"][0]["Password"], "****");
}
