//! One call, from its first attempt to its result.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::time::{Duration, Instant};

use compshare_model::envelope::{Envelope, EnvelopeError};
use compshare_model::{Effect, PagedAction, Response};

use super::classify::{AttemptError, classify_response, classify_transport_error};
use super::request::SignedRequest;
use super::secrets::Secrets;
use super::{CallOptions, Engine, Operation, Reply, Step};
use crate::error::Sent;
use crate::retry::Backoff;
use crate::tracing::CallSpan;
use crate::transport::{HttpResponse, Limits, Now, TransportError, TransportErrorKind};
use crate::{Error, ErrorKind, RetryPolicy};

/// A decoded response of any type.
pub(crate) type AnyValue = Box<dyn Any + Send>;

/// The result of an [`AnyExchange`].
pub(crate) type AnyResult = Result<Reply<AnyValue>, Error>;

/// Decodes the body of a response: the only part of a call that depends on its action.
pub(super) type Decode = fn(&str) -> Result<(Envelope, AnyValue), EnvelopeError>;

/// Decodes a response of the type `R`.
pub(super) fn decode<R: Response>(body: &str) -> Result<(Envelope, AnyValue), EnvelopeError> {
    let reply = R::decode(body)?;
    Ok((reply.envelope, Box::new(reply.value)))
}

/// Decodes a page to its [`Rows`].
pub(super) fn decode_rows<A: PagedAction>(
    body: &str,
) -> Result<(Envelope, AnyValue), EnvelopeError> {
    let reply = A::Response::decode(body)?;
    Ok((reply.envelope, Box::new(A::into_rows(reply.value))))
}

/// Restores the type of a reply, which is the one that its [`Decode`] returns.
pub(crate) fn typed<T: 'static>(result: AnyResult) -> Result<Reply<T>, Error> {
    let reply = result?;
    let value = reply.value.downcast().map_err(|_| {
        Error::new(ErrorKind::Request).with_detail("the response was decoded to another type")
    })?;
    Ok(Reply {
        value: *value,
        request_id: reply.request_id,
        attempts: reply.attempts,
        elapsed: reply.elapsed,
    })
}

/// One call of one action: attempts, waits and the result.
///
/// A thin layer over a call that is not generic, so a program compiles very little for each action.
pub struct Exchange<T> {
    inner: AnyExchange,
    value: PhantomData<fn() -> T>,
}

impl<T: 'static> Exchange<T> {
    pub(super) fn new(inner: AnyExchange) -> Self {
        Self {
            inner,
            value: PhantomData,
        }
    }

    /// Returns the action that is called.
    pub fn action(&self) -> &str {
        &self.inner.request.action
    }

    pub(crate) fn into_any(self) -> AnyExchange {
        self.inner
    }
}

impl<T: 'static> Operation for Exchange<T> {
    type Output = Result<Reply<T>, Error>;

    fn step(&mut self, now: Now) -> Step<Self::Output> {
        self.inner.step(now).map(typed)
    }

    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        self.inner.complete(now, result);
    }
}

impl<T> fmt::Debug for Exchange<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

/// A call whose response has no static type.
pub(crate) struct AnyExchange {
    engine: Engine,
    backoff: Backoff,
    request: SignedRequest,
    decode: Decode,
    policy: RetryPolicy,
    effect: Effect,
    timeout: Duration,
    started: Option<Instant>,
    attempts: u32,
    /// The maximum over all attempts.
    sent: Sent,
    span: CallSpan,
    state: State,
}

enum State {
    /// The next step is an attempt.
    Ready,
    /// An attempt is in flight.
    InFlight,
    /// The next step is a wait of this length, then an attempt. The error is the result if the time
    /// is over by then.
    Waiting(Duration, Error),
    /// The wait is over: the next step is an attempt, unless the time is over too.
    Waited(Error),
    Done(AnyResult),
    /// The result was returned.
    Over,
}

impl AnyExchange {
    pub(super) fn new(
        engine: &Engine,
        request: SignedRequest,
        decode: Decode,
        options: &CallOptions,
    ) -> Self {
        let config = &engine.config;
        Self {
            policy: options.retry.as_ref().unwrap_or(&config.retry).clone(),
            effect: options.effect.unwrap_or(request.effect),
            timeout: options.timeout.unwrap_or(config.timeouts.call),
            engine: engine.clone(),
            backoff: Backoff::new(),
            request,
            decode,
            started: None,
            attempts: 0,
            sent: Sent::No,
            span: CallSpan::none(),
            state: State::Ready,
        }
    }

    /// Returns the error of a call that must not begin.
    fn preflight(&self, now: Now) -> Option<Error> {
        let expires_at = self.engine.config.expires_at;
        let is_expired = expires_at.is_some_and(|time| time <= now.system);
        is_expired.then(|| Error::of(crate::Reason::CredentialsExpired))
    }

    /// Starts another attempt if there is time for it.
    fn attempt(&mut self, now: Now, last: Option<Error>) -> Step<AnyResult> {
        let remaining = self.timeout.saturating_sub(self.elapsed(now));
        if remaining.is_zero() {
            let error = last.unwrap_or_else(|| {
                Error::new(ErrorKind::Timeout)
                    .with_source(TransportError::from(TransportErrorKind::Timeout))
            });
            return Step::Done(Err(self.final_error(now, error)));
        }

        self.attempts = self.attempts.saturating_add(1);
        self.state = State::InFlight;
        self.span.attempt(&self.request.action, self.attempts);
        let limits = Limits::new(
            remaining.min(self.engine.config.timeouts.attempt),
            self.engine.config.max_body,
        );
        let mut request = self.request.to_http(&self.engine.config);
        self.span.attach(&mut request);
        Step::Send(request, limits)
    }

    /// Decides between another attempt after a wait, and the end of the call.
    fn on_failure(&mut self, now: Now, failure: AttemptError) -> State {
        let AttemptError { error, outcome } = failure;
        self.sent = self.sent.max(error.was_sent());

        let retry_after = error.retry_after();
        let is_retryable = outcome.is_retryable(self.effect)
            && self.attempts < self.policy.max_attempts
            && retry_after.is_none_or(|delay| delay <= self.policy.max_retry_after);
        if is_retryable {
            let delay = self.backoff.delay(&self.policy, self.attempts, retry_after);
            let in_time = self
                .elapsed(now)
                .checked_add(delay)
                .is_some_and(|end| end < self.timeout);
            if in_time && self.engine.budget.withdraw() {
                self.span
                    .retry(&self.request.action, self.attempts, &error, delay);
                return State::Waiting(delay, error);
            }
        }
        State::Done(Err(self.final_error(now, error)))
    }

    /// Completes `error` with the action, the attempts and the time of the whole call.
    fn final_error(&self, now: Now, error: Error) -> Error {
        let error = error
            .with_action(&self.request.action)
            .with_sent(self.sent)
            .with_attempts(self.attempts, self.elapsed(now));
        self.span.failure(&self.request.action, &error);
        error
    }

    fn elapsed(&self, now: Now) -> Duration {
        self.started
            .map(|started| now.instant.saturating_duration_since(started))
            .unwrap_or_default()
    }
}

impl Operation for AnyExchange {
    type Output = AnyResult;

    fn step(&mut self, now: Now) -> Step<AnyResult> {
        if self.started.is_none() {
            self.started = Some(now.instant);
            self.span = CallSpan::new(&self.request.action, &self.engine.config.endpoint);
        }
        match mem::replace(&mut self.state, State::Over) {
            State::Ready => match self.preflight(now) {
                Some(error) => Step::Done(Err(self.final_error(now, error))),
                None => self.attempt(now, None),
            },
            State::InFlight => {
                // Called again: the request may have been sent before, and still counts as one
                // attempt.
                self.sent = self.sent.max(Sent::Maybe);
                let attempts = self.attempts;
                let step = self.attempt(now, None);
                self.attempts = attempts;
                step
            }
            State::Waiting(delay, error) => {
                self.state = State::Waited(error);
                Step::Wait(delay)
            }
            State::Waited(error) => self.attempt(now, Some(error)),
            State::Done(result) => Step::Done(result),
            State::Over => Step::Done(Err(Error::new(ErrorKind::Request)
                .with_action(&self.request.action)
                .with_detail("the call is over, and its result was returned"))),
        }
    }

    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        if !matches!(self.state, State::InFlight) {
            return;
        }

        let status = result.as_ref().ok().map(HttpResponse::status);
        let attempt = match result {
            Ok(response) => {
                let secrets = Secrets {
                    credentials: &self.engine.config.credentials,
                    signed: &self.request.signed,
                };
                classify_response(&response, self.decode, &secrets, now)
            }
            Err(error) => Err(classify_transport_error(error)),
        };

        self.state = match attempt {
            Ok((value, request_id)) => {
                self.engine.budget.deposit();
                let reply = Reply {
                    value,
                    request_id,
                    attempts: self.attempts,
                    elapsed: self.elapsed(now),
                };
                self.span.success(&self.request.action, status, &reply);
                State::Done(Ok(reply))
            }
            Err(failure) => self.on_failure(now, failure),
        };
    }
}

impl fmt::Debug for AnyExchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The request is signed, so it is not shown.
        f.debug_struct("Exchange")
            .field("action", &self.request.action)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
