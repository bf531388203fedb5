//! Listings of the blocking client.

use std::fmt;

use super::Client;
use crate::engine::{FavoritesPaginator, Page, Paginator, typed};
use crate::{CallOptions, Error, FavoritesSource};

/// The pages of one listing, in order. [`OffsetPaginator`](crate::engine::OffsetPaginator)
/// documents the end of a listing.
///
/// An error ends the listing. [`Error::resume_at`] returns the `Offset` at which another listing
/// can continue.
pub struct Pages<P: Paginator> {
    client: Client,
    paginator: P,
    options: CallOptions,
}

impl<P: Paginator> Pages<P> {
    pub(super) fn new(client: Client, paginator: P) -> Self {
        Self {
            client,
            paginator,
            options: CallOptions::default(),
        }
    }

    /// Limits the listing to `items` items in total, including those already returned.
    ///
    /// ```no_run
    /// # use compshare_client::{sync::Client, Error};
    /// # fn example(client: Client) -> Result<(), Error> {
    /// use compshare_client::model::DescribeCommunityImages;
    ///
    /// let first: Vec<_> =
    ///     client.pages(DescribeCommunityImages::new()).max_items(20).into_items().collect::<Result<_, _>>()?;
    /// assert!(first.len() <= 20);
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_items(mut self, items: u64) -> Self {
        self.paginator = self.paginator.max_items(items);
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
            ready: Vec::new().into_iter(),
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
        self.paginator.requests()
    }

    /// Returns the service's last total, which may be wrong.
    pub fn total(&self) -> Option<u64> {
        self.paginator.total()
    }
}

impl<P: Paginator> Iterator for Pages<P> {
    type Item = Result<Page<P::Item>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let offset = match self.paginator.next_page()? {
                Ok(offset) => offset,
                Err(error) => return Some(Err(error)),
            };
            let result = match self.paginator.request(offset, &self.options) {
                Ok(exchange) => self.client.call(exchange.into_any()),
                Err(error) => Err(error),
            };
            if let Some(page) = self.paginator.accept(typed(result)).transpose() {
                return Some(page);
            }
        }
    }
}

impl<P: Paginator> std::iter::FusedIterator for Pages<P> {}

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
            .finish_non_exhaustive()
    }
}

/// The items of one listing. One page is in memory at a time.
pub struct Items<P: Paginator> {
    pages: Pages<P>,
    ready: std::vec::IntoIter<P::Item>,
}

impl<P: Paginator> Items<P> {
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

impl<P: Paginator> Iterator for Items<P> {
    type Item = Result<P::Item, Error>;

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

impl<P: Paginator> std::iter::FusedIterator for Items<P> {}

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
