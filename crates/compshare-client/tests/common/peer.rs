//! A server of raw bytes, for behavior that wiremock does not support.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The response of the server to a request.
#[derive(Clone)]
pub(crate) enum Act {
    Send(Vec<u8>),
    /// Sends these in one piece, each as a record of its own where there are records.
    Together(Vec<Vec<u8>>),
    /// Sends these bytes over and over, until the peer is gone or the server ends.
    Flood(Vec<u8>),
    /// Sends these bytes one by one, with a pause before each.
    Drip(Vec<u8>, Duration),
    Pause(Duration),
    /// Keeps the connection open without another byte.
    Hang,
    Close,
}

/// `Act::Send` of text.
pub(crate) fn send(text: impl Into<String>) -> Act {
    Act::Send(text.into().into_bytes())
}

/// A whole answer with a length.
pub(crate) fn answer(status: &str, body: &str) -> Act {
    answer_with(status, "", body)
}

/// As [`answer`], with more header lines (each ended by CRLF).
pub(crate) fn answer_with(status: &str, headers: &str, body: &str) -> Act {
    send(format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    ))
}

/// A server on loopback. The n-th request gets the n-th script; the last one goes on for ever.
pub(crate) struct Peer {
    port: u16,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    connections: AtomicUsize,
    requests: Mutex<Vec<String>>,
    over: AtomicBool,
}

impl Peer {
    pub(crate) fn new(scripts: Vec<Vec<Act>>) -> Self {
        Self::wrapped(scripts, Some)
    }

    /// As `new`, over what `wrap` makes of each connection: TLS, say. `None` is a connection that
    /// failed.
    pub(crate) fn wrapped<S: Read + Write + 'static>(
        scripts: Vec<Vec<Act>>,
        wrap: impl Fn(TcpStream) -> Option<S> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        let scripts = Arc::new(scripts);
        let wrap = Arc::new(wrap);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.over.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (state, scripts, wrap) =
                    (Arc::clone(&shared), Arc::clone(&scripts), Arc::clone(&wrap));
                thread::spawn(move || {
                    stream
                        .set_read_timeout(Some(Duration::from_secs(10)))
                        .unwrap();
                    stream
                        .set_write_timeout(Some(Duration::from_secs(10)))
                        .unwrap();
                    let socket = stream.try_clone().unwrap();
                    if let Some(mut stream) = wrap(stream) {
                        serve(&mut stream, &state, &scripts);
                    }
                    let _ = socket.shutdown(Shutdown::Both);
                });
            }
        });
        Self { port, state }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// Heads and bodies, as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.requests.lock().unwrap().clone()
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

fn serve(stream: &mut (impl Read + Write), state: &State, scripts: &[Vec<Act>]) {
    while let Some(request) = read_request(stream) {
        let number = {
            let mut requests = state.requests.lock().unwrap();
            requests.push(request);
            requests.len() - 1
        };
        let Some(script) = scripts.get(number).or(scripts.last()) else {
            return;
        };
        for act in script {
            if !perform(stream, state, act) {
                return;
            }
        }
    }
}

/// Whether the connection goes on.
fn perform(stream: &mut impl Write, state: &State, act: &Act) -> bool {
    match act {
        Act::Send(bytes) => stream
            .write_all(bytes)
            .and_then(|()| stream.flush())
            .is_ok(),
        Act::Together(pieces) => {
            pieces.iter().all(|piece| stream.write_all(piece).is_ok()) && stream.flush().is_ok()
        }
        Act::Flood(bytes) => {
            while !state.over.load(Ordering::SeqCst) {
                if stream
                    .write_all(bytes)
                    .and_then(|()| stream.flush())
                    .is_err()
                {
                    break;
                }
            }
            false
        }
        Act::Drip(bytes, pause) => bytes.iter().all(|byte| {
            thread::sleep(*pause);
            !state.over.load(Ordering::SeqCst)
                && stream
                    .write_all(&[*byte])
                    .and_then(|()| stream.flush())
                    .is_ok()
        }),
        Act::Pause(time) => {
            thread::sleep(*time);
            true
        }
        Act::Hang => {
            while !state.over.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(10));
            }
            false
        }
        Act::Close => false,
    }
}

/// One request with its body, or `None` when the peer is gone.
fn read_request(stream: &mut impl Read) -> Option<String> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    bytes.extend(body);
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
