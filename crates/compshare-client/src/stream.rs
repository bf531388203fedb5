//! Listings as a [`Stream`].

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::engine::{Page, Paginator};
use crate::{Error, Items, Pages};

type Next<S, T> = Pin<Box<dyn Future<Output = (Option<Result<T, Error>>, S)> + Send>>;

/// A listing as a [`Stream`]; made by [`Pages::into_stream`] and [`Items::into_stream`].
pub struct Listing<S, T> {
    state: State<S, T>,
    next: fn(S) -> Next<S, T>,
}

enum State<S, T> {
    /// Nothing under way.
    Idle(S),
    Busy(Next<S, T>),
    Over,
}

impl<S: Unpin, T> Stream for Listing<S, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut busy = match std::mem::replace(&mut self.state, State::Over) {
            State::Idle(source) => (self.next)(source),
            State::Busy(busy) => busy,
            State::Over => return Poll::Ready(None),
        };
        match busy.as_mut().poll(cx) {
            Poll::Pending => {
                self.state = State::Busy(busy);
                Poll::Pending
            }
            Poll::Ready((Some(item), source)) => {
                self.state = State::Idle(source);
                Poll::Ready(Some(item))
            }
            Poll::Ready((None, _)) => Poll::Ready(None),
        }
    }
}

impl<S, T> fmt::Debug for Listing<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").finish_non_exhaustive()
    }
}

impl<P: Paginator + Send + 'static> Pages<P> {
    /// The pages as a [`Stream`].
    pub fn into_stream(self) -> Listing<Self, Page<P::Item>> {
        Listing {
            state: State::Idle(self),
            next: |mut pages| {
                Box::pin(async move {
                    let page = pages.next().await;
                    (page, pages)
                })
            },
        }
    }
}

impl<P: Paginator + Send + 'static> Items<P> {
    /// The rows as a [`Stream`].
    pub fn into_stream(self) -> Listing<Self, P::Item> {
        Listing {
            state: State::Idle(self),
            next: |mut items| {
                Box::pin(async move {
                    let item = items.next().await;
                    (item, items)
                })
            },
        }
    }
}
