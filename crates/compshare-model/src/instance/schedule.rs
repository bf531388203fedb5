//! The planned stop of an instance.

use crate::wire::request::request;
use crate::{ChangedInstance, InstanceId, ProjectId, Timestamp};

request! {
    /// Plans when a running instance will be stopped; a plan it has is replaced. Documented by
    /// CompShare and UCloud.
    ///
    /// Spot instances cannot be planned for. The time is sent as `SchedulerStopTime`: the
    /// `StopTime` of UCloud's SDKs is not the name that works (CompShare's documentation,
    /// platform's command-line tool, third-party clients).
    pub struct UpdateCompShareStopScheduler: Write -> ChangedInstance {
        composed {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The time, at least 5 minutes from now.
            scheduler_stop_time: Timestamp = "SchedulerStopTime",
        }
    }
}

impl UpdateCompShareStopScheduler {
    /// Creates a request to stop `instance` at `time`. The project is required, the default one
    /// too, as `GetProjectList` returns it: without it the response is RetCode 230.
    pub fn new(
        project: impl Into<ProjectId>,
        instance: impl Into<InstanceId>,
        time: Timestamp,
    ) -> Self {
        Self::compose(instance.into(), time).project_id(project)
    }
}

request! {
    /// Removes the planned stop of an instance. Documented by CompShare and UCloud.
    pub struct DeleteCompShareStopScheduler: Write -> ChangedInstance {
        composed {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
    }
}

impl DeleteCompShareStopScheduler {
    /// Creates a request to let `instance` run on. The project is required by the documentation.
    pub fn new(project: impl Into<ProjectId>, instance: impl Into<InstanceId>) -> Self {
        Self::compose(instance.into()).project_id(project)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn stop_scheduler_sends_scheduler_stop_time() {
        let time = Timestamp::from_secs(1_800_000_000);
        let request = UpdateCompShareStopScheduler::new("org-1", "uhost-1", time);
        assert_eq!(
            pairs(&request),
            [
                "UHostId=uhost-1",
                "SchedulerStopTime=1800000000",
                "ProjectId=org-1"
            ]
        );
        let request = DeleteCompShareStopScheduler::new("org-1", "uhost-1");
        assert_eq!(pairs(&request), ["UHostId=uhost-1", "ProjectId=org-1"]);
    }
}
