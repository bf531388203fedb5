//! Listings of the asynchronous client.

use std::collections::VecDeque;
use std::fmt;

use compshare_model::PagedAction;

use crate::engine::{Page, Pager};
use crate::{CallOptions, Client, Error};

/// The pages of one listing, fetched as they are asked for. What ends a listing is told at [`Pager`].
///
/// After an error it is over; [`Error::resume_at`] says at which `Offset` a new one can go on.
pub struct Pages<A: PagedAction> {
    client: Client,
    pager: Pager<A>,
    options: CallOptions,
}

impl<A: PagedAction> Pages<A> {
    pub(crate) fn new(client: Client, pager: Pager<A>) -> Self {
        Self { client, pager, options: CallOptions::default() }
    }

    /// Gives at most `items` rows in all. Before the first page only.
    pub fn max_items(mut self, items: u64) -> Self {
        self.pager = self.pager.max_items(items);
        self
    }

    /// Options for the call of each page.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Row by row.
    pub fn items(self) -> Items<A> {
        Items { pages: self, ready: VecDeque::new() }
    }

    /// The `Offset` of the next page.
    pub fn offset(&self) -> u64 {
        self.pager.offset()
    }

    /// How many requests were made, attempts that failed included.
    pub fn requests(&self) -> u64 {
        self.pager.requests()
    }

    /// The last total that the service named. Advice only.
    pub fn total(&self) -> Option<u64> {
        self.pager.total()
    }
}

impl<A> Pages<A>
where
    A: PagedAction + Send,
    A::Response: Send,
    A::Item: Send,
{
    /// The next page, or `None` after the last. May be cancelled: the same page is then asked for again.
    pub async fn next(&mut self) -> Option<Result<Page<A::Item>, Error>> {
        let action = match self.pager.request()? {
            Ok(action) => action,
            Err(error) => return Some(Err(error)),
        };
        match self.client.send_with(&action, &self.options).await {
            Ok(reply) => self.pager.accept(reply).transpose(),
            Err(error) => Some(Err(self.pager.fail(error))),
        }
    }

    /// All rows at once.
    ///
    /// # Errors
    ///
    /// The first error; the rows before it are lost. Use [`items`](Self::items) to keep them.
    pub async fn collect(mut self) -> Result<Vec<A::Item>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await {
            items.extend(page?.items);
        }
        Ok(items)
    }
}

impl<A: PagedAction> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("pager", &self.pager).finish_non_exhaustive()
    }
}

/// The rows of one listing. One page is in memory at a time.
pub struct Items<A: PagedAction> {
    pages: Pages<A>,
    ready: VecDeque<A::Item>,
}

impl<A> Items<A>
where
    A: PagedAction + Send,
    A::Response: Send,
    A::Item: Send,
{
    /// The next row, or `None` after the last. May be cancelled without losing a row.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
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
}

impl<A: PagedAction> Items<A> {
    /// How many requests were made so far, attempts that failed included.
    pub fn requests(&self) -> u64 {
        self.pages.requests()
    }

    /// The last total that the service named. Advice only.
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }
}

impl<A: PagedAction> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("ready", &self.ready.len()).finish()
    }
}
