//! TLS on loopback, with certificates made at run time, through both clients.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::peer::{Act, Peer, answer, send};
use common::tls::Authority;
use common::{clients, config, hasty};
use compshare_client::model::{DescribeFavoriteImages, Untyped};
use compshare_client::{CallOptions, Config, Error, ErrorKind, RetryPolicy, Sent, TlsRoots};

const EMPTY_LIST: &str = r#"{"Action":"DescribeFavoriteImagesResponse","RetCode":0,"ImageSet":[]}"#;

fn https(peer: &Peer, root_pem: &str) -> Config {
    config(&format!("https://localhost:{}", peer.port()))
        .tls_roots(TlsRoots::BundledAnd(root_pem.into()))
        .build()
        .unwrap()
}

fn errors(config: &Config) -> Vec<Error> {
    clients(config)
        .iter()
        .map(|client| client.send(&DescribeFavoriteImages::new()).unwrap_err())
        .collect()
}

#[test]
fn trusts_the_configured_root_and_reuses_connections() {
    let authority = Authority::new("localhost", false);
    for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        let peer = authority.peer(vec![vec![answer("200 OK", EMPTY_LIST)]]);
        let client = clients(&https(&peer, &authority.root_pem)).swap_remove(index);
        for _ in 0..3 {
            client.send(&DescribeFavoriteImages::new()).unwrap();
        }
        assert_eq!(peer.connections(), 1, "{}", client.name());
    }
}

#[test]
fn untrusted_certificates_are_final_errors() {
    let right = Authority::new("localhost", false);
    let expired = Authority::new("localhost", true);
    let elsewhere = Authority::new("gateway.example", false);
    for (name, server, root, word) in [
        ("wrong root", &right, &expired.root_pem, "UnknownIssuer"),
        ("expired", &expired, &expired.root_pem, "expired"),
        (
            "wrong name",
            &elsewhere,
            &elsewhere.root_pem,
            "not valid for name",
        ),
    ] {
        let peer = server.peer(vec![vec![answer("200 OK", EMPTY_LIST)]]);
        for error in errors(&https(&peer, root)) {
            assert_eq!(
                (error.kind(), error.was_sent(), error.attempts()),
                (ErrorKind::Tls, Sent::No, 1),
                "{name}: {error}"
            );
            assert!(error.to_string().contains(word), "{name}: {error}");
            assert!(std::error::Error::source(&error).is_some());
        }
        assert!(peer.requests().is_empty());
    }
}

/// The process's environment cannot be changed in a test, so this one runs itself again with
/// another.
#[test]
fn trusts_roots_of_the_environment_and_the_bundled_ones() {
    const NAME: &str = "trusts_roots_of_the_environment_and_the_bundled_ones";
    const URL: &str = "TEST_URL";
    const EXPECTED: &str = "TEST_EXPECTED";
    if let Ok(url) = std::env::var(URL) {
        let expected = std::env::var(EXPECTED).unwrap();
        let built = config(&url)
            .tls_roots(TlsRoots::BundledAndEnvironment)
            .build();
        let config = match built {
            Ok(config) => config,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Config);
                return assert!(error.to_string().contains(&expected), "{error}");
            }
        };
        for client in clients(&config) {
            match client.send(&DescribeFavoriteImages::new()) {
                Ok(_) => assert_eq!(expected, ""),
                Err(error) => {
                    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Tls, Sent::No));
                    assert!(
                        !expected.is_empty() && error.to_string().contains(&expected),
                        "{error}"
                    );
                }
            }
        }
        return;
    }

    let folder = std::env::temp_dir().join(format!("tls-roots-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let right = Authority::new("localhost", false);
    let expired = Authority::new("localhost", true);
    let elsewhere = Authority::new("gateway.example", false);
    for (name, authority) in [
        ("right", &right),
        ("expired", &expired),
        ("elsewhere", &elsewhere),
    ] {
        let directory = folder.join(name);
        std::fs::create_dir_all(&directory).unwrap();
        std::fs::write(directory.join("root.pem"), &authority.root_pem).unwrap();
    }

    let https = |peer: &Peer| format!("https://localhost:{}", peer.port());
    for (server, variable, path, expected) in [
        (&right, "SSL_CERT_FILE", "right/root.pem", ""),
        (&right, "SSL_CERT_DIR", "right", ""),
        (&right, "OTHER", "right", "UnknownIssuer"),
        (&right, "SSL_CERT_FILE", "expired/root.pem", "UnknownIssuer"),
        (&expired, "SSL_CERT_FILE", "expired/root.pem", "expired"),
        (
            &elsewhere,
            "SSL_CERT_DIR",
            "elsewhere",
            "not valid for name",
        ),
        (
            &right,
            "SSL_CERT_FILE",
            "missing.pem",
            "missing.pem, from SSL_CERT_FILE",
        ),
        (
            &right,
            "SSL_CERT_DIR",
            "missing",
            "missing, from SSL_CERT_DIR",
        ),
    ] {
        let peer = server.peer(vec![vec![answer("200 OK", EMPTY_LIST)]]);
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME])
            .env_remove("SSL_CERT_FILE")
            .env_remove("SSL_CERT_DIR")
            .env(variable, folder.join(path))
            .env(URL, https(&peer))
            .env(EXPECTED, expected)
            .output()
            .unwrap();
        let output = String::from_utf8_lossy(&child.stdout);
        assert!(child.status.success(), "{variable}={path}: {output}");
        assert!(output.contains("1 passed"), "{output}");
        assert_eq!(
            peer.requests().is_empty(),
            !expected.is_empty(),
            "{variable}={path}"
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn stalled_handshake_ends_with_the_connect_timeout() {
    // The server accepts and never sends a TLS record.
    let peer = Peer::wrapped(Vec::new(), |stream: TcpStream| {
        std::thread::sleep(Duration::from_secs(4));
        drop(stream);
        None::<TcpStream>
    });
    let url = format!("https://localhost:{}", peer.port());
    let config = config(&url)
        .timeouts(hasty())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    // Its own limit, or the shorter one of the call: nothing has left either way.
    for (limit, bound) in [(None, 2400), (Some(300), 900)] {
        let mut options = CallOptions::default();
        if let Some(limit) = limit {
            options = options.timeout(Duration::from_millis(limit));
        }
        for client in clients(&config) {
            let start = Instant::now();
            let error = client
                .send_with(&DescribeFavoriteImages::new(), &options)
                .unwrap_err();
            assert_eq!(
                (error.kind(), error.was_sent()),
                (ErrorKind::Connect, Sent::No),
                "{}: {error}",
                client.name()
            );
            assert!(error.is_timeout(), "{}: {error:?}", client.name());
            assert!(
                start.elapsed() < Duration::from_millis(bound),
                "{}: {:?}",
                client.name(),
                start.elapsed()
            );
        }
    }
}

#[test]
fn refuses_plain_http_on_an_https_url() {
    // Answers the first bytes of the handshake with plain text.
    let peer = Peer::wrapped(Vec::new(), |mut stream: TcpStream| {
        use std::io::Write;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        std::thread::sleep(Duration::from_millis(100));
        None::<TcpStream>
    });
    for error in errors(
        &config(&format!("https://localhost:{}", peer.port()))
            .build()
            .unwrap(),
    ) {
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Tls, Sent::No),
            "{error}"
        );
    }
}

#[test]
fn slow_records_do_not_extend_the_timeouts() {
    let authority = Authority::new("localhost", false);
    let drip = Act::Drip(vec![b' '; 1000], Duration::from_millis(40));
    let peer = authority.peer(vec![vec![
        send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
        drip,
    ]]);
    let config = config(&format!("https://localhost:{}", peer.port()))
        .tls_roots(TlsRoots::BundledAnd(authority.root_pem.clone().into()))
        .retry(RetryPolicy::never())
        .timeouts(hasty())
        .build()
        .unwrap();
    for client in clients(&config) {
        let start = Instant::now();
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Timeout, Sent::Maybe),
            "{}: {error}",
            client.name()
        );
        assert!(
            start.elapsed() < Duration::from_secs(4),
            "{}: {:?}",
            client.name(),
            start.elapsed()
        );
    }
}

/// What a peer sends beyond its answer must never be taken for the answer to the next request, in
/// whatever layer it is left.
#[test]
fn discards_a_stray_response() {
    let authority = Authority::new("localhost", false);
    let named = |name: &str, pad: usize| {
        let body = format!(
            r#"{{"RetCode":0,"Name":"{name}","Pad":"{}"}}"#,
            "x".repeat(pad)
        );
        format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    };
    for pad in [0, 3900, 3940, 3960, 3980, 4000, 4020, 8050] {
        for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
            let peer = authority.peer(vec![
                vec![Act::Together(vec![named("first", pad), named("stray", 0)])],
                vec![Act::Together(vec![named("second", 0)])],
            ]);
            let client = clients(&https(&peer, &authority.root_pem)).swap_remove(index);
            for wanted in ["first", "second"] {
                let answer = client.send(&Untyped::read("DescribeX")).unwrap();
                assert_eq!(answer["Name"], wanted, "{}, pad {pad}", client.name());
            }
        }
    }
}
