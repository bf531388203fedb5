//! Spans and events for `tracing`, behind the feature: actions, attempts and errors, never
//! parameters.

#![cfg_attr(
    not(feature = "tracing"),
    allow(
        unused_variables,
        clippy::unused_self,
        reason = "unused without the feature"
    )
)]

use std::time::Duration;

use http::StatusCode;

use crate::config::Endpoint;
use crate::transport::HttpRequest;
use crate::{Error, Reply};

/// The target of all spans and events: filters such as `compshare_client=debug` expect the crate.
#[cfg(feature = "tracing")]
const TARGET: &str = "compshare_client";

/// The span of one call, and the parent of its events. Empty without the feature.
///
/// The fields have the names of OpenTelemetry's conventions for RPC and HTTP clients; those with
/// the prefix `otel` have a meaning for `tracing-opentelemetry`.
#[derive(Clone)]
pub(crate) struct CallSpan {
    #[cfg(feature = "tracing")]
    span: ::tracing::Span,
}

impl CallSpan {
    /// Creates a span that is not recorded.
    pub(crate) fn none() -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: ::tracing::Span::none(),
        }
    }

    /// Creates the span of a call, in the current span of the caller.
    pub(crate) fn new(action: &str, endpoint: &Endpoint) -> Self {
        Self {
            #[cfg(feature = "tracing")]
            span: ::tracing::info_span!(
                target: TARGET,
                "call",
                otel.name = action,
                otel.kind = "client",
                otel.status_code = ::tracing::field::Empty,
                rpc.system.name = "compshare",
                rpc.method = action,
                rpc.response.status_code = ::tracing::field::Empty,
                server.address = endpoint.host(),
                server.port = endpoint.port(),
                http.response.status_code = ::tracing::field::Empty,
                http.request.resend_count = ::tracing::field::Empty,
                "error.type" = ::tracing::field::Empty,
                compshare.request_id = ::tracing::field::Empty,
            ),
        }
    }

    /// Adds the span to a request, for the client that sends it.
    pub(crate) fn attach(&self, request: &mut HttpRequest) {
        #[cfg(feature = "tracing")]
        if !self.span.is_disabled() {
            request.extensions_mut().insert(self.clone());
        }
    }

    /// Removes the span from a request.
    #[cfg(any(feature = "async-client", feature = "sync-client"))]
    pub(crate) fn detach(request: &mut HttpRequest) -> Self {
        #[cfg(feature = "tracing")]
        if let Some(span) = request.extensions_mut().remove() {
            return span;
        }
        Self::none()
    }

    /// Polls `future` in the span.
    #[cfg(feature = "async-client")]
    pub(crate) fn instrument<F: Future>(self, future: F) -> impl Future<Output = F::Output> {
        #[cfg(feature = "tracing")]
        let future = ::tracing::Instrument::instrument(future, self.span);
        future
    }

    /// Calls `send` in the span.
    #[cfg(feature = "sync-client")]
    pub(crate) fn in_scope<T>(&self, send: impl FnOnce() -> T) -> T {
        #[cfg(feature = "tracing")]
        return self.span.in_scope(send);
        #[cfg(not(feature = "tracing"))]
        send()
    }

    pub(crate) fn attempt(&self, action: &str, attempt: u32) {
        #[cfg(feature = "tracing")]
        ::tracing::debug!(target: TARGET, parent: &self.span, action, attempt, "sending");
    }

    pub(crate) fn retry(&self, action: &str, attempt: u32, error: &Error, delay: Duration) {
        #[cfg(feature = "tracing")]
        ::tracing::info!(
            target: TARGET,
            parent: &self.span,
            action,
            attempt,
            %error,
            ?delay,
            "failed, retrying"
        );
    }

    pub(crate) fn success<T>(&self, action: &str, status: Option<StatusCode>, reply: &Reply<T>) {
        #[cfg(feature = "tracing")]
        {
            let request_id = reply
                .request_id
                .as_deref()
                .and_then(crate::sanitize::short_id);
            self.record_response(status, reply.attempts, request_id.as_deref());
            ::tracing::debug!(
                target: TARGET,
                parent: &self.span,
                action,
                request_id,
                attempts = reply.attempts,
                elapsed = ?reply.elapsed,
                "answered"
            );
        }
    }

    pub(crate) fn failure(&self, action: &str, error: &Error) {
        #[cfg(feature = "tracing")]
        {
            let ret_code = error.ret_code().map(|code| code.0.to_string());
            let status = error.http_status();
            self.record_response(status, error.attempts(), error.request_id());
            if let Some(code) = &ret_code {
                self.span.record("rpc.response.status_code", code.as_str());
            }

            // The most specific class: RetCode, HTTP status if it is the error, or kind.
            let class = ret_code.unwrap_or_else(|| match status {
                Some(status) if !status.is_success() => status.as_str().to_owned(),
                _ => format!("{:?}", error.kind()),
            });
            self.span.record("error.type", class);
            self.span.record("otel.status_code", "ERROR");
            ::tracing::warn!(target: TARGET, parent: &self.span, action, %error, "failed");
        }
    }

    #[cfg(feature = "tracing")]
    fn record_response(&self, status: Option<StatusCode>, attempts: u32, request_id: Option<&str>) {
        if let Some(status) = status {
            self.span
                .record("http.response.status_code", status.as_u16());
        }
        if attempts > 1 {
            self.span
                .record("http.request.resend_count", attempts.saturating_sub(1));
        }
        if let Some(id) = request_id {
            self.span.record("compshare.request_id", id);
        }
    }
}
