//! Company networks: private certificate authorities and SOCKS proxies.

#![allow(clippy::disallowed_methods, reason = "peers wait")]

mod common;
#[allow(dead_code, reason = "shared with the tests of the client")]
#[path = "../../compshare-client/tests/common/peer.rs"]
mod peer;
#[allow(dead_code, reason = "shared with the tests of the client")]
#[path = "../../compshare-client/tests/common/socks.rs"]
mod socks;
#[path = "../../compshare-client/tests/common/tls.rs"]
mod tls;

use std::path::Path;
use std::process::Command;

use common::{Cli, Ran};
use peer::{Act, Peer, answer};
use socks::{Behavior, SocksProxy};
use tls::Authority;

const ANSWER: &str =
    r#"{"Action":"DescribeCompShareSupportZoneResponse","RetCode":0,"ZoneInfo":[]}"#;

fn script() -> Vec<Vec<Act>> {
    vec![vec![answer("200 OK", ANSWER)]]
}

fn call(cli: &Cli, url: &str, arguments: &[&str]) -> Command {
    let mut command = cli.command(&[&["call", "DescribeCompShareSupportZone"], arguments].concat());
    command
        .env("COMPSHARE_BASE_URL", url)
        .args(["--retries", "0"]);
    command
}

fn https(peer: &Peer) -> String {
    format!("https://localhost:{}", peer.port())
}

#[test]
fn trusts_certificates_of_the_environment() {
    let cli = Cli::new();
    let authority = Authority::new("localhost", false);
    let directory = cli.home.path().join("certs");
    let file = directory.join("root.pem");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(&file, &authority.root_pem).unwrap();

    let peer = authority.peer(script());
    let url = https(&peer);
    for (variable, path) in [("SSL_CERT_FILE", &file), ("SSL_CERT_DIR", &directory)] {
        let ran = Ran::of(call(&cli, &url, &[]).env(variable, path));
        assert!(ran.ok().contains("ZoneInfo"), "{ran:?}");
    }
    assert_eq!(peer.requests().len(), 2);

    for (language, hint) in [("en", "set SSL_CERT_FILE to"), ("zh", "SSL_CERT_FILE")] {
        let ran = Ran::of(&mut call(&cli, &url, &["--lang", language]));
        let line = ran.failed(3);
        assert!(
            line.contains("UnknownIssuer") && line.contains(hint),
            "{line}"
        );
    }
    assert_eq!(peer.requests().len(), 2);
}

#[test]
fn trusted_authority_does_not_excuse_a_wrong_certificate() {
    let cli = Cli::new();
    let file = cli.home.path().join("root.pem");
    for (authority, word) in [
        (Authority::new("localhost", true), "expired"),
        (
            Authority::new("gateway.example", false),
            "not valid for name",
        ),
    ] {
        std::fs::write(&file, &authority.root_pem).unwrap();
        let peer = authority.peer(script());
        let ran = Ran::of(call(&cli, &https(&peer), &[]).env("SSL_CERT_FILE", &file));
        assert!(ran.failed(3).contains(word), "{ran:?}");
        assert!(peer.requests().is_empty());
    }
}

#[test]
fn variable_without_certificates_is_wrong_usage() {
    let cli = Cli::new();
    let peer = Authority::new("localhost", false).peer(script());
    let empty = cli.home.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    for (variable, path, language, line) in [
        (
            "SSL_CERT_FILE",
            &*empty,
            "en",
            "error: no certificates in PATH, from SSL_CERT_FILE: it has no usable PEM certificate",
        ),
        (
            "SSL_CERT_FILE",
            Path::new("/no/such.pem"),
            "en",
            "error: no certificates in PATH, from SSL_CERT_FILE: ",
        ),
        (
            "SSL_CERT_DIR",
            Path::new("/no/such"),
            "zh",
            "错误：SSL_CERT_DIR 指定的 PATH 无法提供证书：",
        ),
        (
            "SSL_CERT_DIR",
            cli.home.path(),
            "zh",
            "错误：SSL_CERT_DIR 指定的 PATH 无法提供证书：其中没有可用的 PEM 证书",
        ),
    ] {
        let mut command = call(&cli, &https(&peer), &["--lang", language]);
        let ran = Ran::of(command.env(variable, path));
        let line = line.replace("PATH", path.to_str().unwrap());
        assert!(ran.failed(2).starts_with(&line), "{ran:?}");

        // Plain HTTP does not read certificates.
        let mut command = cli.command(&["image", "favorites", "-o", "ids"]);
        Ran::of(command.env(variable, path)).ok();
    }
    assert_eq!(peer.connections(), 0);
}

#[test]
fn takes_a_socks_proxy_from_the_environment() {
    let cli = Cli::new();
    let authority = Authority::new("gateway.example", false);
    let file = cli.home.path().join("root.pem");
    std::fs::write(&file, &authority.root_pem).unwrap();
    let peer = authority.peer(script());
    let proxy = SocksProxy::new(Behavior::Tunnel(peer.port()));
    let command = |variable: &str, url: &str| {
        let mut command = call(&cli, "https://gateway.example", &[]);
        command.env("SSL_CERT_FILE", &file).env(variable, url);
        command
    };

    for (variable, scheme) in [
        ("ALL_PROXY", "socks5"),
        ("ALL_PROXY", "socks5h"),
        ("HTTPS_PROXY", "socks5"),
    ] {
        let url = format!("{scheme}://me:hush-pass@127.0.0.1:{}", proxy.port);
        let ran = Ran::of(command(variable, &url).arg("-vv"));
        assert!(ran.ok().contains("ZoneInfo"), "{ran:?}");
        assert!(!ran.stderr.contains("hush-pass"), "{ran:?}");
    }
    let asked = proxy.asked();
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[0].login, "me:hush-pass");
    assert_eq!(asked[0].target, (3, "gateway.example".to_owned(), 443));

    let refusing = SocksProxy::new(Behavior::WrongLogin);
    let url = format!("socks5://me:hush-pass@127.0.0.1:{}", refusing.port);
    let ran = Ran::of(&mut command("ALL_PROXY", &url));
    assert!(ran.failed(3).contains("SOCKS"), "{ran:?}");
    assert!(!ran.stderr.contains("hush-pass"), "{ran:?}");

    let ran = Ran::of(&mut command("ALL_PROXY", "socks4://me:hush-pass@127.0.0.1"));
    assert_eq!(
        ran.failed(2),
        "error: the proxy in ALL_PROXY has a scheme other than http, socks5 and socks5h"
    );
}

#[test]
fn names_the_time_limit_in_both_languages() {
    let cli = Cli::new();
    let peer = Peer::new(vec![vec![Act::Hang]]);
    for (language, text) in [
        (
            "en",
            "no complete response in time: no complete response within 1 s;",
        ),
        ("zh", "未能在时限内收到完整的响应：时限为 1 秒；"),
    ] {
        let arguments = ["--timeout", "1", "--lang", language];
        let ran = Ran::of(&mut call(&cli, &peer.url(), &arguments));
        assert!(ran.failed(3).contains(text), "{ran:?}");
    }
}
