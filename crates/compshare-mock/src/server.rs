//! The gateway on a socket.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

use compshare_sign::{Credentials, CredentialsError};
use serde_json::Value;
use wiremock::http::{HeaderName, HeaderValue};
use wiremock::matchers::any;
use wiremock::{Match, Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::{Answer, Catalog, Fault, Gateway, Outcome, Quirks};

/// wiremock keeps every request that a mock matched for as long as the mock is mounted, so they are mounted anew after
/// so many requests.
const REQUESTS_PER_MOUNT: u32 = 512;

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
    /// Stops the server when it goes.
    _server: Arc<MockServer>,
    shared: Arc<Shared>,
    base_url: String,
    public_key: String,
    private_key: String,
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

    /// How many requests came, answered or not.
    pub fn requests(&self) -> u64 {
        self.shared.gateway().requests()
    }

    /// Which actions were asked for, oldest first; see [`Gateway::actions`].
    pub fn actions(&self) -> Vec<String> {
        self.shared.gateway().actions()
    }

    /// The favourites, in order.
    pub fn favorites(&self) -> Vec<Value> {
        self.shared.gateway().favorites()
    }

    /// The ids of the groups with a favourite, in the order of [`community`](Self::community); see
    /// [`Gateway::favorite_groups`].
    pub fn favorite_groups(&self) -> Vec<String> {
        self.shared.gateway().favorite_groups()
    }

    /// The groups of the community, in the order in which they are listed; see [`Gateway::community`].
    pub fn community(&self) -> Vec<Value> {
        self.shared.gateway().community()
    }

    /// The groups that the account published.
    pub fn self_community(&self) -> Vec<Value> {
        self.shared.gateway().self_community()
    }

    /// The platform images.
    pub fn platform_images(&self) -> Vec<Value> {
        self.shared.gateway().platform_images()
    }

    /// The account's own images.
    pub fn custom_images(&self) -> Vec<Value> {
        self.shared.gateway().custom_images()
    }

    /// The images that others share with the account.
    pub fn shared_images(&self) -> Vec<Value> {
        self.shared.gateway().shared_images()
    }

    /// The accounts that an own image is shared with: elements of an `AccountSet`.
    pub fn share_accounts(&self, image: &str) -> Vec<Value> {
        self.shared.gateway().share_accounts(image)
    }

    /// The number by which `DescribeUserCommunityImages` knows an author; see [`Gateway::organization_id`].
    pub fn organization_id(&self, author: &str) -> Option<u64> {
        self.shared.gateway().organization_id(author)
    }

    /// How far each look at an image that is being made takes it; see [`Gateway::set_progress_step`].
    pub fn set_progress_step(&self, percent: u32) {
        self.shared.gateway().set_progress_step(percent);
    }

    /// Adds `fault` to the end of the script: the first request that finds no other before it gets it.
    pub fn push_fault(&self, fault: Fault) {
        self.push_faults([fault]);
    }

    /// Adds `faults` to the end of the script; see also [`Fault::times`].
    pub fn push_faults(&self, faults: impl IntoIterator<Item = Fault>) {
        // Run to its end first: it may ask this gateway something.
        let faults: Vec<Fault> = faults.into_iter().collect();
        self.shared.gateway().push_faults(faults);
    }

    /// From now on, behaves so.
    pub fn set_quirks(&self, quirks: Quirks) {
        self.shared.gateway().set_quirks(quirks);
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
/// assert_eq!(gateway.favorites().len(), 1);
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
        let mut gateway = Gateway::with_catalog(credentials, catalog);
        gateway.set_quirks(self.quirks);
        if let Some(percent) = self.progress_step {
            gateway.set_progress_step(percent);
        }

        let address = self
            .listen
            .unwrap_or_else(|| (Ipv4Addr::LOCALHOST, 0).into());
        let listener =
            TcpListener::bind(address).map_err(|source| StartError::Listen { address, source })?;
        let shared = Arc::new(Shared {
            gateway: Mutex::new(gateway),
            next: Mutex::new(None),
            server: OnceLock::new(),
            since_mount: AtomicU32::new(0),
        });
        let server = serve(listener, &shared)?;
        Ok(MockGateway {
            base_url: server.uri(),
            _server: server,
            shared,
            public_key,
            private_key,
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

/// What the handle and the server's thread share.
struct Shared {
    gateway: Mutex<Gateway>,
    /// The answer to the request at hand, from the matcher that decided on it to the responder that gives it. One place
    /// is enough: wiremock holds a lock from matching until the answer is made.
    next: Mutex<Option<(Answer, Duration)>>,
    /// Weak, so that the handle alone keeps the server.
    server: OnceLock<Weak<MockServer>>,
    since_mount: AtomicU32,
}

impl Shared {
    fn gateway(&self) -> MutexGuard<'_, Gateway> {
        self.gateway.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> MutexGuard<'_, Option<(Answer, Duration)>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Starts wiremock on a thread outside any runtime, so that the caller may be inside one.
fn serve(listener: TcpListener, shared: &Arc<Shared>) -> Result<Arc<MockServer>, StartError> {
    let for_thread = Arc::clone(shared);
    let start = move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async move {
            let server = MockServer::builder()
                .listener(listener)
                .disable_request_recording()
                .start()
                .await;
            mount(&server, &for_thread).await;
            Ok(Arc::new(server))
        })
    };
    let thread = std::thread::Builder::new()
        .name("compshare-mock".to_owned())
        .spawn(start)
        .map_err(StartError::Serve)?;
    let panicked = |_| Err(io::Error::other("the thread that starts it panicked"));
    let server: Arc<MockServer> = thread
        .join()
        .unwrap_or_else(panicked)
        .map_err(StartError::Serve)?;
    // Nothing else sets it.
    let _ = shared.server.set(Arc::downgrade(&server));
    Ok(server)
}

async fn mount(server: &MockServer, shared: &Arc<Shared>) {
    let cut = |_: &Request| io::Error::other("cut");
    server
        .register(
            Mock::given(Decide(Arc::clone(shared)))
                .respond_with_err(cut)
                .with_priority(1),
        )
        .await;
    server
        .register(Mock::given(any()).respond_with(Give(Arc::clone(shared))))
        .await;
}

/// Sees every request first: asks the gateway, and matches if the connection is to be cut.
struct Decide(Arc<Shared>);

impl Match for Decide {
    fn matches(&self, request: &Request) -> bool {
        let Self(shared) = self;
        forget_requests(shared);
        let content_type = request
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        let body = match request.method.as_str() {
            "GET" => request.url.query().unwrap_or_default().as_bytes(),
            _ => &request.body,
        };
        let outcome = shared.gateway().exchange(
            request.method.as_str(),
            content_type.unwrap_or_default(),
            body,
        );
        match outcome {
            Outcome::Cut => true,
            Outcome::Answer { answer, delay } => {
                *shared.next() = Some((answer, delay));
                false
            }
        }
    }
}

/// Gives the answer that was decided on.
struct Give(Arc<Shared>);

impl Respond for Give {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let decided = self.0.next().take();
        let (answer, delay) = decided.unwrap_or_else(|| (Answer::new(500, ""), Duration::ZERO));
        // wiremock and hyper panic, or cut the connection, on anything that is no final status.
        let status = if (200..600).contains(&answer.status) {
            answer.status
        } else {
            500
        };
        let mut template = ResponseTemplate::new(status)
            .set_body_bytes(answer.body)
            .set_delay(delay);
        for (name, value) in &answer.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                template = template.append_header(name, value);
            }
        }
        template
    }
}

/// Once in a while, has wiremock forget the requests it keeps.
///
/// The task runs on the server's own single-threaded runtime, and nothing in it waits: no request comes in between.
fn forget_requests(shared: &Arc<Shared>) {
    if shared.since_mount.fetch_add(1, Ordering::Relaxed) + 1 < REQUESTS_PER_MOUNT {
        return;
    }
    let (Ok(runtime), Some(server)) = (
        tokio::runtime::Handle::try_current(),
        shared.server.get().and_then(Weak::upgrade),
    ) else {
        return;
    };
    shared.since_mount.store(0, Ordering::Relaxed);
    let shared = Arc::clone(shared);
    runtime.spawn(async move {
        server.reset().await;
        mount(&server, &shared).await;
    });
}
