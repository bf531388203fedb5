//! Transports of `compshare-client` over HTTP libraries that a program has already: copy the one
//! that you need.
//!
//! Both are over hyper-util's client in the end, so [`kind_of`] classifies the errors of both.

mod reqwest;
mod tower;

use std::error::Error;
use std::io;
use std::iter;

use compshare_client::transport::TransportErrorKind;
use hyper_util::client::legacy;

pub use self::reqwest::ReqwestTransport;
pub use self::tower::TowerTransport;

/// Classifies an error of hyper-util's client, also inside other errors.
///
/// The client above retries a write if the kind promises that not one byte was sent. Only errors of
/// connecting promise that; all others are `Interrupted`, unless the response is known to be wrong.
pub fn kind_of(error: &(dyn Error + 'static)) -> TransportErrorKind {
    let is_connect = causes(error)
        .filter_map(|cause| cause.downcast_ref::<legacy::Error>())
        .any(legacy::Error::is_connect);
    if is_connect {
        return if causes(error).any(is_rejected_certificate) {
            TransportErrorKind::Tls
        } else if causes(error).any(is_timed_out) {
            TransportErrorKind::ConnectTimeout
        } else {
            TransportErrorKind::Connect
        };
    }

    match causes(error).find_map(|cause| cause.downcast_ref::<hyper::Error>()) {
        Some(error) if error.is_parse_too_large() => TransportErrorKind::TooLarge,
        Some(error) if error.is_parse() => TransportErrorKind::Protocol,
        _ => TransportErrorKind::Interrupted,
    }
}

/// Returns the error and its chain of causes. The error inside an `io::Error` is not its source.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |&error| {
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        match inner {
            Some(inner) => Some(inner as _),
            None => error.source(),
        }
    })
}

fn is_rejected_certificate(error: &(dyn Error + 'static)) -> bool {
    error.is::<rustls::Error>()
}

fn is_timed_out(error: &(dyn Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}
