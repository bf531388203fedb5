//! Request signing for the CompShare (优云智算) and UCloud APIs.
//!
//! Parameters go in, a signature comes out. The crate is `#![no_std]` with `alloc`: it can neither open a
//! socket, nor read a clock, a file or the environment, and the compiler proves it. Use it under any HTTP stack,
//! in a signing proxy, or behind a foreign-language binding.
//!
//! ```
//! use compshare_sign::{Credentials, Params};
//!
//! let credentials = Credentials::new("my_public_key", "my_private_key")?;
//!
//! let mut params = Params::new();
//! params.insert("Action", "DescribeFavoriteImages")?;
//! params.insert("Region", "cn-wlcb")?;
//! params.insert("Limit", "20")?;
//!
//! let signed = credentials.sign(params);
//! // Send this as the body of a POST, with `Content-Type: application/x-www-form-urlencoded`.
//! let body: String = signed.to_form();
//! assert!(body.ends_with("&Signature=58c58f5596f08aaefe66f80c894f7c9ec4fbb958"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The scheme
//!
//! All parameters, `PublicKey` included, are sorted by key, byte by byte; keys and values are joined without any
//! separator; the private key is appended; the SHA-1 of that text, in lower-case hex, is the parameter `Signature`
//! ([UCloud's documentation](https://docs.ucloud.cn/api/summary/signature)). The raw values are signed, so the way
//! they are escaped on the wire cannot break a signature.
//!
//! Know its limits before you rely on it: there is no time and no nonce in what is signed, so a captured request can
//! be sent again for as long as the key lives, and different parameters can share a signature, since nothing marks
//! where a value ends. Only TLS stands between a request and its reader. Treat a signed body like the key itself.
//!
//! # Features
//!
//! `json` (off by default): [`json::sign`](crate::json) for actions that want an `application/json` body.

#![no_std]
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

extern crate alloc;
#[cfg(test)]
extern crate std;

mod credentials;
pub mod form;
#[cfg(feature = "json")]
pub mod json;
mod params;
mod private_key;
mod redact;
mod signature;
mod signed;

pub use credentials::{Credentials, CredentialsError, VerifyError};
pub use params::{Params, ParamsError};
pub use private_key::PrivateKey;
pub use redact::strike_out;
pub use signature::{ParseSignatureError, Signature};
pub use signed::SignedParams;

/// The key of the parameter that names who signs.
pub const PUBLIC_KEY: &str = "PublicKey";
/// The key of the parameter that carries the token of temporary credentials. It is signed like any other.
pub const SECURITY_TOKEN: &str = "SecurityToken";
/// The key of the parameter that carries the signature. It alone is not signed.
pub const SIGNATURE: &str = "Signature";

/// Whether `key` is set by [`Credentials::sign`] and therefore refused in [`Params`].
fn is_reserved(key: &str) -> bool {
    matches!(key, PUBLIC_KEY | SECURITY_TOKEN | SIGNATURE)
}

/// The examples of the README, which use the feature `json` as well.
#[cfg(all(doctest, feature = "json"))]
#[doc = include_str!("../README.md")]
struct Readme;
