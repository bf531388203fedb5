//! Starting, stopping and rebooting.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{InstanceId, WithoutGpuSpec};

record! {
    /// The response of an action on one instance.
    pub response ChangedInstance {
        /// The instance.
        instance_id: Option<InstanceId> = "UHostId",
    }
}

request! {
    /// Starts a stopped instance. Documented by CompShare and UCloud, which require a zone.
    ///
    /// For sold-out GPUs the RetCode is 226604 or 8357, and the instance stays stopped: a stopped
    /// instance has no claim on a GPU (reported by third-party clients).
    ///
    /// CompShare's documentation has a parameter `WithoutGpu` besides. It is not here, since the
    /// service ignores it and starts the instance with GPUs, at their price (reported live in
    /// 2026).
    pub struct StartCompShareInstance: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
        optional {
            /// The size to start with, without GPUs: for instances paid by `Dynamic` or `Postpay`
            /// that support it, one of an account at a time. In no documentation; the platform's
            /// command-line tool and third-party clients.
            without_gpu_spec: WithoutGpuSpec = "WithoutGpuSpec",
        }
    }
}

request! {
    /// Stops a running instance. Documented by CompShare and UCloud, which require a zone.
    ///
    /// A `Postpay` instance costs its disks while it is stopped, and is deleted after 7 days
    /// (CompShare's documentation).
    pub struct StopCompShareInstance: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
        values {
            /// Sent by a third-party client to stop a spot instance; CompShare's documentation says
            /// that one cannot be stopped.
            force: bool = "Force",
        }
    }
}

request! {
    /// Reboots a running instance. Documented by CompShare and UCloud, which require a zone.
    ///
    /// Never repeated by itself: a second request reboots a second time.
    pub struct RebootCompShareInstance: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};

    #[test]
    fn power_actions_send_the_instance() {
        assert_eq!(
            pairs(&StopCompShareInstance::new("uhost-1")),
            ["UHostId=uhost-1"]
        );
        assert_eq!(
            pairs(&StopCompShareInstance::new("uhost-1").force(true)),
            ["UHostId=uhost-1", "Force=true"]
        );
        assert_eq!(
            pairs(&RebootCompShareInstance::new("uhost-1").zone("z")),
            ["UHostId=uhost-1", "Zone=z"]
        );
        assert_eq!(StartCompShareInstance::EFFECT, Effect::Write);
        assert_eq!(StopCompShareInstance::EFFECT, Effect::Write);
        assert_eq!(RebootCompShareInstance::EFFECT, Effect::Write);
    }

    #[test]
    fn start_without_gpu_sends_without_gpu_spec() {
        assert_eq!(
            pairs(&StartCompShareInstance::new("uhost-1")),
            ["UHostId=uhost-1"]
        );
        let request = StartCompShareInstance::new("uhost-1").without_gpu_spec(WithoutGpuSpec::A);
        assert_eq!(pairs(&request), ["UHostId=uhost-1", "WithoutGpuSpec=A"]);
    }
}
