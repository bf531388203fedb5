//! The asynchronous client: a short loop around the engine.

use std::fmt;
use std::sync::Arc;

use compshare_model::{Action, PagedAction};
use serde::de::DeserializeOwned;

use crate::engine::{Engine, Exchange, Step};
use crate::pages::Pages;
use crate::transport::{HyperTransport, Transport};
use crate::{CallOptions, Config, Error, Reply};

/// Calls CompShare's API asynchronously. Cheap to clone; clones share connections and the retry budget.
///
/// ```no_run
/// use compshare_client::model::DescribeFavoriteImages;
/// use compshare_client::{Client, Config};
///
/// # async fn example() -> Result<(), compshare_client::Error> {
/// let config = Config::builder().region("cn-wlcb").keys("my_public_key", "my_private_key").build()?;
/// let client = Client::new(config)?;
///
/// let response = client.send(&DescribeFavoriteImages::new().limit(20)).await?;
/// for image in response.images() {
///     println!("{} - {}", image.id, image.name);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    engine: Engine,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client over [`HyperTransport`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if TLS cannot be set up.
    pub fn new(config: Config) -> Result<Self, Error> {
        let transport = HyperTransport::new(&config)?;
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
    /// The future borrows nothing, so that several calls can be under way at once, or be spawned. Dropping it ends the
    /// call.
    ///
    /// # Errors
    ///
    /// Any [`ErrorKind`](crate::ErrorKind) but `Paging`; what may be repeated safely was repeated already.
    pub fn send<A>(&self, action: &A) -> impl Future<Output = Result<A::Response, Error>> + Send + use<A>
    where
        A: Action,
        A::Response: Send,
    {
        let call = self.send_with(action, &CallOptions::default());
        async move { Ok(call.await?.value) }
    }

    /// Calls `action` with options of its own, and gives its response with the request id, the attempts and the time.
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
        A::Response: Send,
    {
        let exchange = self.engine.exchange(action, options);
        let transport = Arc::clone(&self.transport);
        async move { drive(&*transport, exchange?).await }
    }

    /// Walks all pages of a listing.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Config, Error, model::DescribeFavoriteImages};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut images = client.pages(DescribeFavoriteImages::new()).items();
    /// while let Some(image) = images.next().await {
    ///     let image = image?;
    ///     println!("{} - {}", image.id, image.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages<A: PagedAction>(&self, action: A) -> Pages<A> {
        Pages::new(self.clone(), self.engine.pager(action))
    }
}

/// Does what the exchange says, until it is over.
async fn drive<R: DeserializeOwned>(transport: &dyn Transport, mut exchange: Exchange<R>) -> Result<Reply<R>, Error> {
    loop {
        match exchange.step(transport.now()) {
            Step::Send(request, limits) => {
                let result = transport.send(request, &limits).await;
                exchange.complete(transport.now(), result);
            }
            Step::Wait(delay) => transport.sleep(delay).await,
            Step::Done(result) => return result,
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("config", self.config()).finish_non_exhaustive()
    }
}
