//! Lists the favorites: `record FOLDER` keeps the responses, `replay FOLDER` needs no network.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use compshare_client::sync::{Client, Transport};
use compshare_client::transport::{
    HttpRequest, HttpResponse, Limits, TransportError, TransportErrorKind, UreqTransport,
};
use compshare_client::{Config, sanitize};

/// Records the bodies of responses, or replays them in the same order.
struct Tape {
    folder: PathBuf,
    /// `None` to replay.
    live: Option<UreqTransport>,
    count: AtomicUsize,
}

impl Transport for Tape {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.join(format!("{count:04}.json"));
        let failed = |error| TransportError::new(TransportErrorKind::Unsupported, error);

        match &self.live {
            Some(transport) => {
                let response = Transport::send(transport, request, limits)?;
                fs::write(path, response.body()).map_err(failed)?;
                Ok(response)
            }
            None => Ok(HttpResponse::new(fs::read(path).map_err(failed)?.into())),
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [mode, folder] = arguments.as_slice() else {
        return Err("usage: record_and_replay record|replay FOLDER".into());
    };

    // A replay signs its requests too, with any keys.
    let config = match mode.as_str() {
        "record" => Config::load()?,
        _ => Config::builder().keys("public", "private").build()?,
    };
    let tape = Tape {
        folder: folder.into(),
        live: (mode == "record").then(|| UreqTransport::new(&config)),
        count: AtomicUsize::new(0),
    };

    for favorite in Client::with_transport(config, tape).favorites() {
        println!("{}", sanitize(&favorite?.name));
    }
    Ok(())
}
