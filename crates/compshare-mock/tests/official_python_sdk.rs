//! UCloud's official Python SDK against the gateway, and its signatures against `compshare-sign`.
//!
//! Requires a Python with the module `ucloud` (`pip install ucloud-sdk-python3`):
//! `COMPSHARE_TEST_PYTHON`, or `python3`. Without it these tests print a message to stderr and
//! pass, unless `COMPSHARE_REQUIRE_PYTHON=1`.

#![allow(
    clippy::disallowed_methods,
    reason = "the environment selects the Python interpreter"
)]

use std::io::Write as _;
use std::process::Command;

use compshare_mock::{MockGateway, Quirks};
use compshare_sign::{Credentials, PUBLIC_KEY, Params};
use serde_json::{Value, json};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/official_python_sdk.py");

/// Returns the interpreter if it has the SDK. Otherwise prints why the tests are skipped, or panics
/// if the SDK is required.
fn python() -> Option<String> {
    let python = std::env::var("COMPSHARE_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let reason = match Command::new(&python)
        .args(["-c", "import ucloud.client"])
        .output()
    {
        Ok(output) if output.status.success() => return Some(python),
        Ok(_) => format!("{python} has no module ucloud (pip install ucloud-sdk-python3)"),
        Err(error) => format!("cannot run {python}: {error}"),
    };
    assert!(
        std::env::var("COMPSHARE_REQUIRE_PYTHON").as_deref() != Ok("1"),
        "{reason}"
    );
    // Written to the stream directly: the test harness hides `eprintln!` output of a passing test.
    let _ = writeln!(std::io::stderr(), "SKIPPED official_python_sdk: {reason}");
    None
}

fn run(python: &str, args: &[&str]) -> String {
    let output = Command::new(python)
        .arg(SCRIPT)
        .args(args)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn signatures_equal_those_of_the_sdk() {
    let Some(python) = python() else { return };
    let (public_key, private_key) = ("my_public_key+/=&%图", "my private_key");
    let credentials = Credentials::new(public_key, private_key).unwrap();
    let output = run(&python, &["sign", "4000", public_key, private_key]);
    let mut signed = 0;
    for line in output.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let pairs: Vec<(String, String)> = serde_json::from_value(line["params"].clone()).unwrap();
        let mut params = Params::new();
        for (key, value) in pairs.iter().filter(|(key, _)| key != PUBLIC_KEY) {
            params.insert(key, value).unwrap();
        }
        assert_eq!(
            credentials.sign(params).signature().to_string(),
            line["signature"].as_str().unwrap(),
            "{pairs:?}"
        );
        signed += 1;
    }
    assert_eq!(signed, 4000);
}

#[test]
fn gateway_serves_the_sdk() {
    let Some(python) = python() else { return };
    let gateway = MockGateway::start().unwrap();
    let output = run(
        &python,
        &[
            "talk",
            "300",
            gateway.public_key(),
            gateway.private_key(),
            &gateway.base_url(),
        ],
    );
    let report: Value = serde_json::from_str(&output).unwrap();
    let ids: Vec<Value> = compshare_mock::favorites()
        .iter()
        .map(|row| row["CompShareImageId"].clone())
        .collect();
    assert_eq!(report["ids"], Value::from(ids));
    let groups: Vec<Value> = gateway
        .state()
        .community()
        .iter()
        .map(|group| group["GroupId"].clone())
        .collect();
    assert_eq!(
        (&report["total"], &report["groups"]),
        (&json!(groups.len()), &Value::from(groups))
    );
    let counts: Vec<u64> = report["tagged"]
        .as_array()
        .unwrap()
        .iter()
        .map(|count| count.as_u64().unwrap())
        .collect();
    assert!(
        counts.len() > 1 && counts.is_sorted(),
        "the gateway parses lists and objects flattened by the SDK: {counts:?}"
    );
    assert_eq!(
        report["odd"],
        json!({"0": 300}),
        "unusual parameters do not break a signature"
    );
    assert_eq!(report["wrong_key"], 171);
    assert_eq!(report["unknown_key"], 172);
    assert_eq!(report["unknown_action"], 161);
}

#[test]
fn sdk_rents_instances() {
    let Some(python) = python() else { return };
    let gateway = MockGateway::start().unwrap();
    let (public_key, private_key) = (gateway.public_key(), gateway.private_key());
    let rent = || {
        let url = gateway.base_url();
        let output = run(&python, &["rent", "2", public_key, private_key, &url]);
        serde_json::from_str::<Value>(&output).unwrap()
    };
    let report = rent();
    let rented = &report["rented"][1];
    let states = json!([
        ["Initializing", "Starting", "Running"],
        ["Rebooting", "Running"],
        ["Stopping", "Stopped"],
        ["Starting", "Running"],
    ]);
    assert_eq!(rented["states"], states);
    assert_eq!(
        (&rented["name"], &rented["memory"]),
        (&json!("sdk-1"), &json!(65536))
    );
    assert_eq!((&rented["disks"], &rented["left"]), (&json!(2), &json!([])));
    assert_eq!(rented["login"], "ssh -p 23 root@203.0.113.4");
    assert_eq!(
        (&report["prices"], &report["types"]),
        (&json!([]), &json!(4))
    );

    gateway.set_quirks(Quirks::default().singular_price_keys(true));
    assert_eq!(rent()["prices"][0]["Instance"], 1.88);
    assert_eq!(gateway.state().instances().len(), 3);
    assert_eq!(gateway.state().disks().len(), 5, "data disks are kept");
}

/// Runs the Python program of `docs/coming-from.md`.
#[test]
fn documented_program_runs() {
    let Some(python) = python() else { return };
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/coming-from.md");
    // The published crate lacks the repository's documents.
    let Ok(document) = std::fs::read_to_string(path) else {
        return;
    };
    let (_, program) = document.split_once("```python\n").unwrap();
    let (program, _) = program.split_once("```").unwrap();
    let gateway = MockGateway::start().unwrap();
    let program = program.replace("https://api.compshare.cn", &gateway.base_url());

    let output = Command::new(python)
        .args(["-c", &program])
        .env("PYTHONIOENCODING", "utf-8")
        .env("COMPSHARE_PUBLIC_KEY", gateway.public_key())
        .env("COMPSHARE_PRIVATE_KEY", gateway.private_key())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("cn-wlcb-01 - 华北二A\n"), "{printed}");
    assert_eq!(
        gateway.actions(),
        [
            "DescribeCompShareSupportZone",
            "ModifyCompShareInstanceName"
        ]
    );
}
