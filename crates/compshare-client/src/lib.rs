//! Client for the CompShare (优云智算) GPU cloud API: favorites, images and GPU instances, from async or
//! blocking programs.
//!
//! This program lists the favorite images of the account:
//!
//! ```no_run
//! # #[cfg(feature = "async")]
//! use compshare_client::{Client, Error};
//!
//! # #[cfg(feature = "async")]
//! #[tokio::main]
//! async fn main() -> Result<(), Error> {
//!     let client = Client::from_env()?;
//!     let mut favorites = client.favorites();
//!     while let Some(favorite) = favorites.next().await {
//!         let favorite = favorite?;
//!         println!("{} - {}", favorite.id, favorite.name);
//!     }
//!     Ok(())
//! }
//! # #[cfg(not(feature = "async"))]
//! # fn main() {}
//! ```
//!
//! The keys are those of `COMPSHARE_PUBLIC_KEY` and `COMPSHARE_PRIVATE_KEY`, from
//! <https://console.compshare.cn/uaccount/api_manage>. Without tokio, the same is:
//!
//! ```no_run
//! # #[cfg(feature = "sync")] {
//! use compshare_client::sync::Client;
//!
//! for favorite in Client::from_env()?.favorites() {
//!     let favorite = favorite?;
//!     println!("{} - {}", favorite.id, favorite.name);
//! }
//! # }
//! # Ok::<(), compshare_client::Error>(())
//! ```
//!
//! # What do you want to do?
//!
//! | task | start here |
//! | --- | --- |
//! | list favorite images | [`Client::favorites`] |
//! | see stock and prices of GPU instances; create, start, stop, resize and delete them | [`Client::instances`] |
//! | list platform and community images, change favorites, wait for an image | [`Client::images`] |
//! | list all pages of an action | [`Client::pages`] |
//! | call any other action, by its type or by name | [`Client::send`], [`model`], [`model::Untyped`] |
//! | set keys, region, timeouts, proxy, root certificates | [`Config`] |
//! | handle failures, decide about a retry | [`Error`], [`RetryPolicy`], [`CallOptions`] |
//! | test a program without the service | the crate `compshare-mock`, or the module `testing` |
//! | trace calls | the feature `tracing` |
//! | use another HTTP library, wrap requests | [`transport`] |
//! | only sign requests | [`sign`] |
//!
//! # Which client
//!
//! | | [`Client`] | [`sync::Client`] |
//! | --- | --- | --- |
//! | feature | `async`, the default | `sync` |
//! | for | programs with tokio | all others, without a runtime |
//! | a listing is | `next().await`, or a `Stream` | an `Iterator` |
//!
//! Both have the same methods, retries and errors.
//!
//! # Errors
//!
//! Every failure is an [`Error`]. Programs check its [`kind`](Error::kind) and predicates such as
//! [`is_auth`](Error::is_auth); people read its `Display`, which is one line. Safe retries have
//! been made already. Before you repeat a write by hand, check [`was_sent`](Error::was_sent).
//!
//! # Testing your program
//!
//! The crate `compshare-mock` is a mock gateway on loopback, for end-to-end tests over HTTP. The
//! module `testing` has a scripted transport with a virtual clock, for exact responses and retries
//! without sockets.
//!
//! # Features
//!
//! | feature | adds | default |
//! | --- | --- | --- |
//! | `async` | `Client` over hyper and tokio | yes |
//! | `sync` | `sync::Client` over ureq, no runtime | |
//! | `stream` | listings as `futures_core::Stream` | |
//! | `tracing` | a span for each call, with events for attempts and errors, without parameters | |
//! | `platform-verifier` | `TlsRoots::Platform` | |
//! | `testing` | scripted transports with a virtual clock | |
//! | `async-client` | `Client` and [`transport`]`::Transport`, without hyper, tokio and TLS | in `async` |
//! | `sync-client` | `sync::Client` and `sync::Transport`, without ureq and TLS | |
//!
//! Features are additive.
//!
//! # Further reading
//!
//! - [Which of these do I want](https://github.com/compshare-rs/compshare-rs/blob/main/docs/choosing.md),
//!   [questions and problems](https://github.com/compshare-rs/compshare-rs/blob/main/docs/faq.md),
//!   [coming from other SDKs](https://github.com/compshare-rs/compshare-rs/blob/main/docs/coming-from.md),
//!   [stability](https://github.com/compshare-rs/compshare-rs/blob/main/docs/stability.md).
//! - [Examples](https://github.com/compshare-rs/compshare-rs/tree/main/crates/compshare-client/examples):
//!   listing favorites, finding images by tag, publishing and sharing them.
//! - [Images](https://github.com/compshare-rs/compshare-rs/blob/main/docs/images.md): the call for
//!   each task, and its pitfalls.
//! - [Errors](https://github.com/compshare-rs/compshare-rs/blob/main/docs/errors.md),
//!   [retries](https://github.com/compshare-rs/compshare-rs/blob/main/docs/retries.md),
//!   [transports, TLS and proxies](https://github.com/compshare-rs/compshare-rs/blob/main/docs/transports.md),
//!   [testing](https://github.com/compshare-rs/compshare-rs/blob/main/docs/testing.md),
//!   [security](https://github.com/compshare-rs/compshare-rs/blob/main/docs/security.md).
//!
//! # Internals
//!
//! Both clients are a short loop around the [`engine`], which has no I/O: an
//! [`Exchange`](engine::Exchange) signs an action, returns the request for a [transport] to send,
//! classifies the response, and returns a delay and another attempt, or the result. A program can
//! drive it over its own event loop, without any feature. See
//! [architecture](https://github.com/compshare-rs/compshare-rs/blob/main/docs/architecture.md).

#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unwrap_used
)]

#[cfg(feature = "async-client")]
mod client;
mod config;
pub mod engine;
mod error;
#[cfg(any(feature = "async-client", feature = "sync-client"))]
mod handles;
#[cfg(feature = "async-client")]
mod pages;
mod reason;
mod retry;
mod sanitize;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "sync-client")]
pub mod sync;
#[cfg(all(
    feature = "testing",
    any(feature = "async-client", feature = "sync-client")
))]
pub mod testing;
#[cfg(feature = "_http")]
mod tls;
mod tracing;
pub mod transport;

pub use compshare_model as model;
pub use compshare_sign as sign;

/// For implementations of [`Transport`](transport::Transport).
#[cfg(feature = "async-client")]
pub use async_trait::async_trait;

#[cfg(feature = "async-client")]
pub use client::{Client, Images, Instances};
pub use config::{
    Config, ConfigBuilder, DEFAULT_BASE_URL, DEFAULT_PROFILE, DEFAULT_REGION, NO_REGION, Origin,
    ProfileFile, Proxy, ProxyChoice, Setting, Settings, Timeouts, TlsRoots, Warning,
};
pub use engine::{
    CallOptions, CreatedInstances, DataDisks, FavoritesQuery, FavoritesSource, ImageOutcome,
    InstanceOutcome, InstanceTarget, InstanceWaitOptions, Offer, Page, PollOptions, Quote, Reply,
    WaitOptions,
};
pub use error::{BodyFault, Error, ErrorKind, Sent};
#[cfg(feature = "async-client")]
pub use pages::{Items, Pages};
pub use reason::{Reason, SettingFault};
pub use retry::RetryPolicy;
pub use sanitize::sanitize;
#[cfg(feature = "stream")]
pub use stream::ListingStream;

/// Compiles the programs of the README.
#[cfg(all(doctest, feature = "async", feature = "sync"))]
#[doc = include_str!("../README.md")]
struct Readme;
