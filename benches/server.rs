//! A server on loopback that sends prepared responses, so that the benches measure the client.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use compshare_benches::pages::{PageStyle, listing};

/// The responses of a listing, one per page, with headers. The last page is empty.
pub(crate) struct Listing {
    page_size: usize,
    responses: Vec<Vec<u8>>,
}

impl Listing {
    /// Creates a listing of `images` images in pages of `page_size`.
    pub(crate) fn new(images: usize, page_size: usize, seed: u64) -> Self {
        let pages = listing(images, PageStyle::flat(page_size), seed);
        let responses = pages.iter().map(|page| {
            let head = format!(
                "HTTP/1.1 200 OK\r\n\
                 content-type: application/json\r\n\
                 x-ucloud-request-uuid: 0e02154b-eb01\r\n\
                 content-length: {}\r\n\r\n",
                page.len()
            );
            [head.as_bytes(), page.as_bytes()].concat()
        });
        Self {
            page_size,
            responses: responses.collect(),
        }
    }

    /// Returns the response to a form, or `None` if it is unsigned or does not request a page.
    fn response(&self, form: &str) -> Option<&[u8]> {
        let number = |name: &str| {
            let value = form
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            value.map_or(Some(0), |value| value.parse::<usize>().ok())
        };
        let (offset, limit) = (number("Offset")?, number("Limit")?);

        let page = offset.div_ceil(self.page_size);
        let is_last = page + 1 >= self.responses.len();
        let is_valid = form.contains("Signature=")
            && limit == self.page_size
            && (offset % limit == 0 || is_last);
        if !is_valid {
            return None;
        }
        let response = self.responses.get(page).or(self.responses.last())?;
        Some(response)
    }
}

/// The connections and errors since the last call of [`Server::take_counts`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// The number of new connections.
    pub(crate) connections: usize,
    /// The number of invalid requests.
    pub(crate) rejected: usize,
}

#[derive(Default)]
struct State {
    is_stopped: AtomicBool,
    /// The current listing and the latency of its responses.
    service: RwLock<Option<(Arc<Listing>, Duration)>>,
    connections: AtomicUsize,
    rejected: AtomicUsize,
}

/// A server with one thread per connection, which runs until it is dropped.
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
                if shared.is_stopped.load(Ordering::SeqCst) {
                    return;
                }
                let (Ok(stream), state) = (stream, Arc::clone(&shared)) else {
                    continue;
                };
                thread::spawn(move || {
                    state.connections.fetch_add(1, Ordering::SeqCst);
                    // An error means that the client closed the connection.
                    let _ = serve(&stream, &state);
                });
            }
        });
        Ok(Self { address, state })
    }

    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Sets the listing to serve, with each response `latency` after its request.
    pub(crate) fn serve(&self, listing: &Arc<Listing>, latency: Duration) {
        let mut service = self
            .state
            .service
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *service = Some((Arc::clone(listing), latency));
    }

    /// Returns the counts and resets them.
    pub(crate) fn take_counts(&self) -> Counts {
        let take = |count: &AtomicUsize| count.swap(0, Ordering::SeqCst);
        Counts {
            connections: take(&self.state.connections),
            rejected: take(&self.state.rejected),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.state.is_stopped.store(true, Ordering::SeqCst);
        // Wake the accepting thread.
        let _ = TcpStream::connect(self.address);
    }
}

#[allow(clippy::disallowed_methods, reason = "sleeping simulates the latency")]
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
        if let Some(response) = listing.response(&form) {
            output.write_all(response)?;
        } else {
            state.rejected.fetch_add(1, Ordering::SeqCst);
            output.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")?;
        }
    }
    Ok(())
}

/// Reads the body of the next request, or `None` if the client closed the connection.
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
