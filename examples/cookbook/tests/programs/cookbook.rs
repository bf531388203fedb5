//! Runs each program with a mock gateway.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use compshare_client::sync::Client;
use compshare_client::{Config, model};
use compshare_mock::MockGateway;

/// A command with the address and the keys of the gateway in its environment.
fn command(program: &str, gateway: &MockGateway) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("COMPSHARE_BASE_URL", gateway.base_url())
        .env("COMPSHARE_PUBLIC_KEY", gateway.public_key())
        .env("COMPSHARE_PRIVATE_KEY", gateway.private_key());
    command
}

/// Runs a program to its end, and returns its output.
fn run(program: &str, gateway: &MockGateway, arguments: &[&str]) -> String {
    let output = command(program, gateway).args(arguments).output().unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(output.status.success(), "{stdout}{stderr}");
    stdout
}

#[test]
fn favorites_csv_has_a_row_for_each_favorite() {
    let gateway = MockGateway::start().unwrap();
    let table = run(env!("CARGO_BIN_EXE_favorites_csv"), &gateway, &[]);
    let rows = csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .count();
    assert_eq!(rows, gateway.state().favorites().len(), "{table}");
}

#[test]
fn favorite_to_instance_prints_how_to_log_in() {
    let gateway = MockGateway::start().unwrap();
    gateway.state().set_state_listings(0);
    let text = run(
        env!("CARGO_BIN_EXE_favorite_to_instance"),
        &gateway,
        &["Qwen-Image"],
    );
    assert!(text.contains(" costs 2.38 yuan an hour: ssh "), "{text}");
    assert_eq!(gateway.state().instances().len(), 4);
}

#[test]
fn publish_when_ready_submits_the_image_for_review() {
    let gateway = MockGateway::start().unwrap();
    gateway.state().set_progress_step(100);
    let arguments = [
        "compshareImage-aqg7fdooo9ci",
        "cn-wlcb-01",
        "My ComfyUI",
        "v1.0",
    ];
    let text = run(
        env!("CARGO_BIN_EXE_publish_when_ready"),
        &gateway,
        &arguments,
    );
    assert_eq!(text, "compshareImage-aqg7fdooo9ci v1.0: Reviewing\n");
}

#[test]
fn share_with_team_adds_and_removes_accounts() {
    let gateway = MockGateway::start().unwrap();
    let image = "compshareImage-k6i5s67pl8l8";
    let team = Path::new(env!("CARGO_TARGET_TMPDIR")).join("team.txt");
    fs::write(&team, "1001\n1003\n7\n").unwrap();

    let arguments = [image, team.to_str().unwrap()];
    let text = run(env!("CARGO_BIN_EXE_share_with_team"), &gateway, &arguments);
    let expected = "no such account: 7\nadded: [\"1001\", \"7\"], removed: [\"4242\"]\n";
    assert_eq!(text, expected);
    assert_eq!(gateway.state().share_accounts(image).len(), 2);
}

#[test]
fn nightly_stop_stops_running_instances_and_keeps_some() {
    let gateway = MockGateway::start().unwrap();
    gateway
        .state()
        .set_instance_field("cpod-0a1b2c3d4e5f", "Name", "keep-me");
    let text = run(env!("CARGO_BIN_EXE_nightly_stop"), &gateway, &[]);
    assert_eq!(text, "uhost-1a2b3c4d5e6f trainer: stopping\n");
}

#[test]
fn signing_proxy_signs_reads_of_known_callers() {
    let gateway = MockGateway::start().unwrap();
    let mut proxy = command(env!("CARGO_BIN_EXE_signing_proxy"), &gateway)
        .env("PROXY_PUBLIC_KEY", "caller")
        .env("PROXY_PRIVATE_KEY", "callers' own key")
        .arg("127.0.0.1:0")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(proxy.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim().strip_prefix("listening on ").unwrap();

    let client = |private_key| {
        let config = Config::builder()
            .keys("caller", private_key)
            .base_url(address);
        Client::new(config.build().unwrap())
    };
    let caller = client("callers' own key");
    assert_eq!(
        caller.favorites().map(Result::unwrap).count(),
        gateway.state().favorites().len()
    );
    let reads = gateway.requests();

    let write = model::RebootCompShareInstance::new("uhost-1a2b3c4d5e6f");
    let errors = [
        caller.send(&write).unwrap_err(),
        client("stolen key")
            .favorites()
            .next()
            .unwrap()
            .unwrap_err(),
    ];
    proxy.kill().unwrap();
    proxy.wait().unwrap();
    let codes = errors.map(|error| error.ret_code().unwrap().0);
    assert_eq!(codes, [299, 171]);
    assert_eq!(
        gateway.requests(),
        reads,
        "rejected requests are not forwarded"
    );
}
