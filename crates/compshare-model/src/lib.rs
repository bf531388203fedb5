//! Typed requests and tolerant, lossless responses of the CompShare (优云智算) API.
//!
//! The crate does no I/O and signs nothing, so it works with any HTTP client.
//!
//! - [`Action`] defines a request with its name, its [`Effect`] and its response. [`PagedAction`]
//!   adds paging, and [`Untyped`] is an action selected at run time.
//! - [`flatten`](fn@flatten) converts a request into the flat parameters that are signed and sent.
//! - [`envelope::decode`] decodes a response: the envelope with its RetCode, then the fields.
//! - [`Image`], [`Instance`] and the other records accept every name and type that the service is
//!   known to send. Unknown fields are kept in [`Extra`], so that serializing a record restores the
//!   original JSON.
//!
//! ```
//! use compshare_model::{DescribeFavoriteImages, envelope, flatten};
//!
//! // The parameters of a request.
//! let request = DescribeFavoriteImages::new().region("cn-wlcb").limit(20);
//! let mut form = Vec::new();
//! flatten(&request, &mut |key, value| {
//!     form.push(format!("{key}={value}"));
//!     Ok(())
//! })?;
//! assert_eq!(form, ["Region=cn-wlcb", "Limit=20"]);
//!
//! // The fields of its response.
//! let body = r#"{"Action": "DescribeFavoriteImagesResponse", "RetCode": 0, "ImageSet": [
//!     {"CompShareImageId": "compshareImage-1pl06yxr5lvm", "Name": "Qwen-Image"}]}"#;
//! let response = envelope::decode::<compshare_model::ImageList>(body)?;
//! for image in response.value.images() {
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

mod catalog;
mod disk;
mod effect_of;
mod image;
mod instance;
mod price;
mod types;
mod wire;

pub use catalog::*;
pub use disk::*;
pub use effect_of::{action_names, effect_of};
pub use image::*;
pub use instance::*;
pub use price::*;
pub use types::*;
pub use wire::action::{Action, BodyFormat, Effect};
pub use wire::extra::{Extra, ExtraIter};
pub use wire::flatten::{FlattenError, flatten};
pub use wire::paging::{PagedAction, Rows, SeenIds, Window};
pub use wire::response::{Acknowledged, Json, Response};
pub use wire::untyped::Untyped;
pub use wire::{envelope, flatten};

/// Compiles and runs the example of the README with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
