//! The listing of disks.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{ChargeType, DataDiskType, DiskId, Gigabytes, InstanceId, Timestamp, Zone};

request! {
    /// Lists disks, attached or not, in one response. In no documentation; the platform's
    /// command-line tool.
    pub struct DescribeCompshareDisk: Read -> DescribeCompshareDiskResponse {
        optional {
            /// The instance that the disks are attached to.
            host_id: InstanceId = "HostId",
        }
    }
}

record! {
    /// The disks.
    pub response DescribeCompshareDiskResponse {
        /// The disks. Shared volumes may be among them (reported by a third-party client).
        disks: Vec<Disk> as Required = "DiskSet",
    }
}

record! {
    /// A disk (`DiskSet`); fields as the platform's command-line tool and a third-party client read
    /// them.
    ///
    /// It has no region: see [`Zone::region`].
    pub struct Disk {
        /// The disk's id, empty if absent.
        id: DiskId = "ResourceId",
        /// The name.
        name: Option<String> = "Name",
        /// The size as text: see [`size`](Self::size).
        configuration: Option<String> = "Configuration",
        /// The type.
        disk_type: Option<DataDiskType> = "DiskType",
        /// The state.
        status: Option<String> = "Status",
        /// The instance that it is attached to.
        instance: Option<InstanceId> = "MountInstance",
        /// Where it is mounted.
        mount_point: Option<String> = "MountPoint",
        /// The zone.
        zone: Option<Zone> = "Zone",
        /// How it is paid for.
        charge_type: Option<ChargeType> = "ChargeType",
        /// The origin.
        source: Option<String> = "Source",
        /// When it expires.
        expire_time: Option<Timestamp> = "ExpiredTime",
    }
}

impl Disk {
    /// Returns the size, if [`configuration`](Self::configuration) is a number, alone or with its
    /// unit: `100`, `100GB`.
    pub fn size(&self) -> Option<Gigabytes> {
        let text = self.configuration.as_deref()?.trim();
        let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let unit = text.strip_prefix(digits)?.trim();
        let is_gigabytes = ["", "G", "GB", "GiB"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(unit));
        let size = digits.parse().ok().filter(|_| is_gigabytes);
        size.map(Gigabytes)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn disks_are_decoded_by_list() {
        let request = DescribeCompshareDisk::new()
            .host_id("uhost-1")
            .region("cn-wlcb");
        assert_eq!(pairs(&request), ["HostId=uhost-1", "Region=cn-wlcb"]);
        let value = json!({"RetCode": 0, "DiskSet": [
            {"ResourceId": "udisk-1", "Configuration": "100", "DiskType": "SSDDataDisk", "MountInstance": "uhost-1",
                "Zone": "cn-wlcb-01", "ChargeType": "Month", "ExpiredTime": 1_800_000_000},
            {"ResourceId": "udisk-2", "Configuration": 200, "MountInstance": ""},
        ]});
        let response: DescribeCompshareDiskResponse =
            serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        let [first, second] = response.disks.as_slice() else {
            panic!("two disks")
        };
        assert_eq!(
            (first.size(), second.size()),
            (Some(Gigabytes(100)), Some(Gigabytes(200)))
        );
        assert_eq!(
            (first.instance.is_some(), second.instance.is_some()),
            (true, false)
        );
        assert_eq!(first.disk_type, Some(DataDiskType::Ssd));
        for odd in [
            json!({"DiskSet": "none"}),
            json!({"Disks": [{"ResourceId": "udisk-1"}]}),
        ] {
            assert!(serde_json::from_value::<DescribeCompshareDiskResponse>(odd).is_err());
        }
    }

    #[test]
    fn disk_size_is_parsed_from_its_configuration() {
        for (text, size) in [
            ("100", Some(100)),
            (" 100 GB ", Some(100)),
            ("100g", Some(100)),
            ("100TB", None),
            ("SSD 100", None),
            ("GB", None),
            ("", None),
        ] {
            let disk = Disk {
                configuration: Some(text.to_owned()),
                ..Disk::default()
            };
            assert_eq!(disk.size(), size.map(Gigabytes), "{text}");
        }
        assert_eq!(Disk::default().size(), None);
    }
}
