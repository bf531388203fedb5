//! Errors, `Debug`, panics and log lines at the most verbose level contain no secret.

#![allow(clippy::disallowed_methods, reason = "tests measure and wait")]
#![cfg(all(feature = "tracing", any(feature = "async", feature = "sync")))]

mod common;

use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use common::peer::{Act, Peer, answer, send};
use common::tls::Authority;
use common::{clients, config};
use compshare_client::model::Untyped;
use compshare_client::{CallOptions, Error, RetryPolicy, TlsRoots};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

const PRIVATE_KEY: &str = "hush-private-key";
const TOKEN: &str = "hush-security-token";
const PASSWORD: &str = "aHVzaC1wYXNzd29yZA==";

static LOG: Mutex<String> = Mutex::new(String::new());

/// The bytes that ureq's protocol crate logs at trace level, reassembled from its rows of 16: heads and
/// responses. This cannot be turned off. Request bodies must not be among them.
static BYTES: Mutex<String> = Mutex::new(String::new());

fn log(text: fmt::Arguments<'_>) {
    let mut log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = writeln!(log, "{text}");
}

/// Everything that goes through `tracing`, at any level.
struct Everything;

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut Fields);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, record: &Record<'_>) {
        record.record(&mut Fields);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        log(format_args!("event of {}", event.metadata().target()));
        event.record(&mut Fields);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Fields;

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        log(format_args!("{field}={value:?}"));
    }
}

/// Everything that goes through the crate `log`, at any level.
impl log::Log for Everything {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        if record.target() != "ureq_proto::util" {
            return log(format_args!("{} {}", record.target(), record.args()));
        }
        // Eight columns of hex, a blank, and the same as text.
        let row = record.args().to_string();
        let text = row
            .get(row.len() - row.len().min(16)..)
            .unwrap_or(&row)
            .trim_end();
        BYTES
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_str(text);
    }
    fn flush(&self) {}
}

fn show(error: &Error) {
    log(format_args!("{error} {error:?} {error:#?}"));
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        log(format_args!("{next} {next:?} {next:#?}"));
        cause = next.source();
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn no_secret_in_errors_logs_or_debug() {
    tracing::subscriber::set_global_default(Everything).unwrap();
    log::set_boxed_logger(Box::new(Everything)).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    std::panic::set_hook(Box::new(|panic| log(format_args!("{panic}"))));

    let authority = Authority::new("localhost", false);
    let stranger = Authority::new("localhost", true);
    let action = Untyped::write("ResetCompShareInstancePassword")
        .param("Password", PASSWORD)
        .param("UHostId", "uhost-visible");
    let scripts = || {
        vec![
            vec![answer(
                "200 OK",
                r#"{"RetCode":0,"UHostId":"uhost-visible"}"#,
            )],
            vec![answer(
                "200 OK",
                r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#,
            )],
            vec![answer(
                "200 OK",
                &format!(r#"{{"RetCode":230,"Message":"{PRIVATE_KEY} {TOKEN} {PASSWORD}"}}"#),
            )],
            vec![answer(
                "502 Bad Gateway",
                &format!("<title>{PRIVATE_KEY}{PASSWORD}</title>"),
            )],
            vec![answer("200 OK", &format!("{PRIVATE_KEY} {PASSWORD}"))],
            vec![answer(
                "200 OK",
                &format!(r#"{{"RetCode":0,"ImageSet":"{PRIVATE_KEY}"}}"#),
            )],
            vec![
                send(format!("{PRIVATE_KEY} {PASSWORD}\r\n\r\n")),
                Act::Close,
            ],
            vec![Act::Close],
            vec![Act::Hang],
        ]
    };
    let mut signatures = Vec::new();
    for index in 0..clients(&config("http://127.0.0.1:1").build().unwrap()).len() {
        for (peer, scheme) in [
            (Peer::new(scripts()), "http"),
            (authority.peer(scripts()), "https"),
        ] {
            let builder = config(&format!("{scheme}://localhost:{}", peer.port()))
                .keys("public-key", PRIVATE_KEY)
                .security_token(TOKEN)
                .tls_roots(TlsRoots::BundledAnd(authority.root_pem.clone().into()));
            let settings = builder.clone().build().unwrap();
            let client = clients(&settings).swap_remove(index);
            log(format_args!("{builder:?} {settings:?} {action:?}"));
            let options = CallOptions::default().retry(RetryPolicy::never());
            for _ in 0..scripts().len() {
                match client.send_with(&action, &options) {
                    Ok(reply) => log(format_args!("{} attempts", reply.attempts)),
                    Err(error) => show(&error),
                }
            }
            for request in peer.requests() {
                assert!(request.contains("uhost-visible"), "{request}");
                signatures.push(request.rsplit_once("Signature=").unwrap().1.to_owned());
            }
        }
        // A certificate that is not trusted, and a port where nobody listens.
        let peer = stranger.peer(Vec::new());
        for url in [
            format!("https://localhost:{}", peer.port()),
            "http://127.0.0.1:1".to_owned(),
        ] {
            let settings = config(&url)
                .keys("public-key", PRIVATE_KEY)
                .build()
                .unwrap();
            show(
                &clients(&settings)
                    .swap_remove(index)
                    .send(&action)
                    .unwrap_err(),
            );
        }
    }
    let _ = std::panic::take_hook();

    let bytes = BYTES.lock().unwrap();
    #[cfg(feature = "sync")]
    assert!(bytes.contains("content-length:"), "{bytes}");
    for sent in ["Signature=", "UHostId=", "uhost-visible&", "Password="]
        .into_iter()
        .chain(signatures.iter().map(String::as_str))
    {
        assert!(!bytes.contains(sent), "{sent}: {bytes}");
    }
    let log = LOG.lock().unwrap();
    assert!(log.contains("event of compshare"), "nothing was logged");
    assert!(signatures.iter().all(|signature| signature.len() == 40));
    signatures.dedup();
    for secret in [
        PRIVATE_KEY,
        TOKEN,
        PASSWORD,
        "aHVzaC1wYXNz",
        "Signature=",
        "uhost-visible",
    ]
    .into_iter()
    .chain(signatures.iter().map(String::as_str))
    {
        let lines: Vec<_> = log.lines().filter(|line| line.contains(secret)).collect();
        assert!(lines.is_empty(), "{secret}: {lines:#?}");
    }
}
