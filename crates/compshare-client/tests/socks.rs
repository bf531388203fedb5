//! A connection through a SOCKS proxy, through both clients.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use common::peer::answer;
use common::socks::{Asked, Behavior, SocksProxy};
use common::tls::Authority;
use common::{clients, config, hasty};
use compshare_client::model::DescribeFavoriteImages;
use compshare_client::{Config, Error, ErrorKind, ProxyChoice, RetryPolicy, Sent, TlsRoots};

const EMPTY_LIST: &str = r#"{"Action":"DescribeFavoriteImagesResponse","RetCode":0,"ImageSet":[]}"#;

fn through(url: &str, host: &str, root_pem: &str) -> Config {
    config(&format!("https://{host}"))
        .tls_roots(TlsRoots::BundledAnd(root_pem.into()))
        .proxy(ProxyChoice::Url(url.to_owned()))
        .timeouts(hasty())
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

#[test]
fn socks_proxy_resolves_names_and_receives_the_login() {
    for (scheme, login, host, target) in [
        (
            "socks5",
            "",
            "gateway.example",
            (3, "gateway.example".to_owned(), 443),
        ),
        (
            "socks5h",
            "",
            "gateway.example",
            (3, "gateway.example".to_owned(), 443),
        ),
        (
            "socks5",
            "me:hush%20pass@",
            "gateway.example:8443",
            (3, "gateway.example".to_owned(), 8443),
        ),
        ("socks5", "", "192.0.2.1", (1, "192.0.2.1".to_owned(), 443)),
    ] {
        let authority = Authority::new(host.split(':').next().unwrap(), false);
        for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
            let peer = authority.peer(vec![vec![answer("200 OK", EMPTY_LIST)]]);
            let proxy = SocksProxy::new(Behavior::Tunnel(peer.port()));
            let url = format!("{scheme}://{login}127.0.0.1:{}", proxy.port);
            let client = clients(&through(&url, host, &authority.root_pem)).swap_remove(index);
            for _ in 0..3 {
                client.send(&DescribeFavoriteImages::new()).unwrap();
            }
            assert_eq!(peer.connections(), 1, "{}", client.name());
            let login = if login.is_empty() { "" } else { "me:hush pass" };
            let asked = Asked {
                login: login.to_owned(),
                target: target.clone(),
            };
            assert_eq!(proxy.asked(), [asked], "{}", client.name());
        }
    }
}

/// Checks that the request was not sent and the credentials are not shown.
fn is_discreet(error: &Error) {
    assert_eq!(
        (error.kind(), error.was_sent()),
        (ErrorKind::Connect, Sent::No),
        "{error}"
    );
    let shown = format!("{error} {error:?} {error:#?}");
    assert!(!shown.contains("hush"), "{shown}");
}

#[test]
fn error_names_a_proxy_that_does_not_connect() {
    let authority = Authority::new("gateway.example", false);
    for (behavior, cause) in [
        (Behavior::NoMethod, "SOCKS error: "),
        (Behavior::WrongLogin, "SOCKS error: "),
        (Behavior::Refuse(2), "SOCKS error: connection not allowed"),
        (Behavior::Refuse(5), "SOCKS error: connection refused"),
        (Behavior::Refuse(200), "SOCKS error: "),
        (Behavior::Cut, "SOCKS error: "),
        (Behavior::CutReply, "SOCKS error: "),
        (Behavior::Nonsense, "SOCKS error: "),
    ] {
        let proxy = SocksProxy::new(behavior);
        let url = format!("socks5://me:hush@127.0.0.1:{}", proxy.port);
        for client in clients(&through(&url, "gateway.example", &authority.root_pem)) {
            let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
            is_discreet(&error);
            let line = error.to_string();
            assert!(
                line.contains(&format!("connecting failed: {cause}")),
                "{behavior:?}, {}: {line}",
                client.name()
            );
        }
    }
}

#[test]
fn reports_an_unreachable_proxy_with_the_system_error() {
    let authority = Authority::new("gateway.example", false);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let url = format!("socks5://me:hush@127.0.0.1:{port}");
    for client in clients(&through(&url, "gateway.example", &authority.root_pem)) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        is_discreet(&error);
        assert!(
            error.to_string().contains("failed: Connection refused"),
            "{error}"
        );
    }
    let url = "socks5://me:hush@no-such-proxy.invalid";
    for client in clients(&through(url, "gateway.example", &authority.root_pem)) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        is_discreet(&error);
        assert!(
            error.to_string().contains("failed: failed to lookup"),
            "{error}"
        );
    }
}

#[test]
fn connect_timeout_covers_the_handshake() {
    let authority = Authority::new("gateway.example", false);
    let proxy = SocksProxy::new(Behavior::Stall);
    let url = format!("socks5://me:hush@127.0.0.1:{}", proxy.port);
    for client in clients(&through(&url, "gateway.example", &authority.root_pem)) {
        let start = Instant::now();
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        is_discreet(&error);
        assert!(error.is_timeout(), "{}: {error:?}", client.name());
        assert!(
            error.to_string().contains("it took longer than 1 s"),
            "{error}"
        );
        assert!(start.elapsed() < Duration::from_millis(2400));
    }
}
