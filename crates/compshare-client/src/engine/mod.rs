//! The engine: every decision of the client, without I/O.
//!
//! Building, signing, classification of responses, retries and paging are state machines. An
//! [`Operation`] receives the time and the results of its requests, and returns the next [`Step`]:
//! send, wait or done. Both clients are one short loop around it; without either feature, a program
//! can drive it over any HTTP stack:
//!
//! ```
//! use std::time::Duration;
//!
//! use compshare_client::engine::{Engine, Operation, Step};
//! use compshare_client::model::DescribeFavoriteImages;
//! use compshare_client::transport::{HttpRequest, HttpResponse, Limits, Now, TransportError};
//! use compshare_client::{CallOptions, Config};
//!
//! fn my_http(request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
//!     // Send it with your HTTP stack; this is a response.
//!     let body = r#"{"Action": "DescribeFavoriteImagesResponse", "RetCode": 0, "ImageSet": []}"#;
//!     Ok(HttpResponse::new(body.into()))
//! }
//!
//! fn run<O: Operation>(mut operation: O) -> O::Output {
//!     loop {
//!         match operation.step(Now::real()) {
//!             Step::Send(request, limits) => {
//!                 let result = my_http(request, &limits);
//!                 operation.complete(Now::real(), result);
//!             }
//!             Step::Wait(delay) => std::thread::sleep(delay),
//!             Step::Done(output) => return output,
//!         }
//!     }
//! }
//!
//! let engine = Engine::new(Config::builder().keys("my_public_key", "my_private_key").region("cn-wlcb").build()?);
//! let reply = run(engine.exchange(&DescribeFavoriteImages::new().limit(20), &CallOptions::default())?)?;
//! assert_eq!(reply.value.images().count(), 0);
//! # Ok::<(), compshare_client::Error>(())
//! ```
//!
//! # Stability
//!
//! [`Engine`], [`Operation`], [`Step`], [`Exchange`], [`Page`] and what the crate's root exports
//! again follow semantic versioning. [`Paginator`] and its implementations are public for programs
//! that drive paging themselves; their methods may change in a minor release.

mod capabilities;
mod classify;
mod exchange;
mod favorite_change;
mod find_group;
mod image_wait;
mod instances;
mod operation;
mod paging;
mod request;
mod secrets;
mod sequence;
mod wait;

use std::sync::Arc;
use std::time::Duration;

use compshare_model::{
    Action, DescribeCompShareImages, Effect, GetCompShareImageCreateProgress, GroupId, Grouped,
    ImageGroup, ImageId, PagedAction,
};

pub(crate) use self::exchange::AnyExchange;
pub use self::exchange::Exchange;
#[cfg(any(feature = "async-client", feature = "sync-client"))]
pub(crate) use self::exchange::{AnyResult, typed};
pub use self::image_wait::ImageOutcome;
pub use self::instances::{
    CreatedInstances, DataDisks, InstanceOperations, InstanceOutcome, InstanceTarget, Offer, Quote,
};
pub use self::operation::{Operation, Step};
pub use self::paging::{
    CommunityAction, FavoritesPaginator, FavoritesQuery, FavoritesSource, OffsetPaginator, Page,
    PageResult, Paginator, PlatformPaginator, Prefetch,
};
pub use self::sequence::Sequence;
pub use self::wait::{InstanceWaitOptions, PollOptions, WaitOptions};

use self::capabilities::ServiceCapabilities;
use self::exchange::Decode;
use self::favorite_change::{Change, change_favorite};
use self::find_group::find_group;
use self::request::SignedRequest;
use crate::retry::RetryBudget;
use crate::{Config, Error, RetryPolicy};

/// The state that all calls of a client share: its settings, its retry budget, and the known
/// capabilities of its service. Cheap to clone; clones share all of it.
#[derive(Debug, Clone)]
pub struct Engine {
    config: Arc<Config>,
    budget: RetryBudget,
    capabilities: ServiceCapabilities,
}

impl Engine {
    /// Creates an engine with its own retry budget.
    pub fn new(config: Config) -> Self {
        Self {
            config: Arc::new(config),
            budget: RetryBudget::new(),
            capabilities: ServiceCapabilities::default(),
        }
    }

    /// Returns the settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Builds and signs a call of `action`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if its parameters cannot be sent.
    pub fn exchange<A: Action>(
        &self,
        action: &A,
        options: &CallOptions,
    ) -> Result<Exchange<A::Response>, Error> {
        self.exchange_as(action, options, exchange::decode::<A::Response>)
    }

    /// Builds and signs a call of `action` whose response `decode` decodes to a `T`.
    fn exchange_as<A: Action, T: 'static>(
        &self,
        action: &A,
        options: &CallOptions,
        decode: Decode,
    ) -> Result<Exchange<T>, Error> {
        let request = SignedRequest::new(&self.config, action)?;
        Ok(Exchange::new(AnyExchange::new(
            self, request, decode, options,
        )))
    }

    /// Builds and signs a call whose response is decoded, but has no static type.
    fn any_exchange<A: Action>(
        &self,
        action: &A,
        options: &CallOptions,
    ) -> Result<AnyExchange, Error> {
        Ok(self.exchange(action, options)?.into_any())
    }

    /// Lists all pages of `action`.
    pub fn paginator<A: PagedAction>(&self, action: A) -> OffsetPaginator<A> {
        OffsetPaginator::new(self.clone(), action)
    }

    /// Lists the groups of community images, without their readmes if the service can exclude them.
    ///
    /// No document has the parameter `ExcludeReadme`. If the service refuses it (RetCode 230), the
    /// listing begins again without it, and clones of the engine remember. With
    /// `exclude_readme(false)`, the readmes are wanted.
    pub fn community_images<A: CommunityAction>(&self, action: A) -> OffsetPaginator<Grouped<A>> {
        paging::community_images(self, action)
    }

    /// Lists the account's favorites, by whichever action the service has.
    pub fn favorites(&self, query: FavoritesQuery) -> FavoritesPaginator {
        FavoritesPaginator::new(self.clone(), query)
    }

    /// Lists the platform's images of every type.
    pub fn platform_images(&self, request: DescribeCompShareImages) -> PlatformPaginator {
        PlatformPaginator::new(self, request)
    }

    /// Adds a community image to the favorites, by its group. Returns the actions that worked.
    ///
    /// The actions by group are tried first, since they are reported to work. If the service does
    /// not have them (RetCode 161), the group's versions are looked up and the documented actions
    /// are called: once for the first version that is ready, or, to remove the favorite, once for
    /// each version. Clones of the engine share the actions found to work.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if the parameters cannot be sent.
    pub fn add_favorite(&self, group: GroupId) -> Sequence<FavoritesSource> {
        Sequence::new(self, |calls| change_favorite(calls, group, Change::Add))
    }

    /// Removes a community image from the favorites: the reverse of
    /// [`add_favorite`](Self::add_favorite).
    ///
    /// # Errors
    ///
    /// As [`add_favorite`](Self::add_favorite).
    pub fn remove_favorite(&self, group: GroupId) -> Sequence<FavoritesSource> {
        Sequence::new(self, |calls| change_favorite(calls, group, Change::Remove))
    }

    /// Looks up the group of a community image; `None` if the community does not have it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if the parameters cannot be sent.
    pub fn find_group(&self, image: ImageId) -> Sequence<Option<ImageGroup>> {
        Sequence::new(self, |calls| find_group(calls, image))
    }

    /// Waits until an image is made.
    ///
    /// Queries the progress at an interval. Since that response has no field for failure, the
    /// status of the image is queried too whenever the progress stays the same. An error that a
    /// later query can cure, such as a timeout, does not end the wait before its deadline.
    pub fn wait_for_image(
        &self,
        request: GetCompShareImageCreateProgress,
        options: WaitOptions,
    ) -> Sequence<ImageOutcome> {
        Sequence::new(self, |calls| {
            image_wait::wait_for_image(calls, request, options)
        })
    }

    /// Returns the operations on instances.
    pub fn instances(&self) -> InstanceOperations {
        InstanceOperations::new(self.clone())
    }
}

/// Overrides of the client's settings for one call.
///
/// ```
/// use std::time::Duration;
///
/// use compshare_client::{CallOptions, RetryPolicy};
///
/// let options = CallOptions::default().timeout(Duration::from_secs(10)).retry(RetryPolicy::never());
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) effect: Option<Effect>,
}

impl CallOptions {
    /// Sets the time for the whole call, all attempts and waits together.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets how failed attempts are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets the effect of the action, for retries: a caller may know that a write can be repeated,
    /// or must not be.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }
}

/// The result of a successful call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The action's response.
    pub value: T,
    /// The service's id of the request (`X-UCLOUD-REQUEST-UUID`).
    pub request_id: Option<String>,
    /// Number of attempts.
    pub attempts: u32,
    /// Total time, including back-off.
    pub elapsed: Duration,
}
