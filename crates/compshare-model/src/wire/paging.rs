//! Paged listings.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hash, RandomState};

use crate::Action;

/// An action that returns a list in pages, by `Offset` and `Limit`.
pub trait PagedAction: Action + Clone + Send + 'static {
    /// The item type of the listing.
    type Item: Send + 'static;

    /// The maximum `Limit` of a request: 100 for the image actions that document one.
    const MAX_LIMIT: u32 = 100;

    /// Whether the offset advances by `Limit` instead of by [`Rows::received`]. This is the case if
    /// the service joins several lists, and a page has up to `Limit` rows of each.
    const ADVANCES_BY_LIMIT: bool = false;

    /// Returns the requested part of the listing.
    fn window(&self) -> Window;

    /// Returns the same request for another part of the listing.
    fn with_window(&self, window: Window) -> Self;

    /// Returns the rows of a response.
    fn into_rows(response: Self::Response) -> Rows<Self::Item>;

    /// Removes the parts of `item` whose ids are in `seen`, and returns `true` if any part remains.
    ///
    /// An item without an id always remains. However, only a new id in `seen` proves that its page
    /// differs from the previous one: a page without a new id ends the listing with an error.
    ///
    /// ```
    /// use compshare_model::{DescribeFavoriteImages, Image, PagedAction, SeenIds};
    ///
    /// let mut image = Image::default();
    /// image.id = "compshareImage-1".into();
    /// let mut seen = SeenIds::default();
    /// assert!(DescribeFavoriteImages::dedup(&mut image, &mut seen));
    /// assert!(!DescribeFavoriteImages::dedup(&mut image, &mut seen));
    /// ```
    fn dedup(item: &mut Self::Item, seen: &mut SeenIds) -> bool;
}

/// The ids of the items of a listing, as 128-bit hashes.
///
/// The hashes have random keys, so that a service cannot provoke collisions. They take a sixth of
/// the memory of the ids.
#[derive(Debug, Clone, Default)]
pub struct SeenIds {
    keys: [RandomState; 2],
    hashes: HashSet<[u64; 2]>,
}

impl SeenIds {
    /// Adds an id and returns `true` if it is new. Use a prefix to distinguish kinds of ids, such
    /// as `("group", id)`.
    pub fn insert(&mut self, id: impl Hash) -> bool {
        let hashes = self.keys.each_ref().map(|key| key.hash_one(&id));
        self.hashes.insert(hashes)
    }

    /// Returns the number of ids.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Returns `true` if there are no ids.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// A response with one page of a list.
pub(crate) trait ListResponse: Into<Rows<Self::Item>> {
    /// The item type of the listing.
    type Item;

    /// See [`PagedAction::ADVANCES_BY_LIMIT`].
    const ADVANCES_BY_LIMIT: bool = false;

    /// See [`PagedAction::dedup`].
    fn dedup(item: &mut Self::Item, seen: &mut SeenIds) -> bool;
}

/// A part of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Window {
    /// Number of rows to skip.
    pub offset: u64,
    /// Maximum number of rows to return; `None` for the service's default, documented as 20.
    pub limit: Option<u32>,
}

impl Window {
    /// Creates a window of at most `limit` rows after the first `offset` ones.
    pub fn new(offset: u64, limit: Option<u32>) -> Self {
        Self { offset, limit }
    }
}

/// The rows of one page.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rows<T> {
    /// The items, in the order of the response.
    pub items: Vec<T>,
    /// Number of rows in the response, by which the offset advances unless
    /// [`PagedAction::ADVANCES_BY_LIMIT`] is set; 0 ends the listing. It differs from `items.len()`
    /// if a row is `null`, or if a group contains several images.
    pub received: u64,
    /// Total number of rows according to the service. It is known to be absent, 0 or the size of
    /// the page, so it must not end a listing.
    pub total: Option<u64>,
    /// Lower bound of the total, if the response has two counts to derive it from. It is an
    /// estimate for prefetching, and must not end a listing.
    pub min_total: Option<u64>,
}

impl<T> Rows<T> {
    /// Creates the rows of one page.
    pub fn new(items: Vec<T>, received: u64, total: Option<u64>) -> Self {
        Self {
            items,
            received,
            total,
            min_total: None,
        }
    }

    /// Returns the same counts with other items.
    pub(crate) fn with_items<U>(self, items: Vec<U>) -> Rows<U> {
        Rows {
            items,
            received: self.received,
            total: self.total,
            min_total: self.min_total,
        }
    }
}
