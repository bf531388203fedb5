//! A table of peer behaviors, with the results of both clients.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use common::peer::{Act, Peer, answer, answer_with, send};
use common::scenarios::{EMPTY_LIST, play_all, table};
use common::{clients, config};
use compshare_client::model::{DescribeFavoriteImages, RetCode, Untyped};
use compshare_client::{CallOptions, ErrorKind, RetryPolicy, Sent};

#[test]
fn both_clients_agree_on_every_scenario() {
    let wrong = play_all(&table(), clients);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn closed_port_is_an_unsent_request() {
    let port = {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let config = config(&format!("http://127.0.0.1:{port}")).build().unwrap();
    for client in clients(&config) {
        // Nothing was sent, so a write is retried too.
        let error = client
            .send(&Untyped::write("CreateCompShareInstance"))
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (ErrorKind::Connect, Sent::No, 3),
            "{}",
            client.name()
        );
        assert!(error.is_connect() && !error.is_timeout());
        let line = error.to_string().to_lowercase();
        assert!(
            line.contains("connecting failed: ") && line.contains("refused"),
            "{error}"
        );
        let mut cause: &dyn std::error::Error = &error;
        while let Some(next) = cause.source() {
            cause = next;
        }
        assert!(
            cause.is::<std::io::Error>(),
            "{}: the chain ends with {cause:?}",
            client.name()
        );
    }
}

#[test]
fn unknown_host_is_an_unsent_request() {
    let config = config("https://no-such-host.invalid")
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    for client in clients(&config) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent()),
            (ErrorKind::Connect, Sent::No),
            "{}: {error}",
            client.name()
        );
    }
}

#[test]
fn max_body_is_exact_to_the_byte() {
    for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        for framing in ["length", "chunked", "close"] {
            let body = format!("{{\"RetCode\":0,\"X\":\"{}\"}}", "x".repeat(2000));
            let act = match framing {
                "length" => answer("200 OK", &body),
                "chunked" => send(format!(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
                    body.len()
                )),
                _ => send(format!("HTTP/1.0 200 OK\r\n\r\n{body}")),
            };
            let peer = Peer::new(vec![vec![act, Act::Close]]);
            let send = |max_body| {
                let config = config(&peer.url()).max_body(max_body).build().unwrap();
                let client = clients(&config).swap_remove(index);
                client
                    .send(&Untyped::read("DescribeX"))
                    .map_err(|error| error.kind())
            };
            assert!(send(body.len()).is_ok(), "{framing}");
            assert_eq!(send(body.len() - 1), Err(ErrorKind::TooLarge), "{framing}");
        }
    }
}

#[test]
fn reuses_connections_and_replaces_dead_ones() {
    let ok = answer("200 OK", EMPTY_LIST);
    for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        let peer = Peer::new(vec![vec![ok.clone()]]);
        let client = clients(&config(&peer.url()).build().unwrap()).swap_remove(index);
        for _ in 0..5 {
            client.send(&DescribeFavoriteImages::new()).unwrap();
        }
        assert_eq!(peer.connections(), 1, "{}", client.name());

        // The server answers and then closes: the next call finds it closed and makes a new one, at
        // the first attempt.
        let peer = Peer::new(vec![vec![ok.clone(), Act::Close]]);
        let client = clients(
            &config(&peer.url())
                .retry(RetryPolicy::never())
                .build()
                .unwrap(),
        )
        .swap_remove(index);
        for _ in 0..3 {
            client
                .send(&Untyped::write("StopCompShareInstance"))
                .unwrap();
            // Time for the news of the close to arrive.
            std::thread::sleep(Duration::from_millis(200));
        }
        assert_eq!(peer.connections(), 3, "{}", client.name());
    }
}

#[test]
fn call_timeout_covers_all_attempts_and_waits() {
    let peer = Peer::new(vec![vec![Act::Hang]]);
    for client in clients(&config(&peer.url()).build().unwrap()) {
        let start = Instant::now();
        let options = CallOptions::default().timeout(Duration::from_millis(300));
        let error = client
            .send_with(&DescribeFavoriteImages::new(), &options)
            .unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(
            (250..2500).contains(&start.elapsed().as_millis()),
            "{:?}",
            start.elapsed()
        );
    }
}

#[test]
fn errors_carry_the_details_of_the_service() {
    let body = r#"{"RetCode":171,"Action":"X","Message":"Signature VerifyAC Error \u001b[2J"}"#;
    let peer = Peer::new(vec![vec![answer_with(
        "200 OK",
        "X-UCLOUD-REQUEST-UUID: 1f3c-77\r\n",
        body,
    )]]);
    for client in clients(&config(&peer.url()).build().unwrap()) {
        let error = client.send(&DescribeFavoriteImages::new()).unwrap_err();
        assert_eq!(error.ret_code(), Some(RetCode(171)));
        assert_eq!(error.message(), Some(r"Signature VerifyAC Error \u{1b}[2J"));
        assert_eq!(error.request_id(), Some("1f3c-77"));
        assert_eq!(error.http_status().map(|status| status.as_u16()), Some(200));
        assert!(error.is_auth());
        let line = error.to_string();
        for part in [
            "DescribeFavoriteImages",
            "RetCode 171",
            "Signature VerifyAC Error",
            "1f3c-77",
            "private key",
        ] {
            assert!(line.contains(part), "{line}");
        }
        assert_eq!(line.lines().count(), 1);
    }
}

#[test]
fn request_on_the_wire_is_as_expected() {
    let peer = Peer::new(vec![vec![answer("200 OK", EMPTY_LIST)]]);
    for client in clients(&config(&format!("{}/gateway", peer.url())).build().unwrap()) {
        client
            .send(&DescribeFavoriteImages::new().limit(20))
            .unwrap();
        let request = peer.requests().pop().unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /gateway HTTP/1.1\r\n"), "{head}");
        let head = head.to_ascii_lowercase();
        for line in [
            "content-type: application/x-www-form-urlencoded".to_owned(),
            "accept: application/json".to_owned(),
            format!("host: 127.0.0.1:{}", peer.port()),
            format!("user-agent: compshare-rs/{}", env!("CARGO_PKG_VERSION")),
        ] {
            assert!(
                head.lines().any(|known| known == line),
                "{}: {head}",
                client.name()
            );
        }
        assert!(
            !head.contains("accept-encoding"),
            "{}: {head}",
            client.name()
        );
        assert!(
            body.contains(
                "Action=DescribeFavoriteImages&Limit=20&PublicKey=pub-key&Region=cn-wlcb&Signature="
            ),
            "{body}"
        );
    }
}
