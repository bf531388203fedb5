//! Typed requests and tolerant, lossless responses of the CompShare (优云智算) API.
//!
//! The crate knows what the service says, and nothing of how it is asked: no socket, no clock, no signature.
//!
//! - [`Action`] ties a request to its name, its [`Effect`] and its response; [`PagedAction`] adds paging.
//!   [`Untyped`] is any action by name.
//! - [`flatten`](fn@flatten) turns a request into the flat parameters that are signed and sent.
//! - [`envelope::decode`] reads an answer: RetCode first, then the rest.
//! - [`Image`], [`ImageGroup`] and the other records read every spelling and type that the service is known to send,
//!   and keep what they do not know in [`Extra`], so that writing a record gives back what was read.
//!
//! ```
//! use compshare_model::{DescribeFavoriteImages, envelope, flatten};
//!
//! // What is asked ...
//! let request = DescribeFavoriteImages::new().region("cn-wlcb").limit(20);
//! let mut form = Vec::new();
//! flatten(&request, &mut |key, value| {
//!     form.push(format!("{key}={value}"));
//!     Ok(())
//! })?;
//! assert_eq!(form, ["Region=cn-wlcb", "Limit=20"]);
//!
//! // ... and what is answered.
//! let body = r#"{"Action": "DescribeFavoriteImagesResponse", "RetCode": 0, "ImageSet": [
//!     {"CompShareImageId": "compshareImage-1pl06yxr5lvm", "Name": "Qwen-Image", "Status": "Available"}]}"#;
//! let reply = envelope::decode::<compshare_model::ImageList>(body)?;
//! for image in reply.value.images() {
//!     println!("{} - {}", image.id, image.name);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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

mod effect_of;
mod image;
mod types;
mod wire;

pub use effect_of::{action_names, effect_of};
pub use image::*;
pub use types::*;
pub use wire::action::{Action, Effect};
pub use wire::extra::{Extra, ExtraIter};
pub use wire::flatten::{FlattenError, flatten};
pub use wire::paging::{PagedAction, Rows, Seen, Window};
pub use wire::response::{Acknowledged, Json, Response};
pub use wire::untyped::Untyped;
pub use wire::{envelope, flatten};

/// The README's example is compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
