//! The gateway on a socket.

use std::collections::hash_map::RandomState;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::hash::BuildHasher;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use compshare_sign::{Credentials, CredentialsError};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::{Answer, Catalog, Fault, Gateway, Outcome, Quirks};

/// A running gateway. It stops when it is dropped.
///
/// Starting blocks for a moment and works inside and outside an async runtime alike; the server has a thread of its
/// own. Every path is answered alike.
///
/// ```
/// let gateway = compshare_mock::MockGateway::start()?;
/// assert!(gateway.base_url().starts_with("http://127.0.0.1:"));
/// # Ok::<(), compshare_mock::StartError>(())
/// ```
pub struct MockGateway {
    gateway: Gateway,
    base_url: String,
    public_key: String,
    private_key: String,
    /// Stops the server when it is dropped.
    _stop: oneshot::Sender<Infallible>,
}

impl MockGateway {
    /// Starts a gateway on a free loopback port, with new keys and the [built-in catalogue](Catalog::built_in).
    ///
    /// # Errors
    ///
    /// [`StartError`] if no port or no thread is to be had.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// A gateway with settings of its own.
    pub fn builder() -> MockGatewayBuilder {
        MockGatewayBuilder::default()
    }

    /// Where it listens: `http://127.0.0.1:40123`, without a slash at its end.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// The public key it believes.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The private key it verifies with. Made up, like everything here: no real key belongs into a mock.
    pub fn private_key(&self) -> &str {
        &self.private_key
    }

    /// Returns the gateway behind the socket, for a look at its images and for its settings.
    ///
    /// ```
    /// let gateway = compshare_mock::MockGateway::start()?;
    /// gateway.state().set_progress_step(50);
    /// assert_eq!(gateway.state().favorites(), compshare_mock::favorites());
    /// # Ok::<(), compshare_mock::StartError>(())
    /// ```
    pub fn state(&self) -> &Gateway {
        &self.gateway
    }

    /// Returns the number of requests received; see [`Gateway::requests`].
    pub fn requests(&self) -> u64 {
        self.gateway.requests()
    }

    /// Returns the names of the requested actions, oldest first; see [`Gateway::actions`].
    pub fn actions(&self) -> Vec<String> {
        self.gateway.actions()
    }

    /// Adds `fault` to the end of the script.
    pub fn push_fault(&self, fault: Fault) {
        self.push_faults([fault]);
    }

    /// Adds `faults` to the end of the script; see also [`Fault::times`].
    pub fn push_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.gateway.push_faults(faults);
    }

    /// Sets the departures from the documented behaviour; see [`Gateway::set_quirks`].
    pub fn set_quirks(&self, quirks: Quirks) {
        self.gateway.set_quirks(quirks);
    }
}

impl fmt::Debug for MockGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockGateway")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`MockGateway`] to be started.
///
/// ```
/// use compshare_mock::{MockGateway, Quirks};
/// use serde_json::json;
///
/// let gateway = MockGateway::builder()
///     .keys("my_public_key", "my_private_key")
///     .images(vec![json!({"CompShareImageId": "compshareImage-0123456789ab", "Name": "Ubuntu 22.04"})])
///     .quirks(Quirks::default().page_cap(1))
///     .start()?;
/// assert_eq!(gateway.state().favorites().len(), 1);
/// # Ok::<(), compshare_mock::StartError>(())
/// ```
#[derive(Default)]
pub struct MockGatewayBuilder {
    public_key: Option<String>,
    private_key: Option<String>,
    security_token: Option<String>,
    contents: Option<Contents>,
    progress_step: Option<u32>,
    listen: Option<SocketAddr>,
    quirks: Quirks,
}

enum Contents {
    Catalog(Catalog),
    File(PathBuf),
}

impl MockGatewayBuilder {
    /// The key pair to believe, in place of a new one.
    pub fn keys(self, public: impl Into<String>, private: impl Into<String>) -> Self {
        self.public_key(public).private_key(private)
    }

    /// The public key to believe, in place of a new one.
    pub fn public_key(mut self, key: impl Into<String>) -> Self {
        self.public_key = Some(key.into());
        self
    }

    /// The private key to verify with, in place of a new one.
    pub fn private_key(mut self, key: impl Into<String>) -> Self {
        self.private_key = Some(key.into());
        self
    }

    /// Makes the pair a temporary one: requests must carry this `SecurityToken`.
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// The images there are, in place of the built-in catalogue; all of them are favourites at first. An image is known
    /// by its `CompShareImageId`, or `ImageId`; everything else is sent as it is. The community is their groups, and
    /// there is nothing else: see [`catalog`](Self::catalog).
    pub fn images(self, images: Vec<Value>) -> Self {
        self.catalog(Catalog::empty().favorites(images))
    }

    /// What there is, in place of the built-in catalogue.
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.contents = Some(Contents::Catalog(catalog));
        self
    }

    /// As [`catalog`](Self::catalog), from a file: a JSON array of images, all of them favourites, or an object with any
    /// of these arrays of objects:
    ///
    /// | key | what it is |
    /// |---|---|
    /// | `ImageSet` | [`favorites`](Catalog::favorites) |
    /// | `CompshareImageGroup` | [`community`](Catalog::community) |
    /// | `PlatformImages` | [`platform_images`](Catalog::platform_images) |
    /// | `CustomImages` | [`custom_images`](Catalog::custom_images) |
    /// | `SharedImages` | [`shared_images`](Catalog::shared_images) |
    /// | `SelfCommunity` | [`self_community`](Catalog::self_community) |
    /// | `UHostSet` | [`instances`](Catalog::instances) |
    /// | `ZoneInfo` | [`zones`](Catalog::zones) |
    ///
    /// and, beside at least one of them, the [`tags`](Catalog::tags) as `TagIndex` and `TagsMap`, in the form of
    /// `DescribeCompShareImageTags`. Other members are ignored. The file is read once, when the gateway starts.
    pub fn images_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.contents = Some(Contents::File(path.into()));
        self
    }

    /// How far each look at an image that is being made takes it, in percent; see [`Gateway::set_progress_step`].
    pub fn progress_step(mut self, percent: u32) -> Self {
        self.progress_step = Some(percent);
        self
    }

    /// Where to listen, in place of a free port of `127.0.0.1`. Anyone who can reach the address can try it: it is
    /// plain HTTP, made for loopback.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = Some(address);
        self
    }

    /// How to depart from the documentation from the start.
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.quirks = quirks;
        self
    }

    /// Starts the gateway. Once this returns, it answers.
    ///
    /// # Errors
    ///
    /// [`StartError`] if a key cannot be one, the file cannot be used, the address cannot be listened on, or the
    /// system has no thread left.
    pub fn start(self) -> Result<MockGateway, StartError> {
        let public_key = self
            .public_key
            .unwrap_or_else(|| format!("mock-{}", random_word()));
        let private_key = self
            .private_key
            .unwrap_or_else(|| [random_word(), random_word()].concat());
        let mut credentials = Credentials::new(&*public_key, &*private_key)?;
        if let Some(token) = self.security_token {
            credentials = credentials.with_security_token(token)?;
        }
        let catalog = match self.contents {
            None => Catalog::built_in(),
            Some(Contents::Catalog(catalog)) => catalog,
            Some(Contents::File(path)) => read_catalog(&path)?,
        };
        let gateway = Gateway::with_catalog(credentials, catalog);
        gateway.set_quirks(self.quirks);
        if let Some(percent) = self.progress_step {
            gateway.set_progress_step(percent);
        }

        let address = self
            .listen
            .unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 0).into());
        let listen_error = |source| StartError::Listen { address, source };
        let listener = TcpListener::bind(address).map_err(listen_error)?;
        let local_address = listener.local_addr().map_err(listen_error)?;

        let stop = start_server(listener, gateway.clone()).map_err(StartError::Serve)?;
        Ok(MockGateway {
            gateway,
            base_url: format!("http://{local_address}"),
            public_key,
            private_key,
            _stop: stop,
        })
    }
}

impl fmt::Debug for MockGatewayBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { listen, quirks, .. } = self;
        f.debug_struct("MockGatewayBuilder")
            .field("listen", listen)
            .field("quirks", quirks)
            .finish_non_exhaustive()
    }
}

/// Why a gateway did not start. What the system or the JSON reader says is the `source()`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A key or the security token cannot be one.
    #[error("cannot use the keys")]
    Credentials(#[from] CredentialsError),
    /// The file of images cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file of images is not JSON.
    #[error("{} is not JSON", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
    /// The file of images is JSON of another kind.
    #[error("{} is neither a JSON array of objects nor an object with such arrays, as ImageSet for one", path.display())]
    Shape {
        /// The file.
        path: PathBuf,
    },
    /// The address cannot be listened on: it is in use, or not this machine's.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The system has no thread for the server.
    #[error("cannot start the server")]
    Serve(#[source] io::Error),
}

fn read_catalog(path: &Path) -> Result<Catalog, StartError> {
    let text = std::fs::read(path).map_err(|source| StartError::Read {
        path: path.into(),
        source,
    })?;
    let json = serde_json::from_slice(&text).map_err(|source| StartError::Json {
        path: path.into(),
        source,
    })?;
    Catalog::from_json(json).ok_or_else(|| StartError::Shape { path: path.into() })
}

/// 16 hex digits that nobody has seen before; good enough for keys that guard nothing.
fn random_word() -> String {
    format!("{:016x}", RandomState::new().hash_one(0))
}

/// Starts the server on a thread of its own, so that the caller may be inside a runtime. The server stops when the
/// sender is dropped.
fn start_server(
    listener: TcpListener,
    gateway: Gateway,
) -> io::Result<oneshot::Sender<Infallible>> {
    listener.set_nonblocking(true)?;
    let (stop, stopped) = oneshot::channel();
    let (started, result) = std::sync::mpsc::channel();
    let run = move || {
        let prepared = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .and_then(|runtime| {
                let listener =
                    runtime.block_on(async { tokio::net::TcpListener::from_std(listener) })?;
                runtime.spawn(accept(listener, gateway));
                Ok(runtime)
            });
        match prepared {
            Ok(runtime) => {
                let _ = started.send(Ok(()));
                // Ends with an error when the sender is dropped; dropping the runtime closes all connections.
                let _ = runtime.block_on(stopped);
            }
            Err(error) => {
                let _ = started.send(Err(error));
            }
        }
    };
    std::thread::Builder::new()
        .name("compshare-mock".to_owned())
        .spawn(run)?;
    result.recv().map_err(io::Error::other)??;
    Ok(stop)
}

async fn accept(listener: tokio::net::TcpListener, gateway: Gateway) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // The client is gone, or file descriptors are short for a moment.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let gateway = gateway.clone();
        let service = service_fn(move |request| respond(gateway.clone(), request));
        // Fails when the client leaves and when a fault cuts the connection.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// Answers a request. An error closes the connection without a response.
async fn respond(
    gateway: Gateway,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Box<dyn Error + Send + Sync>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let params = match head.method {
        Method::GET => head.uri.query().unwrap_or_default().as_bytes(),
        _ => &body,
    };
    let content_type = head
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();

    let outcome = gateway.exchange(head.method.as_str(), content_type, params);
    match outcome {
        Outcome::Cut => Err("the connection is cut".into()),
        Outcome::Answer { answer, delay } => {
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            Ok(response(answer))
        }
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(answer.body));
    // hyper sends no interim status as a response, and `StatusCode` takes numbers without a meaning.
    *response.status_mut() = StatusCode::from_u16(answer.status)
        .ok()
        .filter(|status| (200..600).contains(&status.as_u16()))
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
