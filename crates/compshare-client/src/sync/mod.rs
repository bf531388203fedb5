//! The blocking client: the same engine, without a runtime.
//!
//! ```no_run
//! # #[cfg(feature = "sync")] {
//! use compshare_client::sync::Client;
//!
//! let client = Client::from_env()?;
//! for favorite in client.favorites() {
//!     let favorite = favorite?;
//!     println!("{} - {}", favorite.id, favorite.name);
//! }
//! # }
//! # Ok::<(), compshare_client::Error>(())
//! ```

mod pages;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use compshare_model::{
    Action, ChangedInstance, CreateCompShareInstance, DescribeCompShareImages,
    DescribeCompShareInstance, GetCompShareImageCreateProgress, GroupId, Grouped, ImageGroup,
    ImageId, Instance, InstanceId, InstanceState, Megabytes, PagedAction, Password,
    TerminateCompShareInstanceResponse, Timestamp, WithoutGpuSpec,
};

pub use self::pages::{Items, Pages};

use crate::engine::{
    AnyExchange, AnyResult, CommunityAction, CreatedInstances, DataDisks, Engine,
    FavoritesPaginator, FavoritesQuery, FavoritesSource, ImageOutcome, InstanceOperations,
    InstanceOutcome, InstanceTarget, InstanceWaitOptions, Offer, OffsetPaginator, Operation,
    PlatformPaginator, Quote, Sequence, Step, WaitOptions, typed,
};
use crate::handles::{images_handle, instances_handle};
use crate::tracing::CallSpan;
#[cfg(feature = "sync")]
use crate::transport::UreqTransport;
use crate::transport::{HttpRequest, HttpResponse, Limits, Now, TransportError};
use crate::{CallOptions, Config, Error, Reply};

/// Sends requests for the blocking [`Client`].
///
/// The contract is that of the asynchronous `Transport`: `send` returns within [`Limits::timeout`]
/// and buffers at most [`Limits::max_body`]. Its errors keep the promises of
/// [`TransportErrorKind`](crate::transport::TransportErrorKind).
pub trait Transport: Send + Sync {
    /// Sends one request and returns the complete response.
    ///
    /// # Errors
    ///
    /// [`TransportError`] without a complete response. An error status is a response.
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError>;

    /// Waits for `delay`.
    #[allow(clippy::disallowed_methods, reason = "only transports wait")]
    fn sleep(&self, delay: Duration) {
        std::thread::sleep(delay);
    }

    /// Returns the current time. Tests can use a virtual clock.
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

/// Calls CompShare's API and blocks until the response arrives. Cheap to clone; clones share
/// connections and the retry budget.
///
/// It does not start a runtime, so it works anywhere a thread may block.
///
/// ```no_run
/// # #[cfg(feature = "sync")] {
/// use compshare_client::model::DescribeFavoriteImages;
/// use compshare_client::{Config, sync};
///
/// let client = sync::Client::new(Config::load()?);
/// let response = client.send(&DescribeFavoriteImages::new().limit(20))?;
/// println!("{} images", response.images().count());
/// # }
/// # Ok::<(), compshare_client::Error>(())
/// ```
#[derive(Clone)]
pub struct Client {
    engine: Engine,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// Creates a client over [`UreqTransport`].
    ///
    /// ```no_run
    /// use compshare_client::{Config, sync};
    ///
    /// let client = sync::Client::new(Config::load()?);
    /// # Ok::<(), compshare_client::Error>(())
    /// ```
    #[cfg(feature = "sync")]
    pub fn new(config: Config) -> Self {
        let transport = UreqTransport::new(&config);
        Self::with_transport(config, transport)
    }

    /// Creates a client with the configuration of the environment, see [`Config::from_env`].
    ///
    /// ```no_run
    /// use compshare_client::sync::Client;
    ///
    /// let client = Client::from_env()?;
    /// # Ok::<(), compshare_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Config::from_env`].
    #[cfg(feature = "sync")]
    pub fn from_env() -> Result<Self, Error> {
        Ok(Self::new(Config::from_env()?))
    }

    /// Creates a client over any transport, such as one over another HTTP library; see
    /// [`Transport`].
    ///
    /// ```
    /// # #[cfg(feature = "testing")] {
    /// use compshare_client::testing::ScriptedTransport;
    /// use compshare_client::{Config, sync};
    ///
    /// let config = Config::builder().keys("my_public_key", "my_private_key").build()?;
    /// let client = sync::Client::with_transport(config, ScriptedTransport::new());
    /// # }
    /// # Ok::<(), compshare_client::Error>(())
    /// ```
    pub fn with_transport(config: Config, transport: impl Transport + 'static) -> Self {
        Self {
            engine: Engine::new(config),
            transport: Arc::new(transport),
        }
    }

    /// Returns the configuration.
    ///
    /// ```no_run
    /// # fn example(client: compshare_client::sync::Client) {
    /// println!("calling {}", client.config().base_url());
    /// # }
    /// ```
    pub fn config(&self) -> &Config {
        self.engine.config()
    }

    /// Calls `action` and returns its response.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::{DescribeCompShareCustomImages, Untyped};
    ///
    /// let images = client.send(&DescribeCompShareCustomImages::new().limit(20))?;
    /// let zones = client.send(&Untyped::read("DescribeCompShareSupportZone"))?;
    /// println!("{} images, {}", images.images().count(), zones["ZoneInfo"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `Paging`. Safe retries have been made already.
    pub fn send<A: Action>(&self, action: &A) -> Result<A::Response, Error> {
        Ok(self.send_with(action, &CallOptions::default())?.value)
    }

    /// Calls `action` with options. Returns its response with the request id, the number of
    /// attempts and the total time.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use std::time::Duration;
    ///
    /// use compshare_client::CallOptions;
    /// use compshare_client::model::DescribeFavoriteImages;
    ///
    /// let options = CallOptions::default().timeout(Duration::from_secs(10));
    /// let reply = client.send_with(&DescribeFavoriteImages::new(), &options)?;
    /// println!("{} images after {} attempts", reply.value.images().count(), reply.attempts);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_with<A: Action>(
        &self,
        action: &A,
        options: &CallOptions,
    ) -> Result<Reply<A::Response>, Error> {
        let exchange = self.engine.exchange(action, options)?;
        typed(self.call(exchange.into_any()))
    }

    /// Runs a call of any action. Not generic, so the loop is compiled once, in this crate.
    pub(crate) fn call(&self, exchange: AnyExchange) -> AnyResult {
        self.run(exchange)
    }

    /// Lists all pages of `action`. The result iterates over pages; [`Pages::into_items`] iterates
    /// over items.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeFavoriteImages;
    ///
    /// for image in client.pages(DescribeFavoriteImages::new()).into_items() {
    ///     let image = image?;
    ///     println!("{} - {}", image.id, image.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<A>(&self, action: A) -> Pages<OffsetPaginator<A>>
    where
        A: PagedAction,
    {
        Pages::new(self.clone(), self.engine.paginator(action))
    }

    /// Lists the account's favorite images, with the actions that the service supports; see
    /// [`FavoritesPaginator`]. `source()` of the listing returns these actions.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// let mut favorites = client.favorites();
    /// for favorite in favorites.by_ref() {
    ///     let favorite = favorite?;
    ///     println!("{} - {}", favorite.id, favorite.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn favorites(&self) -> Items<FavoritesPaginator> {
        self.favorites_with(FavoritesQuery::new()).into_items()
    }

    /// Lists the favorites page by page, with the filters and the source of `query`. A page of
    /// community groups may have no favorite.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::FavoritesQuery;
    ///
    /// for page in client.favorites_with(FavoritesQuery::new().max_items(100)) {
    ///     println!("{} favorites", page?.items.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn favorites_with(&self, query: FavoritesQuery) -> Pages<FavoritesPaginator> {
        Pages::new(self.clone(), self.engine.favorites(query))
    }

    /// Returns the handle for images.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeCompShareImages;
    ///
    /// for image in client.images().platform(DescribeCompShareImages::new()).into_items() {
    ///     let image = image?;
    ///     println!("{} - {}", image.id, image.name);
    /// }
    ///
    /// if let Some(group) = client.images().find_group("compshareImage-1")?.and_then(|group| group.group_id) {
    ///     client.images().add_favorite(group)?;
    /// }
    ///
    /// let outcome = client.images().wait_until_ready("compshareImage-1")?;
    /// assert!(outcome.is_ready(), "{outcome:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn images(&self) -> Images {
        Images::new(self.clone())
    }

    /// Returns the handle for GPU instances.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::InstanceState;
    ///
    /// let instance = client.instances().find("train")?;
    /// client.instances().start(&instance)?;
    /// let outcome = client.instances().wait_until(&instance.id, InstanceState::Running)?;
    /// assert!(outcome.is_reached(), "{outcome:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub fn instances(&self) -> Instances {
        Instances::new(self.clone())
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn run_sequence<T>(&self, sequence: Sequence<T>) -> Result<T, Error> {
        self.run(sequence)
    }

    /// Runs an operation to its end.
    fn run<O: Operation>(&self, mut operation: O) -> O::Output {
        loop {
            match operation.step(self.transport.now()) {
                Step::Send(mut request, limits) => {
                    let span = CallSpan::detach(&mut request);
                    let result = span.in_scope(|| self.transport.send(request, &limits));
                    operation.complete(self.transport.now(), result);
                }
                Step::Wait(delay) => self.transport.sleep(delay),
                Step::Done(output) => return output,
            }
        }
    }
}

macro_rules! result {
    ($value:ty) => { Result<$value, Error> };
}

macro_rules! example {
    ([$($setup:literal)*] $call:literal [$($rest:literal)*]) => {
        concat!(
            "\n```no_run\n",
            "# use compshare_client::sync::Client;\n",
            "# fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {\n",
            $($setup, "\n",)*
            $call, "?;\n",
            $($rest, "\n",)*
            "# Ok(())\n# }\n```"
        )
    };
}

macro_rules! listing {
    ([$($setup:literal)*] $items:literal $name:literal $body:literal) => {
        concat!(
            "\n```no_run\n",
            "# use compshare_client::{sync::Client, Error};\n",
            "# fn example(client: Client) -> Result<(), Error> {\n",
            $($setup, "\n",)*
            "for ", $name, " in ", $items, " {\n",
            "    let ", $name, " = ", $name, "?;\n",
            "    ", $body, "\n}\n",
            "# Ok(())\n# }\n```"
        )
    };
}

images_handle!(Client, Pages, result, example, listing);
instances_handle!(Client, Pages, Items, result, example, listing);

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
