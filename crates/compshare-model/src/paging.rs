//! Listings that come in pages.

use crate::Action;

/// An action that returns a list in pages, by `Offset` and `Limit`.
pub trait PagedAction: Action + Clone {
    /// One element of the listing.
    type Item;

    /// The most rows one request may ask for: 100 by the documentation of the image actions that state a maximum.
    const MAX_LIMIT: u32 = 100;

    /// The part of the listing that this request asks for.
    fn window(&self) -> Window;

    /// The same request for another part of the listing.
    fn with_window(&self, window: Window) -> Self;

    /// Takes the rows out of an answer.
    fn split(response: Self::Response) -> Rows<Self::Item>;

    /// What tells an item from all others, to recognise one that is given twice; `None` if the item has nothing of
    /// that kind.
    fn key(item: &Self::Item) -> Option<&str>;

    /// What items without a key may have in common, by which a page that only repeats the one before is recognised. No
    /// item is ever left out for it. None unless the listing has something of that kind.
    fn shared_key(_item: &Self::Item) -> Option<&str> {
        None
    }
}

/// A part of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Window {
    /// How many rows to skip.
    pub offset: u64,
    /// How many rows to return; `None` leaves it to the service (20 by its documentation).
    pub limit: Option<u32>,
}

impl Window {
    /// The rows after the first `offset`, at most `limit` of them.
    pub fn new(offset: u64, limit: Option<u32>) -> Self {
        Self { offset, limit }
    }
}

/// The rows of one page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rows<T> {
    /// The items, in the order of the answer.
    pub items: Vec<T>,
    /// How many rows the service sent: by this many the offset advances. Differs from `items.len()` where a row is
    /// `null` and gives no item, or a group gives several. 0 ends the listing.
    pub received: u64,
    /// How many rows the service says there are in all. Advice only: it is known to be absent, 0 or the page's own
    /// count, so it is never a reason to stop.
    pub total: Option<u64>,
}

impl<T> Rows<T> {
    /// The rows of one page.
    pub fn new(items: Vec<T>, received: u64, total: Option<u64>) -> Self {
        Self { items, received, total }
    }
}
