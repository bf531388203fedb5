//! Creating instances over connections that are cut after every byte, with both transports.

#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use common::{config, new_instance};
use compshare_client::sign::form;
use compshare_client::transport::{HttpRequest, HttpResponse, Limits, TransportError};
use compshare_client::{Config, CreatedInstances, Error, Reason, Sent};
use serde_json::json;

/// Where the connection of the creation is cut.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// After this many bytes of the request, which the service then does not run.
    Request(usize),
    /// After this many bytes of the response.
    Response(usize),
}

/// A service that cuts the first connection.
struct Service {
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    remarks: Vec<String>,
    /// Number of creations that arrived whole.
    creations: usize,
    /// The length of the first response.
    response: usize,
}

impl Service {
    fn start(cut: Cut) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            // The test is over after a second without a connection.
            for (index, stream) in listener.incoming().enumerate() {
                let Ok(mut stream) = stream else { return };
                stream
                    .set_read_timeout(Some(Duration::from_secs(5)))
                    .unwrap();
                let cut = Some(cut).filter(|_| index == 0);
                while let Some(request) = read_request(&mut stream, cut) {
                    if request.is_empty() {
                        return;
                    }
                    let response = respond(&shared, &request);
                    let sent = match cut {
                        Some(Cut::Response(bytes)) => &response[..bytes.min(response.len())],
                        _ => &response[..],
                    };
                    if stream.write_all(sent).is_err() || cut.is_some() {
                        break;
                    }
                }
            }
        });
        Self { url, state }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // An empty request ends the thread.
        if let Ok(mut stream) = TcpStream::connect(self.url.trim_start_matches("http://")) {
            let _ = stream.write_all(b"END / HTTP/1.1\r\n\r\n");
        }
    }
}

/// Reads a request and returns its body; `None` if it is cut.
fn read_request(stream: &mut TcpStream, cut: Option<Cut>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.split_once("content-length: ").map_or(0, |(_, rest)| {
                rest.lines().next().unwrap().trim().parse().unwrap()
            });
            if bytes.len() >= head.len() + 4 + length {
                return Some(bytes.split_off(head.len() + 4));
            }
        }
        if matches!(cut, Some(Cut::Request(most)) if bytes.len() >= most) {
            return None;
        }
        let mut byte = [0; 1];
        stream.read_exact(&mut byte).ok()?;
        bytes.push(byte[0]);
    }
}

fn respond(state: &Mutex<State>, body: &[u8]) -> Vec<u8> {
    let params = form::decode(body).unwrap();
    let get = |key: &str| {
        let found = params.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let mut state = state.lock().unwrap();
    let body = if get("Action") == "CreateCompShareInstance" {
        state.creations += 1;
        state.remarks.push(get("Remark"));
        json!({"RetCode": 0, "Action": "CreateCompShareInstanceResponse", "UHostIds": ["uhost-0"]})
    } else {
        let rows = state.remarks.iter().filter(|_| get("Offset") == "0");
        let rows: Vec<_> = rows
            .map(|remark| json!({"UHostId": "uhost-0", "Remark": remark}))
            .collect();
        json!({"RetCode": 0, "UHostSet": rows, "TotalCount": state.remarks.len()})
    };
    let body = body.to_string();
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    if state.response == 0 {
        state.response = response.len();
    }
    response.into_bytes()
}

/// A transport whose waits are over at once.
struct Hasty<T>(T);

#[cfg(feature = "async")]
#[compshare_client::async_trait]
impl compshare_client::transport::Transport for Hasty<compshare_client::transport::HyperTransport> {
    async fn send(
        &self,
        request: HttpRequest,
        limits: &Limits,
    ) -> Result<HttpResponse, TransportError> {
        self.0.send(request, limits).await
    }

    async fn sleep(&self, _: Duration) {}
}

#[cfg(feature = "sync")]
impl compshare_client::sync::Transport for Hasty<compshare_client::transport::UreqTransport> {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        self.0.send(request, limits)
    }

    fn sleep(&self, _: Duration) {}
}

type Create = fn(&Config) -> Result<CreatedInstances, Error>;

/// One creation by each client that is compiled in.
fn clients() -> Vec<Create> {
    vec![
        #[cfg(feature = "async")]
        |config| {
            let transport = Hasty(compshare_client::transport::HyperTransport::new(config));
            let client = compshare_client::Client::with_transport(config.clone(), transport);
            common::runtime().block_on(client.instances().create(&new_instance()))
        },
        #[cfg(feature = "sync")]
        |config| {
            let transport = Hasty(compshare_client::transport::UreqTransport::new(config));
            let client = compshare_client::sync::Client::with_transport(config.clone(), transport);
            client.instances().create(&new_instance())
        },
    ]
}

#[test]
fn responses_cut_after_any_byte_are_recovered() {
    for create in clients() {
        let mut length = 1;
        let mut cut = 0;
        while cut <= length {
            let service = Service::start(Cut::Response(cut));
            let created = create(&config(&service.url).build().unwrap());
            let state = service.state.lock().unwrap();
            let created = created.unwrap_or_else(|error| panic!("{cut} bytes: {error}"));
            assert_eq!(created.ids, ["uhost-0".into()], "{cut} bytes");
            assert_eq!(created.was_recovered, cut < state.response, "{cut} bytes");
            assert_eq!(state.creations, 1, "{cut} bytes");
            length = state.response;
            drop(state);
            cut += 1;
        }
    }
}

#[test]
fn requests_cut_after_any_byte_are_not_created() {
    for create in clients() {
        for cut in (0..700).step_by(9) {
            let service = Service::start(Cut::Request(cut));
            let result = create(&config(&service.url).build().unwrap());
            let state = service.state.lock().unwrap();
            if state.creations > 0 {
                // The request is shorter than that.
                assert!(cut > 400);
                assert_eq!((result.unwrap().ids.len(), state.creations), (1, 1));
                continue;
            }
            let error = result.unwrap_err();
            assert!(!error.is_outcome_unknown(), "{cut} bytes: {error}");
            let is_proven = matches!(error.reason(), Some(Reason::NotCreated { .. }));
            assert!(
                is_proven || error.was_sent() == Sent::No,
                "{cut} bytes: {error:#?}"
            );
        }
    }
}
