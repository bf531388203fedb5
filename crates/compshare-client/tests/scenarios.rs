//! A table of peer behaviors, with the results of both clients.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::peer::{Act, Peer, answer, answer_with, send};
use common::{clients, config, hasty};
use compshare_client::model::{DescribeFavoriteImages, Effect, RetCode, Untyped};
use compshare_client::{BodyFault, CallOptions, Error, ErrorKind, RetryPolicy, Sent};

const EMPTY_LIST: &str = r#"{"Action":"DescribeFavoriteImagesResponse","RetCode":0,"ImageSet":[]}"#;

/// How a call must end.
enum End {
    /// With success after this many attempts.
    Ok { attempts: u32 },
    /// With an error after this many attempts.
    Err {
        kind: ErrorKind,
        sent: Sent,
        attempts: u32,
    },
}

use End::{Err as Fails, Ok as Succeeds};

struct Scenario {
    name: &'static str,
    scripts: Vec<Vec<Act>>,
    effect: Effect,
    end: End,
}

fn scenario(name: &'static str, scripts: Vec<Vec<Act>>, effect: Effect, end: End) -> Scenario {
    Scenario {
        name,
        scripts,
        effect,
        end,
    }
}

/// A header line of so many bytes.
fn padding(bytes: usize) -> String {
    let name = "X-Padding: ";
    format!("{name}{}\r\n", "a".repeat(bytes - name.len() - 2))
}

fn fails(kind: ErrorKind, sent: Sent, attempts: u32) -> End {
    Fails {
        kind,
        sent,
        attempts,
    }
}

#[allow(clippy::too_many_lines, reason = "it is a table")]
fn table() -> Vec<Scenario> {
    use Effect::{IdempotentWrite, Read, Write};
    use ErrorKind as Kind;
    use Sent::{Maybe, Yes};

    let ok = || vec![answer("200 OK", EMPTY_LIST)];
    let bad_body = |name, body: &str, fault| {
        scenario(
            name,
            vec![vec![answer("200 OK", body)]],
            Read,
            fails(Kind::Body(fault), Maybe, 1),
        )
    };
    let ms = Duration::from_millis;
    let mut table = vec![
        scenario("an answer", vec![ok()], Read, Succeeds { attempts: 1 }),
        scenario(
            "an answer in chunks",
            vec![vec![send(format!(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{EMPTY_LIST}\r\n0\r\n\r\n",
                EMPTY_LIST.len()
            ))]],
            Read,
            Succeeds { attempts: 1 },
        ),
        scenario(
            "an answer that ends with the connection",
            vec![vec![
                send(format!("HTTP/1.0 200 OK\r\n\r\n{EMPTY_LIST}")),
                Act::Close,
            ]],
            Read,
            Succeeds { attempts: 1 },
        ),
        scenario(
            "slow, but alive and within the limits",
            // Longer in all than the longest silence, which none of its pauses reaches.
            vec![vec![
                Act::Pause(ms(800)),
                send(format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n",
                    EMPTY_LIST.len()
                )),
                Act::Pause(ms(800)),
                send("\r\n"),
                Act::Pause(ms(800)),
                send(&EMPTY_LIST[..20]),
                Act::Pause(ms(800)),
                send(&EMPTY_LIST[20..]),
            ]],
            Read,
            Succeeds { attempts: 1 },
        ),
        scenario(
            "an interim answer first",
            vec![vec![
                send("HTTP/1.1 103 Early Hints\r\n\r\n"),
                answer("200 OK", EMPTY_LIST),
            ]],
            Read,
            Succeeds { attempts: 1 },
        ),
        scenario(
            "interim answers for ever",
            vec![vec![Act::Flood(
                b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100),
            )]],
            Write,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        // Silence and slowness.
        scenario(
            "silence",
            vec![vec![Act::Hang]],
            Read,
            fails(Kind::Timeout, Maybe, 3),
        ),
        scenario(
            "silence after a write",
            vec![vec![Act::Hang]],
            Write,
            fails(Kind::Timeout, Maybe, 1),
        ),
        scenario(
            "silence once",
            vec![vec![Act::Hang], ok()],
            IdempotentWrite,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "a head that drips for ever",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nX-Drip: "),
                Act::Drip(vec![b'a'; 1000], ms(40)),
            ]],
            Write,
            fails(Kind::Timeout, Maybe, 1),
        ),
        scenario(
            "a body that drips for ever",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"),
                Act::Drip(vec![b' '; 1000], ms(40)),
            ]],
            Write,
            fails(Kind::Timeout, Maybe, 1),
        ),
        scenario(
            "silence in the body",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"),
                Act::Hang,
            ]],
            Write,
            fails(Kind::Timeout, Maybe, 1),
        ),
        // Cuts.
        scenario(
            "cut before an answer",
            vec![vec![Act::Close]],
            Read,
            fails(Kind::Interrupted, Maybe, 3),
        ),
        scenario(
            "cut once",
            vec![vec![Act::Close], ok()],
            Read,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "a write that is cut",
            vec![vec![Act::Close], ok()],
            Write,
            fails(Kind::Interrupted, Maybe, 1),
        ),
        scenario(
            "an idempotent write that is cut",
            vec![vec![Act::Close], ok()],
            IdempotentWrite,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "cut in the head",
            vec![vec![send("HTTP/1.1 200 OK\r\nContent-"), Act::Close]],
            Read,
            fails(Kind::Interrupted, Maybe, 3),
        ),
        scenario(
            "a body shorter than announced",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"RetCode\":0}"),
                Act::Close,
            ]],
            Read,
            fails(Kind::Interrupted, Maybe, 3),
        ),
        scenario(
            "chunks that are cut",
            vec![vec![
                send(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"RetCode\":0}\r\n",
                ),
                Act::Close,
            ]],
            Read,
            fails(Kind::Interrupted, Maybe, 3),
        ),
        // Too large, or not HTTP.
        scenario(
            "a body announced too large",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n"),
                Act::Hang,
            ]],
            Read,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        scenario(
            "an endless body",
            vec![vec![
                send("HTTP/1.1 200 OK\r\n\r\n"),
                Act::Flood(vec![b' '; 4096]),
            ]],
            Read,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        scenario(
            "an endless header",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nX-Long: "),
                Act::Flood(vec![b'a'; 4096]),
            ]],
            Read,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        scenario(
            "a head of nearly 64 KiB",
            vec![vec![answer_with("200 OK", &padding(65_300), EMPTY_LIST)]],
            Read,
            Succeeds { attempts: 1 },
        ),
        scenario(
            "a head of more than 64 KiB",
            vec![vec![answer_with("200 OK", &padding(65_600), EMPTY_LIST)]],
            Read,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        scenario(
            "a head of more than 64 KiB in many fields",
            vec![vec![answer_with(
                "200 OK",
                &padding(6_560).repeat(10),
                EMPTY_LIST,
            )]],
            Read,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        scenario(
            "endless headers",
            vec![vec![
                send("HTTP/1.1 200 OK\r\n"),
                Act::Flood(b"X-More: of the same\r\n".repeat(64)),
            ]],
            Read,
            fails(Kind::TooLarge, Maybe, 1),
        ),
        scenario(
            "not HTTP at all",
            vec![vec![
                send("220 mail.example ESMTP ready\r\n\r\n"),
                Act::Close,
            ]],
            Read,
            fails(Kind::Protocol, Maybe, 1),
        ),
        scenario(
            "a length told in two ways",
            vec![vec![send(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{EMPTY_LIST}\r\n0\r\n\r\n",
                EMPTY_LIST.len()
            ))]],
            Read,
            fails(Kind::Protocol, Maybe, 1),
        ),
        scenario(
            "a coding that was not asked for",
            vec![vec![
                send(format!(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{EMPTY_LIST}"
                )),
                Act::Close,
            ]],
            Read,
            fails(Kind::Protocol, Maybe, 1),
        ),
        scenario(
            "chunks that are none",
            vec![vec![
                send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
                Act::Close,
            ]],
            Read,
            fails(Kind::Protocol, Maybe, 1),
        ),
        scenario(
            "an encoding that is none",
            vec![vec![answer_with(
                "200 OK",
                "Content-Encoding: \r\n",
                EMPTY_LIST,
            )]],
            Read,
            Succeeds { attempts: 1 },
        ),
        // Statuses.
        scenario(
            "a redirect to elsewhere",
            vec![vec![answer_with(
                "307 Temporary Redirect",
                "Location: http://127.0.0.1:9/\r\n",
                "",
            )]],
            Read,
            fails(Kind::Redirect, Maybe, 1),
        ),
        scenario(
            "a redirect to itself",
            vec![vec![answer_with("302 Found", "Location: /\r\n", "")]],
            Read,
            fails(Kind::Redirect, Maybe, 1),
        ),
        scenario(
            "busy once",
            vec![vec![answer("503 Busy", "")], ok()],
            Read,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "busy for a write",
            vec![vec![answer("503 Busy", "")]],
            Write,
            fails(Kind::Status, Maybe, 1),
        ),
        scenario(
            "too many once, for a write",
            vec![vec![answer("429 Slow", "")], ok()],
            Write,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "forbidden",
            vec![vec![answer("403 Forbidden", "no")]],
            Read,
            fails(Kind::Status, Maybe, 1),
        ),
        scenario(
            "asked to wait too long",
            vec![vec![answer_with("503 Busy", "Retry-After: 3600\r\n", "")]],
            Read,
            fails(Kind::Status, Maybe, 1),
        ),
        scenario(
            "a RetCode under an error status",
            vec![vec![answer(
                "500 Oops",
                r#"{"RetCode":8039,"Message":"Resource not exist [x]"}"#,
            )]],
            Read,
            fails(Kind::Status, Maybe, 1),
        ),
        // RetCodes.
        scenario(
            "refused",
            vec![vec![answer("200 OK", r#"{"RetCode":171}"#)]],
            Read,
            fails(Kind::Service, Yes, 1),
        ),
        scenario(
            "throttled once, for a write",
            vec![vec![answer("200 OK", r#"{"RetCode":"8441"}"#)], ok()],
            Write,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "a passing trouble",
            vec![vec![answer("200 OK", r#"{"RetCode":150}"#)], ok()],
            Read,
            Succeeds { attempts: 2 },
        ),
        scenario(
            "a passing trouble for a write",
            vec![vec![answer("200 OK", r#"{"RetCode":150}"#)]],
            Write,
            fails(Kind::Service, Yes, 1),
        ),
        scenario(
            "time ran out behind the gateway",
            vec![vec![answer("200 OK", r#"{"RetCode":110}"#)]],
            Write,
            fails(Kind::Service, Maybe, 1),
        ),
        // Encodings.
        scenario(
            "an encoding that was not asked for",
            vec![vec![answer_with(
                "200 OK",
                "Content-Encoding: gzip\r\n",
                "\u{1f}8b",
            )]],
            Read,
            fails(Kind::Body(BodyFault::Encoded), Maybe, 1),
        ),
        scenario(
            "bytes that are no text",
            vec![vec![Act::Send(
                b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{\xff}".to_vec(),
            )]],
            Read,
            fails(Kind::Body(BodyFault::NotUtf8), Maybe, 1),
        ),
    ];
    // Bodies.
    for (name, body, fault) in [
        ("an empty body", "", BodyFault::Empty),
        ("a blank body", " \r\n", BodyFault::Empty),
        (
            "an HTML page",
            "<html><head><title>Log in</title></head></html>",
            BodyFault::Html,
        ),
        (
            "a byte order mark",
            "\u{feff}{\"RetCode\":0}",
            BodyFault::ByteOrderMark,
        ),
        (
            "truncated JSON",
            "{\"RetCode\":0,\"ImageSet\":[",
            BodyFault::Truncated,
        ),
        (
            "trailing data",
            "{\"RetCode\":0} {}",
            BodyFault::TrailingData,
        ),
        ("no JSON", "OK", BodyFault::NotJson),
        ("an array", "[{\"RetCode\":0}]", BodyFault::NotAnObject),
        ("null", "null", BodyFault::NotAnObject),
        ("no RetCode", "{\"Action\":\"X\"}", BodyFault::NoRetCode),
        (
            "a RetCode of null",
            "{\"RetCode\":null}",
            BodyFault::NoRetCode,
        ),
        (
            "a RetCode that is no number",
            "{\"RetCode\":\"fine\"}",
            BodyFault::NoRetCode,
        ),
        (
            "a list that is none",
            "{\"RetCode\":0,\"ImageSet\":\"none\"}",
            BodyFault::Shape,
        ),
        (
            "rows that are none",
            "{\"RetCode\":0,\"ImageSet\":[1]}",
            BodyFault::Shape,
        ),
    ] {
        table.push(bad_body(name, body, fault));
    }
    let deep = format!(
        "{{\"RetCode\":0,\"X\":{}{}}}",
        "[".repeat(20_000),
        "]".repeat(20_000)
    );
    table.push(bad_body("bottomless JSON", &deep, BodyFault::TooDeep));
    table
}

#[test]
fn both_clients_agree_on_every_scenario() {
    // Most of the time is waiting, so a few scenarios run at once.
    let table = table();
    let next = AtomicUsize::new(0);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let mut wrong = Vec::new();
            while let Some(scenario) = table.get(next.fetch_add(1, Ordering::SeqCst)) {
                wrong.extend(play(scenario));
            }
            wrong
        };
        let running: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the scenario is about a limit on time.
fn waits_for_a_limit(scenario: &Scenario) -> bool {
    let hangs = |act: &Act| matches!(act, Act::Hang | Act::Drip(..));
    scenario.scripts.iter().flatten().any(hangs)
}

/// Returns `true` if an error about time says which of the limits of `hasty` ran out.
fn names_the_limit(error: &Error) -> bool {
    let line = error.to_string();
    error.kind() != ErrorKind::Timeout
        || line.contains("in time: no data for 1.2 s")
        || line.contains("in time: no complete response within 2.5 s")
}

/// The unexpected results of each client.
fn play(scenario: &Scenario) -> Vec<String> {
    let mut wrong = Vec::new();
    let options = CallOptions::default().effect(scenario.effect);
    // Each client meets a peer of its own, since scripts go by the number of the request.
    for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        let peer = Peer::new(scenario.scripts.clone());
        // No larger, so that the table need not move megabytes; the answers of this table fit.
        let mut builder = config(&peer.url()).max_body(65_536);
        if waits_for_a_limit(scenario) {
            builder = builder.timeouts(hasty());
        }
        let client = clients(&builder.build().unwrap()).swap_remove(index);
        let start = Instant::now();
        let result = client.send_with(&DescribeFavoriteImages::new(), &options);
        let elapsed = start.elapsed();
        let attempts = match &result {
            Ok(reply) => reply.attempts,
            Err(error) => error.attempts(),
        };
        let as_expected = match (&result, &scenario.end) {
            (Ok(_), Succeeds { attempts: wanted }) => attempts == *wanted,
            (
                Err(error),
                Fails {
                    kind,
                    sent,
                    attempts: wanted,
                },
            ) => {
                (error.kind(), error.was_sent(), attempts) == (*kind, *sent, *wanted)
                    && error.action() == "DescribeFavoriteImages"
                    && names_the_limit(error)
                    && !format!("{error} {error:?}").contains("hush")
            }
            _ => false,
        };
        let requests = peer.requests().len();
        if !as_expected || elapsed > Duration::from_secs(15) || requests != attempts as usize {
            let seen = match &result {
                Ok(_) => "success".to_owned(),
                Err(error) => format!("{:?}, sent {:?}: {error}", error.kind(), error.was_sent()),
            };
            wrong.push(format!(
                "{} ({}): {seen}, {attempts} attempts, {requests} requests, {elapsed:?}",
                scenario.name,
                client.name()
            ));
        }
    }
    wrong
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
