//! A transport that logs attempts and enforces the deadline of the command.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use compshare_client::model::{Effect, Password};
use compshare_client::sign::{Credentials, form, redact};
use compshare_client::sync::Transport;
use compshare_client::transport::{
    HttpRequest, HttpResponse, Limits, Now, TransportError, TransportErrorKind, UreqTransport,
};
use compshare_client::{Config, sanitize};
use serde_json::{Map, Value};

use crate::failure::{effect_of, truncate};
use crate::lang::{language, text, texts};
use crate::output::{json_cell, print_stderr, progress};
use crate::secrets::{MASK, is_secret, mask};

/// The delay before a progress line shows the pending request.
const PROGRESS_DELAY: Duration = Duration::from_secs(1);

/// The longest logged part of a value or body, in bytes.
const MAX_LOGGED: usize = 2048;

/// A [`UreqTransport`] with logging, a progress line and a deadline.
pub(crate) struct LoggingTransport {
    inner: UreqTransport,
    deadline: Option<Instant>,
    /// The number of `-v` flags: 1 logs attempts, 2 also requests and responses.
    verbose: u8,
    /// For redaction.
    keys: Credentials,
    state: Mutex<AttemptState>,
    /// The maximum number of attempts of a read.
    max_attempts: u32,
    /// See [`LoggingTransport::expect_pause`].
    is_pause: AtomicBool,
}

#[derive(Default)]
struct AttemptState {
    /// The last request body: retries send the same bytes.
    body: Vec<u8>,
    attempts: u32,
    /// The start of the first attempt.
    started: Option<Instant>,
    /// See [`LoggingTransport::skew`].
    skew: Option<Duration>,
}

impl LoggingTransport {
    pub(crate) fn new(config: &Config, deadline: Option<Instant>, verbose: u8) -> Self {
        Self {
            inner: UreqTransport::new(config),
            deadline,
            verbose,
            keys: config.credentials().clone(),
            state: Mutex::default(),
            max_attempts: config.retry().max_attempts,
            is_pause: AtomicBool::new(false),
        }
    }

    /// Marks the next sleep as a polling interval rather than a back-off.
    pub(crate) fn expect_pause(&self) {
        self.is_pause.store(true, Ordering::Relaxed);
    }

    /// Returns the clock difference between service and client at the last response.
    pub(crate) fn skew(&self) -> Option<Duration> {
        self.state.lock().ok()?.skew
    }

    /// Returns `wanted`, limited to the time left until the deadline.
    pub(crate) fn within_deadline(&self, wanted: Duration) -> Duration {
        match self.deadline {
            Some(deadline) => wanted.min(deadline.saturating_duration_since(Now::real().instant)),
            None => wanted,
        }
    }

    /// Counts an attempt. Returns its number and the start of the first attempt of the same
    /// request.
    fn attempt(&self, body: &[u8], now: Instant) -> (u32, Instant) {
        let Ok(mut state) = self.state.lock() else {
            return (1, now);
        };
        if state.body != body {
            state.attempts = 0;
            state.started = Some(now);
            body.clone_into(&mut state.body);
        }
        state.attempts = state.attempts.saturating_add(1);
        (state.attempts, state.started.unwrap_or(now))
    }

    fn record_clock_skew(&self, response: &HttpResponse) {
        let date = response
            .headers()
            .get("date")
            .and_then(|value| value.to_str().ok());
        let Some(server_time) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
            return;
        };
        if let Ok(mut state) = self.state.lock() {
            state.skew = Some(time_difference(server_time, Now::real().system));
        }
    }
}

fn time_difference(one: SystemTime, other: SystemTime) -> Duration {
    let forward = one.duration_since(other);
    forward.unwrap_or_else(|backward| backward.duration())
}

impl Transport for LoggingTransport {
    fn send(&self, request: HttpRequest, limits: &Limits) -> Result<HttpResponse, TransportError> {
        let timeout = self.within_deadline(limits.timeout);
        if timeout.is_zero() {
            return Err(TransportErrorKind::Timeout.into());
        }
        let limits = Limits::new(timeout, limits.max_body);
        if self.verbose == 0 && !progress::can_show() {
            let result = self.inner.send(request, &limits);
            return result.inspect(|response| self.record_clock_skew(response));
        }

        let now = Now::real().instant;
        let (attempt, first) = self.attempt(request.body(), now);
        let log = AttemptLog {
            transport: self,
            params: params_of(request.body()),
            attempt,
            started: now,
        };
        if self.verbose > 1 {
            log.request(&request);
        }

        let delay = PROGRESS_DELAY.saturating_sub(now.saturating_duration_since(first));
        let text = log.waiting(request.uri().host().unwrap_or_default());
        let result = progress::while_waiting(delay, &text, || self.inner.send(request, &limits));
        if let Ok(response) = &result {
            self.record_clock_skew(response);
        }
        if self.verbose > 0 {
            log.outcome(&result);
        }
        result
    }

    fn sleep(&self, delay: Duration) {
        let delay = self.within_deadline(delay);
        let is_pause = self.is_pause.swap(false, Ordering::Relaxed);
        if is_pause || delay < PROGRESS_DELAY {
            return self.inner.sleep(delay);
        }

        let done = self.state.lock().map_or(1, |state| state.attempts);
        let text = text!(
            retrying,
            seconds = delay.as_secs_f64().ceil(),
            attempt = done.saturating_add(1),
            max = self.max_attempts
        );
        progress::while_waiting(Duration::ZERO, &text, || self.inner.sleep(delay));
    }
}

/// The log of one attempt.
struct AttemptLog<'a> {
    transport: &'a LoggingTransport,
    /// The request parameters.
    params: Vec<(String, String)>,
    attempt: u32,
    started: Instant,
}

impl AttemptLog<'_> {
    fn action(&self) -> &str {
        self.params
            .iter()
            .find(|(key, _)| key == "Action")
            .map_or("", |(_, action)| action)
    }

    /// Returns the text of the progress line. Only reads have a known number of attempts.
    fn waiting(&self, host: &str) -> String {
        let (attempt, max) = (self.attempt, self.transport.max_attempts);
        match effect_of(self.action()) {
            Effect::Read => text!(waiting_read, host, attempt, max),
            _ => text!(waiting, host),
        }
    }

    fn request(&self, request: &HttpRequest) {
        let (method, uri) = (request.method(), request.uri());
        let (title, colon) = (texts().log_request, texts().colon);
        print_stderr(&format!("> {title}{colon}{method} {uri}"));
        for (key, value) in &self.params {
            let value = if is_secret(key) { MASK } else { value };
            let value = truncate(&sanitize(value), MAX_LOGGED);
            print_stderr(&format!("> {} = {value}", sanitize(key)));
        }
    }

    fn outcome(&self, result: &Result<HttpResponse, TransportError>) {
        let time = Now::real().instant.saturating_duration_since(self.started);
        let time = format!("{:.3}", time.as_secs_f64());
        let (action, attempt) = (self.action(), self.attempt);

        match result {
            Ok(response) => {
                let (status, bytes) = (response.status().as_u16(), response.body().len());
                print_stderr(&text!(log_answer, action, attempt, time, status, bytes));
                if self.transport.verbose > 1 {
                    self.response(response);
                }
            }
            Err(error) => {
                let cause = language().transport_error(error);
                print_stderr(&text!(log_no_answer, action, attempt, time, cause));
            }
        }
    }

    fn response(&self, response: &HttpResponse) {
        for (name, value) in response.headers() {
            let value = self.redacted(&String::from_utf8_lossy(value.as_bytes()));
            let value = truncate(&sanitize(&value), MAX_LOGGED);
            print_stderr(&format!("< {name}: {value}"));
        }

        // Redact before truncating, which could leave half of a secret.
        let body = self.redacted(&loggable(response.body()));
        let body = truncate(&body, MAX_LOGGED);
        print_stderr(&format!("< {}", truncate(&sanitize(&body), 2 * MAX_LOGGED)));
    }

    /// Redacts secrets of the request, which the service may echo.
    fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (_, secret) in self.params.iter().filter(|(key, _)| is_secret(key)) {
            text = redact(&text, secret).into_owned();
            // Passwords are sent as base64; the service may quote them decoded.
            text = redact(&text, Password::from_wire(secret.as_str()).expose()).into_owned();
        }
        self.transport.keys.redact(&text).into_owned()
    }
}

/// Returns the parameters of a request body: a form or a JSON object.
pub(crate) fn params_of(body: &[u8]) -> Vec<(String, String)> {
    let Ok(members) = serde_json::from_slice::<Map<String, Value>>(body) else {
        return form::decode(body).unwrap_or_default();
    };
    let pairs = members.into_iter().map(|(name, value)| {
        let text = json_cell(&value).unwrap_or_default().into_owned();
        (name, text)
    });
    pairs.collect()
}

/// Returns a body with its secrets masked, as it was sent if it has none. A cut JSON document is
/// omitted, since its secrets cannot be recognized.
fn loggable(body: &[u8]) -> String {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => {
            let mut masked = value.clone();
            mask(&mut masked);
            if masked != value {
                return masked.to_string();
            }
        }
        Err(_) if body.trim_ascii_start().starts_with(b"{") => {
            return texts().log_not_json.to_owned();
        }
        Err(_) => {}
    }
    String::from_utf8_lossy(body).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_skew_is_absolute() {
        let (early, late) = (
            SystemTime::UNIX_EPOCH,
            SystemTime::UNIX_EPOCH + Duration::from_secs(7),
        );
        assert_eq!(time_difference(early, late), Duration::from_secs(7));
        assert_eq!(time_difference(late, early), Duration::from_secs(7));
    }
}
