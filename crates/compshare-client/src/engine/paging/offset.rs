//! Paging by `Offset` and `Limit`.

use std::fmt;
use std::mem;

use compshare_model::{PagedAction, RetCode, Rows, SeenIds, Window};

use super::item_range::ItemRange;
use super::{Page, PageResult, Paginator, Prefetch, sealed};
use crate::engine::{CallOptions, Engine, Exchange, exchange};
use crate::{Error, Reason, Sent};

/// A listing by one action.
///
/// The service decides the page size: the offset advances by the number of items received, or by
/// the limit, see [`PagedAction::ADVANCES_BY_LIMIT`]. An empty page ends the listing, a short one
/// does not. A total never ends a listing.
///
/// An item that an earlier page had (by its id) is omitted. A page without a new id is an error:
/// otherwise a service that ignores `Offset` would never end.
///
/// Items that are inserted or removed before the offset while the listing runs move the others: one
/// that moves up may be missed, as in any listing by offset.
pub struct OffsetPaginator<A: PagedAction> {
    engine: Engine,
    action: A,
    /// The same listing without an undocumented parameter that the service may refuse.
    fallback: Option<A>,
    fell_back: bool,
    offset: u64,
    limit: u32,
    range: ItemRange,
    pages_left: u64,
    requests: u64,
    total: Option<u64>,
    /// A lower bound of the total, for prefetching.
    min_total: Option<u64>,
    /// Number of items on the last page, and on the largest; 0 before the first.
    page_size: u64,
    largest: u64,
    /// Number of items that the service sent on the last page.
    received: u64,
    /// Whether the last page is followed by one that overlaps it, see
    /// [`is_capped`](Self::is_capped).
    overlaps: bool,
    seen: SeenIds,
    /// The error that the next page is.
    failed: Option<Error>,
    is_over: bool,
}

impl<A: PagedAction> OffsetPaginator<A> {
    pub(in crate::engine) fn new(engine: Engine, action: A) -> Self {
        let Window { offset, limit, .. } = action.window();
        let failed =
            (limit == Some(0)).then(|| Error::of(Reason::LimitZero).with_action(action.name()));
        Self {
            limit: limit.unwrap_or(A::MAX_LIMIT).min(A::MAX_LIMIT),
            pages_left: engine.config.max_pages,
            engine,
            action,
            fallback: None,
            fell_back: false,
            offset,
            range: ItemRange::default(),
            requests: 0,
            total: None,
            min_total: None,
            page_size: 0,
            largest: 0,
            received: 0,
            overlaps: false,
            seen: SeenIds::default(),
            failed,
            is_over: false,
        }
    }

    /// Uses `action` instead if the service refuses a parameter of the first page.
    pub(super) fn with_fallback(mut self, action: A) -> Self {
        self.fallback = Some(action);
        self
    }

    /// Replaces the action if it was refused because of a parameter. Returns `true` if it was.
    fn fall_back(&mut self, error: &Error) -> bool {
        let is_refused = error.ret_code() == Some(RetCode::PARAMETER_NOT_AVAILABLE);
        if !is_refused || self.has_begun() {
            return false;
        }
        let Some(action) = self.fallback.take() else {
            return false;
        };
        self.count_failure(error);
        self.action = action;
        self.fell_back = true;
        true
    }

    /// Returns `true` if a page was returned.
    pub(super) fn has_begun(&self) -> bool {
        self.offset != self.action.window().offset
    }

    /// Counts the attempts of a call that failed.
    pub(super) fn count_failure(&mut self, error: &Error) {
        self.requests += u64::from(error.attempts());
    }

    /// Requests at most `items` items a page, before the first one: some services count pages, so
    /// all have one size.
    pub(super) fn limit_page_size(&mut self, items: u64) {
        if self.has_begun() {
            return;
        }
        self.limit = u32::try_from(items)
            .unwrap_or(u32::MAX)
            .clamp(1, self.limit.max(1));
    }

    fn fail(&mut self, error: Error) -> Error {
        self.is_over = true;
        self.count_failure(&error);
        // Before the first item, there is nothing to resume.
        if self.has_begun() {
            error.with_resume_at(self.offset)
        } else {
            error
        }
    }

    /// Returns `true` if a page of two joined lists is not full although the total says that more
    /// follow: the service may limit its pages to less than was requested, and neither list needs
    /// to be at its end.
    fn is_capped(&self, received: u64) -> bool {
        let known = u64::try_from(self.seen.len()).unwrap_or(u64::MAX);
        A::ADVANCES_BY_LIMIT
            && received < 2 * u64::from(self.limit)
            && self.total.is_some_and(|total| total > known)
    }

    fn stop(&mut self, reason: Reason) -> Error {
        self.is_over = true;
        Error::of(reason)
            .with_action(self.action.name())
            .with_sent(Sent::Yes)
            .with_resume_at(self.offset)
    }
}

impl<A: PagedAction> sealed::Sealed for OffsetPaginator<A> {}

impl<A: PagedAction> Paginator for OffsetPaginator<A> {
    type Item = A::Item;

    fn next_page(&mut self) -> Option<Result<u64, Error>> {
        if let Some(error) = self.failed.take() {
            self.is_over = true;
            return Some(Err(error));
        }
        if self.is_over || self.range.is_over() {
            return None;
        }
        if self.pages_left == 0 {
            return Some(Err(self.stop(Reason::TooManyPages)));
        }
        Some(Ok(self.offset))
    }

    /// Never before the first page, whose size tells where the others begin; never after a page
    /// that is shorter than another, which is probably the last; never beyond the caller's limit.
    /// If explicit, any page before a plausible total, which may be beyond the end; otherwise only
    /// pages that two counts of the service agree on.
    fn next_prefetch(&self, steps: u32, prefetch: Prefetch) -> Option<u64> {
        let explicit = prefetch == Prefetch::Explicit;
        let items = self.page_size.checked_mul(steps.into())?;
        let offset = self.offset.checked_add(items)?;

        let total = if explicit {
            self.total.filter(|total| *total >= self.offset)
        } else {
            self.min_total
        };
        let exists = total.map_or(explicit, |total| offset < total);
        let is_wanted = self.range.remaining().is_none_or(|most| items < most)
            && u64::from(steps) < self.pages_left;
        let is_full = self.page_size > 0 && self.page_size == self.largest;
        (!self.is_over && is_full && exists && is_wanted).then_some(offset)
    }

    fn request(
        &self,
        offset: u64,
        options: &CallOptions,
    ) -> Result<Exchange<Rows<A::Item>>, Error> {
        let action = self
            .action
            .with_window(Window::new(offset, Some(self.limit)));
        self.engine
            .exchange_as(&action, options, exchange::decode_rows::<A>)
    }

    fn accept(&mut self, result: PageResult<A::Item>) -> Result<Option<Page<A::Item>>, Error> {
        let reply = match result {
            Ok(reply) => reply,
            Err(error) if self.fall_back(&error) => return Ok(None),
            Err(error) => return Err(self.fail(error)),
        };
        if self.fell_back {
            let capabilities = &self.engine.capabilities;
            capabilities.learn(|known| known.excludes_readme = Some(false));
        }

        let mut rows = reply.value;
        self.pages_left = self.pages_left.saturating_sub(1);
        self.requests += u64::from(reply.attempts);
        self.total = rows.total.or(self.total);
        self.min_total = rows.min_total;
        if rows.received == 0 {
            self.page_size = 0;
            self.is_over = true;
            return Ok(None);
        }

        let known = self.seen.len();
        rows.items.retain_mut(|item| A::dedup(item, &mut self.seen));
        let is_capped = self.is_capped(rows.received);
        let overlaps = mem::replace(&mut self.overlaps, is_capped);
        let is_shorter = rows.received < self.received;
        self.received = rows.received;
        if self.seen.len() == known && !(overlaps && is_shorter) {
            return Err(self.stop(Reason::NothingNew));
        }
        self.range.apply(&mut rows.items);

        let advance = if !A::ADVANCES_BY_LIMIT {
            rows.received
        } else if self.overlaps {
            // One of the lists has sent at least half of the rows.
            rows.received.div_ceil(2)
        } else {
            self.limit.into()
        };
        self.page_size = advance;
        self.largest = self.largest.max(advance);

        let offset = self.offset;
        match offset.checked_add(advance) {
            Some(next) => self.offset = next,
            None if self.range.is_over() => {}
            // The items are returned first.
            None => {
                self.failed = Some(self.stop(Reason::OffsetTooLarge));
            }
        }
        Ok(Some(Page {
            items: rows.items,
            offset,
            received: rows.received,
            total: rows.total,
            request_id: reply.request_id,
            attempts: reply.attempts,
        }))
    }

    fn max_items(mut self, items: u64) -> Self {
        self.range.limit(items);
        self.limit_page_size(items);
        self
    }

    fn offset(&self) -> u64 {
        self.offset
    }

    fn requests(&self) -> u64 {
        self.requests
    }

    fn total(&self) -> Option<u64> {
        self.total
    }
}

impl<A: PagedAction> fmt::Debug for OffsetPaginator<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OffsetPaginator")
            .field("action", &self.action.name())
            .field("offset", &self.offset)
            .field("limit", &self.limit)
            .field("total", &self.total)
            .field("is_over", &self.is_over)
            .finish_non_exhaustive()
    }
}
