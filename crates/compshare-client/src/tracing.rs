//! Events for `tracing`, behind the feature: actions, attempts and errors, never parameters.

#![cfg_attr(
    not(feature = "tracing"),
    allow(unused_variables, reason = "unused without the feature")
)]

use std::time::Duration;

use crate::{Error, Reply};

pub(crate) fn attempt(action: &str, attempt: u32) {
    #[cfg(feature = "tracing")]
    ::tracing::debug!(target: "compshare", action, attempt, "sending");
}

pub(crate) fn retry(action: &str, attempt: u32, error: &Error, delay: Duration) {
    #[cfg(feature = "tracing")]
    ::tracing::info!(target: "compshare", action, attempt, %error, ?delay, "failed, retrying");
}

pub(crate) fn success<T>(action: &str, reply: &Reply<T>) {
    #[cfg(feature = "tracing")]
    ::tracing::debug!(
        target: "compshare",
        action,
        request_id = reply.request_id,
        attempts = reply.attempts,
        elapsed = ?reply.elapsed,
        "answered"
    );
}

pub(crate) fn failure(action: &str, error: &Error) {
    #[cfg(feature = "tracing")]
    ::tracing::warn!(target: "compshare", action, %error, "failed");
}
