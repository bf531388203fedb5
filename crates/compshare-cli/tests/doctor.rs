//! `compshare doctor`.

mod common;

use std::net::TcpListener;

use common::{Cli, Ran};
use compshare_mock::{Fault, Quirks};
use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

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
fn reports_a_healthy_setup() {
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
        endpoint.starts_with(&format!("{url} responds within ")),
        "spelled as above: {endpoint}"
    );
    assert_eq!(cli.gateway.requests(), 2);
    let table = cli.run(&["doctor"]);
    assert!(
        table
            .ok()
            .contains("\nok  access        the keys are accepted\n"),
        "{table:?}"
    );
}

#[test]
fn missing_keys_do_not_prevent_the_connection_check() {
    let cli = Cli::new();
    let ran = cli.run_bare(&["doctor", "--json"]);
    assert_eq!(ran.status, Some(2));
    let found = document(&ran);
    assert_eq!(found["ok"], false);
    assert_eq!(check(&found, "keys")["Status"], "failed");
    let advice = check(&found, "keys")["Advice"].as_str().unwrap();
    assert!(advice.contains("https://console.compshare.cn/uaccount/api_manage"));
    assert_eq!(check(&found, "endpoint")["Status"], "ok");
    assert_eq!(check(&found, "proxy")["Detail"], "none");
    assert_eq!(cli.gateway.actions(), ["DescribeCompShareSupportZone"]);

    cli.gateway.push_faults(Fault::Disconnect.times(9));
    let ran = cli.run_bare(&["doctor", "--json", "--retries", "0"]);
    assert_eq!(ran.status, Some(2), "the status of the first failure");
    assert_eq!(check(&document(&ran), "endpoint")["Status"], "failed");
    let ran = cli.run_bare(&["doctor", "--json", "--zone", "a b"]);
    let found = document(&ran);
    assert_eq!(check(&found, "keys")["Status"], "failed");
    assert_eq!(check(&found, "settings")["Status"], "failed");
    assert_eq!(check(&found, "endpoint")["Detail"], "skipped");
}

#[test]
fn aligns_columns() {
    let cli = Cli::new();
    for (lang, keys, favorites) in [("en", "keys", "favorites"), ("zh", "密钥", "收藏")] {
        cli.gateway
            .set_quirks(Quirks::default().production_as_reported(true));
        let ran = cli.run(&["doctor", "--lang", lang]);
        let column = |title: &str| {
            let line = ran.ok().lines().find(|line| {
                let mut words = line.split_whitespace();
                words.nth(1) == Some(title)
            });
            let (before, detail) = line.unwrap().split_once(title).unwrap();
            let detail = detail.len() - detail.trim_start().len();
            (before.width(), title.width() + detail)
        };
        assert_eq!(column(keys), column(favorites), "{ran:?}");
    }
}

#[test]
fn zone_of_another_region_is_a_warning() {
    let cli = Cli::new();
    for (arguments, status) in [
        (&["--zone", "cn-wlcb-01"][..], "ok"),
        (&["--zone", "cn-sh2-02"], "ok"),
        (&["--zone", "cn-sh2-02", "--region", "cn-wlcb"], "warning"),
        (&["--zone", "cn-sh21-02", "--region", "cn-sh2"], "warning"),
        (&["--zone", "cn-sh2-02", "--region", "cn-sh2"], "ok"),
        (&["--zone", "cn-sh2-02", "--region", "none"], "ok"),
    ] {
        let ran = cli.run(&[&["doctor", "--json"], arguments].concat());
        assert_eq!(check(&ran.json(), "zone")["Status"], status, "{ran:?}");
    }
}

#[test]
fn wrong_keys_fail_with_the_ret_code() {
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
fn unreachable_endpoint_is_a_network_failure() {
    let cli = Cli::new();
    cli.gateway.push_faults(Fault::Disconnect.times(9));
    let ran = cli.run(&["doctor", "--json", "--retries", "0"]);
    assert_eq!(ran.status, Some(3));
    assert_eq!(check(&document(&ran), "endpoint")["Status"], "failed");
}

#[test]
fn missing_favorites_action_is_a_warning() {
    let cli = Cli::new();
    cli.gateway
        .set_quirks(Quirks::default().production_as_reported(true));
    let ran = cli.run(&["doctor", "--json"]);
    assert_eq!(check(&ran.json(), "favorites")["Status"], "warning");
}

#[test]
fn doctor_reports_keys_from_two_sources() {
    let cli = Cli::new();
    cli.store(&[]).ok();
    let ran = Ran::of(
        cli.bare(&["doctor", "--json"])
            .env("COMPSHARE_PUBLIC_KEY", common::PUBLIC_KEY),
    );
    assert_eq!(ran.status, Some(2));
    let found = document(&ran);
    assert_eq!(check(&found, "keys")["Status"], "failed");
    assert_eq!(
        check(&found, "keys")["Detail"],
        "the public key is from COMPSHARE_PUBLIC_KEY, but the private key from profile default"
    );
    assert_eq!(check(&found, "endpoint")["Status"], "ok");
}

#[test]
fn reports_the_proxy_in_use() {
    let cli = Cli::new();
    // The port is closed now.
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
        // Loopback addresses bypass the proxy.
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
fn reports_root_certificates_of_the_environment() {
    let cli = Cli::new();
    let root = rcgen::generate_simple_self_signed(["root.test".to_owned()]).unwrap();
    let file = cli.home.path().join("root.pem");
    std::fs::write(&file, root.cert.pem()).unwrap();
    let file = file.to_str().unwrap();
    let certificates = |base_url: &str, file: Option<&str>| {
        let mut command = cli.command(&["doctor", "--json", "--retries", "0"]);
        command.env("COMPSHARE_BASE_URL", base_url);
        command.envs(file.map(|file| ("SSL_CERT_FILE", file)));
        let found = document(&Ran::of(&mut command));
        let checks = found["data"]["checks"].as_array().unwrap().clone();
        let mut found = checks
            .into_iter()
            .filter(|check| check["Check"] == "certificates");
        found.next().map(|check| check["Detail"].clone())
    };
    // The port is closed.
    let service = "https://127.0.0.1:9";
    assert_eq!(certificates(service, None), Some("bundled roots".into()));
    assert_eq!(
        certificates(service, Some(file)),
        Some(format!("bundled roots, SSL_CERT_FILE={file}").into())
    );
    assert_eq!(certificates(&cli.gateway.base_url(), Some(file)), None);
}

#[test]
fn invalid_setting_is_one_line() {
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
        assert_eq!(check(&found, "endpoint")["Detail"], "skipped");
        let checks = found["data"]["checks"].as_array().unwrap();
        let failed = checks.iter().filter(|check| check["Status"] == "failed");
        assert_eq!(failed.count(), 1, "{found}");
    }
    assert_eq!(cli.gateway.requests(), 0);
}
