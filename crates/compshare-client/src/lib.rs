//! Client for the CompShare (优云智算) GPU cloud API.
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
//! # The way of a request
//!
//! An [`Action`](model::Action) is flattened to parameters and signed (`engine::request`). An
//! [`Exchange`](engine::Exchange) returns the request for a [transport] to send, classifies the response, and then asks
//! for a wait and another attempt, or is done. Listings call one page after the other
//! ([`Paginator`](engine::Paginator)). Each client is a short loop around the [`engine`].
//!
//! # Features
//!
//! | feature | gives | default |
//! | --- | --- | --- |
//! | `async` | `Client` over hyper and tokio | yes |
//! | `sync` | `sync::Client` over ureq, no runtime | |
//! | `stream` | listings as `futures_core::Stream` | |
//! | `tracing` | events of what happens, never of what is sent | |
//! | `platform-verifier` | `TlsRoots::Platform` | |
//! | `testing` | scripted transports with a virtual clock | |
//!
//! Features only add. Without any, there is the [`engine`], to be driven over any HTTP stack.

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

#[cfg(feature = "async")]
mod client;
mod config;
pub mod engine;
mod error;
mod observe;
#[cfg(feature = "async")]
mod pages;
mod reason;
mod retry;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "sync")]
pub mod sync;
#[cfg(all(feature = "testing", any(feature = "async", feature = "sync")))]
pub mod testing;
mod text;
#[cfg(feature = "_http")]
mod tls;
pub mod transport;

pub use compshare_model as model;
pub use compshare_sign as sign;

/// For implementations of [`Transport`](transport::Transport).
#[cfg(feature = "async")]
pub use async_trait::async_trait;

#[cfg(feature = "async")]
pub use client::Client;
pub use config::{
    Config, ConfigBuilder, DEFAULT_BASE_URL, DEFAULT_PROFILE, DEFAULT_REGION, NO_REGION, Origin,
    ProfileFile, Proxy, ProxyChoice, Setting, Settings, Timeouts, TlsRoots, Warning,
};
pub use engine::{
    CallOptions, FavoritesQuery, FavoritesSource, ImageOutcome, Page, Reply, WaitOptions,
};
pub use error::{BodyFault, Error, ErrorKind, Sent};
#[cfg(feature = "async")]
pub use pages::{Items, Pages};
pub use reason::{Reason, SettingFault};
pub use retry::RetryPolicy;
#[cfg(feature = "stream")]
pub use stream::Listing;
pub use text::printable;

/// The README's programs compile.
#[cfg(all(doctest, feature = "async", feature = "sync"))]
#[doc = include_str!("../README.md")]
struct Readme;
