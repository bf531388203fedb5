//! Changing and deleting an instance.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{
    ChangedInstance, ChargeType, DiskId, Gigabytes, ImageId, InstanceId, Megabytes, Password,
    WithoutGpuSpec,
};

request! {
    /// Installs an image on a stopped instance, **which wipes its system disk**. Documented by
    /// CompShare and UCloud, which require a zone.
    pub struct ReinstallCompShareInstance: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The image.
            image_id: ImageId = "CompShareImageId",
        }
        optional {
            /// The new password.
            password: Password = "Password",
            /// A voucher. Platform's command-line tool.
            coupon_id: String = "CouponId",
        }
    }
}

request! {
    /// Sets the password of an instance. Documented by CompShare and UCloud, which require a zone.
    ///
    /// A virtual machine must be stopped, a container running (reported by a third-party client).
    ///
    /// ```
    /// use compshare_model::ResetCompShareInstancePassword;
    ///
    /// // Plain text, which is encoded for the wire.
    /// let request = ResetCompShareInstancePassword::new("uhost-1pl07y4wkaaq", "correct-horse-9");
    /// ```
    pub struct ResetCompShareInstancePassword: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The new password.
            password: Password = "Password",
        }
    }
}

request! {
    /// Changes the size of a stopped instance or grows one of its disks, **which may cost money**.
    /// Documented by CompShare and UCloud, which require a zone.
    ///
    /// Never repeated by itself: no source says what a second request to the same size does. The
    /// instance stays stopped afterwards. The parameter `WithoutGpu` of CompShare's documentation
    /// is not here, as for [`StartCompShareInstance`](crate::StartCompShareInstance).
    pub struct ResizeCompShareInstance: Write -> ChangedInstance {
        composed {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
        optional {
            /// The disk to grow.
            disk_id: DiskId = "DiskId",
            /// The size without GPUs. Platform's command-line tool, without cores, memory and GPUs
            /// beside it.
            without_gpu_spec: WithoutGpuSpec = "WithoutGpuSpec",
            /// A voucher.
            coupon_id: String = "CouponId",
        }
        values {
            /// The number of GPUs.
            gpu: u32 = "Gpu",
            /// The number of cores.
            cpu: u32 = "Cpu",
            /// The memory in MB.
            memory: Megabytes = "Memory",
            /// The new size of the disk, in GB.
            disk_space: Gigabytes = "DiskSpace",
        }
    }
}

impl ResizeCompShareInstance {
    /// Creates a request for another number of GPUs and cores and another size of memory: all
    /// three, as the platform's command-line tool sends them.
    pub fn size(
        instance: impl Into<InstanceId>,
        gpus: u32,
        cpus: u32,
        memory: impl Into<Megabytes>,
    ) -> Self {
        let request = Self::compose(instance.into());
        request.gpu(gpus).cpu(cpus).memory(memory.into())
    }

    /// Creates a request to grow a disk: the system disk, or the disk of a container instance.
    pub fn disk(instance: impl Into<InstanceId>, disk: impl Into<DiskId>, size: Gigabytes) -> Self {
        Self::compose(instance.into())
            .disk_id(disk)
            .disk_space(size)
    }

    /// Creates a request for the size of a start without GPUs.
    pub fn without_gpu(instance: impl Into<InstanceId>, spec: impl Into<WithoutGpuSpec>) -> Self {
        Self::compose(instance.into()).without_gpu_spec(spec)
    }
}

request! {
    /// Renames an instance. Documented by CompShare and UCloud; UCloud requires a zone.
    pub struct ModifyCompShareInstanceName: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The name, at most 63 characters: Chinese, letters, digits and `_.,:-`. Not unique.
            name: String = "Name",
        }
    }
}

request! {
    /// Deletes a stopped instance for good. Documented by CompShare and UCloud, which require a
    /// zone.
    ///
    /// Its data disks are kept, and cost, unless [`release_disks`](Self::release_disks) says
    /// otherwise. Never repeated by itself when no response arrives: a second request would say
    /// that there is no such instance.
    pub struct TerminateCompShareInstance: Write -> TerminateCompShareInstanceResponse {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
        values {
            /// Whether to delete the attached data disks with it; they are kept if absent.
            /// CompShare's documentation.
            release_disks: bool = "ReleaseUDisk",
        }
    }
}

record! {
    /// The deleted instance.
    pub response TerminateCompShareInstanceResponse {
        /// The instance.
        instance_id: Option<InstanceId> = "UHostId",
        /// Whether it went to the recycle bin; sent as `"Yes"` or `"No"`. CompShare's documentation
        /// only.
        in_recycle: Option<bool> as YesNo = "InRecycle",
    }
}

request! {
    /// Changes how a running instance is paid for. In no documentation; the platform's command-line
    /// tool and a third-party client.
    ///
    /// There is no way back and no query of the price (reported by a third-party client, which
    /// converts `Postpay` instances with a GPU alone). Never repeated by itself: with too low a
    /// balance the response is RetCode 520, and the record may show the new charge type all the
    /// same.
    pub struct SwitchChargeType: Write -> ChangedInstance {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The new charge type. Sources differ on the values: all have `Month`, `Day` and
            /// `Dynamic`.
            dest_charge_type: ChargeType = "DestChargeType",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};

    #[test]
    fn password_requests_encode_and_hide_the_password() {
        let reset = ResetCompShareInstancePassword::new("u", "hunter-2");
        assert_eq!(pairs(&reset), ["UHostId=u", "Password=aHVudGVyLTI="]);
        let reinstall = ReinstallCompShareInstance::new("u", "i")
            .password("hunter-2")
            .coupon_id("c");
        let expected = [
            "UHostId=u",
            "CompShareImageId=i",
            "Password=aHVudGVyLTI=",
            "CouponId=c",
        ];
        assert_eq!(pairs(&reinstall), expected);
        for shown in [format!("{reset:?}"), format!("{reinstall:#?}")] {
            assert!(
                shown.contains("Password(..)")
                    && !shown.contains("aHVu")
                    && !shown.contains("hunter"),
                "{shown}"
            );
        }
        assert_eq!(ResetCompShareInstancePassword::EFFECT, Effect::Write);
        assert_eq!(ReinstallCompShareInstance::EFFECT, Effect::Write);
    }

    #[test]
    fn resize_is_of_the_instance_or_of_a_disk() {
        let size = ResizeCompShareInstance::size("u", 2, 32, Gigabytes(128));
        assert_eq!(
            pairs(&size),
            ["UHostId=u", "Gpu=2", "Cpu=32", "Memory=131072"]
        );
        let disk = ResizeCompShareInstance::disk("u", "udisk-1", Gigabytes(200)).zone("z");
        assert_eq!(
            pairs(&disk),
            ["UHostId=u", "DiskId=udisk-1", "Zone=z", "DiskSpace=200"]
        );
        let without = ResizeCompShareInstance::without_gpu("u", WithoutGpuSpec::B);
        assert_eq!(pairs(&without), ["UHostId=u", "WithoutGpuSpec=B"]);
        assert_eq!(ResizeCompShareInstance::EFFECT, Effect::Write);
    }

    #[test]
    fn terminate_keeps_data_disks_by_default() {
        assert_eq!(pairs(&TerminateCompShareInstance::new("u")), ["UHostId=u"]);
        let request = TerminateCompShareInstance::new("u").release_disks(true);
        assert_eq!(pairs(&request), ["UHostId=u", "ReleaseUDisk=true"]);
        assert_eq!(TerminateCompShareInstance::EFFECT, Effect::Write);
        for (word, read) in [("Yes", Some(true)), ("No", Some(false)), ("maybe", None)] {
            let value = json!({"RetCode": 0, "UHostId": "u", "InRecycle": word});
            let response: TerminateCompShareInstanceResponse =
                serde_json::from_value(value.clone()).unwrap();
            assert_eq!(response.in_recycle, read);
            assert_eq!(response.extra.is_empty(), read.is_some());
            assert_eq!(serde_json::to_value(&response).unwrap(), value);
        }
    }

    #[test]
    fn rename_and_charge_type_parameters() {
        assert_eq!(
            pairs(&ModifyCompShareInstanceName::new("u", "训练")),
            ["UHostId=u", "Name=训练"]
        );
        let switch = SwitchChargeType::new("u", ChargeType::Month);
        assert_eq!(pairs(&switch), ["UHostId=u", "DestChargeType=Month"]);
        assert_eq!(ModifyCompShareInstanceName::EFFECT, Effect::Write);
        assert_eq!(SwitchChargeType::EFFECT, Effect::Write);
    }
}
