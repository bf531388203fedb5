//! Changes of one instance, in the region and zone where it is.

use compshare_model::flatten::Sink;
use compshare_model::{
    Action, BodyFormat, ChangedInstance, DeleteCompShareStopScheduler, Effect, FlattenError,
    ImageId, Instance, InstanceId, Megabytes, ModifyCompShareInstanceName, Password, ProjectId,
    RebootCompShareInstance, Region, ReinstallCompShareInstance, ResetCompShareInstancePassword,
    ResizeCompShareInstance, StartCompShareInstance, StopCompShareInstance,
    TerminateCompShareInstance, TerminateCompShareInstanceResponse, Timestamp, Untyped,
    UpdateCompShareStopScheduler, WithoutGpuSpec, Zone,
};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::lookup;
use crate::engine::Engine;
use crate::engine::sequence::{Calls, Sequence};
use crate::{Error, Reason, Sent};

/// The instance to change: an id, which is looked up first, or an [`Instance`], whose region and
/// zone are known.
///
/// ```
/// use compshare_client::InstanceTarget;
/// use compshare_client::model::Instance;
///
/// let by_id = InstanceTarget::from("uhost-1pl07y4wkaaq");
/// let by_record = InstanceTarget::from(&Instance::default());
/// ```
#[derive(Clone, Debug)]
pub struct InstanceTarget {
    id: InstanceId,
    location: Option<Location>,
}

/// What a change has to know of its instance.
#[derive(Clone, Debug, Default)]
struct Location {
    region: Option<Region>,
    zone: Option<Zone>,
    project_id: Option<ProjectId>,
    is_spot: bool,
}

impl From<&Instance> for InstanceTarget {
    fn from(instance: &Instance) -> Self {
        Self {
            id: instance.id.clone(),
            location: Some(Location {
                region: instance.region.clone(),
                zone: instance.zone.clone(),
                project_id: instance.project_id.clone().filter(|id| !id.is_empty()),
                is_spot: instance.is_spot(),
            }),
        }
    }
}

impl From<InstanceId> for InstanceTarget {
    fn from(id: InstanceId) -> Self {
        Self { id, location: None }
    }
}

impl From<&InstanceId> for InstanceTarget {
    fn from(id: &InstanceId) -> Self {
        Self::from(id.clone())
    }
}

impl From<&str> for InstanceTarget {
    fn from(id: &str) -> Self {
        Self::from(InstanceId::from(id))
    }
}

impl From<String> for InstanceTarget {
    fn from(id: String) -> Self {
        Self::from(InstanceId::from(id))
    }
}

/// What happens to the data disks of an instance that is deleted. Exhaustive, since there is no third
/// possibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataDisks {
    /// They are kept, and go on costing.
    Keep,
    /// They are deleted with all their data.
    Delete,
}

pub(super) fn start(
    engine: &Engine,
    target: InstanceTarget,
    spec: Option<WithoutGpuSpec>,
) -> Sequence<ChangedInstance> {
    change(engine, target, |id, _| {
        let mut request = StartCompShareInstance::new(id);
        request.without_gpu_spec = spec;
        request
    })
}

pub(super) fn stop(engine: &Engine, target: InstanceTarget) -> Sequence<ChangedInstance> {
    change(engine, target, |id, location| {
        let request = StopCompShareInstance::new(id);
        // A third-party client reports that a spot instance stops only so.
        if location.is_spot {
            request.force(true)
        } else {
            request
        }
    })
}

pub(super) fn reboot(engine: &Engine, target: InstanceTarget) -> Sequence<ChangedInstance> {
    change(engine, target, |id, _| RebootCompShareInstance::new(id))
}

pub(super) fn rename(
    engine: &Engine,
    target: InstanceTarget,
    name: String,
) -> Sequence<ChangedInstance> {
    change(engine, target, |id, _| {
        ModifyCompShareInstanceName::new(id, name)
    })
}

pub(super) fn resize(
    engine: &Engine,
    target: InstanceTarget,
    gpus: u32,
    cpus: u32,
    memory: Megabytes,
) -> Sequence<ChangedInstance> {
    change(engine, target, move |id, _| {
        ResizeCompShareInstance::size(id, gpus, cpus, memory)
    })
}

pub(super) fn reinstall(
    engine: &Engine,
    target: InstanceTarget,
    image: ImageId,
    password: Option<Password>,
) -> Sequence<ChangedInstance> {
    change(engine, target, |id, _| {
        let mut request = ReinstallCompShareInstance::new(id, image);
        request.password = password;
        request
    })
}

pub(super) fn reset_password(
    engine: &Engine,
    target: InstanceTarget,
    password: Password,
) -> Sequence<ChangedInstance> {
    change(engine, target, |id, _| {
        ResetCompShareInstancePassword::new(id, password)
    })
}

pub(super) fn delete(
    engine: &Engine,
    target: InstanceTarget,
    disks: DataDisks,
) -> Sequence<TerminateCompShareInstanceResponse> {
    change(engine, target, move |id, _| {
        let request = TerminateCompShareInstance::new(id);
        if disks == DataDisks::Delete {
            request.release_disks(true)
        } else {
            request
        }
    })
}

pub(super) fn stop_at(
    engine: &Engine,
    target: InstanceTarget,
    time: Timestamp,
) -> Sequence<ChangedInstance> {
    Sequence::new(engine, |calls| async move {
        let (id, location) = locate(&calls, target).await?;
        let project = project(&calls, &location).await?;
        let request = UpdateCompShareStopScheduler::new(project, id, time);
        calls.send(&At::new(request, &location)).await
    })
}

pub(super) fn cancel_stop(engine: &Engine, target: InstanceTarget) -> Sequence<ChangedInstance> {
    Sequence::new(engine, |calls| async move {
        let (id, location) = locate(&calls, target).await?;
        let project = project(&calls, &location).await?;
        let request = DeleteCompShareStopScheduler::new(project, id);
        calls.send(&At::new(request, &location)).await
    })
}

/// Looks the instance up if necessary, and sends the request that `make` returns.
fn change<A: Action + Send>(
    engine: &Engine,
    target: InstanceTarget,
    make: impl FnOnce(InstanceId, &Location) -> A + Send + 'static,
) -> Sequence<A::Response>
where
    A::Response: 'static,
{
    Sequence::new(engine, |calls| async move {
        let (id, location) = locate(&calls, target).await?;
        let request = At::new(make(id, &location), &location);
        let call = calls.send(&request);
        drop(request);
        call.await
    })
}

/// Returns the id of the instance, and its location.
async fn locate(calls: &Calls, target: InstanceTarget) -> Result<(InstanceId, Location), Error> {
    let location = if let Some(location) = target.location {
        location
    } else {
        let instance = lookup::get(calls, &target.id).await?;
        InstanceTarget::from(&instance).location.unwrap_or_default()
    };
    Ok((target.id, location))
}

/// Returns the project that plans for the instance need: its own, the client's or the account's
/// default one.
async fn project(calls: &Calls, location: &Location) -> Result<ProjectId, Error> {
    let configured = calls.engine().config.project_id.as_ref();
    if let Some(project) = location.project_id.as_ref().or(configured) {
        return Ok(project.clone());
    }

    let response = calls.send(&Untyped::read("GetProjectList")).await?;
    let projects = response.get("ProjectSet").and_then(Value::as_array);
    let is_default = |project: &&Value| match project.get("IsDefault") {
        Some(Value::Bool(is_default)) => *is_default,
        Some(Value::String(text)) => {
            text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("yes")
        }
        _ => false,
    };
    let default = projects.and_then(|projects| {
        let only = projects.first().filter(|_| projects.len() == 1);
        projects.iter().find(is_default).or(only)
    });
    let id = default.and_then(|project| project.get("ProjectId")?.as_str());
    id.map(ProjectId::from)
        .ok_or_else(|| Error::of(Reason::NoProject).with_sent(Sent::Yes))
}

/// An action in the region and zone of an instance.
struct At<A> {
    action: A,
    region: Option<Region>,
    zone: Option<Zone>,
}

impl<A> At<A> {
    fn new(action: A, location: &Location) -> Self {
        Self {
            action,
            region: location.region.clone(),
            zone: location.zone.clone(),
        }
    }
}

impl<A: Action> Serialize for At<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.action.serialize(serializer)
    }
}

impl<A: Action> Action for At<A> {
    const NAME: &'static str = A::NAME;
    const EFFECT: Effect = A::EFFECT;
    const BODY_FORMAT: BodyFormat = A::BODY_FORMAT;
    type Response = A::Response;

    fn flatten(&self, sink: Sink<'_>) -> Result<(), FlattenError> {
        self.action.flatten(sink)?;
        for (key, value) in [
            ("Region", self.region.as_ref().map(Region::as_str)),
            ("Zone", self.zone.as_ref().map(Zone::as_str)),
        ] {
            if let Some(value) = value {
                let rejected = |_| FlattenError::Rejected { key: key.into() };
                sink(key, value).map_err(rejected)?;
            }
        }
        Ok(())
    }
}
