//! `--dry-run`: prints the request.

use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::Action;
use compshare_client::transport::{HttpRequest, Now};
use compshare_client::{CallOptions, Config, sanitize};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::logging::params_of;
use crate::output::Output;
use crate::secrets::{MASK, is_secret};

/// Returns the first signed request of a call.
pub(super) fn prepared(config: Config, action: &impl Action) -> Result<HttpRequest, Failure> {
    let mut exchange = Engine::new(config).exchange(action, &CallOptions::default())?;
    match exchange.step(Now::real()) {
        Step::Send(request, _) => Ok(request),
        // Only a failed call ends before its first request.
        Step::Done(Err(error)) => Err(error.into()),
        Step::Wait(_) | Step::Done(Ok(_)) => Ok(HttpRequest::default()),
    }
}

/// Prints the request with secrets masked, as in `-vv`.
pub(super) fn show(context: &Context, request: &HttpRequest) -> Result<(), Failure> {
    show_all(context, std::slice::from_ref(request), &[])
}

/// Prints several requests; a JSON document has them in `items`, and the plans in its `meta`.
pub(super) fn show_all(
    context: &Context,
    requests: &[HttpRequest],
    plans: &[String],
) -> Result<(), Failure> {
    let shown: Vec<Shown<'_>> = requests.iter().map(Shown::new).collect();
    let data = match shown.as_slice() {
        [one] => one.json(),
        all => json!({"items": all.iter().map(Shown::json).collect::<Vec<_>>()}),
    };
    let mut meta = Map::from_iter([("dry_run".to_owned(), true.into())]);
    if !plans.is_empty() {
        meta.insert("plans".to_owned(), plans.into());
    }

    context.value(&data, meta, |out| {
        for (at, request) in shown.iter().enumerate() {
            if at > 0 {
                out.line("");
            }
            request.write(out);
        }
    })
}

/// A request with its secrets masked.
struct Shown<'a> {
    request: &'a HttpRequest,
    pairs: Vec<(String, String)>,
}

impl<'a> Shown<'a> {
    fn new(request: &'a HttpRequest) -> Self {
        let mut pairs = params_of(request.body());
        for (_, value) in pairs.iter_mut().filter(|(key, _)| is_secret(key)) {
            MASK.clone_into(value);
        }
        Self { request, pairs }
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.request.headers().iter();
        headers.map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()))
    }

    fn json(&self) -> Value {
        let pairs = self.pairs.iter();
        json!({
            "method": self.request.method().as_str(),
            "url": self.request.uri().to_string(),
            "headers": members(self.headers()),
            "parameters": members(pairs.map(|(key, value)| (key.as_str(), value.as_str()))),
        })
    }

    fn write(&self, out: &mut Output) {
        out.line(&format!("{} {}", self.request.method(), self.request.uri()));
        for (name, value) in self.headers() {
            out.line(&format!("{name}: {value}"));
        }
        out.line("");
        for (key, value) in &self.pairs {
            out.line(&format!("{}={}", sanitize(key), sanitize(value)));
        }
    }
}

fn members<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    pairs
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}
