//! Listings of the blocking client.

use std::fmt;

use super::Client;
use crate::engine::{Page, Walk};
use crate::{CallOptions, Error};

/// The pages of one listing, fetched as they are asked for. What ends a listing is told at
/// [`Pager`](crate::engine::Pager).
///
/// After an error it is over; [`Error::resume_at`] says at which `Offset` a new one can go on.
pub struct Pages<W: Walk> {
    client: Client,
    walk: W,
    options: CallOptions,
}

impl<W: Walk> Pages<W> {
    pub(super) fn new(client: Client, walk: W) -> Self {
        Self {
            client,
            walk,
            options: CallOptions::default(),
        }
    }

    /// Gives at most `items` rows in all. Before the first page only.
    pub fn max_items(mut self, items: u64) -> Self {
        self.walk = self.walk.max_items(items);
        self
    }

    /// Options for the call of each page.
    pub fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Row by row.
    pub fn items(self) -> Items<W> {
        Items {
            pages: self,
            ready: Vec::new().into_iter(),
        }
    }

    /// The listing's own state.
    pub fn walk(&self) -> &W {
        &self.walk
    }

    /// The `Offset` of the next page.
    pub fn offset(&self) -> u64 {
        self.walk.offset()
    }

    /// How many requests were made, attempts that failed included.
    pub fn requests(&self) -> u64 {
        self.walk.requests()
    }

    /// The last total that the service named. Advice only.
    pub fn total(&self) -> Option<u64> {
        self.walk.total()
    }
}

impl<W: Walk> Iterator for Pages<W> {
    type Item = Result<Page<W::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let action = match self.walk.request()? {
                Ok(action) => action,
                Err(error) => return Some(Err(error)),
            };
            match self.client.send_with(&action, &self.options) {
                Ok(reply) => match self.walk.accept(reply.map(W::rows)) {
                    Ok(None) => {}
                    Ok(Some(page)) => return Some(Ok(page)),
                    Err(error) => return Some(Err(error)),
                },
                Err(error) => {
                    if let Some(error) = self.walk.fail(error) {
                        return Some(Err(error));
                    }
                }
            }
        }
    }
}

impl<W: Walk> std::iter::FusedIterator for Pages<W> {}

impl<W: Walk + fmt::Debug> fmt::Debug for Pages<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("walk", &self.walk)
            .finish_non_exhaustive()
    }
}

/// The rows of one listing. One page is in memory at a time.
pub struct Items<W: Walk> {
    pages: Pages<W>,
    ready: std::vec::IntoIter<W::Item>,
}

impl<W: Walk> Items<W> {
    /// The listing's own state.
    pub fn walk(&self) -> &W {
        self.pages.walk()
    }

    /// How many requests were made so far, attempts that failed included.
    pub fn requests(&self) -> u64 {
        self.pages.requests()
    }

    /// The last total that the service named. Advice only.
    pub fn total(&self) -> Option<u64> {
        self.pages.total()
    }
}

impl<W: Walk> Iterator for Items<W> {
    type Item = Result<W::Item, Error>;

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

impl<W: Walk> std::iter::FusedIterator for Items<W> {}

impl<W: Walk + fmt::Debug> fmt::Debug for Items<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("ready", &self.ready.len())
            .finish()
    }
}
