//! Walking a listing page by page: nothing lost, nothing twice, and always an end.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use compshare_model::{Key, Novelty, PagedAction, Rows, Window};

use super::Reply;
use super::portion::Portion;
use crate::{Error, ErrorKind, Sent};

/// One page of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The rows that were not given before.
    pub items: Vec<T>,
    /// The `Offset` that was asked for.
    pub offset: u64,
    /// How many rows the service sent, those given before included.
    pub received: u64,
    /// The total that the service names. Advice only: it may be absent, late or wrong, and counts different things in
    /// different listings.
    pub total: Option<u64>,
    /// The id under which the service knows the request.
    pub request_id: Option<String>,
    /// How many attempts it took.
    pub attempts: u32,
}

/// Asks for page after page of one listing. Holds no socket: it says what to ask for and is told what came.
///
/// The service decides how much a page holds: the offset goes on by the rows received, a short page is not the last
/// one, an empty page is. A total is never a reason to stop. A row that was given before (by its id) is left out, and a
/// page that brings no new id is an error: without it, a service that ignores `Offset` would never end.
///
/// Rows that come or go in front of the offset while the listing runs move the others: one that moves up may be
/// missed, as in any listing by offset.
pub struct Pager<A: PagedAction> {
    action: A,
    offset: u64,
    limit: u32,
    portion: Portion,
    pages_left: u64,
    requests: u64,
    total: Option<u64>,
    /// How many rows there likely are, for asking ahead.
    likely: Option<u64>,
    /// How many rows the last page had, and the largest; 0 before the first.
    page: u64,
    largest: u64,
    seen: Seen,
    /// What is wrong with how it was asked for.
    refused: Option<Error>,
    over: bool,
}

impl<A: PagedAction> Pager<A> {
    pub(super) fn new(action: A, max_pages: u64) -> Self {
        let Window { offset, limit, .. } = action.window();
        let refused = (limit == Some(0)).then(|| {
            Error::new(ErrorKind::Request)
                .with_action(action.name())
                .with_detail("a listing with Limit 0 would never bring a row; leave it out, or set 1 or more")
        });
        Self {
            limit: limit.unwrap_or(A::MAX_LIMIT).min(A::MAX_LIMIT),
            action,
            offset,
            portion: Portion::default(),
            pages_left: max_pages,
            requests: 0,
            total: None,
            likely: None,
            page: 0,
            largest: 0,
            seen: Seen::default(),
            refused,
            over: false,
        }
    }

    /// Gives at most `items` rows in all, whatever the service sends. Before the first page only.
    pub fn max_items(mut self, items: u64) -> Self {
        self.portion.limit(items);
        // No more is asked for than is wanted; the size stays the same for all pages, since some services count pages.
        self.limit = u32::try_from(items)
            .unwrap_or(u32::MAX)
            .clamp(1, self.limit.max(1));
        self
    }

    /// The request for the next page, or `None` after the last one. Asking again before [`accept`](Self::accept) gives
    /// the same request, so that a cancelled one can be repeated.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`] if the listing was asked for with `Limit` 0; [`ErrorKind::Paging`] if there are more pages
    /// than the client's settings allow, or the next offset would be too large.
    pub fn request(&mut self) -> Option<Result<A, Error>> {
        if let Some(error) = self.refused.take() {
            self.over = true;
            return Some(Err(error));
        }
        if self.over || self.portion.is_over() {
            return None;
        }
        if self.pages_left == 0 {
            return Some(Err(
                self.stop("more pages came than the client's max_pages allows")
            ));
        }
        Some(Ok(self
            .action
            .with_window(Window::new(self.offset, Some(self.limit)))))
    }

    /// The request for the page `steps` behind the next one, and its `Offset`, for asking before the next has come.
    ///
    /// Never before the first page, whose size tells where the others begin; never after a page that is shorter than
    /// another, which is likely the last; never beyond the caller's own limit on items. `eager` asks for any page before a
    /// believable total, which may lie beyond the end; otherwise only pages that likely exist are asked for: those before
    /// what two counts of the service agree on.
    pub fn ahead(&self, steps: u32, eager: bool) -> Option<(u64, A)> {
        let rows = self.page.checked_mul(steps.into())?;
        let offset = self.offset.checked_add(rows)?;
        let total = if eager {
            self.total.filter(|total| *total >= self.offset)
        } else {
            self.likely
        };
        let exists = total.map_or(eager, |total| offset < total);
        let wanted = self.portion.left().is_none_or(|left| rows < left)
            && u64::from(steps) < self.pages_left;
        let is_full = self.page > 0 && self.page == self.largest;
        (!self.over && is_full && exists && wanted).then(|| {
            (
                offset,
                self.action
                    .with_window(Window::new(offset, Some(self.limit))),
            )
        })
    }

    /// Takes the answer to the last request. `None` is an empty page: the end.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Paging`] if the page has rows but brings nothing new. The listing ends then; [`Error::resume_at`] says
    /// where it can be taken up again.
    pub fn accept(&mut self, reply: Reply<A::Response>) -> Result<Option<Page<A::Item>>, Error> {
        self.accept_rows(reply.map(A::split))
    }

    /// As [`accept`](Self::accept), for an answer whose rows were taken out already.
    pub(super) fn accept_rows(
        &mut self,
        reply: Reply<Rows<A::Item>>,
    ) -> Result<Option<Page<A::Item>>, Error> {
        let Reply {
            value,
            request_id,
            attempts,
            ..
        } = reply;
        let Rows {
            mut items,
            received,
            total,
            likely,
            ..
        } = value;
        self.pages_left = self.pages_left.saturating_sub(1);
        self.requests += u64::from(attempts);
        self.total = total.or(self.total);
        self.likely = likely;
        self.page = received;
        self.largest = self.largest.max(received);
        if received == 0 {
            self.over = true;
            return Ok(None);
        }
        let offset = self.offset;
        let mut any_new = false;
        // Rows are large: those that stay are not moved.
        items.retain_mut(
            |item| match A::sift(item, &mut |key| self.seen.is_new(key)) {
                Novelty::New => {
                    any_new = true;
                    true
                }
                Novelty::Unknown => true,
                Novelty::Given => false,
            },
        );
        if !any_new {
            return Err(self.stop("a page has rows, but none with an id that was not there before"));
        }
        self.portion.take(&mut items);
        match self.offset.checked_add(received) {
            Some(next) => self.offset = next,
            None if self.portion.is_over() => {}
            // The rows are given first.
            None => {
                self.refused = Some(self.stop("the next offset would be too large for a number"));
            }
        }
        Ok(Some(Page {
            items,
            offset,
            received,
            total,
            request_id,
            attempts,
        }))
    }

    pub(super) fn action(&self) -> &A {
        &self.action
    }

    /// Asks otherwise from here on: for the same listing, whose place and counts stay.
    pub(super) fn set_action(&mut self, action: A) {
        self.action = action;
    }

    /// Ends the listing with the error of a request, and tells it where to go on.
    pub fn fail(&mut self, error: Error) -> Error {
        self.over = true;
        self.count_failure(&error);
        // Where nothing was given yet, there is nothing to take up.
        if self.offset == self.action.window().offset {
            error
        } else {
            error.with_resume_at(self.offset)
        }
    }

    /// Counts the attempts of a request that failed, after which the listing goes on.
    pub(super) fn count_failure(&mut self, error: &Error) {
        self.requests += u64::from(error.attempts());
    }

    /// The offset of the next page: where a listing that broke off can be taken up again.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// How many requests were made, attempts that failed included.
    pub fn requests(&self) -> u64 {
        self.requests
    }

    /// The last total that the service named. Advice only.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    fn stop(&mut self, why: &str) -> Error {
        self.over = true;
        let error = Error::new(ErrorKind::Paging)
            .with_action(self.action.name())
            .with_detail(why);
        error.with_sent(Sent::Yes).with_resume_at(self.offset)
    }
}

impl<A: PagedAction> fmt::Debug for Pager<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("action", &self.action.name())
            .field("offset", &self.offset)
            .field("limit", &self.limit)
            .field("total", &self.total)
            .field("over", &self.over)
            .finish_non_exhaustive()
    }
}

/// Ids that were given, as 128 bits each: two keyed hashes that no service can make collide, in a sixth of the memory.
#[derive(Default)]
pub(super) struct Seen {
    keys: [RandomState; 2],
    hashes: HashSet<[u64; 2]>,
}

impl Seen {
    pub(super) fn is_new(&mut self, id: Key<'_>) -> bool {
        let hash = self.keys.each_ref().map(|key| key.hash_one(id));
        self.hashes.insert(hash)
    }
}
