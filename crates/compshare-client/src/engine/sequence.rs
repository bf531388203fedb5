//! Operations written as async functions.
//!
//! An operation of several requests reads best from top to bottom. A [`Sequence`] runs an async
//! function that awaits only [`Calls`]: each request and each wait becomes a [`Step`], and the
//! driver's result is what the `.await` returns. No runtime is involved.

use std::fmt;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use compshare_model::{Action, PagedAction};

use super::exchange::{AnyExchange, AnyResult, typed};
use super::{CallOptions, Engine, Operation, Page, Paginator, Step};
use crate::transport::{HttpResponse, Now, TransportError};
use crate::{Error, ErrorKind};

/// An operation of several requests, such as waiting for an instance.
#[must_use = "nothing is sent until a driver runs it"]
pub struct Sequence<T> {
    future: Option<BoxFuture<T>>,
    call: Option<Box<AnyExchange>>,
    slot: Arc<Mutex<Slot>>,
}

type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// Where a sequence and its future meet.
#[derive(Default)]
struct Slot {
    started: Option<Instant>,
    elapsed: Duration,
    /// What the future awaits.
    awaited: Option<Awaited>,
    /// The result of the call that the future awaits.
    result: Option<AnyResult>,
}

enum Awaited {
    Call(Box<AnyExchange>),
    Wait(Duration),
}

impl<T> Sequence<T> {
    /// Creates a sequence from an async function.
    pub(super) fn new<F>(engine: &Engine, run: impl FnOnce(Calls) -> F) -> Self
    where
        F: Future<Output = Result<T, Error>> + Send + 'static,
    {
        let slot = Arc::new(Mutex::default());
        let calls = Calls {
            engine: engine.clone(),
            slot: Arc::clone(&slot),
        };
        Self {
            future: Some(Box::pin(run(calls))),
            call: None,
            slot,
        }
    }
}

impl<T> Operation for Sequence<T> {
    type Output = Result<T, Error>;

    fn step(&mut self, now: Now) -> Step<Self::Output> {
        loop {
            if let Some(call) = &mut self.call {
                match call.step(now).into_done() {
                    ControlFlow::Break(step) => return step,
                    ControlFlow::Continue(result) => lock(&self.slot).result = Some(result),
                }
                self.call = None;
            }

            let mut slot = lock(&self.slot);
            let started = *slot.started.get_or_insert(now.instant);
            slot.elapsed = now.instant.saturating_duration_since(started);
            drop(slot);

            let Some(future) = &mut self.future else {
                return Step::Done(Err(over()));
            };
            let mut context = Context::from_waker(Waker::noop());
            if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
                self.future = None;
                return Step::Done(result);
            }

            match lock(&self.slot).awaited.take() {
                Some(Awaited::Call(call)) => self.call = Some(call),
                Some(Awaited::Wait(delay)) => return Step::Wait(delay),
                // The future awaits something else, which nobody would wake.
                None => self.future = None,
            }
        }
    }

    fn complete(&mut self, now: Now, result: Result<HttpResponse, TransportError>) {
        if let Some(call) = &mut self.call {
            call.complete(now, result);
        }
    }
}

fn over() -> Error {
    Error::new(ErrorKind::Request).with_detail("the operation is over, and its result was returned")
}

impl<T> fmt::Debug for Sequence<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sequence")
            .field("call", &self.call)
            .field("is_over", &self.future.is_none())
            .finish_non_exhaustive()
    }
}

/// The requests and waits of a [`Sequence`]. One can be awaited at a time.
#[derive(Clone)]
pub(super) struct Calls {
    engine: Engine,
    slot: Arc<Mutex<Slot>>,
}

impl Calls {
    pub(super) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Calls an action.
    pub(super) fn send<A: Action>(
        &self,
        action: &A,
    ) -> impl Future<Output = Result<A::Response, Error>> + Send + use<A> {
        self.send_with(action, &CallOptions::default())
    }

    /// Calls an action with options.
    pub(super) fn send_with<A: Action>(
        &self,
        action: &A,
        options: &CallOptions,
    ) -> impl Future<Output = Result<A::Response, Error>> + Send + use<A> {
        let call = self.engine.any_exchange(action, options);
        let slot = Arc::clone(&self.slot);
        async move { Ok(typed(run(slot, call?).await)?.value) }
    }

    /// Lists all pages of an action.
    pub(super) async fn list<A: PagedAction>(&self, action: A) -> Result<Vec<A::Item>, Error> {
        Ok(self.list_with_total(action).await?.0)
    }

    /// Lists all pages of an action, with the total that the service reports.
    pub(super) async fn list_with_total<A: PagedAction>(
        &self,
        action: A,
    ) -> Result<(Vec<A::Item>, Option<u64>), Error> {
        let mut items = Vec::new();
        let mut pages = self.engine.paginator(action);
        while let Some(offset) = pages.next_page() {
            if let Some(page) = self.page(&mut pages, offset?).await? {
                items.extend(page.items);
            }
        }
        Ok((items, pages.total()))
    }

    /// Requests the next page of a listing, at `offset`.
    pub(super) async fn page<P: Paginator>(
        &self,
        pages: &mut P,
        offset: u64,
    ) -> Result<Option<Page<P::Item>>, Error> {
        let call = pages.request(offset, &CallOptions::default())?;
        let result = run(Arc::clone(&self.slot), call.into_any()).await;
        pages.accept(typed(result))
    }

    /// Waits for `delay`.
    pub(super) async fn wait(&self, delay: Duration) {
        let mut awaited = Some(Awaited::Wait(delay));
        poll_fn(|_| {
            let mut slot = lock(&self.slot);
            match awaited.take() {
                Some(wait) => {
                    slot.awaited = Some(wait);
                    Poll::Pending
                }
                None => Poll::Ready(()),
            }
        })
        .await;
    }

    /// Returns the time since the first step.
    pub(super) fn elapsed(&self) -> Duration {
        lock(&self.slot).elapsed
    }
}

/// Runs a call of any action.
async fn run(slot: Arc<Mutex<Slot>>, call: AnyExchange) -> AnyResult {
    let mut call = Some(Awaited::Call(Box::new(call)));
    poll_fn(|_| {
        let mut slot = lock(&slot);
        if let Some(call) = call.take() {
            slot.awaited = Some(call);
            return Poll::Pending;
        }
        slot.result.take().map_or(Poll::Pending, Poll::Ready)
    })
    .await
}

fn lock(slot: &Mutex<Slot>) -> MutexGuard<'_, Slot> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use compshare_model::Untyped;

    use super::*;
    use crate::Config;

    fn engine() -> Engine {
        Engine::new(Config::builder().keys("pub", "hush").build().unwrap())
    }

    #[test]
    fn sequence_sends_waits_and_returns() {
        let mut sequence = Sequence::new(&engine(), |calls| async move {
            calls.send(&Untyped::read("First")).await?;
            calls.wait(Duration::from_secs(3)).await;
            let second = calls.send(&Untyped::read("Second")).await?;
            Ok((second["Answer"].clone(), calls.elapsed()))
        });
        let mut now = Now::real();
        let mut steps = Vec::new();
        let result = loop {
            match sequence.step(now) {
                Step::Send(request, _) => {
                    // Called again before the result, it is the same request.
                    assert!(
                        matches!(sequence.step(now), Step::Send(again, _) if again.body() == request.body())
                    );
                    let body = String::from_utf8(request.body().to_vec()).unwrap();
                    steps.push(if body.contains("First") {
                        "first"
                    } else {
                        "second"
                    });
                    let body = r#"{"RetCode": 0, "Answer": 42}"#;
                    sequence.complete(now, Ok(HttpResponse::new(body.into())));
                }
                Step::Wait(delay) => {
                    steps.push("wait");
                    now = Now::new(now.instant + delay, now.system + delay);
                }
                Step::Done(result) => break result,
            }
        };
        assert_eq!(steps, ["first", "wait", "second"]);
        assert_eq!(result.unwrap(), (42.into(), Duration::from_secs(3)));

        sequence.complete(now, Ok(HttpResponse::new("".into())));
        assert!(
            matches!(sequence.step(now), Step::Done(Err(_))),
            "it is over"
        );
        assert!(format!("{sequence:?}").contains("is_over: true"));
    }

    #[test]
    fn sequence_that_awaits_anything_else_ends() {
        let mut sequence: Sequence<()> =
            Sequence::new(&engine(), |_| async move { std::future::pending().await });
        assert!(matches!(sequence.step(Now::real()), Step::Done(Err(_))));
    }
}
