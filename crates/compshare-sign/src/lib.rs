//! Request signing for the CompShare (优云智算) and UCloud APIs.
//!
//! Signs the parameters of a request and verifies signed requests. The crate is `#![no_std]` with
//! `alloc`, so it has no access to sockets, clocks, files or the environment. Use it under any HTTP
//! stack, in a signing proxy, or behind a foreign-language binding.
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
//! // The body of a POST request with `Content-Type: application/x-www-form-urlencoded`.
//! let body: String = signed.to_form();
//! assert!(body.ends_with("&Signature=58c58f5596f08aaefe66f80c894f7c9ec4fbb958"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | use |
//! | --- | --- |
//! | sign a form | [`Credentials::sign`], then [`SignedParams::to_form`] |
//! | sign a JSON body | [`json::sign`](crate::json), with the feature `json` |
//! | verify a request, such as in a proxy or a test server | [`form::decode`], then [`Credentials::verify`] |
//! | find out why a signature differs | [`SignedParams::string_to_sign`] |
//! | keep keys and signatures out of logs | [`Credentials::redact`], [`redact()`] |
//!
//! Documents: [signing](https://github.com/compshare-rs/compshare-rs/blob/main/docs/signing.md), with test vectors;
//! [security](https://github.com/compshare-rs/compshare-rs/blob/main/docs/security.md).
//!
//! # The scheme
//!
//! 1. All parameters, including `PublicKey`, are sorted by key in byte order.
//! 2. Keys and values are concatenated without separators. The private key is appended.
//! 3. The SHA-1 hash of that text, in lowercase hex, is the parameter `Signature`
//!    ([UCloud's documentation](https://docs.ucloud.cn/api/summary/signature)).
//!
//! The unescaped values are signed, so the escaping of the body does not affect the signature.
//!
//! The scheme is weak. The signed text has no timestamp and no nonce, so a captured request can be
//! replayed until the key is revoked. It has no separators either, so different parameters can
//! share a signature. TLS is the only protection of a request: treat a signed body as a secret.
//!
//! # Features
//!
//! `json` (off by default): [`json::sign`](crate::json), for actions with an `application/json`
//! body.

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
pub use params::{Params, ParamsError, ParamsIter};
pub use private_key::PrivateKey;
pub use redact::redact;
pub use signature::{ParseSignatureError, Signature};
pub use signed::{SignedParams, SignedParamsIter};

/// The parameter for the public key of the signer.
pub const PUBLIC_KEY: &str = "PublicKey";
/// The parameter for the token of temporary credentials. It is signed like the others.
pub const SECURITY_TOKEN: &str = "SecurityToken";
/// The parameter for the signature, the only one that is not signed.
pub const SIGNATURE: &str = "Signature";

/// Returns `true` if [`Credentials::sign`] sets `key`, so that [`Params`] rejects it.
fn is_reserved(key: &str) -> bool {
    matches!(key, PUBLIC_KEY | SECURITY_TOKEN | SIGNATURE)
}

/// The examples of the README, which need the feature `json`.
#[cfg(all(doctest, feature = "json"))]
#[doc = include_str!("../README.md")]
struct Readme;
