//! Paging: every item once, and a bounded number of requests.

mod community;
mod favorites;
mod item_range;
mod offset;
mod platform;

use compshare_model::Rows;

pub use self::community::CommunityAction;
pub(super) use self::community::community_images;
pub use self::favorites::{FavoritesPaginator, FavoritesQuery, FavoritesSource};
pub use self::offset::OffsetPaginator;
pub use self::platform::PlatformPaginator;

use super::{CallOptions, Exchange, Reply};
use crate::Error;

/// One page of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, without those of earlier pages.
    pub items: Vec<T>,
    /// The `Offset` of the request.
    pub offset: u64,
    /// Number of items that the service sent, duplicates included.
    pub received: u64,
    /// The total that the service reports. Advice only: it may be absent, late or wrong, and counts
    /// different things in different listings.
    pub total: Option<u64>,
    /// The service's id of the request.
    pub request_id: Option<String>,
    /// Number of attempts.
    pub attempts: u32,
}

/// The reason for prefetching pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Prefetch {
    /// The listing does so by default: only pages that are sure to exist.
    Automatic,
    /// Requested by the caller; includes pages that may be beyond the end.
    Explicit,
}

/// The result of the call of one page.
pub type PageResult<T> = Result<Reply<Rows<T>>, Error>;

/// A listing page by page, without I/O. Implemented by the paginators of this crate only.
///
/// As long as [`next_page`](Self::next_page) returns an offset, a client runs the call that
/// [`request`](Self::request) returns for it, and passes the result to [`accept`](Self::accept).
pub trait Paginator: sealed::Sealed + Send + 'static {
    /// An item of the listing.
    type Item: Send + 'static;

    /// Returns the offset of the next page, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) or
    /// [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the listing cannot continue.
    fn next_page(&mut self) -> Option<Result<u64, Error>>;

    /// Returns the offset of the page that is `steps` pages after the next one, if it should be
    /// called before the pages in between have arrived.
    fn next_prefetch(&self, steps: u32, prefetch: Prefetch) -> Option<u64>;

    /// Returns the default number of prefetched pages.
    fn default_prefetch(&self) -> u32 {
        0
    }

    /// Builds and signs the call of the page at `offset`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) if its parameters cannot be sent.
    fn request(
        &self,
        offset: u64,
        options: &CallOptions,
    ) -> Result<Exchange<Rows<Self::Item>>, Error>;

    /// Takes the result of the call of the next page. `None` means that it has no items to return:
    /// [`next_page`](Self::next_page) returns the next page, if any.
    ///
    /// # Errors
    ///
    /// The call's error, if no other action can replace it, and
    /// [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the listing cannot continue. The listing
    /// is over then; [`Error::resume_at`] is where another one can continue.
    fn accept(&mut self, result: PageResult<Self::Item>)
    -> Result<Option<Page<Self::Item>>, Error>;

    /// Limits the listing to `items` items in all, those that were returned already included.
    #[must_use]
    fn max_items(self, items: u64) -> Self
    where
        Self: Sized;

    /// Returns the `Offset` of the next page.
    fn offset(&self) -> u64;

    /// Returns the number of requests, failed attempts included.
    fn requests(&self) -> u64;

    /// Returns the total number of items that the service reports. Advice only.
    fn total(&self) -> Option<u64>;
}

mod sealed {
    /// Keeps the trait open to change.
    pub trait Sealed {}
}
