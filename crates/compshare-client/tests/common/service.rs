//! A service inside the test: a function from parameters to a body, under both clients' transports.
//! No socket, a clock of its own, and an account of what was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use compshare_client::sign::form;
use compshare_client::transport::{
    HttpRequest, HttpResponse, Limits, Now, TransportError, TransportErrorKind,
};
use serde_json::{Value, json};

/// The parameters of one request.
pub(crate) type Params = BTreeMap<String, String>;

type Answer = dyn Fn(&Params) -> Result<Value, TransportErrorKind> + Send + Sync;

#[derive(Clone)]
pub(crate) struct Service(Arc<Inner>);

struct Inner {
    answer: Box<Answer>,
    start: Now,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    asked: Vec<Params>,
    passed: Duration,
    under_way: usize,
    most_under_way: usize,
}

impl Service {
    pub(crate) fn new(
        answer: impl Fn(&Params) -> Result<Value, TransportErrorKind> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            answer: Box::new(answer),
            start: Now::real(),
            state: Mutex::default(),
        }))
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Params> {
        self.0.state.lock().unwrap().asked.clone()
    }

    /// The names of the actions asked for so far, and forgets the requests.
    pub(crate) fn take_actions(&self) -> Vec<String> {
        let asked = std::mem::take(&mut self.0.state.lock().unwrap().asked);
        asked
            .into_iter()
            .map(|params| params["Action"].clone())
            .collect()
    }

    /// How many requests were under way at once, at most.
    pub(crate) fn most_under_way(&self) -> usize {
        self.0.state.lock().unwrap().most_under_way
    }

    /// How much time has passed.
    pub(crate) fn passed(&self) -> Duration {
        self.0.state.lock().unwrap().passed
    }

    fn begin(&self) {
        let mut state = self.0.state.lock().unwrap();
        state.under_way += 1;
        state.most_under_way = state.most_under_way.max(state.under_way);
    }

    fn end(&self, request: &HttpRequest) -> Result<HttpResponse, TransportError> {
        let params: Params = form::decode(request.body()).unwrap().into_iter().collect();
        let mut state = self.0.state.lock().unwrap();
        state.under_way -= 1;
        state.asked.push(params.clone());
        drop(state);
        let value = (self.0.answer)(&params).map_err(TransportError::from)?;
        Ok(HttpResponse::new(value.to_string().into()))
    }

    fn pass(&self, delay: Duration) {
        self.0.state.lock().unwrap().passed += delay;
    }

    fn moment(&self) -> Now {
        let passed = self.passed();
        Now::new(self.0.start.instant + passed, self.0.start.system + passed)
    }
}

#[cfg(feature = "async-client")]
#[compshare_client::async_trait]
impl compshare_client::transport::Transport for Service {
    async fn send(&self, request: HttpRequest, _: &Limits) -> Result<HttpResponse, TransportError> {
        self.begin();
        // Whatever else is under way begins before this ends.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        self.end(&request)
    }

    async fn sleep(&self, delay: Duration) {
        self.pass(delay);
    }

    fn now(&self) -> Now {
        self.moment()
    }
}

#[cfg(feature = "sync-client")]
impl compshare_client::sync::Transport for Service {
    fn send(&self, request: HttpRequest, _: &Limits) -> Result<HttpResponse, TransportError> {
        self.begin();
        self.end(&request)
    }

    fn sleep(&self, delay: Duration) {
        self.pass(delay);
    }

    fn now(&self) -> Now {
        self.moment()
    }
}

/// A refusal by RetCode.
pub(crate) fn refusal(code: i64, message: &str) -> Value {
    json!({"RetCode": code, "Message": message})
}

/// An action that the service does not have.
pub(crate) fn no_such_action(params: &Params) -> Value {
    refusal(161, &format!("Action [{}] not found", params["Action"]))
}

/// A number among the parameters.
pub(crate) fn number(params: &Params, key: &str) -> Option<usize> {
    params.get(key).map(|text| text.parse().unwrap())
}
