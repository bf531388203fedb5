//! Finding instances by id and by name.

use compshare_model::{DescribeCompShareInstance, Instance, InstanceId};

use crate::engine::CallOptions;
use crate::engine::sequence::Calls;
use crate::sanitize::one_line;
use crate::{Error, NO_REGION, Reason, Sent};

/// The maximum length of a name or an id in an error.
const MAX_TEXT: usize = 128;

/// Returns an instance of any region.
pub(super) async fn get(calls: &Calls, id: &InstanceId) -> Result<Instance, Error> {
    let found = query(calls, id, &CallOptions::default()).await?;
    found.ok_or_else(|| not_found(id.as_str()))
}

/// Queries an instance; `None` if it does not exist.
pub(super) async fn query(
    calls: &Calls,
    id: &InstanceId,
    options: &CallOptions,
) -> Result<Option<Instance>, Error> {
    let request = DescribeCompShareInstance::new()
        .instance_ids([id])
        .region(NO_REGION);
    match calls.send_with(&request, options).await {
        // Other instances than the requested one are sent too, as third-party clients report.
        Ok(response) => Ok(response
            .instances
            .into_iter()
            .find(|instance| instance.id == *id)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Finds an instance by its id, or else by its name.
pub(super) async fn find(calls: Calls, name_or_id: String) -> Result<Instance, Error> {
    let is_id = ["uhost-", "cpod-"]
        .iter()
        .any(|prefix| name_or_id.starts_with(prefix));
    if is_id {
        let id = InstanceId::from(name_or_id.as_str());
        if let Some(instance) = query(&calls, &id, &CallOptions::default()).await? {
            return Ok(instance);
        }
    }

    let request = DescribeCompShareInstance::new().region(NO_REGION);
    let mut named = calls.list(request).await?;
    named.retain(|instance| instance.name == name_or_id || instance.id.as_str() == name_or_id);
    if named.len() > 1 {
        let ids = named.into_iter().map(|instance| instance.id).collect();
        let name = one_line(&name_or_id, MAX_TEXT);
        return Err(rejected(Reason::AmbiguousName { name, ids }));
    }
    named.pop().ok_or_else(|| not_found(&name_or_id))
}

fn not_found(name: &str) -> Error {
    rejected(Reason::InstanceNotFound(one_line(name, MAX_TEXT)))
}

fn rejected(reason: Reason) -> Error {
    Error::of(reason).with_sent(Sent::Yes)
}
