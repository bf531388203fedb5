//! Waiting until an instance has a state.

use compshare_model::{Instance, InstanceId, InstanceState};

use super::lookup;
use crate::Error;
use crate::engine::sequence::Calls;
use crate::engine::wait::{InstanceWaitOptions, is_transient};

/// The number of queries in a row that must not find the instance before it is gone: a new one may
/// be missing at first.
const ABSENCES: u32 = 3;

/// The outcome of waiting for an instance.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "the instance may have failed, or not have the state yet"]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "short-lived")]
pub enum InstanceOutcome {
    /// It has the state.
    Reached(Instance),
    /// Its installation failed, so it will not have the state.
    Failed(Instance),
    /// It does not exist, or does not any more.
    Gone,
    /// The deadline passed first. The instance may still change.
    DeadlinePassed {
        /// The last record, if there was one.
        last: Option<Instance>,
    },
}

impl InstanceOutcome {
    /// Returns `true` if the instance has the state.
    pub fn is_reached(&self) -> bool {
        matches!(self, Self::Reached(_))
    }
}

/// Queries the instance at an interval until it has the state.
pub(super) async fn wait_until(
    calls: Calls,
    id: InstanceId,
    state: InstanceState,
    options: InstanceWaitOptions,
) -> Result<InstanceOutcome, Error> {
    let mut last = None;
    let mut absences = 0;
    loop {
        let query = options.call_options(calls.elapsed());
        let last_error = match lookup::query(&calls, &id, &query).await {
            Ok(Some(instance)) => {
                absences = 0;
                options.report(&instance);
                let found = instance.state.as_ref();
                if found == Some(&state) {
                    return Ok(InstanceOutcome::Reached(instance));
                }
                if found.is_some_and(InstanceState::is_failed) {
                    return Ok(InstanceOutcome::Failed(instance));
                }
                last = Some(instance);
                None
            }
            Ok(None) => {
                absences += 1;
                if absences >= ABSENCES {
                    return Ok(InstanceOutcome::Gone);
                }
                None
            }
            Err(error) if is_transient(&error) => Some(error),
            Err(error) => return Err(error),
        };

        let remaining = options.remaining(calls.elapsed());
        if remaining.is_zero() {
            return match last_error {
                Some(error) if last.is_none() => Err(error),
                _ => Ok(InstanceOutcome::DeadlinePassed { last }),
            };
        }
        calls.wait(options.interval.min(remaining)).await;
    }
}
