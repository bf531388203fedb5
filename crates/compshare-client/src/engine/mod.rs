//! Everything that is decided, and nothing that moves bytes.
//!
//! Building, signing, judging, retrying and paging are one state machine. It is told what time it is and what came
//! back, and answers "send this", "wait that long" or "done". Both clients are a short loop around it; with neither
//! feature on, a program can drive it over any HTTP stack of its own:
//!
//! ```
//! use std::time::Duration;
//!
//! use compshare_client::engine::{Engine, Step};
//! use compshare_client::model::DescribeFavoriteImages;
//! use compshare_client::transport::{HttpRequest, HttpResponse, Limits, Now, TransportError};
//! use compshare_client::{CallOptions, Config};
//!
//! fn my_http(request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
//!     // Send it with what you have: here is what would come back.
//!     let body = r#"{"Action": "DescribeFavoriteImagesResponse", "RetCode": 0, "ImageSet": []}"#;
//!     Ok(HttpResponse::new(body.into()))
//! }
//!
//! let engine = Engine::new(Config::builder().keys("my_public_key", "my_private_key").region("cn-wlcb").build()?);
//! let mut exchange = engine.exchange(&DescribeFavoriteImages::new().limit(20), &CallOptions::default())?;
//! let reply = loop {
//!     match exchange.step(Now::real()) {
//!         Step::Send(request, limits) => {
//!             let result = my_http(request, &limits);
//!             exchange.complete(Now::real(), result);
//!         }
//!         Step::Wait(delay) => std::thread::sleep(delay),
//!         Step::Done(result) => break result?,
//!     }
//! };
//! assert_eq!(reply.value.images().count(), 0);
//! # Ok::<(), compshare_client::Error>(())
//! ```

mod exchange;
mod favorite_change;
mod favorites;
mod image_wait;
mod judge;
mod known;
mod pager;
mod platform;
mod portion;
mod request;
mod secrets;
mod walk;

use std::sync::Arc;
use std::time::Duration;

use compshare_model::{Action, DescribeCompShareImages, Effect, GroupId, PagedAction};

pub use self::exchange::{Exchange, Step};
pub use self::favorite_change::{FavoriteChange, FavoriteStep, FavoriteWrite};
pub use self::favorites::{
    FavoritesQuery, FavoritesRequest, FavoritesVia, FavoritesWalk, group_of,
};
pub use self::image_wait::{ImageOutcome, ImageWait, WaitOptions, WaitStep};
pub use self::pager::{Page, Pager};
pub use self::platform::PlatformWalk;
pub use self::walk::Walk;

use crate::retry::{Backoff, RetryBudget};
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
        let prepared = request::prepare(&self.config, action)?;
        Ok(Exchange::new(
            Arc::clone(&self.config),
            self.budget.clone(),
            Backoff::new(),
            prepared,
            options,
        ))
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

    /// Adds a community image to the favourites (`favorite`), or takes it off.
    pub fn change_favorite(&self, group: GroupId, favorite: bool) -> FavoriteChange {
        FavoriteChange::new(group, favorite, self.known.clone(), self.config.max_pages)
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
