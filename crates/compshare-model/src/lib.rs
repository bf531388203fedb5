//! Typed requests and tolerant, lossless responses of the CompShare (优云智算) API, for any HTTP
//! client: the crate does no I/O and signs nothing.
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
//!
//! | to | use |
//! | --- | --- |
//! | list images, rent GPUs, manage disks | a request such as [`DescribeFavoriteImages`] or [`CreateCompShareInstance`] |
//! | send it with any HTTP client | [`flatten`](fn@flatten), which converts it to the parameters that are signed and sent |
//! | decode a response | [`envelope::decode`]: the RetCode, then the fields |
//! | read a record | [`Image`], [`Instance`], [`Disk`]: every name and type that the service is known to send; unknown fields are kept in [`Extra`] |
//! | compute with money and sizes | [`Price`], [`Megabytes`], [`Gigabytes`] |
//! | keep passwords out of logs | [`Password`], [`SecretUrl`] |
//! | handle an error by its meaning | [`RetCode`] |
//! | call an action that has no type | [`Untyped`] |
//! | define an action | [`Action`], [`PagedAction`], [`Json`] |
//!
//! Documents: [all actions](https://github.com/compshare-rs/compshare-rs/blob/main/docs/coverage.md),
//! [images](https://github.com/compshare-rs/compshare-rs/blob/main/docs/images.md),
//! [instances](https://github.com/compshare-rs/compshare-rs/blob/main/docs/instances.md),
//! [the wire format](https://github.com/compshare-rs/compshare-rs/blob/main/docs/wire.md),
//! [errors](https://github.com/compshare-rs/compshare-rs/blob/main/docs/errors.md).

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
