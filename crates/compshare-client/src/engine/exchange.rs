//! One call, from its first attempt to its result.

use std::fmt;
use std::mem;
use std::sync::Arc;
use std::time::{Duration, Instant};

use compshare_model::{Effect, Response};

use super::judge::{Failure, judge, judge_transport};
use super::request::Prepared;
use super::secrets::Secrets;
use super::{CallOptions, Reply};
use crate::error::Sent;
use crate::observe;
use crate::reason::Reason;
use crate::retry::{Backoff, RetryBudget};
use crate::transport::{
    HttpRequest, HttpResponse, Limits, Now, TransportError, TransportErrorKind,
};
use crate::{Config, Error, ErrorKind, RetryPolicy};

/// What to do next. `Debug` shows nothing of the request, which is signed.
#[allow(
    clippy::large_enum_variant,
    reason = "lives for a moment, and a box would cost more than the move"
)]
pub enum Step<T> {
    /// Send this within these limits, then tell [`Exchange::complete`] what came of it.
    Send(HttpRequest, Limits),
    /// Let this much time pass, then ask again.
    Wait(Duration),
    /// The call is over. Ask no further.
    Done(Result<Reply<T>, Error>),
}

impl<T: fmt::Debug> fmt::Debug for Step<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send(_, limits) => f.debug_tuple("Send").field(limits).finish_non_exhaustive(),
            Self::Wait(delay) => f.debug_tuple("Wait").field(delay).finish(),
            Self::Done(result) => f.debug_tuple("Done").field(result).finish(),
        }
    }
}

/// One call of one action: attempts, waits and the final result. Holds no socket and reads no clock.
pub struct Exchange<R> {
    config: Arc<Config>,
    budget: RetryBudget,
    backoff: Backoff,
    prepared: Prepared,
    policy: RetryPolicy,
    effect: Effect,
    time: Duration,
    started: Option<Instant>,
    attempts: u32,
    /// The most that any attempt can have brought about.
    sent: Sent,
    state: State<R>,
}

enum State<R> {
    /// The next thing to do is an attempt.
    Ready,
    /// An attempt is under way.
    UnderWay,
    /// The next thing to do is to wait; after this long comes an attempt. The failure is the result if the time is
    /// over by then.
    Waiting(Duration, Error),
    /// Waited; an attempt comes next, unless the time is over.
    Waited(Error),
    Done(Result<Reply<R>, Error>),
    /// The result has been handed out.
    Over,
}

impl<R: Response> Exchange<R> {
    pub(super) fn new(
        config: Arc<Config>,
        budget: RetryBudget,
        backoff: Backoff,
        prepared: Prepared,
        options: &CallOptions,
    ) -> Self {
        Self {
            policy: options
                .retry
                .clone()
                .unwrap_or_else(|| config.retry.clone()),
            effect: options.effect.unwrap_or(prepared.effect),
            time: options.timeout.unwrap_or(config.timeouts.call),
            config,
            budget,
            backoff,
            prepared,
            started: None,
            attempts: 0,
            sent: Sent::No,
            state: State::Ready,
        }
    }

    /// The action that is called.
    pub fn action(&self) -> &str {
        &self.prepared.action
    }

    /// What to do next, at this moment.
    ///
    /// Asking again before [`complete`](Self::complete) gives the same attempt again.
    pub fn step(&mut self, now: Now) -> Step<R> {
        let started = *self.started.get_or_insert(now.instant);
        match mem::replace(&mut self.state, State::Over) {
            State::Ready => match self.refusal(now) {
                Some(error) => Step::Done(Err(self.finish(now, error))),
                None => self.attempt(now, started, None),
            },
            State::UnderWay => {
                // The driver asks again: what it was given before may have been sent, and is one attempt all the same.
                self.sent = self.sent.max(Sent::Maybe);
                let attempts = self.attempts;
                let step = self.attempt(now, started, None);
                self.attempts = attempts;
                step
            }
            State::Waiting(delay, error) => {
                self.state = State::Waited(error);
                Step::Wait(delay)
            }
            State::Waited(error) => self.attempt(now, started, Some(error)),
            State::Done(result) => Step::Done(result),
            State::Over => Step::Done(Err(Error::new(ErrorKind::Request)
                .with_action(&self.prepared.action)
                .with_detail("the call is over, and its result was handed out"))),
        }
    }

    /// Tells what came of the attempt that [`step`](Self::step) asked for. Ignored when none is under way.
    pub fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        if !matches!(self.state, State::UnderWay) {
            return;
        }
        let verdict = match result {
            Ok(response) => {
                let secrets = Secrets {
                    credentials: &self.config.credentials,
                    signed: &self.prepared.signed,
                };
                judge(&response, &secrets, now)
            }
            Err(error) => Err(judge_transport(error)),
        };
        self.state = match verdict {
            Ok((value, request_id)) => {
                self.budget.succeed();
                let reply = Reply {
                    value,
                    request_id,
                    attempts: self.attempts,
                    elapsed: self.elapsed(now),
                };
                observe::success(&self.prepared.action, &reply);
                State::Done(Ok(reply))
            }
            Err(failure) => self.after(now, failure),
        };
    }

    /// What is refused before anything is sent.
    fn refusal(&self, now: Now) -> Option<Error> {
        let expired = self
            .config
            .expires_at
            .is_some_and(|time| time <= now.system);
        expired.then(|| Error::of(Reason::CredentialsExpired))
    }

    /// Another attempt, if there is time for it.
    fn attempt(&mut self, now: Now, started: Instant, last: Option<Error>) -> Step<R> {
        let left = self
            .time
            .saturating_sub(now.instant.saturating_duration_since(started));
        if left.is_zero() {
            let error = last.unwrap_or_else(|| {
                Error::new(ErrorKind::Timeout)
                    .with_source(TransportError::from(TransportErrorKind::Timeout))
            });
            return Step::Done(Err(self.finish(now, error)));
        }
        self.attempts = self.attempts.saturating_add(1);
        self.state = State::UnderWay;
        observe::attempt(&self.prepared.action, self.attempts);
        let limits = Limits::new(left.min(self.config.timeouts.attempt), self.config.max_body);
        Step::Send(self.prepared.request(&self.config), limits)
    }

    /// What follows a failed attempt: a wait, or the end.
    fn after(&mut self, now: Now, failure: Failure) -> State<R> {
        let Failure { error, outcome } = failure;
        self.sent = self.sent.max(error.was_sent());
        let asked = error.retry_after();
        let right = outcome.may_retry(self.effect)
            && self.attempts < self.policy.max_attempts
            && asked.is_none_or(|asked| asked <= self.policy.max_retry_after);
        if right {
            let delay = self.backoff.delay(&self.policy, self.attempts, asked);
            let fits = self
                .elapsed(now)
                .checked_add(delay)
                .is_some_and(|end| end < self.time);
            if fits && self.budget.take() {
                observe::retry(&self.prepared.action, self.attempts, &error, delay);
                return State::Waiting(delay, error);
            }
        }
        State::Done(Err(self.finish(now, error)))
    }

    /// The error as the caller sees it.
    fn finish(&self, now: Now, error: Error) -> Error {
        let error = error
            .with_action(&self.prepared.action)
            .with_sent(self.sent)
            .with_effort(self.attempts, self.elapsed(now));
        observe::failure(&self.prepared.action, &error);
        error
    }

    fn elapsed(&self, now: Now) -> Duration {
        self.started
            .map(|started| now.instant.saturating_duration_since(started))
            .unwrap_or_default()
    }
}

impl<R> fmt::Debug for Exchange<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The request is signed: nothing of it is shown.
        f.debug_struct("Exchange")
            .field("action", &self.prepared.action)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}
