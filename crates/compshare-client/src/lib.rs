//! Client for the CompShare (优云智算) GPU cloud API.
//!
//! # First program
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
//! <https://console.compshare.cn/uaccount/api_manage>. [`Config`] documents all settings and
//! sources.
//!
//! # Which client
//!
//! | | [`Client`] | [`sync::Client`] |
//! | --- | --- | --- |
//! | feature | `async`, the default | `sync` |
//! | for | programs with tokio | all others, without a runtime |
//! | a listing is | `next().await`, or a `Stream` | an `Iterator` |
//!
//! Both have the same methods, retries and errors:
//!
//! | method | for |
//! | --- | --- |
//! | `send`, `send_with` | calling an [`Action`](model::Action) of [`model`], or any other by name with [`model::Untyped`] |
//! | `pages` | listing all pages of an action |
//! | `favorites`, `images().platform`, `images().community` | listings that combine actions |
//! | `images().add_favorite`, `images().remove_favorite`, `images().find_group`, `images().wait_until_ready` | changing favorites, and waiting for images |
//! | `instances` | GPU instances: stock and price, creation exactly once, changes, waiting |
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
//! Features are additive. Without any, a program can drive the [`engine`] over its own HTTP stack.
//!
//! # Further reading
//!
//! - [Examples](https://github.com/compshare-rs/compshare-rs/tree/main/crates/compshare-client/examples):
//!   listing favorites, finding images by tag, publishing and sharing them.
//! - [Images](https://github.com/compshare-rs/compshare-rs/blob/main/docs/images.md): the call for
//!   each task, and its pitfalls.
//! - [Errors](https://github.com/compshare-rs/compshare-rs/blob/main/docs/errors.md),
//!   [retries](https://github.com/compshare-rs/compshare-rs/blob/main/docs/retries.md),
//!   [transports, TLS and
//!   proxies](https://github.com/compshare-rs/compshare-rs/blob/main/docs/transports.md),
//!   [testing](https://github.com/compshare-rs/compshare-rs/blob/main/docs/testing.md),
//!   [security](https://github.com/compshare-rs/compshare-rs/blob/main/docs/security.md).
//! - [Architecture](https://github.com/compshare-rs/compshare-rs/blob/main/docs/architecture.md):
//!   both clients are a short loop around the [`engine`], which has no I/O. An
//!   [`Exchange`](engine::Exchange) signs an action, returns the request for a [transport] to send,
//!   classifies the response, and returns a delay and another attempt, or the result.

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
