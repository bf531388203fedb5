//! The blocking client: the same engine, no runtime.
//!
//! ```no_run
//! use compshare_client::model::DescribeFavoriteImages;
//! use compshare_client::{Config, sync};
//!
//! let config = Config::builder().region("cn-wlcb").keys("my_public_key", "my_private_key").build()?;
//! let client = sync::Client::new(config)?;
//! for image in client.pages(DescribeFavoriteImages::new()).items() {
//!     let image = image?;
//!     println!("{} - {}", image.id, image.name);
//! }
//! # Ok::<(), compshare_client::Error>(())
//! ```

mod pages;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use compshare_model::{Action, PagedAction};

pub use self::pages::{Items, Pages};

use crate::engine::{Engine, Exchange, Step};
use crate::transport::{HttpRequest, HttpResponse, Limits, Now, TransportError, UreqTransport};
use crate::{CallOptions, Config, Error, Reply};

/// Moves requests for the blocking [`Client`].
///
/// The promises are those of the asynchronous `Transport`: `send` ends within [`Limits::timeout`], holds no more of a
/// body than [`Limits::max_body`], and its errors mean what
/// [`TransportErrorKind`](crate::transport::TransportErrorKind) says.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for the whole answer.
    ///
    /// # Errors
    ///
    /// [`TransportError`] if there is no whole answer. A status of any kind is an answer.
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError>;

    /// Lets `delay` pass.
    #[allow(clippy::disallowed_methods, reason = "transports are where the library waits")]
    fn sleep(&self, delay: Duration) {
        std::thread::sleep(delay);
    }

    /// What time it is. A test may have a clock of its own.
    fn now(&self) -> Now {
        Now::real()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        (**self).send(request, limits)
    }

    fn sleep(&self, delay: Duration) {
        (**self).sleep(delay);
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}

/// Calls CompShare's API and blocks until the answer is there. Cheap to clone; clones share connections and the retry
/// budget. Starts no runtime, so it works anywhere a thread may block.
///
/// ```no_run
/// use compshare_client::model::DescribeFavoriteImages;
/// use compshare_client::{Config, sync};
///
/// let client = sync::Client::new(Config::load()?)?;
/// let response = client.send(&DescribeFavoriteImages::new().limit(20))?;
/// println!("{} images", response.images().count());
/// # Ok::<(), compshare_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    engine: Engine,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client over [`UreqTransport`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if TLS or the proxy cannot be set up.
    pub fn new(config: Config) -> Result<Self, Error> {
        let transport = UreqTransport::new(&config)?;
        Ok(Self::with_transport(config, transport))
    }

    /// A client over any transport.
    pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
        Self { engine: Engine::new(config), transport: Arc::new(transport) }
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        self.engine.config()
    }

    /// Calls `action` and gives its response.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `Paging`; what may be repeated safely was repeated already.
    pub fn send<A: Action>(&self, action: &A) -> Result<A::Response, Error> {
        Ok(self.send_with(action, &CallOptions::default())?.value)
    }

    /// Calls `action` with options of its own, and gives its response with the request id, the attempts and the time.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_with<A: Action>(&self, action: &A, options: &CallOptions) -> Result<Reply<A::Response>, Error> {
        self.drive(self.engine.exchange(action, options)?)
    }

    /// Walks all pages of a listing: an `Iterator` of pages, and by [`Pages::items`] of rows.
    pub fn pages<A: PagedAction>(&self, action: A) -> Pages<A> {
        Pages::new(self.clone(), self.engine.pager(action))
    }

    fn drive<R: serde::de::DeserializeOwned>(&self, mut exchange: Exchange<R>) -> Result<Reply<R>, Error> {
        loop {
            match exchange.step(self.transport.now()) {
                Step::Send(request, limits) => {
                    let result = self.transport.send(request, &limits);
                    exchange.complete(self.transport.now(), result);
                }
                Step::Wait(delay) => self.transport.sleep(delay),
                Step::Done(result) => return result,
            }
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", self.config()).finish_non_exhaustive()
    }
}
