//! The asynchronous client: a loop around the engine.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use compshare_model::{
    Action, ChangedInstance, CreateCompShareInstance, DescribeCompShareImages,
    DescribeCompShareInstance, GetCompShareImageCreateProgress, GroupId, Grouped, ImageGroup,
    ImageId, Instance, InstanceId, InstanceState, Megabytes, PagedAction, Password,
    TerminateCompShareInstanceResponse, Timestamp, WithoutGpuSpec,
};

use crate::engine::{
    AnyExchange, AnyResult, CommunityAction, CreatedInstances, DataDisks, Engine, Exchange,
    FavoritesPaginator, FavoritesQuery, FavoritesSource, ImageOutcome, InstanceOperations,
    InstanceOutcome, InstanceTarget, InstanceWaitOptions, Offer, OffsetPaginator, Operation,
    PlatformPaginator, Quote, Sequence, Step, WaitOptions, typed,
};
use crate::handles::{images_handle, instances_handle};
use crate::pages::{Items, Pages};
use crate::tracing::CallSpan;
#[cfg(feature = "async")]
use crate::transport::HyperTransport;
use crate::transport::Transport;
use crate::{CallOptions, Config, Error, Reply};

/// Calls CompShare's API asynchronously. Cheap to clone; clones share connections and the retry
/// budget.
///
/// ```no_run
/// # #[cfg(feature = "async")] {
/// use compshare_client::model::DescribeFavoriteImages;
/// use compshare_client::{Client, Config};
///
/// # async fn example() -> Result<(), compshare_client::Error> {
/// let config = Config::builder().region("cn-wlcb").keys("my_public_key", "my_private_key").build()?;
/// let client = Client::new(config);
///
/// let response = client.send(&DescribeFavoriteImages::new().limit(20)).await?;
/// for image in response.images() {
///     println!("{} - {}", image.id, image.name);
/// }
/// # Ok(())
/// # }
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    engine: Engine,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// Creates a client over [`HyperTransport`].
    ///
    /// ```no_run
    /// use compshare_client::{Client, Config};
    ///
    /// let client = Client::new(Config::load()?);
    /// # Ok::<(), compshare_client::Error>(())
    /// ```
    #[cfg(feature = "async")]
    pub fn new(config: Config) -> Self {
        let transport = HyperTransport::new(&config);
        Self::with_transport(config, transport)
    }

    /// Creates a client with the configuration of the environment, see [`Config::from_env`].
    ///
    /// ```no_run
    /// use compshare_client::Client;
    ///
    /// let client = Client::from_env()?;
    /// # Ok::<(), compshare_client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Config::from_env`].
    #[cfg(feature = "async")]
    pub fn from_env() -> Result<Self, Error> {
        Ok(Self::new(Config::from_env()?))
    }

    /// Creates a client over any transport, such as one over another HTTP library; see
    /// [`Transport`].
    ///
    /// ```
    /// # #[cfg(feature = "testing")] {
    /// use compshare_client::testing::ScriptedTransport;
    /// use compshare_client::{Client, Config};
    ///
    /// let config = Config::builder().keys("my_public_key", "my_private_key").build()?;
    /// let client = Client::with_transport(config, ScriptedTransport::new());
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
    /// # fn example(client: compshare_client::Client) {
    /// println!("calling {}", client.config().base_url());
    /// # }
    /// ```
    pub fn config(&self) -> &Config {
        self.engine.config()
    }

    /// Calls `action` and returns its response.
    ///
    /// Like all futures of this client, the returned one is `'static`: calls can run concurrently
    /// or be spawned. Dropping it cancels the call.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::{DescribeCompShareCustomImages, Untyped};
    ///
    /// let images = client.send(&DescribeCompShareCustomImages::new().limit(20)).await?;
    /// let zones = client.send(&Untyped::read("DescribeCompShareSupportZone")).await?;
    /// println!("{} images, {}", images.images().count(), zones["ZoneInfo"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `Paging`. Safe retries have been made already.
    pub fn send<A>(
        &self,
        action: &A,
    ) -> impl Future<Output = Result<A::Response, Error>> + Send + use<A>
    where
        A: Action,
    {
        let call = self.send_with(action, &CallOptions::default());
        async move { Ok(call.await?.value) }
    }

    /// Calls `action` with options. Returns its response with the request id, the number of
    /// attempts and the total time.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use std::time::Duration;
    ///
    /// use compshare_client::CallOptions;
    /// use compshare_client::model::DescribeFavoriteImages;
    ///
    /// let options = CallOptions::default().timeout(Duration::from_secs(10));
    /// let reply = client.send_with(&DescribeFavoriteImages::new(), &options).await?;
    /// println!("{} images after {} attempts", reply.value.images().count(), reply.attempts);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_with<A>(
        &self,
        action: &A,
        options: &CallOptions,
    ) -> impl Future<Output = Result<Reply<A::Response>, Error>> + Send + use<A>
    where
        A: Action,
    {
        let exchange = self.engine.exchange(action, options);
        let result = self.call(exchange.map(Exchange::into_any));
        async move { typed(result.await) }
    }

    /// Runs a call of any action. Not generic, so the loop is compiled once, in this crate.
    pub(crate) fn call(&self, exchange: Result<AnyExchange, Error>) -> BoxFuture<AnyResult> {
        self.run(exchange)
    }

    /// Lists all pages of `action`.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Config, Error, model::DescribeFavoriteImages};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut images = client.pages(DescribeFavoriteImages::new()).into_items();
    /// while let Some(image) = images.next().await {
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
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut favorites = client.favorites();
    /// while let Some(favorite) = favorites.next().await {
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
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::FavoritesQuery;
    ///
    /// let mut pages = client.favorites_with(FavoritesQuery::new().max_items(100));
    /// while let Some(page) = pages.next().await {
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
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeCompShareImages;
    ///
    /// let mut images = client.images().platform(DescribeCompShareImages::new()).into_items();
    /// while let Some(image) = images.next().await {
    ///     let image = image?;
    ///     println!("{} - {}", image.id, image.name);
    /// }
    ///
    /// if let Some(group) = client.images().find_group("compshareImage-1").await?.and_then(|group| group.group_id) {
    ///     client.images().add_favorite(group).await?;
    /// }
    ///
    /// let outcome = client.images().wait_until_ready("compshareImage-1").await?;
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
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::InstanceState;
    ///
    /// let instance = client.instances().find("train").await?;
    /// client.instances().start(&instance).await?;
    /// let outcome = client.instances().wait_until(&instance.id, InstanceState::Running).await?;
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

    pub(crate) fn run_sequence<T: Send + 'static>(
        &self,
        sequence: Sequence<T>,
    ) -> BoxFuture<Result<T, Error>> {
        self.run(Ok(sequence))
    }

    fn run<O, T>(&self, operation: Result<O, Error>) -> BoxFuture<Result<T, Error>>
    where
        O: Operation<Output = Result<T, Error>> + Send + 'static,
        T: Send + 'static,
    {
        Box::pin(run(Arc::clone(&self.transport), operation))
    }
}

macro_rules! future {
    ($value:ty) => { BoxFuture<Result<$value, Error>> };
}

macro_rules! example {
    ([$($setup:literal)*] $call:literal [$($rest:literal)*]) => {
        concat!(
            "\n```no_run\n",
            "# use compshare_client::Client;\n",
            "# async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {\n",
            $($setup, "\n",)*
            $call, ".await?;\n",
            $($rest, "\n",)*
            "# Ok(())\n# }\n```"
        )
    };
}

macro_rules! listing {
    ([$($setup:literal)*] $items:literal $name:literal $body:literal) => {
        concat!(
            "\n```no_run\n",
            "# use compshare_client::{Client, Error};\n",
            "# async fn example(client: Client) -> Result<(), Error> {\n",
            $($setup, "\n",)*
            "let mut items = ", $items, ";\n",
            "while let Some(", $name, ") = items.next().await {\n",
            "    let ", $name, " = ", $name, "?;\n",
            "    ", $body, "\n}\n",
            "# Ok(())\n# }\n```"
        )
    };
}

images_handle!(Client, Pages, future, example, listing);
instances_handle!(Client, Pages, Items, future, example, listing);

/// A `'static` future, compiled in this crate and not in the user's.
pub(crate) type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Runs an operation to its end.
async fn run<T>(
    transport: Arc<dyn Transport>,
    operation: Result<impl Operation<Output = Result<T, Error>>, Error>,
) -> Result<T, Error> {
    let mut operation = operation?;
    loop {
        match operation.step(transport.now()) {
            Step::Send(mut request, limits) => {
                let span = CallSpan::detach(&mut request);
                let result = span.instrument(transport.send(request, &limits)).await;
                operation.complete(transport.now(), result);
            }
            Step::Wait(delay) => transport.sleep(delay).await,
            Step::Done(result) => return result,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
