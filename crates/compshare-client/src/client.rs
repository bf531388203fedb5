//! The asynchronous client: a short loop around the engine.

use std::fmt;
use std::sync::Arc;

use compshare_model::{
    Action, DescribeCommunityImages, DescribeCompShareImages, GetCompShareImageCreateProgress,
    GroupId, ImageGroup, ImageId, PagedAction, Response,
};

use crate::engine::{
    Engine, Exchange, FavoriteStep, FavoritesQuery, FavoritesVia, FavoritesWalk, ImageOutcome,
    ImageWait, Pager, PlatformWalk, Step, WaitOptions, WaitStep, group_of,
};
use crate::pages::{Items, Pages};
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
        Self {
            engine: Engine::new(config),
            transport: Arc::new(transport),
        }
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
    pub fn pages<A>(&self, action: A) -> Pages<Pager<A>>
    where
        A: PagedAction,
    {
        Pages::new(self.clone(), self.engine.pager(action))
    }

    /// The account's favourite images, as groups of versions, in whichever way the service lists them; see
    /// [`FavoritesWalk`]. `walk().via()` says which way it went.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// let mut favorites = client.favorites();
    /// while let Some(favorite) = favorites.next().await {
    ///     let favorite = favorite?;
    ///     if let Some(version) = favorite.ready_version() {
    ///         println!("{} - {}", version.id, favorite.name());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn favorites(&self) -> Items<FavoritesWalk> {
        self.favorites_with(FavoritesQuery::new()).items()
    }

    /// As [`favorites`](Self::favorites), but page by page, only some of them, or by one way only. A page of a walk through
    /// the community may have no favourite.
    pub fn favorites_with(&self, query: FavoritesQuery) -> Pages<FavoritesWalk> {
        Pages::new(self.clone(), self.engine.favorites(query))
    }

    /// The platform's images of every type, see [`PlatformWalk`]. With an `ImageType` or an image's id in the request, only
    /// those.
    pub fn platform_images(&self, request: DescribeCompShareImages) -> Pages<PlatformWalk> {
        Pages::new(self.clone(), self.engine.platform_images(request))
    }

    /// Adds a community image to the account's favourites, by its group; [`group_of`](Self::group_of) finds the group of
    /// an image. Says which way worked, see [`FavoriteChange`](crate::engine::FavoriteChange).
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn favorite(&self, group: impl Into<GroupId> + Send) -> Result<FavoritesVia, Error> {
        self.change_favorite(group.into(), true).await
    }

    /// Takes a community image off the account's favourites, by its group: the reverse of [`favorite`](Self::favorite).
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub async fn unfavorite(
        &self,
        group: impl Into<GroupId> + Send,
    ) -> Result<FavoritesVia, Error> {
        self.change_favorite(group.into(), false).await
    }

    async fn change_favorite(&self, group: GroupId, favorite: bool) -> Result<FavoritesVia, Error> {
        let mut change = self.engine.change_favorite(group, favorite);
        loop {
            match change.step() {
                FavoriteStep::Write(action) => change.wrote(self.send(&action).await.map(drop)),
                FavoriteStep::Find(action) => {
                    change.found(self.send_with(&action, &CallOptions::default()).await)
                }
                FavoriteStep::Done(result) => return result,
            }
        }
    }

    /// The group that a community image belongs to, with the versions that the service gives when asked for the image;
    /// `None` if the community does not have it.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send); an image that does not exist at all is [`Error::is_not_found`].
    pub async fn group_of(
        &self,
        image: impl Into<ImageId> + Send,
    ) -> Result<Option<ImageGroup>, Error> {
        let image = image.into();
        let list = self
            .send(&DescribeCommunityImages::new().comp_share_image_id(&image))
            .await?;
        group_of(list, &image)
    }

    /// Waits until an image is made, see [`ImageWait`].
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send), for what another question would not cure.
    pub async fn wait_for_image(
        &self,
        request: GetCompShareImageCreateProgress,
        options: WaitOptions,
    ) -> Result<ImageOutcome, Error> {
        let mut wait = ImageWait::new(request, options);
        loop {
            match wait.step(self.transport.now()) {
                WaitStep::Progress(action, options) => {
                    wait.progress(
                        self.send_with(&action, &options)
                            .await
                            .map(|reply| reply.value),
                    );
                }
                WaitStep::State(action, options) => {
                    wait.state(
                        self.send_with(&action, &options)
                            .await
                            .map(|reply| reply.value),
                    );
                }
                WaitStep::Sleep(delay) => self.transport.sleep(delay).await,
                WaitStep::Done(result) => return result,
            }
        }
    }
}

/// Does what the exchange says, until it is over.
async fn drive<R: Response>(
    transport: &dyn Transport,
    mut exchange: Exchange<R>,
) -> Result<Reply<R>, Error> {
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
        f.debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
