//! Listings of the blocking client.

use std::fmt;

use compshare_model::PagedAction;

use super::Client;
use crate::engine::{Page, Pager};
use crate::{CallOptions, Error};

/// The pages of one listing, fetched as they are asked for. What ends a listing is told at [`Pager`].
///
/// After an error it is over; [`Error::resume_at`] says at which `Offset` a new one can go on.
pub struct Pages<A: PagedAction> {
    client: Client,
    pager: Pager<A>,
    options: CallOptions,
}

impl<A: PagedAction> Pages<A> {
    pub(super) fn new(client: Client, pager: Pager<A>) -> Self {
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
        Items { pages: self, ready: Vec::new().into_iter() }
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

impl<A: PagedAction> Iterator for Pages<A> {
    type Item = Result<Page<A::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let action = match self.pager.request()? {
            Ok(action) => action,
            Err(error) => return Some(Err(error)),
        };
        match self.client.send_with(&action, &self.options) {
            Ok(reply) => self.pager.accept(reply).transpose(),
            Err(error) => Some(Err(self.pager.fail(error))),
        }
    }
}

impl<A: PagedAction> std::iter::FusedIterator for Pages<A> {}

impl<A: PagedAction> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("pager", &self.pager).finish_non_exhaustive()
    }
}

/// The rows of one listing. One page is in memory at a time.
pub struct Items<A: PagedAction> {
    pages: Pages<A>,
    ready: std::vec::IntoIter<A::Item>,
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

impl<A: PagedAction> Iterator for Items<A> {
    type Item = Result<A::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.ready = page.items.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<A: PagedAction> std::iter::FusedIterator for Items<A> {}

impl<A: PagedAction> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("ready", &self.ready.len()).finish()
    }
}
