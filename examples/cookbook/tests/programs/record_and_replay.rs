//! Records the responses of a service in a file, and replays them without it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use compshare_client::Config;
use compshare_client::sign::form;
use compshare_client::sync::{Client, Transport};
use compshare_client::transport::{
    HttpRequest, HttpResponse, Limits, TransportError, TransportErrorKind, UreqTransport,
};
use compshare_mock::MockGateway;
use serde_json::{Value, json};

/// A transport that replays a file, or records one if `inner` is set.
struct Cassette {
    file: PathBuf,
    inner: Option<UreqTransport>,
    entries: Mutex<Vec<Value>>,
}

impl Cassette {
    fn record(file: &Path, config: &Config) -> Self {
        let (file, inner) = (file.to_owned(), Some(UreqTransport::new(config)));
        let entries = Mutex::default();
        Self {
            file,
            inner,
            entries,
        }
    }

    fn replay(file: &Path) -> Self {
        let entries = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let (file, entries) = (file.to_owned(), Mutex::new(entries));
        Self {
            file,
            inner: None,
            entries,
        }
    }
}

impl Transport for Cassette {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        let mut params = form::decode(request.body()).unwrap_or_default();
        // A file in the repository must not contain a signed request.
        params.retain(|(key, _)| !["PublicKey", "Signature", "SecurityToken"].contains(&&**key));

        let mut entries = self.entries.lock().unwrap();
        let Some(inner) = &self.inner else {
            let position = entries
                .iter()
                .position(|entry| entry["params"] == json!(params));
            let Some(position) = position else {
                let cause = "the request is not in the recording";
                return Err(TransportError::new(TransportErrorKind::Unsupported, cause));
            };
            let body = entries.remove(position)["body"].to_string();
            return Ok(HttpResponse::new(body.into()));
        };

        let response = inner.send(request, limits)?;
        let body: Value = serde_json::from_slice(response.body()).unwrap();
        entries.push(json!({"params": params, "body": body}));
        fs::write(&self.file, json!(*entries).to_string()).unwrap();
        Ok(response)
    }
}

#[test]
fn recording_replaces_the_service() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("favorites.json");
    let names = |client: &Client| -> Vec<String> {
        client
            .favorites()
            .map(|favorite| favorite.unwrap().name)
            .collect()
    };

    let gateway = MockGateway::start().unwrap();
    let config = Config::builder()
        .keys(gateway.public_key(), gateway.private_key())
        .base_url(gateway.base_url())
        .build()
        .unwrap();
    let transport = Cassette::record(&file, &config);
    let recorded = names(&Client::with_transport(config, transport));
    drop(gateway);

    let config = Config::builder().keys("any", "any").build().unwrap();
    let replayed = names(&Client::with_transport(config, Cassette::replay(&file)));
    assert_eq!(replayed, recorded);
}
