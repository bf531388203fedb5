//! Listings of the asynchronous client.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use compshare_model::Rows;

use crate::engine::{Page, Reply, Walk};
use crate::{CallOptions, Client, Error};

/// The pages of one listing, fetched as they are asked for. What ends a listing is told at
/// [`Pager`](crate::engine::Pager).
///
/// After an error it is over; [`Error::resume_at`] says at which `Offset` a new one can go on.
pub struct Pages<W: Walk> {
    client: Client,
    walk: W,
    options: CallOptions,
    look_ahead: Option<u32>,
    /// What was asked for, in order; the first is the next page.
    asked: VecDeque<Asked<W::Row>>,
    /// Requests that were of no use.
    wasted: u64,
    /// Pages are of different sizes, so that nobody knows where the one after the next begins.
    irregular: bool,
    /// The last call of `next` was left in the middle.
    left: bool,
}

type Fetched<R> = Result<Reply<Rows<R>>, Error>;
type Fetching<R> = Pin<Box<dyn Future<Output = Fetched<R>> + Send>>;

/// A page that was asked for.
struct Asked<R> {
    offset: u64,
    /// Whether it was asked for before the page in front of it had come.
    early: bool,
    state: State<R>,
}

enum State<R> {
    UnderWay(Fetching<R>),
    Come(Fetched<R>),
}

impl<R> Asked<R> {
    fn poll(&mut self, context: &mut Context<'_>) {
        if let State::UnderWay(fetching) = &mut self.state {
            if let Poll::Ready(fetched) = fetching.as_mut().poll(context) {
                self.state = State::Come(fetched);
            }
        }
    }

    /// Whether it is known to be empty: nothing further is asked for then.
    fn is_end(&self) -> bool {
        matches!(&self.state, State::Come(Ok(reply)) if reply.value.received == 0)
    }
}

impl<W: Walk> Pages<W> {
    pub(crate) fn new(client: Client, walk: W) -> Self {
        Self {
            client,
            walk,
            options: CallOptions::default(),
            look_ahead: None,
            asked: VecDeque::new(),
            wasted: 0,
            irregular: false,
            left: false,
        }
    }

    /// Gives at most `items` rows in all. Before the first page only.
    pub fn max_items(mut self, items: u64) -> Self {
        self.walk = self.walk.max_items(items);
        self
    }

    /// Asks for up to so many pages before the page in front of them has come; the order stays. 0, unless the listing
    /// says otherwise.
    ///
    /// Cuts the time of a long listing over a slow link; where the total is too high, or there is none, as many requests
    /// go beyond the end. Pages of different sizes turn it off.
    pub fn look_ahead(mut self, pages: u32) -> Self {
        self.look_ahead = Some(pages);
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
            ready: VecDeque::new(),
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
        self.walk.requests() + self.wasted
    }

    /// The last total that the service named. Advice only.
    pub fn total(&self) -> Option<u64> {
        self.walk.total()
    }

    /// The next page, or `None` after the last. May be cancelled: the same page is then asked for again.
    pub async fn next(&mut self) -> Option<Result<Page<W::Item>, Error>> {
        loop {
            let Some(action) = self.walk.request() else {
                self.drop_asked();
                return None;
            };
            let fetched = match action {
                Ok(action) => self.fetch(action).await,
                Err(error) => return Some(Err(error)),
            };
            match fetched {
                Ok(reply) => match self.walk.accept(reply) {
                    Ok(None) => {}
                    Ok(Some(page)) => return Some(Ok(page)),
                    Err(error) => return Some(Err(error)),
                },
                Err(error) => {
                    if let Some(error) = self.walk.fail(error) {
                        self.drop_asked();
                        return Some(Err(error));
                    }
                }
            }
        }
    }

    /// All rows at once.
    ///
    /// # Errors
    ///
    /// The first error; the rows before it are lost. Use [`items`](Self::items) to keep them.
    pub async fn collect(mut self) -> Result<Vec<W::Item>, Error> {
        let mut items = Vec::new();
        while let Some(page) = self.next().await {
            items.extend(page?.items);
        }
        Ok(items)
    }

    /// Fetches the page of `action`, and what may be asked for ahead of it.
    async fn fetch(&mut self, action: W::Action) -> Fetched<W::Row> {
        let offset = self.walk.offset();
        // Requests that nobody waited for meanwhile may have run into their time limits.
        if mem::replace(&mut self.left, true) {
            self.drop_asked();
        }
        if self
            .asked
            .front()
            .is_some_and(|asked| asked.offset != offset)
        {
            self.drop_asked();
            self.irregular = true;
        }
        if self.asked.is_empty() {
            self.ask(offset, &action, false);
        }
        loop {
            self.ask_ahead();
            let fetched = poll_fn(|context| self.poll_front(context)).await;
            match fetched {
                // It stood still while nobody waited for it: that says nothing of the service.
                (Err(error), true) => {
                    self.wasted += u64::from(error.attempts());
                    self.drop_asked();
                    self.ask(offset, &action, false);
                }
                (fetched, _) => {
                    self.left = false;
                    return fetched;
                }
            }
        }
    }

    /// Lets all requests go on, until the first is answered; whether it was an early one.
    fn poll_front(&mut self, context: &mut Context<'_>) -> Poll<(Fetched<W::Row>, bool)> {
        for asked in &mut self.asked {
            asked.poll(context);
        }
        if !matches!(
            self.asked.front(),
            Some(Asked {
                state: State::Come(_),
                ..
            })
        ) {
            return Poll::Pending;
        }
        match self.asked.pop_front() {
            Some(Asked {
                state: State::Come(fetched),
                early,
                ..
            }) => Poll::Ready((fetched, early)),
            _ => Poll::Pending,
        }
    }

    fn ask(&mut self, offset: u64, action: &W::Action, early: bool) {
        let call = self.client.send_with(action, &self.options);
        let fetching = Box::pin(async move { call.await.map(|reply| reply.map(W::rows)) });
        self.asked.push_back(Asked {
            offset,
            early,
            state: State::UnderWay(fetching),
        });
    }

    fn ask_ahead(&mut self) {
        let eager = self.look_ahead.is_some();
        let pages = if self.irregular {
            0
        } else {
            self.look_ahead
                .unwrap_or_else(|| self.walk.default_look_ahead())
        };
        for steps in 1..=pages {
            let place = usize::try_from(steps).unwrap_or(usize::MAX);
            if self.asked.iter().any(Asked::is_end) {
                return;
            }
            if place < self.asked.len() {
                continue;
            }
            let Some((offset, action)) = self.walk.ahead(steps, eager) else {
                return;
            };
            self.ask(offset, &action, true);
        }
    }

    /// Gives up what was asked for.
    fn drop_asked(&mut self) {
        let asked = mem::take(&mut self.asked);
        self.wasted += asked.iter().map(attempts).sum::<u64>();
    }
}

/// How many attempts there were; one, as long as nobody knows.
fn attempts<R>(asked: &Asked<R>) -> u64 {
    match &asked.state {
        State::UnderWay(_) => 1,
        State::Come(Ok(reply)) => reply.attempts.into(),
        State::Come(Err(error)) => error.attempts().into(),
    }
}

impl<W: Walk + fmt::Debug> fmt::Debug for Pages<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("walk", &self.walk)
            .field("asked", &self.asked.len())
            .finish_non_exhaustive()
    }
}

/// The rows of one listing. One page is in memory at a time, and those that were asked for ahead.
pub struct Items<W: Walk> {
    pages: Pages<W>,
    ready: VecDeque<W::Item>,
}

impl<W: Walk> Items<W> {
    /// The next row, or `None` after the last. May be cancelled without losing a row.
    pub async fn next(&mut self) -> Option<Result<W::Item, Error>> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(Ok(item));
            }
            match self.pages.next().await? {
                Ok(page) => self.ready = page.items.into(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

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

impl<W: Walk + fmt::Debug> fmt::Debug for Items<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("ready", &self.ready.len())
            .finish()
    }
}
