//! Instances: what one call of the API does not do.

mod available;
mod change;
mod create;
mod lookup;
mod quote;
mod wait;

use compshare_model::{
    ChangedInstance, CreateCompShareInstance, DescribeCompShareInstance, ImageId, Instance,
    InstanceId, InstanceState, Megabytes, Password, TerminateCompShareInstanceResponse, Timestamp,
    WithoutGpuSpec,
};

pub use self::available::Offer;
pub use self::change::{DataDisks, InstanceTarget};
pub use self::create::CreatedInstances;
pub use self::quote::Quote;
pub use self::wait::InstanceOutcome;

use super::sequence::Sequence;
use super::{Engine, InstanceWaitOptions, OffsetPaginator};
use crate::NO_REGION;

/// The operations on instances, without I/O. The clients' handles document them.
#[derive(Debug, Clone)]
pub struct InstanceOperations(Engine);

#[allow(missing_docs, reason = "the clients' handles document the operations")]
impl InstanceOperations {
    pub(super) fn new(engine: Engine) -> Self {
        Self(engine)
    }

    pub fn list(
        &self,
        mut request: DescribeCompShareInstance,
    ) -> OffsetPaginator<DescribeCompShareInstance> {
        request.region.get_or_insert_with(|| NO_REGION.into());
        self.0.paginator(request)
    }

    pub fn get(&self, id: InstanceId) -> Sequence<Instance> {
        Sequence::new(
            &self.0,
            |calls| async move { lookup::get(&calls, &id).await },
        )
    }

    pub fn find(&self, name_or_id: String) -> Sequence<Instance> {
        Sequence::new(&self.0, |calls| lookup::find(calls, name_or_id))
    }

    pub fn available(&self) -> Sequence<Vec<Offer>> {
        Sequence::new(&self.0, available::available)
    }

    pub fn quote(&self, request: CreateCompShareInstance) -> Sequence<Quote> {
        Sequence::new(&self.0, |calls| quote::quote(calls, request))
    }

    pub fn create(&self, request: CreateCompShareInstance) -> Sequence<CreatedInstances> {
        Sequence::new(&self.0, |calls| create::create(calls, request))
    }

    pub fn start(&self, target: InstanceTarget) -> Sequence<ChangedInstance> {
        change::start(&self.0, target, None)
    }

    pub fn start_without_gpu(
        &self,
        target: InstanceTarget,
        spec: WithoutGpuSpec,
    ) -> Sequence<ChangedInstance> {
        change::start(&self.0, target, Some(spec))
    }

    pub fn stop(&self, target: InstanceTarget) -> Sequence<ChangedInstance> {
        change::stop(&self.0, target)
    }

    pub fn reboot(&self, target: InstanceTarget) -> Sequence<ChangedInstance> {
        change::reboot(&self.0, target)
    }

    pub fn rename(&self, target: InstanceTarget, name: String) -> Sequence<ChangedInstance> {
        change::rename(&self.0, target, name)
    }

    pub fn resize(
        &self,
        target: InstanceTarget,
        gpus: u32,
        cpus: u32,
        memory: Megabytes,
    ) -> Sequence<ChangedInstance> {
        change::resize(&self.0, target, gpus, cpus, memory)
    }

    pub fn reinstall(
        &self,
        target: InstanceTarget,
        image: ImageId,
        password: Option<Password>,
    ) -> Sequence<ChangedInstance> {
        change::reinstall(&self.0, target, image, password)
    }

    pub fn reset_password(
        &self,
        target: InstanceTarget,
        password: Password,
    ) -> Sequence<ChangedInstance> {
        change::reset_password(&self.0, target, password)
    }

    pub fn delete(
        &self,
        target: InstanceTarget,
        disks: DataDisks,
    ) -> Sequence<TerminateCompShareInstanceResponse> {
        change::delete(&self.0, target, disks)
    }

    pub fn stop_at(&self, target: InstanceTarget, time: Timestamp) -> Sequence<ChangedInstance> {
        change::stop_at(&self.0, target, time)
    }

    pub fn cancel_stop(&self, target: InstanceTarget) -> Sequence<ChangedInstance> {
        change::cancel_stop(&self.0, target)
    }

    pub fn wait_until(
        &self,
        id: InstanceId,
        state: InstanceState,
        options: InstanceWaitOptions,
    ) -> Sequence<InstanceOutcome> {
        Sequence::new(&self.0, |calls| wait::wait_until(calls, id, state, options))
    }
}
