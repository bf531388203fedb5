//! Listings as a [`Stream`].

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use crate::engine::{Page, Paginator};
use crate::{Error, Items, Pages};

type Next<S, T> = Pin<Box<dyn Future<Output = (Option<Result<T, Error>>, S)> + Send>>;

/// A listing as a [`Stream`], from [`Pages::into_stream`] or [`Items::into_stream`].
///
/// ```no_run
/// use std::future::poll_fn;
/// use std::pin::pin;
///
/// use compshare_client::{Client, Error};
/// use futures_core::Stream;
///
/// # async fn example(client: Client) -> Result<(), Error> {
/// let mut favorites = pin!(client.favorites().into_stream());
/// // With `StreamExt` of the crate `futures`: `favorites.next().await`.
/// while let Some(favorite) = poll_fn(|cx| favorites.as_mut().poll_next(cx)).await {
///     println!("{}", favorite?.id);
/// }
/// # Ok(())
/// # }
/// ```
pub struct ListingStream<S, T> {
    /// The future of the next item and the remaining listing; `None` after the last item.
    pending: Option<Next<S, T>>,
    next: fn(S) -> Next<S, T>,
}

impl<S, T> ListingStream<S, T> {
    fn new(source: S, next: fn(S) -> Next<S, T>) -> Self {
        Self {
            pending: Some(next(source)),
            next,
        }
    }
}

impl<S, T> Stream for ListingStream<S, T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(pending) = &mut self.pending else {
            return Poll::Ready(None);
        };
        let (item, source) = ready!(pending.as_mut().poll(cx));
        self.pending = item.is_some().then(|| (self.next)(source));
        Poll::Ready(item)
    }
}

impl<S, T> fmt::Debug for ListingStream<S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ListingStream").finish_non_exhaustive()
    }
}

impl<P: Paginator> Pages<P> {
    /// Returns the pages as a [`Stream`].
    pub fn into_stream(self) -> ListingStream<Self, Page<P::Item>> {
        ListingStream::new(self, |mut pages| {
            Box::pin(async move { (pages.next().await, pages) })
        })
    }
}

impl<P: Paginator> Items<P> {
    /// Returns the items as a [`Stream`].
    pub fn into_stream(self) -> ListingStream<Self, P::Item> {
        ListingStream::new(self, |mut items| {
            Box::pin(async move { (items.next().await, items) })
        })
    }
}
