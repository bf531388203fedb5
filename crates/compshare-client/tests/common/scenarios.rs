//! The table of peer behaviors, and the result of a call for each.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use compshare_client::model::{DescribeFavoriteImages, Effect};
use compshare_client::{BodyFault, CallOptions, Config, Error, ErrorKind, Sent};

use super::peer::{Act, Peer, answer, answer_with, send};
use super::{Client, config, hasty};

pub(crate) const EMPTY_LIST: &str =
    r#"{"Action":"DescribeFavoriteImagesResponse","RetCode":0,"ImageSet":[]}"#;

/// How a call must end.
pub(crate) enum End {
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

pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    scripts: Vec<Vec<Act>>,
    effect: Effect,
    pub(crate) end: End,
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

pub(crate) fn fails(kind: ErrorKind, sent: Sent, attempts: u32) -> End {
    Fails {
        kind,
        sent,
        attempts,
    }
}

#[allow(clippy::too_many_lines, reason = "it is a table")]
pub(crate) fn table() -> Vec<Scenario> {
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

/// Plays every scenario with the clients that `clients` creates, and returns the unexpected results.
pub(crate) fn play_all(
    table: &[Scenario],
    clients: impl Fn(&Config) -> Vec<Client> + Sync,
) -> Vec<String> {
    // Most of the time is waiting, so a few scenarios run at once.
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let work = || {
            let mut wrong = Vec::new();
            while let Some(scenario) = table.get(next.fetch_add(1, Ordering::SeqCst)) {
                wrong.extend(play(scenario, &clients));
            }
            wrong
        };
        let running: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
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
fn play(scenario: &Scenario, clients: impl Fn(&Config) -> Vec<Client>) -> Vec<String> {
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
