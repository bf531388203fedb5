//! Both transports with the table of peers of compshare-client, and with the mock gateway.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]

#[path = "../../../crates/compshare-client/tests/common/mod.rs"]
mod common;

use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::Duration;

use common::peer::{Act, Peer, answer, send};
use common::scenarios::{End, fails, play_all, table};
use common::{Client, config, quick_retries, runtime};
use compshare_client::model::Untyped;
use compshare_client::{Config, ErrorKind, Sent};
use compshare_example_transports::{ReqwestTransport, TowerTransport};
use compshare_mock::{Fault, MockGateway};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower::ServiceBuilder;

/// A client over each transport.
fn clients(config: &Config) -> Vec<Client> {
    let reqwest = ReqwestTransport::new(config).unwrap();

    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(config.timeouts().connect));
    let hyper = HyperClient::builder(TokioExecutor::new()).build(connector);
    let tower = TowerTransport::new(ServiceBuilder::new().concurrency_limit(64).service(hyper));

    [
        compshare_client::Client::with_transport(config.clone(), reqwest),
        compshare_client::Client::with_transport(config.clone(), tower),
    ]
    .map(|client| Client::Async(runtime(), client))
    .into()
}

#[test]
fn reqwest_agrees_with_the_table_of_scenarios() {
    agrees_with_the_table(|config| vec![clients(config).swap_remove(0)]);
}

#[test]
fn tower_agrees_with_the_table_of_scenarios() {
    agrees_with_the_table(|config| vec![clients(config).swap_remove(1)]);
}

fn agrees_with_the_table(clients: impl Fn(&Config) -> Vec<Client> + Sync) {
    let succeeds = || End::Ok { attempts: 1 };
    let table: Vec<_> = table()
        .into_iter()
        .filter_map(|mut scenario| {
            // hyper alone is laxer than the transports of compshare-client.
            scenario.end = match scenario.name {
                "a head of more than 64 KiB"
                | "a head of more than 64 KiB in many fields"
                | "a length told in two ways"
                | "a coding that was not asked for" => succeeds(),
                "chunks that are none" => fails(ErrorKind::Interrupted, Sent::Maybe, 3),
                // hyper reads them without a pause, so on one thread no timer runs.
                "interim answers for ever" => return None,
                _ => scenario.end,
            };
            Some(scenario)
        })
        .collect();

    let wrong = play_all(&table, clients);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn refused_connection_is_an_unsent_request() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);

    for client in clients(&config(&url).build().unwrap()) {
        let error = client
            .send(&Untyped::write("CreateCompShareInstance"))
            .unwrap_err();
        assert_eq!(
            (error.kind(), error.was_sent(), error.attempts()),
            (ErrorKind::Connect, Sent::No, 3),
            "a write is retried if nothing was sent"
        );
    }
}

#[test]
fn failed_handshake_is_not_retried() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"220 mail.example ESMTP\r\n").unwrap();
        listener.set_nonblocking(true).unwrap();
        thread::sleep(Duration::from_millis(200));
        listener.accept().is_err()
    });

    let config = config(&url).build().unwrap();
    let transport = ReqwestTransport::new(&config).unwrap();
    let client = Client::Async(
        runtime(),
        compshare_client::Client::with_transport(config, transport),
    );
    let error = client.send(&Untyped::read("DescribeX")).unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (ErrorKind::Tls, Sent::No));
    assert!(server.join().unwrap(), "there was a second connection");
}

#[test]
fn max_body_is_exact_to_the_byte() {
    let body = format!(r#"{{"RetCode":0,"X":"{}"}}"#, "x".repeat(2000));
    let chunked = send(format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{body}\r\n0\r\n\r\n",
        body.len()
    ));
    for act in [answer("200 OK", &body), chunked] {
        let peer = Peer::new(vec![vec![act, Act::Close]]);
        for (max_body, expected) in [
            (body.len(), None),
            (body.len() - 1, Some(ErrorKind::TooLarge)),
        ] {
            for client in clients(&config(&peer.url()).max_body(max_body).build().unwrap()) {
                let result = client.send(&Untyped::read("DescribeX"));
                assert_eq!(result.err().map(|error| error.kind()), expected);
            }
        }
    }
}

#[test]
fn lists_favorites_of_the_mock_despite_a_disconnect() {
    let gateway = MockGateway::start().unwrap();
    let config = Config::builder()
        .keys(gateway.public_key(), gateway.private_key())
        .base_url(gateway.base_url())
        .retry(quick_retries())
        .build()
        .unwrap();
    for client in clients(&config) {
        gateway.push_fault(Fault::Disconnect);
        let favorites = client.favorites(compshare_client::FavoritesQuery::new());
        favorites.result.unwrap();
        assert!(favorites.rows.len() >= 45, "{}", favorites.rows.len());
    }
}
