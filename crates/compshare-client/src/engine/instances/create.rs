//! Creating instances exactly once.

use std::time::Duration;

use compshare_model::{
    Action, CreateCompShareInstance, DescribeCompShareInstance, InstanceId, Password, Region,
    RetCode, RetCodeClass,
};

use crate::engine::CallOptions;
use crate::engine::sequence::Calls;
use crate::{Error, ErrorKind, NO_REGION, Reason, RetryPolicy, Sent};

/// The waits before each search for the token, 15 seconds in all.
const SEARCHES: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(8),
];

/// Instances that were created.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreatedInstances {
    /// The ids, one for each instance of the request; fewer if the others did not appear in time.
    pub ids: Vec<InstanceId>,
    /// The token in the remarks of the instances.
    pub token: String,
    /// Warnings of the service, for humans.
    pub warnings: Vec<String>,
    /// The password to log in with, if the service sent one.
    pub password: Option<Password>,
    /// Whether the response was lost, and the instances were found by their token.
    pub was_recovered: bool,
}

/// Creates instances with one request, and searches for them if its outcome is unknown.
pub(super) async fn create(
    calls: Calls,
    mut request: CreateCompShareInstance,
) -> Result<CreatedInstances, Error> {
    let token = new_token();
    request.remark = Some(match request.remark.take() {
        Some(remark) if !remark.is_empty() => format!("{remark} {token}"),
        _ => token.clone(),
    });

    let once = CallOptions::default().retry(RetryPolicy::never());
    let error = match calls.send_with(&request, &once).await {
        Ok(response) if !response.instance_ids.is_empty() => {
            return Ok(CreatedInstances {
                ids: response.instance_ids,
                token,
                warnings: response.warnings,
                password: response.password,
                was_recovered: false,
            });
        }
        Ok(_) => None,
        Err(error) if is_refused(&error) => return Err(error),
        Err(error) => Some(error),
    };

    let expected = request.max_count.unwrap_or(1).max(1);
    let found = search(&calls, &request, &token, expected).await;
    match (found, error) {
        (Some(ids), _) if !ids.is_empty() => Ok(CreatedInstances {
            ids,
            token,
            warnings: Vec::new(),
            password: None,
            was_recovered: true,
        }),
        (Some(_), Some(error)) => Err(error.with_reason(Reason::NotCreated { token })),
        (_, error) => {
            let error = error.unwrap_or_else(|| {
                Error::new(ErrorKind::Service)
                    .with_action(CreateCompShareInstance::NAME)
                    .with_sent(Sent::Yes)
            });
            Err(error.with_reason(Reason::OutcomeUnknown { token }))
        }
    }
}

/// Returns a token that no other instance has: 80 random bits.
fn new_token() -> String {
    let bits = (u128::from(fastrand::u64(..)) << 16) | u128::from(fastrand::u16(..));
    format!("compshare-rs:{bits:020x}")
}

/// Returns `true` if the service certainly did not create anything.
fn is_refused(error: &Error) -> bool {
    match error.was_sent() {
        Sent::No => true,
        Sent::Maybe => false,
        Sent::Yes => {
            let is_server_error = error
                .http_status()
                .is_some_and(|status| status.is_server_error());
            let class = error.ret_code().map(RetCode::class);
            // A transient failure may come after the creation.
            !is_server_error
                && matches!(
                    class,
                    Some(RetCodeClass::Auth | RetCodeClass::Permanent | RetCodeClass::Throttled)
                )
        }
    }
}

/// Searches for the instances with the token. `None` if the last search was not complete.
async fn search(
    calls: &Calls,
    request: &CreateCompShareInstance,
    token: &str,
    expected: u32,
) -> Option<Vec<InstanceId>> {
    let mut ids = Vec::new();
    let mut is_complete = false;
    for delay in SEARCHES {
        if !delay.is_zero() {
            calls.wait(delay).await;
        }

        let list = calls.list_with_total(at_same_place(request));
        let Ok((instances, total)) = list.await else {
            is_complete = false;
            continue;
        };
        // A response without rows and total, or with a higher total, proves nothing.
        is_complete = total.is_some_and(|total| total <= instances.len() as u64);
        // Nor does one without any remark: the service may have dropped them.
        let has_remarks = instances.iter().any(|instance| instance.remark.is_some());
        is_complete &= instances.is_empty() || has_remarks;
        let has_token = |remark: &String| remark.split_whitespace().any(|word| word == token);
        let created = instances
            .into_iter()
            .filter(|instance| instance.remark.as_ref().is_some_and(has_token));
        for id in created.map(|instance| instance.id) {
            if !id.is_empty() && !ids.contains(&id) {
                ids.push(id);
            }
        }
        if ids.len() >= usize::try_from(expected).unwrap_or(usize::MAX) {
            return Some(ids);
        }
    }
    (is_complete || !ids.is_empty()).then_some(ids)
}

/// Lists the instances in the region and zone of `request`, if it has them.
fn at_same_place(request: &CreateCompShareInstance) -> DescribeCompShareInstance {
    let mut list = DescribeCompShareInstance::new();
    list.region = Some(
        request
            .region
            .clone()
            .unwrap_or_else(|| Region::from(NO_REGION)),
    );
    list.zone.clone_from(&request.zone);
    list
}
