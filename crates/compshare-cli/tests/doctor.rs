//! `compshare doctor`.

mod common;

use std::net::TcpListener;

use common::{Cli, Ran};
use compshare_mock::{Fault, Quirks};
use serde_json::Value;

fn check<'a>(document: &'a Value, name: &str) -> &'a Value {
    document["data"]["checks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|check| check["Check"] == name)
        .unwrap()
}

fn document(ran: &Ran) -> Value {
    ran.is_discreet();
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn all_is_well() {
    let cli = Cli::new();
    let ran = cli.run(&["doctor", "--json"]);
    let found = ran.json();
    assert_eq!(found["ok"], true);
    for name in [
        "program",
        "file",
        "profile",
        "keys",
        "region",
        "base_url",
        "proxy",
        "endpoint",
        "access",
        "favorites",
        "clock",
    ] {
        assert_eq!(check(&found, name)["Status"], "ok", "{name}: {found}");
    }
    assert_eq!(check(&found, "region")["Detail"], "cn-wlcb (default)");
    let url = cli.gateway.base_url();
    assert_eq!(
        check(&found, "base_url")["Detail"],
        format!("{url} (environment)")
    );
    let endpoint = check(&found, "endpoint")["Detail"].as_str().unwrap();
    assert!(
        endpoint.starts_with(&format!("{url} answers within ")),
        "spelled as above: {endpoint}"
    );
    assert_eq!(cli.gateway.requests(), 2);
    let table = cli.run(&["doctor"]);
    assert!(
        table.ok().contains("\nok  access: the keys are accepted\n"),
        "{table:?}"
    );
}

#[test]
fn no_keys_is_a_setting_and_nothing_is_sent() {
    let cli = Cli::new();
    let ran = cli.run_bare(&["doctor", "--json"]);
    assert_eq!(ran.status, Some(2));
    let found = document(&ran);
    assert_eq!(found["ok"], false);
    assert_eq!(check(&found, "keys")["Status"], "failed");
    assert_eq!(check(&found, "endpoint")["Detail"], "not looked at");
    assert_eq!(cli.gateway.requests(), 0);
}

#[test]
fn wrong_keys_are_the_service_s_refusal() {
    let cli = Cli::new();
    let ran = Ran::of(
        cli.command(&["doctor", "--json"])
            .env("COMPSHARE_PRIVATE_KEY", "another"),
    );
    assert_eq!(ran.status, Some(1));
    let found = document(&ran);
    assert_eq!(check(&found, "endpoint")["Status"], "ok");
    assert_eq!(check(&found, "access")["Status"], "failed");
    assert!(
        check(&found, "access")["Advice"]
            .as_str()
            .unwrap()
            .contains("private key")
    );
}

#[test]
fn a_dead_endpoint_is_the_network_s_failure() {
    let cli = Cli::new();
    cli.gateway.push_faults(Fault::Disconnect.times(9));
    let ran = cli.run(&["doctor", "--json", "--retries", "0"]);
    assert_eq!(ran.status, Some(3));
    assert_eq!(check(&document(&ran), "endpoint")["Status"], "failed");
}

#[test]
fn a_service_without_the_favourites_action_is_a_warning() {
    let cli = Cli::new();
    cli.gateway
        .set_quirks(Quirks::default().production_as_reported(true));
    let ran = cli.run(&["doctor", "--json"]);
    assert_eq!(check(&ran.json(), "favorites")["Status"], "warning");
}

#[test]
fn what_comes_from_two_places_is_told() {
    let cli = Cli::new();
    cli.store(&[]).ok();
    let ran = Ran::of(
        cli.bare(&["doctor", "--json"])
            .env("COMPSHARE_PUBLIC_KEY", common::PUBLIC_KEY),
    );
    assert_eq!(
        check(&ran.json(), "keys")["Detail"],
        "public key from environment, private key from profile"
    );
}

#[test]
fn the_proxy_is_the_one_that_requests_take() {
    let cli = Cli::new();
    // Nobody listens there any more.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("http://127.0.0.1:{port}");
    let with_login = url.replace("//", "//me:sw0rdfish@");
    let service = "https://gateway.invalid";
    let mock = cli.gateway.base_url();
    for (base_url, variables, status, detail) in [
        // This machine itself takes none.
        (
            mock.as_str(),
            &[("https_proxy", &with_login)][..],
            0,
            "none",
        ),
        (
            service,
            &[("https_proxy", &with_login)],
            3,
            &format!("{url} (https_proxy)"),
        ),
        (
            service,
            &[("ALL_PROXY", &with_login)],
            3,
            &format!("{url} (ALL_PROXY)"),
        ),
        (
            service,
            &[
                ("https_proxy", &with_login),
                ("NO_PROXY", &"gateway.invalid".to_owned()),
            ],
            3,
            "none",
        ),
    ] {
        let mut command = cli.command(&["doctor", "--json", "--retries", "0"]);
        command.env("COMPSHARE_BASE_URL", base_url);
        let ran = Ran::of(command.envs(variables.iter().copied()));
        assert_eq!(ran.status, Some(status), "{ran:?}");
        assert_eq!(check(&document(&ran), "proxy")["Detail"], detail, "{ran:?}");
        let shown = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!shown.contains("sw0rdfish"), "{ran:?}");
    }
}

#[test]
fn a_setting_that_is_refused_has_one_line() {
    let cli = Cli::new();
    for (arguments, name) in [
        (&["--profile", "nobody"][..], "profile"),
        (&["--region", "a b"], "settings"),
    ] {
        let ran = cli.run(&[&["doctor", "--json"], arguments].concat());
        assert_eq!(ran.status, Some(2), "{ran:?}");
        let found = document(&ran);
        assert_eq!(check(&found, name)["Status"], "failed", "{found}");
        assert_eq!(check(&found, "keys")["Status"], "ok", "{found}");
        assert_eq!(check(&found, "endpoint")["Detail"], "not looked at");
        let checks = found["data"]["checks"].as_array().unwrap();
        let failed = checks.iter().filter(|check| check["Status"] == "failed");
        assert_eq!(failed.count(), 1, "{found}");
    }
    assert_eq!(cli.gateway.requests(), 0);
}
