//! Events for the `tracing` ecosystem, where the feature is on: what happens, never what is sent.

use std::time::Duration;

use crate::{Error, Reply};

#[cfg(feature = "tracing")]
mod events {
    use super::{Duration, Error, Reply};

    pub(crate) fn attempt(action: &str, attempt: u32) {
        tracing::debug!(target: "compshare", action, attempt, "sending");
    }

    pub(crate) fn retry(action: &str, attempt: u32, error: &Error, delay: Duration) {
        tracing::info!(target: "compshare", action, attempt, %error, ?delay, "failed, will be tried again");
    }

    pub(crate) fn success<T>(action: &str, reply: &Reply<T>) {
        let Reply {
            request_id,
            attempts,
            elapsed,
            ..
        } = reply;
        tracing::debug!(target: "compshare", action, request_id, attempts, ?elapsed, "answered");
    }

    pub(crate) fn failure(action: &str, error: &Error) {
        tracing::warn!(target: "compshare", action, %error, "failed");
    }
}

#[cfg(not(feature = "tracing"))]
mod events {
    use super::{Duration, Error, Reply};

    pub(crate) fn attempt(_: &str, _: u32) {}
    pub(crate) fn retry(_: &str, _: u32, _: &Error, _: Duration) {}
    pub(crate) fn success<T>(_: &str, _: &Reply<T>) {}
    pub(crate) fn failure(_: &str, _: &Error) {}
}

pub(crate) use events::{attempt, failure, retry, success};
