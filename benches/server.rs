//! A server on loopback that does nothing but send listings that were made before: what is measured is the client.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use compshare_benches::pages::{PageStyle, listing};

/// Whole answers, head and body, for `Offset` 0, one page, two pages and so on; the last has no images.
pub(crate) struct Listing {
    page_size: usize,
    answers: Vec<Vec<u8>>,
}

impl Listing {
    /// `images` images in pages of `page_size`.
    pub(crate) fn new(images: usize, page_size: usize, seed: u64) -> Self {
        let pages = listing(images, PageStyle::flat(page_size), seed);
        let answers = pages.iter().map(|page| {
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-ucloud-request-uuid: 0e02154b-eb01\r\n\
                 content-length: {}\r\n\r\n",
                page.len()
            );
            [head.as_bytes(), page.as_bytes()].concat()
        });
        Self {
            page_size,
            answers: answers.collect(),
        }
    }

    /// The answer to a signed form, if it asks for what there is.
    fn answer(&self, form: &str) -> Option<&[u8]> {
        let number = |name: &str| {
            let pair = form
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            pair.map_or(Some(0), |value| value.parse::<usize>().ok())
        };
        let (offset, limit) = (number("Offset")?, number("Limit")?);
        let is_signed = form.contains("Signature=");
        let at = offset.div_ceil(self.page_size);
        let right = is_signed
            && limit == self.page_size
            && (offset % limit == 0 || at + 1 >= self.answers.len());
        right
            .then(|| {
                self.answers
                    .get(at)
                    .or(self.answers.last())
                    .map(Vec::as_slice)
            })
            .flatten()
    }
}

/// What the clients did since the last time they were counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Connections that were made.
    pub(crate) connections: usize,
    /// Requests that asked for something else.
    pub(crate) refused: usize,
}

#[derive(Default)]
struct State {
    over: AtomicBool,
    /// Listing and latency.
    service: RwLock<Option<(Arc<Listing>, Duration)>>,
    connections: AtomicUsize,
    refused: AtomicUsize,
}

/// Runs until it is dropped. A thread for each connection.
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
}

impl Server {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.over.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), state) = (stream, Arc::clone(&shared)) else {
                    continue;
                };
                thread::spawn(move || {
                    state.connections.fetch_add(1, Ordering::SeqCst);
                    // A client that leaves is at its end.
                    let _ = serve(&stream, &state);
                });
            }
        });
        Ok(Self { address, state })
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What is served from here on; each answer comes `latency` after its request.
    pub(crate) fn serve(&self, listing: &Arc<Listing>, latency: Duration) {
        let mut service = self
            .state
            .service
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *service = Some((Arc::clone(listing), latency));
    }

    /// Counts from here on anew.
    pub(crate) fn take_counts(&self) -> Counts {
        let take = |count: &AtomicUsize| count.swap(0, Ordering::SeqCst);
        Counts {
            connections: take(&self.state.connections),
            refused: take(&self.state.refused),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.over.store(true, Ordering::SeqCst);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "a server that is slow on purpose"
)]
fn serve(stream: &TcpStream, state: &State) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = BufReader::new(stream);
    while let Some(form) = read_form(&mut input)? {
        let service = state
            .service
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let Some((listing, latency)) = service else {
            return Ok(());
        };
        if !latency.is_zero() {
            thread::sleep(latency);
        }
        let mut output = stream;
        if let Some(answer) = listing.answer(&form) {
            output.write_all(answer)?;
        } else {
            state.refused.fetch_add(1, Ordering::SeqCst);
            output.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")?;
        }
    }
    Ok(())
}

/// The body of the next request, or `None` where the client has left.
fn read_form(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let (mut length, mut line) = (0, String::new());
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if line.trim().is_empty() {
            break;
        }
        let field = line
            .split_once(':')
            .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        if let Some((_, value)) = field {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut form = String::new();
    input.take(length).read_to_string(&mut form)?;
    Ok(Some(form))
}
