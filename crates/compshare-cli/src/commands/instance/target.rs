//! Instances on the command line, by id or by name.

use clap::{Arg, ArgAction, ArgMatches};
use compshare_client::model::{DescribeCompShareInstance, Instance, RetCode};
use compshare_client::sync::Client;
use compshare_client::{Config, Error};

use crate::cli::args::{filled, positional};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::settings;

/// The rows of a page, the documented maximum.
const PAGE: u32 = 100;
/// The rows of a page without a limit in the request.
const DEFAULT_PAGE: u32 = 20;

/// Creates the positional argument `INSTANCE`.
pub(super) fn one() -> Arg {
    filled(positional(
        "instance",
        "INSTANCE",
        texts().instance_argument,
    ))
}

/// Creates the positional argument `INSTANCE...`.
pub(super) fn several() -> Arg {
    one().num_args(1..).action(ArgAction::Append)
}

/// Returns the ids and names on the command line.
pub(super) fn names(matches: &ArgMatches) -> Vec<&str> {
    let names = matches.get_many::<String>("instance");
    names.into_iter().flatten().map(String::as_str).collect()
}

/// Returns `true` if the text has the form of an id.
pub(super) fn is_id(text: &&str) -> bool {
    text.starts_with("uhost-") || text.starts_with("cpod-")
}

/// Lists all instances of `request`.
pub(super) fn all(
    client: &Client,
    request: &DescribeCompShareInstance,
) -> Result<Vec<Instance>, Error> {
    let list = |limit: u32| -> Result<Vec<Instance>, Error> {
        let pages = client.pages(request.clone().limit(limit));
        pages.into_items().collect()
    };
    let first = match client.send(&request.clone().limit(PAGE)) {
        Err(error) if error.ret_code() == Some(RetCode::PARAMETER_OUT_OF_RANGE) => {
            return list(DEFAULT_PAGE);
        }
        first => first?,
    };

    // A listing ends with an empty page, which takes another request. Skip it if the total agrees
    // with a short page.
    let count = u32::try_from(first.instances.len()).unwrap_or(u32::MAX);
    if count < PAGE && first.total_count == Some(count.into()) {
        return Ok(first.instances);
    }

    list(PAGE)
}

/// Finds the instances with these ids or names, each one once, with their prices.
pub(super) fn find(client: &Client, names: &[&str]) -> Result<Vec<Instance>, Failure> {
    let are_ids = names.iter().all(is_id);
    let mut known = if are_ids {
        by_ids(client, names.iter().copied())?
    } else {
        all(client, &DescribeCompShareInstance::new())?
    };

    let is_known = |known: &[Instance], name: &str| {
        let mut instances = known.iter();
        instances.any(|instance| instance.id.as_str() == name)
    };
    let mut ids: Vec<String> = Vec::new();
    for name in names {
        let id = if is_known(&known, name) {
            (*name).to_owned()
        } else {
            id_of(&known, name)?
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    // Prices are sent only for requested ids.
    if !are_ids {
        known = by_ids(client, ids.iter().map(String::as_str))?;
    }
    let found = ids.iter().map(|id| {
        let at = known.iter().position(|known| known.id.as_str() == id);
        at.map(|at| known.swap_remove(at))
            .ok_or_else(|| not_found(id))
    });
    found.collect()
}

/// Returns name and id of an instance, for messages.
pub(in crate::commands) fn label(instance: &Instance) -> String {
    let Instance { id, name, .. } = instance;
    if name.is_empty() {
        return id.to_string();
    }
    text!(own_name, name, id)
}

/// Finds the instance with this id or name, by a client of its own.
pub(in crate::commands) fn look_up(
    context: &Context,
    config: Config,
    name: &str,
) -> Result<Instance, Failure> {
    let (client, _) = settings::connect(config, context);
    find_one(&client, name)
}

/// Finds the instance with this id or name.
pub(super) fn find_one(client: &Client, name: &str) -> Result<Instance, Failure> {
    let mut found = find(client, &[name])?;
    found.pop().ok_or_else(|| not_found(name))
}

/// Finds the instances with these ids. The service may send others as well.
pub(super) fn by_ids<'a>(
    client: &Client,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Instance>, Error> {
    let request = DescribeCompShareInstance::new().instance_ids(ids);
    let found = if request.instance_ids.len() > DEFAULT_PAGE as usize {
        all(client, &request)
    } else {
        client.send(&request).map(|response| response.instances)
    };
    match found {
        Err(error) if error.is_not_found() => Ok(Vec::new()),
        found => found,
    }
}

/// Returns the id of the only instance with this name.
fn id_of(known: &[Instance], name: &str) -> Result<String, Failure> {
    let ids: Vec<&str> = known
        .iter()
        .filter(|instance| instance.name == name)
        .map(|instance| instance.id.as_str())
        .collect();
    match ids.as_slice() {
        [] => Err(not_found(name)),
        [id] => Ok((*id).to_owned()),
        _ => {
            let ids = ids.join(texts().comma);
            let failure = Failure::unexpected_response(text!(instance_ambiguous, name, ids));
            Err(failure.with_hint(texts().instance_ambiguous_hint))
        }
    }
}

fn not_found(name: &str) -> Failure {
    Failure::unexpected_response(text!(instance_not_found, name))
        .with_hint(texts().instance_not_found_hint)
}
