//! `--dry-run`: the request that would be sent.

use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::Action;
use compshare_client::sign::{SIGNATURE, form};
use compshare_client::transport::{HttpRequest, Now};
use compshare_client::{CallOptions, Config, printable};
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::Format;
use crate::watch::MASK;

/// Returns the signed request that a call begins with.
pub(super) fn prepared(config: Config, action: &impl Action) -> Result<HttpRequest, Failure> {
    let mut exchange = Engine::new(config).exchange(action, &CallOptions::default())?;
    match exchange.step(Now::real()) {
        Step::Send(request, _) => Ok(request),
        // A call that is over before it began has failed.
        Step::Done(Err(error)) => Err(error.into()),
        Step::Wait(_) | Step::Done(Ok(_)) => Ok(HttpRequest::default()),
    }
}

/// Prints the request as it would be sent, but for the signature: whoever has that can send it.
pub(super) fn show(context: &Context, request: &HttpRequest) -> Result<(), Failure> {
    let mut pairs = form::decode(request.body()).unwrap_or_default();
    for (_, value) in pairs.iter_mut().filter(|(key, _)| key == SIGNATURE) {
        MASK.clone_into(value);
    }
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));

    let mut out = context.output();
    match context.format.unwrap_or(Format::Table) {
        format @ (Format::Json | Format::JsonLines) => {
            let headers: Map<String, Value> = headers
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect();
            let parameters: Map<String, Value> = pairs
                .into_iter()
                .map(|(key, value)| (key, value.into()))
                .collect();
            let data = json!({
                "method": request.method().as_str(),
                "url": request.uri().to_string(),
                "headers": headers,
                "parameters": parameters,
            });
            let meta = Map::from_iter([("dry_run".to_owned(), true.into())]);
            out.document(format, &data, meta)?;
        }
        Format::Csv | Format::Ids => return Err(Failure::usage(texts().use_format)),
        Format::Table => {
            out.line(&format!("{} {}", request.method(), request.uri()));
            for (name, value) in headers {
                out.line(&format!("{name}: {value}"));
            }
            out.line("");
            for (key, value) in pairs {
                out.line(&format!("{}={}", printable(&key), printable(&value)));
            }
        }
    }
    Ok(out.flush()?)
}
