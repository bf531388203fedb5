//! Listings that come in pages.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};

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

    /// Removes from `item` what was returned before, by its ids, and returns whether anything of it is left to return.
    ///
    /// An item without an id is always left, but only a new entry in `seen` proves that its page is another one than the
    /// last: a page without a new entry ends the listing with an error.
    ///
    /// ```
    /// use compshare_model::{DescribeFavoriteImages, Image, PagedAction, Seen};
    ///
    /// let mut image = Image::default();
    /// image.id = "compshareImage-1".into();
    /// let mut seen = Seen::default();
    /// assert!(DescribeFavoriteImages::dedup(&mut image, &mut seen));
    /// assert!(!DescribeFavoriteImages::dedup(&mut image, &mut seen));
    /// ```
    fn dedup(item: &mut Self::Item, seen: &mut Seen) -> bool;
}

/// The ids of the items of a listing so far, as 128 bits each: two keyed hashes that no service can make collide, in a
/// sixth of the memory.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    keys: [RandomState; 2],
    hashes: HashSet<[u64; 2]>,
}

impl Seen {
    /// Adds an id, and returns `true` if it is new. Ids of different kinds are told apart by a prefix: `("group", id)`.
    pub fn insert(&mut self, id: impl Hash) -> bool {
        let hashes = self.keys.each_ref().map(|key| key.hash_one(&id));
        self.hashes.insert(hashes)
    }

    /// Returns the number of ids.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Returns `true` if there is no id.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// A response that is one page of a list.
pub(crate) trait ListResponse: Into<Rows<Self::Item>> {
    /// One element of the listing.
    type Item;

    /// See [`PagedAction::dedup`].
    fn dedup(item: &mut Self::Item, seen: &mut Seen) -> bool;
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
