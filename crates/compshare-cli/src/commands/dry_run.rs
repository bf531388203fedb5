//! `--dry-run`: prints the request.

use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::Action;
use compshare_client::transport::{HttpRequest, Now};
use compshare_client::{CallOptions, Config, sanitize};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::logging::params_of;
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
    let mut pairs = params_of(request.body());
    for (_, value) in pairs.iter_mut().filter(|(key, _)| is_secret(key)) {
        MASK.clone_into(value);
    }
    let (method, url) = (request.method(), request.uri());
    let headers: Vec<(&str, &str)> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()))
        .collect();

    let data = json!({
        "method": method.as_str(),
        "url": url.to_string(),
        "headers": members(headers.iter().copied()),
        "parameters": members(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()))),
    });
    let meta = Map::from_iter([("dry_run".to_owned(), true.into())]);
    context.value(&data, meta, |out| {
        out.line(&format!("{method} {url}"));
        for (name, value) in headers {
            out.line(&format!("{name}: {value}"));
        }
        out.line("");
        for (key, value) in &pairs {
            out.line(&format!("{}={}", sanitize(key), sanitize(value)));
        }
    })
}

fn members<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    pairs
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}
