//! What every listing is to a client: requests to send, and what to make of the answers.

use compshare_model::{Action, PagedAction, Rows};

use super::{Page, Pager, Reply};
use crate::Error;

/// A listing that is walked page by page. Holds no socket: it says what to ask for and is told what came.
///
/// A client asks for [`request`](Self::request), sends it, and hands over what came to [`accept`](Self::accept) or
/// [`fail`](Self::fail), until there is no further request.
pub trait Walk {
    /// What is asked for.
    type Action: Action + Send + 'static;
    /// A row as the service sends it.
    type Row: Send + 'static;
    /// A row as it is given.
    type Item: Send;

    /// The rows of an answer.
    fn rows(response: <Self::Action as Action>::Response) -> Rows<Self::Row>;

    /// The request for the next page, or `None` after the last one. Asking again before the answer was handed over gives
    /// the same request.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Request`](crate::ErrorKind::Request) or [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the
    /// listing cannot go on.
    fn request(&mut self) -> Option<Result<Self::Action, Error>>;

    /// The request for the page that is `steps` behind the next one, and its `Offset`, if it is wise to send it before
    /// the pages between have come. `eager`: the caller has asked for it.
    fn ahead(&self, steps: u32, eager: bool) -> Option<(u64, Self::Action)>;

    /// How many pages may be asked for ahead, unless the caller says otherwise.
    fn default_look_ahead(&self) -> u32 {
        0
    }

    /// Takes the answer to the last request. `None` means that it had nothing to give: what follows is for
    /// [`request`](Self::request) to say.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Paging`](crate::ErrorKind::Paging) if the listing cannot go on truthfully.
    fn accept(&mut self, reply: Reply<Rows<Self::Row>>) -> Result<Option<Page<Self::Item>>, Error>;

    /// Takes the failure of the last request. `None` means that there is another way, for [`request`](Self::request) to
    /// say; otherwise the listing is over, and the error says where it can be taken up again.
    fn fail(&mut self, error: Error) -> Option<Error>;

    /// Gives at most `items` rows in all. Before the first page only.
    #[must_use]
    fn max_items(self, items: u64) -> Self
    where
        Self: Sized;

    /// The `Offset` of the next page.
    fn offset(&self) -> u64;

    /// How many requests were made, attempts that failed included.
    fn requests(&self) -> u64;

    /// How many rows there are in all, as far as the service says. Advice only.
    fn total(&self) -> Option<u64>;
}

impl<A: PagedAction> Walk for Pager<A> {
    type Action = A;
    type Row = A::Item;
    type Item = A::Item;

    fn rows(response: A::Response) -> Rows<A::Item> {
        A::split(response)
    }

    fn request(&mut self) -> Option<Result<A, Error>> {
        Self::request(self)
    }

    fn ahead(&self, steps: u32, eager: bool) -> Option<(u64, A)> {
        Self::ahead(self, steps, eager)
    }

    fn accept(&mut self, reply: Reply<Rows<A::Item>>) -> Result<Option<Page<A::Item>>, Error> {
        self.accept_rows(reply)
    }

    fn fail(&mut self, error: Error) -> Option<Error> {
        Some(Self::fail(self, error))
    }

    fn max_items(self, items: u64) -> Self {
        Self::max_items(self, items)
    }

    fn offset(&self) -> u64 {
        Self::offset(self)
    }

    fn requests(&self) -> u64 {
        Self::requests(self)
    }

    fn total(&self) -> Option<u64> {
        Self::total(self)
    }
}
