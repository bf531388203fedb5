//! The engine: every decision of the client, without I/O.
//!
//! Building, signing, classification of responses, retries and paging are state machines. An [`Operation`] is given the
//! time and the results of its requests, and returns the next [`Step`]: send this, wait that long, or done. Both clients
//! are one short loop around it; without either feature, a program can drive it over any HTTP stack:
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
//! [`Engine`], [`Operation`], [`Step`], [`Exchange`], [`Page`] and what the crate's root exports again follow semantic
//! versioning. The trait [`Walk`] and what implements it are public for programs that drive paging themselves, and may
//! change in a minor release.

mod classify;
mod exchange;
mod favorite_change;
mod favorites;
mod find_group;
mod image_wait;
mod known;
mod operation;
mod pager;
mod platform;
mod portion;
mod request;
mod secrets;
mod walk;

use std::sync::Arc;
use std::time::Duration;

use compshare_model::{
    Action, DescribeCompShareImages, Effect, GetCompShareImageCreateProgress, GroupId, ImageGroup,
    ImageId, PagedAction,
};

pub(crate) use self::exchange::AnyExchange;
pub use self::exchange::Exchange;
#[cfg(any(feature = "async", feature = "sync"))]
pub(crate) use self::exchange::{AnyResult, typed};
pub use self::favorites::{FavoritesQuery, FavoritesRequest, FavoritesVia, FavoritesWalk};
pub use self::image_wait::{ImageOutcome, WaitOptions};
pub use self::operation::{Operation, Step};
pub use self::pager::{Page, Pager};
pub use self::platform::PlatformWalk;
pub use self::walk::Walk;

use self::favorite_change::FavoriteChange;
use self::find_group::FindGroup;
use self::image_wait::ImageWait;
use crate::retry::RetryBudget;
use crate::{Config, Error, RetryPolicy};

/// What all calls of a client have in common: its settings, its retry budget, and what it has found out about its
/// service. Cheap to clone; clones share all of it.
#[derive(Debug, Clone)]
pub struct Engine {
    config: Arc<Config>,
    budget: RetryBudget,
    known: known::Known,
}

impl Engine {
    /// An engine with a retry budget of its own.
    pub fn new(config: Config) -> Self {
        Self {
            config: Arc::new(config),
            budget: RetryBudget::new(),
            known: known::Known::default(),
        }
    }

    /// The settings.
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
        let request = request::SignedRequest::new(&self.config, action)?;
        let decode = exchange::decode::<A::Response>;
        Ok(Exchange::new(AnyExchange::new(
            self, request, decode, options,
        )))
    }

    /// Walks all pages of `action`.
    pub fn pager<A: PagedAction>(&self, action: A) -> Pager<A> {
        Pager::new(action, self.config.max_pages)
    }

    /// Walks the account's favourites, in whichever way the service offers.
    pub fn favorites(&self, query: FavoritesQuery) -> FavoritesWalk {
        FavoritesWalk::new(query, self.known.clone(), self.config.max_pages)
    }

    /// Walks the platform's images of every type.
    pub fn platform_images(&self, action: DescribeCompShareImages) -> PlatformWalk {
        PlatformWalk::new(action, self.config.max_pages)
    }

    /// Adds a community image to the favorites, by its group. Returns the actions that worked.
    ///
    /// The actions by group are tried first, since they are reported to work. If the service does not have them (RetCode
    /// 161), the group's versions are looked up and the documented actions are called: once for the first version that
    /// is ready, or, to remove the favorite, once for each version. Clones of the engine remember what works.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if the parameters cannot be sent.
    pub fn add_favorite(
        &self,
        group: GroupId,
    ) -> Result<impl Operation<Output = Result<FavoritesVia, Error>> + Send + use<>, Error> {
        FavoriteChange::new(self.clone(), group, true)
    }

    /// Removes a community image from the favorites: the reverse of [`add_favorite`](Self::add_favorite).
    ///
    /// # Errors
    ///
    /// As [`add_favorite`](Self::add_favorite).
    pub fn remove_favorite(
        &self,
        group: GroupId,
    ) -> Result<impl Operation<Output = Result<FavoritesVia, Error>> + Send + use<>, Error> {
        FavoriteChange::new(self.clone(), group, false)
    }

    /// Looks up the group of a community image; `None` if the community does not have it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if the parameters cannot be sent.
    pub fn find_group(
        &self,
        image: ImageId,
    ) -> Result<impl Operation<Output = Result<Option<ImageGroup>, Error>> + Send + use<>, Error>
    {
        FindGroup::new(self, image)
    }

    /// Waits until an image is made.
    ///
    /// Queries the progress again and again. Since that response has no field for failure, the status of the image is
    /// queried too whenever the progress stays the same. An error that a later query can cure, such as a timeout, does
    /// not end the wait before its deadline.
    pub fn wait_for_image(
        &self,
        request: GetCompShareImageCreateProgress,
        options: WaitOptions,
    ) -> impl Operation<Output = Result<ImageOutcome, Error>> + Send + use<> {
        ImageWait::new(self.clone(), request, options)
    }
}

/// What one call does differently from the client's settings.
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
    /// The time for the whole call, all attempts and waits together.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// How failed attempts are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// What the action does, for retries: a caller may know that a write of theirs can be repeated, or must not be.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }
}

/// What a successful call brought.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The action's response.
    pub value: T,
    /// The id under which the service knows the request (`X-UCLOUD-REQUEST-UUID`).
    pub request_id: Option<String>,
    /// How many attempts it took.
    pub attempts: u32,
    /// How long it took, waits included.
    pub elapsed: Duration,
}

impl<T> Reply<T> {
    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        let Self {
            value,
            request_id,
            attempts,
            elapsed,
        } = self;
        Reply {
            value: change(value),
            request_id,
            attempts,
            elapsed,
        }
    }
}
