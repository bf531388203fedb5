//! Listings of the asynchronous client.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::task::{Context, Poll};

use compshare_model::Rows;

use crate::client::BoxFuture;
use crate::engine::{AnyResult, Exchange, FavoritesPaginator, Page, Paginator, Prefetch, typed};
use crate::{CallOptions, Client, Error, FavoritesSource};

/// The pages of one listing, in order. [`OffsetPaginator`](crate::engine::OffsetPaginator)
/// documents the end of a listing.
///
/// An error ends the listing. [`Error::resume_at`] returns the `Offset` at which another listing
/// can continue.
pub struct Pages<P: Paginator> {
    client: Client,
    paginator: P,
    options: CallOptions,
    prefetch: Option<u32>,
    in_flight: InFlight,
    /// The pages have different sizes, so only the offset of the next one is known.
    is_uneven: bool,
    /// The last call of `next` was canceled.
    is_cancelled: bool,
}

impl<P: Paginator> Pages<P> {
    pub(crate) fn new(client: Client, paginator: P) -> Self {
        Self {
            client,
            paginator,
            options: CallOptions::default(),
            prefetch: None,
            in_flight: InFlight::default(),
            is_uneven: false,
            is_cancelled: false,
        }
    }

    /// Limits the listing to `items` items in total, including those already returned.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeCommunityImages;
    ///
    /// let first = client.pages(DescribeCommunityImages::new()).max_items(20).collect().await?;
    /// assert!(first.len() <= 20);
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_items(mut self, items: u64) -> Self {
        self.paginator = self.paginator.max_items(items);
        self
    }

    /// Sets the number of pages to request ahead of the next one; the order of pages is unchanged.
    /// Default 0, except for [favorites](crate::engine::FavoritesPaginator).
    ///
    /// Prefetching speeds up a long listing over a slow link. If the total is too high or absent,
    /// up to `pages` requests go beyond the end. Pages of different sizes turn prefetching off.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeFavoriteImages;
    ///
    /// let all = client.pages(DescribeFavoriteImages::new().limit(20)).prefetch(4).collect().await?;
    /// println!("{} images", all.len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn prefetch(mut self, pages: u32) -> Self {
        self.prefetch = Some(pages);
        self
    }

    /// Sets options for the call of each page.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Returns the listing item by item.
    pub fn into_items(self) -> Items<P> {
        Items {
            pages: self,
            ready: VecDeque::new(),
        }
    }

    /// Returns the state of the listing.
    pub fn paginator(&self) -> &P {
        &self.paginator
    }

    /// Returns the `Offset` of the next page.
    pub fn offset(&self) -> u64 {
        self.paginator.offset()
    }

    /// Returns the number of requests, failed attempts included.
    pub fn requests(&self) -> u64 {
        self.paginator.requests() + self.in_flight.wasted
    }

    /// Returns the service's last total, which may be wrong.
    pub fn total(&self) -> Option<u64> {
        self.paginator.total()
    }

    /// Returns the next page, or `None` after the last one. Cancel safe: the next call requests the
    /// same page again.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeCommunityImages;
    ///
    /// let mut pages = client.pages(DescribeCommunityImages::new());
    /// while let Some(page) = pages.next().await {
    ///     println!("{} images of {:?}", page?.items.len(), pages.total());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Option<Result<Page<P::Item>, Error>> {
        loop {
            let Some(next) = self.paginator.next_page() else {
                self.in_flight.cancel();
                return None;
            };
            let result = match next {
                Ok(offset) => self.fetch(offset).await,
                Err(error) => return Some(Err(error)),
            };
            match self.paginator.accept(typed(result)).transpose() {
                Some(Err(error)) => {
                    self.in_flight.cancel();
                    return Some(Err(error));
                }
                Some(page) => return Some(page),
                None => {}
            }
        }
    }

    /// Returns all items at once.
    ///
    /// ```no_run
    /// # use compshare_client::{Client, Error};
    /// # async fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeCompShareCustomImages;
    ///
    /// let images = client.pages(DescribeCompShareCustomImages::new()).collect().await?;
    /// println!("{} images", images.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The first error. The items before it are dropped; use [`into_items`](Self::into_items) to
    /// keep them.
    pub async fn collect(mut self) -> Result<Vec<P::Item>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await {
            items.extend(page?.items);
        }
        Ok(items)
    }

    /// Requests the page at `offset`, and prefetches the pages after it.
    async fn fetch(&mut self, offset: u64) -> AnyResult {
        // Calls that were not polled since `next` was canceled may have run into their timeouts.
        if mem::replace(&mut self.is_cancelled, true) {
            self.in_flight.cancel();
        }
        if self
            .in_flight
            .next_offset()
            .is_some_and(|next| next != offset)
        {
            self.in_flight.cancel();
            self.is_uneven = true;
        }
        if self.in_flight.next_offset().is_none() {
            self.call(offset, false);
        }

        loop {
            self.start_prefetching();
            let (result, is_prefetched) = poll_fn(|cx| self.in_flight.poll_next(cx)).await;
            match result {
                // Calls are not polled between pages, so the service may not have caused the
                // timeout.
                Err(error) if is_prefetched => {
                    self.in_flight.wasted += u64::from(error.attempts());
                    self.in_flight.cancel();
                    self.call(offset, false);
                }
                result => {
                    self.is_cancelled = false;
                    return result;
                }
            }
        }
    }

    fn call(&mut self, offset: u64, is_prefetched: bool) {
        let exchange = self.paginator.request(offset, &self.options);
        self.in_flight.calls.push_back(PageCall {
            offset,
            is_prefetched,
            state: CallState::Pending(self.client.call(exchange.map(Exchange::into_any))),
        });
    }

    fn start_prefetching(&mut self) {
        let pages = match self.prefetch {
            _ if self.is_uneven => 0,
            Some(pages) => pages,
            None => self.paginator.default_prefetch(),
        };
        let prefetch = match self.prefetch {
            Some(_) => Prefetch::Explicit,
            None => Prefetch::Automatic,
        };
        let mut steps = u32::try_from(self.in_flight.calls.len()).unwrap_or(u32::MAX);
        while steps <= pages && !self.in_flight.calls.iter().any(is_end::<P::Item>) {
            let Some(offset) = self.paginator.next_prefetch(steps, prefetch) else {
                return;
            };
            self.call(offset, true);
            steps += 1;
        }
    }
}

impl Pages<FavoritesPaginator> {
    /// Returns the actions that list the favorites, see [`FavoritesPaginator::source`].
    pub fn source(&self) -> Option<FavoritesSource> {
        self.paginator().source()
    }
}

impl<P: Paginator + fmt::Debug> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("paginator", &self.paginator)
            .field("in_flight", &self.in_flight.calls.len())
            .finish_non_exhaustive()
    }
}

/// The calls of the next page and of those that are prefetched, in order.
#[derive(Default)]
struct InFlight {
    calls: VecDeque<PageCall>,
    /// Number of requests whose results were not used.
    wasted: u64,
}

struct PageCall {
    offset: u64,
    is_prefetched: bool,
    state: CallState,
}

/// The state of a call in flight.
enum CallState {
    Pending(BoxFuture<AnyResult>),
    Ready(AnyResult),
}

impl InFlight {
    fn next_offset(&self) -> Option<u64> {
        self.calls.front().map(|call| call.offset)
    }

    /// Polls all calls until the first is ready. Returns its result, and whether it was prefetched.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<(AnyResult, bool)> {
        for call in &mut self.calls {
            if let CallState::Pending(future) = &mut call.state {
                if let Poll::Ready(result) = future.as_mut().poll(cx) {
                    call.state = CallState::Ready(result);
                }
            }
        }

        match self.calls.pop_front() {
            Some(PageCall {
                state: CallState::Ready(result),
                is_prefetched,
                ..
            }) => Poll::Ready((result, is_prefetched)),
            pending => {
                if let Some(call) = pending {
                    self.calls.push_front(call);
                }
                Poll::Pending
            }
        }
    }

    /// Cancels all calls.
    fn cancel(&mut self) {
        for call in self.calls.drain(..) {
            self.wasted += match call.state {
                // One attempt, until the response arrives.
                CallState::Pending(_) => 1,
                CallState::Ready(Ok(reply)) => reply.attempts.into(),
                CallState::Ready(Err(error)) => error.attempts().into(),
            };
        }
    }
}

/// Returns `true` if the page has arrived and is empty, which ends the listing.
fn is_end<T: 'static>(call: &PageCall) -> bool {
    match &call.state {
        CallState::Ready(Ok(reply)) => reply
            .value
            .downcast_ref()
            .is_some_and(|rows: &Rows<T>| rows.received == 0),
        _ => false,
    }
}

/// The items of one listing. Holds one page and the prefetched ones in memory.
pub struct Items<P: Paginator> {
    pages: Pages<P>,
    ready: VecDeque<P::Item>,
}

impl<P: Paginator> Items<P> {
    /// Returns the next item, or `None` after the last one. Cancel safe: no item is lost.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(page) => self.ready = page.items.into(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// Returns the state of the listing.
    pub fn paginator(&self) -> &P {
        self.pages.paginator()
    }

    /// Returns the number of requests, failed attempts included.
    pub fn requests(&self) -> u64 {
        self.pages.requests()
    }

    /// Returns the service's last total, which may be wrong.
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }
}

impl Items<FavoritesPaginator> {
    /// Returns the actions that list the favorites, see [`FavoritesPaginator::source`].
    pub fn source(&self) -> Option<FavoritesSource> {
        self.paginator().source()
    }
}

impl<P: Paginator + fmt::Debug> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("ready", &self.ready.len())
            .finish()
    }
}
