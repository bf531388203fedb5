//! Listings that come in pages.

use crate::Action;

/// An action that returns a list in pages, by `Offset` and `Limit`.
pub trait PagedAction: Action + Clone + Send + 'static {
    /// One element of the listing.
    type Item: Send + 'static;

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

    /// Takes out of an item what was given before, and says what is left of it. `is_new` says whether a key comes for the
    /// first time, and remembers it.
    ///
    /// An item that is more than one thing, such as a group of versions, does more here than look at its key.
    fn sift(item: &mut Self::Item, is_new: &mut dyn FnMut(Key<'_>) -> bool) -> Novelty {
        if let Some(key) = Self::key(item).filter(|key| !key.is_empty()) {
            return if is_new(Key::Own(key)) {
                Novelty::New
            } else {
                Novelty::Given
            };
        }
        // What cannot be recognised is always given. What it shares with others may still tell its page from the last.
        match Self::shared_key(item).filter(|key| !key.is_empty()) {
            Some(key) if is_new(Key::Shared(key)) => Novelty::New,
            _ => Novelty::Unknown,
        }
    }
}

/// A response that is one page of a list.
pub(crate) trait ListResponse: Into<Rows<Self::Item>> {
    /// One element of the listing.
    type Item;

    /// What tells an item from all others; see [`PagedAction::key`].
    fn key(item: &Self::Item) -> Option<&str>;

    /// What items without a key may have in common; see [`PagedAction::shared_key`].
    fn shared_key(_item: &Self::Item) -> Option<&str> {
        None
    }
}

/// By what an item is recognised, for [`PagedAction::sift`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Key<'a> {
    /// Something that no other item has.
    Own(&'a str),
    /// Something that items have in common.
    Shared(&'a str),
}

/// What is left of an item without what was given before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    /// Something that was not there before.
    New,
    /// Something that cannot be recognised: it is given, but proves nothing.
    Unknown,
    /// Nothing.
    Given,
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
    /// How many rows there are likely to be at least: none unless the answer has more than one count, and then the least
    /// that they can mean. Good enough to ask for pages ahead; never a reason to stop.
    pub likely: Option<u64>,
}

impl<T> Rows<T> {
    /// The rows of one page.
    pub fn new(items: Vec<T>, received: u64, total: Option<u64>) -> Self {
        Self {
            items,
            received,
            total,
            likely: None,
        }
    }

    /// Returns the same counts with other items.
    pub(crate) fn with_items<U>(self, items: Vec<U>) -> Rows<U> {
        Rows {
            items,
            received: self.received,
            total: self.total,
            likely: self.likely,
        }
    }
}
