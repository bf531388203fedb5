//! Each call is one span, with the field names of OpenTelemetry's conventions.

#![cfg(all(
    feature = "testing",
    feature = "tracing",
    any(feature = "async-client", feature = "sync-client")
))]

mod common;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard};

use common::{Client, scripted};
use compshare_client::model::{DescribeFavoriteImages, Untyped};
use compshare_client::testing::ScriptedTransport;
use compshare_client::transport::TransportErrorKind;
use compshare_client::{Config, ProxyChoice};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

type Fields = BTreeMap<String, String>;
type Script<'a> = &'a dyn Fn() -> ScriptedTransport;

#[derive(Default)]
struct Log {
    /// Name and fields of each span; ids are positions from 1.
    spans: Vec<(String, Fields)>,
    /// The message of each event, and the position of its span.
    events: Vec<(String, Option<usize>)>,
    /// Handles of spans that are not dropped.
    open: usize,
    /// How often a span was entered.
    entered: usize,
}

static LOG: Mutex<Log> = Mutex::new(Log {
    spans: Vec::new(),
    events: Vec::new(),
    open: 0,
    entered: 0,
});

fn log() -> MutexGuard<'static, Log> {
    LOG.lock().unwrap()
}

fn position(id: &Id) -> usize {
    usize::try_from(id.into_u64()).unwrap() - 1
}

/// Records the spans and events of this crate.
struct Recorder;

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "compshare_client"
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Collect(Fields::new());
        attributes.record(&mut fields);
        let name = attributes.metadata().name().to_owned();
        let mut log = log();
        log.spans.push((name, fields.0));
        log.open += 1;
        Id::from_u64(log.spans.len() as u64)
    }

    fn record(&self, id: &Id, record: &Record<'_>) {
        let mut fields = Collect(Fields::new());
        record.record(&mut fields);
        log().spans[position(id)].1.extend(fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Collect(Fields::new());
        event.record(&mut fields);
        let message = fields.0.remove("message").unwrap();
        log().events.push((message, event.parent().map(position)));
    }

    fn enter(&self, _: &Id) {
        log().entered += 1;
    }

    fn exit(&self, _: &Id) {}

    fn clone_span(&self, id: &Id) -> Id {
        log().open += 1;
        id.clone()
    }

    fn try_close(&self, _: Id) -> bool {
        log().open -= 1;
        true
    }
}

struct Collect(Fields);

impl Visit for Collect {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Runs a call with each client, and returns the span and the events of each.
fn traced(
    script: impl Fn() -> ScriptedTransport,
    call: impl Fn(&Client),
) -> Vec<(Fields, Vec<String>)> {
    let config = Config::builder()
        .keys("pub", "hush-private-key")
        .base_url("https://api.example:8443")
        .proxy(ProxyChoice::Direct)
        .build()
        .unwrap();

    let mut traces = Vec::new();
    for (client, transport) in scripted(&config, script) {
        *log() = Log::default();
        call(&client);

        let log = log();
        let [(name, fields)] = &log.spans[..] else {
            panic!("{} spans", log.spans.len());
        };
        assert_eq!(name, "call");
        assert_eq!(log.open, 0, "the span ends with the call");
        let sent = transport.requests().len();
        assert!(log.entered >= sent, "transports send in the span");
        let events = log.events.iter().map(|(message, span)| {
            assert_eq!(*span, Some(0), "{message}");
            message.clone()
        });
        traces.push((fields.clone(), events.collect()));
    }
    traces
}

// One test, since the subscriber is global.
#[test]
fn each_call_is_one_span_with_standard_fields() {
    tracing::subscriber::set_global_default(Recorder).unwrap();
    let common = fields(&[
        ("otel.kind", "client"),
        ("rpc.system.name", "compshare"),
        ("server.address", "api.example"),
        ("server.port", "8443"),
    ]);
    let with_common = |own: &[(&str, &str)]| {
        let mut all = common.clone();
        all.extend(fields(own));
        all
    };

    let retried = || {
        ScriptedTransport::new()
            .fail(TransportErrorKind::Interrupted)
            .respond(200, r#"{"RetCode":0,"ImageSet":[],"request_uuid":"1f3c"}"#)
    };
    for (span, events) in traced(retried, |client| {
        client.send(&DescribeFavoriteImages::new()).unwrap();
    }) {
        let expected = with_common(&[
            ("otel.name", "DescribeFavoriteImages"),
            ("rpc.method", "DescribeFavoriteImages"),
            ("http.response.status_code", "200"),
            ("http.request.resend_count", "1"),
            ("compshare.request_id", "1f3c"),
        ]);
        assert_eq!(span, expected);
        assert_eq!(
            events,
            ["sending", "failed, retrying", "sending", "answered"]
        );
    }

    // The class of an error is the RetCode, the HTTP status or the kind.
    let refused = || ScriptedTransport::new().respond(200, r#"{"RetCode":171}"#);
    let forbidden = || ScriptedTransport::new().respond(403, "no");
    let cut = || ScriptedTransport::new().fail(TransportErrorKind::Interrupted);

    let failures: [(Script<'_>, &[(&str, &str)]); 3] = [
        (
            &refused,
            &[
                ("error.type", "171"),
                ("rpc.response.status_code", "171"),
                ("http.response.status_code", "200"),
            ],
        ),
        (
            &forbidden,
            &[("error.type", "403"), ("http.response.status_code", "403")],
        ),
        (&cut, &[("error.type", "Interrupted")]),
    ];
    for (script, own) in failures {
        for (span, events) in traced(script, |client| {
            let action = Untyped::write("RenameSomething").param("Name", "trainer");
            client.send(&action).unwrap_err();
        }) {
            let mut expected = with_common(own);
            expected.extend(fields(&[
                ("otel.name", "RenameSomething"),
                ("otel.status_code", "ERROR"),
                ("rpc.method", "RenameSomething"),
            ]));
            assert_eq!(span, expected);
            assert_eq!(events, ["sending", "failed"]);
        }
    }
}
