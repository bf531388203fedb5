//! The HTTP server around a gateway.

use std::collections::hash_map::RandomState;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::hash::BuildHasher;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use compshare_sign::{Credentials, CredentialsError};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::sync::oneshot;

use crate::{Catalog, Fault, Gateway, Outcome, Quirks, Response};

/// A running mock gateway. Dropping it stops the server.
///
/// The server runs on its own thread and handles every path alike. Starting it blocks briefly, and
/// works inside and outside an async runtime.
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
    /// Starts a gateway on a free loopback port, with generated keys and the
    /// [built-in catalog](Catalog::built_in).
    ///
    /// # Errors
    ///
    /// [`StartError`] if the system has no free port or cannot start a thread.
    pub fn start() -> Result<Self, StartError> {
        Self::builder().start()
    }

    /// Returns a builder for a gateway with other settings.
    pub fn builder() -> MockGatewayBuilder {
        MockGatewayBuilder::default()
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`, without a trailing slash.
    pub fn base_url(&self) -> String {
        self.base_url.clone()
    }

    /// Returns the public key that requests must carry.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    /// Returns the private key that verifies signatures. Do not use a real key with the mock.
    pub fn private_key(&self) -> &str {
        &self.private_key
    }

    /// Returns the gateway behind the server, with its images and settings.
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

    /// Appends `fault` to the script.
    pub fn push_fault(&self, fault: Fault) {
        self.push_faults([fault]);
    }

    /// Appends a fault for the next request of `action`; see [`Gateway::push_fault_for`].
    pub fn push_fault_for(&self, action: impl Into<String>, fault: Fault) {
        self.gateway.push_fault_for(action, fault);
    }

    /// Appends `faults` to the script; see also [`Fault::times`].
    pub fn push_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        self.gateway.push_faults(faults);
    }

    /// Sets the deviations from the documented behavior; see [`Gateway::set_quirks`].
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

/// A builder for a [`MockGateway`].
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
    catalog: Option<CatalogSource>,
    progress_step: Option<u32>,
    listen: Option<SocketAddr>,
    quirks: Quirks,
}

enum CatalogSource {
    Catalog(Box<Catalog>),
    File(PathBuf),
}

impl MockGatewayBuilder {
    /// Sets the key pair. By default, both keys are generated.
    pub fn keys(self, public: impl Into<String>, private: impl Into<String>) -> Self {
        self.public_key(public).private_key(private)
    }

    /// Sets the public key. By default, it is generated.
    pub fn public_key(mut self, key: impl Into<String>) -> Self {
        self.public_key = Some(key.into());
        self
    }

    /// Sets the private key. By default, it is generated.
    pub fn private_key(mut self, key: impl Into<String>) -> Self {
        self.private_key = Some(key.into());
        self
    }

    /// Makes the key pair temporary: requests must carry this `SecurityToken`.
    pub fn security_token(mut self, token: impl Into<String>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// Replaces the built-in catalog with images that are all favorites at first.
    ///
    /// An image is identified by its `CompShareImageId`, or its `ImageId`; other fields are sent
    /// unchanged. The community consists of their groups, and all other lists are empty: see
    /// [`catalog`](Self::catalog).
    pub fn images(self, images: Vec<Value>) -> Self {
        self.catalog(Catalog::empty().favorites(images))
    }

    /// Replaces the built-in catalog.
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.catalog = Some(CatalogSource::Catalog(Box::new(catalog)));
        self
    }

    /// Replaces the built-in catalog with a JSON file.
    ///
    /// The file is an array of images, all of them favorites, or an object with at least one of
    /// these arrays of objects:
    ///
    /// | key | contents |
    /// |---|---|
    /// | `ImageSet` | [`favorites`](Catalog::favorites) |
    /// | `CompshareImageGroup` | [`community`](Catalog::community) |
    /// | `PlatformImages` | [`platform_images`](Catalog::platform_images) |
    /// | `CustomImages` | [`custom_images`](Catalog::custom_images) |
    /// | `SharedImages` | [`shared_images`](Catalog::shared_images) |
    /// | `SelfCommunity` | [`self_community`](Catalog::self_community) |
    /// | `UHostSet` | [`instances`](Catalog::instances) |
    /// | `Disks` | [`disks`](Catalog::disks) |
    /// | `AvailableInstanceTypes` | [`instance_types`](Catalog::instance_types) |
    /// | `ZoneInfo` | [`zones`](Catalog::zones) |
    ///
    /// The object may also have the [`tags`](Catalog::tags) as `TagIndex` and `TagsMap`, in the
    /// format of `DescribeCompShareImageTags`, the [`stock`](Catalog::stock) as `GpuInventory`, and
    /// the [`gpu_prices`](Catalog::gpu_prices) as `GpuPrices`. Other members are ignored. The file is read once,
    /// when the gateway starts.
    pub fn images_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.catalog = Some(CatalogSource::File(path.into()));
        self
    }

    /// Sets the step of image creation in percent; see [`Gateway::set_progress_step`].
    pub fn progress_step(mut self, percent: u32) -> Self {
        self.progress_step = Some(percent);
        self
    }

    /// Sets the listening address. By default, it is a free port of `127.0.0.1`.
    ///
    /// The server speaks plain HTTP and is meant for loopback: every host that can reach the
    /// address can send requests.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = Some(address);
        self
    }

    /// Sets the initial deviations from the documented behavior.
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.quirks = quirks;
        self
    }

    /// Starts the gateway. It accepts requests once this returns.
    ///
    /// # Errors
    ///
    /// [`StartError`] if a key or the file is invalid, or if the system cannot listen on the
    /// address or start a thread.
    pub fn start(self) -> Result<MockGateway, StartError> {
        let public_key = self
            .public_key
            .unwrap_or_else(|| format!("mock-{}", random_hex()));
        let private_key = self
            .private_key
            .unwrap_or_else(|| [random_hex(), random_hex()].concat());

        let mut credentials = Credentials::new(&*public_key, &*private_key)?;
        if let Some(token) = self.security_token {
            credentials = credentials.with_security_token(token)?;
        }

        let catalog = match self.catalog {
            None => Catalog::built_in(),
            Some(CatalogSource::Catalog(catalog)) => *catalog,
            Some(CatalogSource::File(path)) => read_catalog(&path)?,
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

/// An error starting a gateway.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A key or the security token is invalid.
    #[error("invalid credentials")]
    Credentials(#[from] CredentialsError),
    /// The file of images cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// The file of images is not JSON.
    #[error("{} is not JSON", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// The parser's error.
        source: serde_json::Error,
    },
    /// The file of images has another JSON structure.
    #[error("expected a JSON array of objects in {}, or an object with arrays such as ImageSet", path.display())]
    Shape {
        /// The file.
        path: PathBuf,
    },
    /// The system cannot listen on the address: it is in use, or not an address of this host.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's error.
        source: io::Error,
    },
    /// The system cannot start the server's thread or runtime.
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

/// Returns 16 random hex digits. The hasher's random state suffices: the keys protect nothing.
fn random_hex() -> String {
    format!("{:016x}", RandomState::new().hash_one(0))
}

/// Starts the server on its own thread, so that callers may be inside a runtime.
///
/// The server stops when the sender is dropped.
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
                // Ends with an error when the sender is dropped; dropping the runtime closes all
                // connections.
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
            // The client has disconnected, or the process is out of file descriptors for now.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        let gateway = gateway.clone();
        let service = service_fn(move |request| respond(gateway.clone(), request));
        // Fails when the client disconnects, and when a fault closes the connection.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}

/// Handles a request. An error closes the connection without a response.
async fn respond(
    gateway: Gateway,
    request: Request<Incoming>,
) -> Result<hyper::Response<ResponseBody>, Box<dyn Error + Send + Sync>> {
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
        Outcome::Disconnect => Err("disconnected by a fault".into()),
        Outcome::Response { response, delay } => {
            if !delay.is_zero() {
                tokio::time::sleep(delay).await;
            }
            Ok(http_response(response, usize::MAX))
        }
        Outcome::Truncated { response, bytes } => Ok(http_response(response, bytes)),
    }
}

/// A body whose transfer can be cut off.
struct ResponseBody {
    /// The bytes to send, until they are sent.
    data: Option<Bytes>,
    /// The announced length.
    length: u64,
    is_complete: bool,
    is_flushed: bool,
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(data) = self.data.take() {
            Poll::Ready(Some(Ok(Frame::data(data))))
        } else if self.is_complete {
            Poll::Ready(None)
        } else if self.is_flushed {
            Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())))
        } else {
            // An error discards unsent bytes, so let hyper send them before.
            self.is_flushed = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && self.is_complete
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}

/// Converts a response of which at most `limit` bytes of the body are sent.
fn http_response(response: Response, limit: usize) -> hyper::Response<ResponseBody> {
    let mut data = Bytes::from(response.body);
    let length = data.len() as u64;
    data.truncate(limit);
    let mut http = hyper::Response::new(ResponseBody {
        length,
        is_complete: data.len() as u64 == length,
        is_flushed: false,
        data: Some(data).filter(|data| !data.is_empty()),
    });
    // hyper cannot send 1xx as a final status, and `StatusCode` also accepts 600 and above.
    *http.status_mut() = StatusCode::from_u16(response.status)
        .ok()
        .filter(|status| (200..600).contains(&status.as_u16()))
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            http.headers_mut().append(name, value);
        }
    }
    http
}
