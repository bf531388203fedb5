//! The account's data disks, as rows of `DescribeCompshareDisk`.

use serde_json::{Value, json};

use super::{Store, extend, set, text};

impl Store {
    pub(crate) fn disk_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.disks
            .iter_mut()
            .find(|disk| text(disk, "ResourceId") == id)
    }

    /// Creates a disk that is attached to an instance. Returns its id.
    pub(crate) fn add_disk(&mut self, instance: &Value, row: Value) -> String {
        let id = format!("udisk-{}", self.instances.random.word(12));
        let mut disk = json!({
            "ResourceId": id,
            "Name": "",
            "MountPoint": "",
            "Zone": text(instance, "Zone"),
            "Source": "UDisk",
            "ExpiredTime": 0,
        });
        extend(&mut disk, row);
        self.disks.push(disk);
        self.attach(&id, text(instance, "UHostId"));
        id
    }

    /// Attaches a disk as the next free device.
    pub(crate) fn attach(&mut self, id: &str, instance: &str) {
        let drives: Vec<String> = self.disks_of(instance).iter().map(drive).collect();
        let mut devices = ('b'..='z').map(|letter| format!("/dev/vd{letter}"));
        let device = devices.find(|device| !drives.contains(device));
        if let Some(disk) = self.disk_mut(id) {
            set(disk, "Status", "InUse");
            set(disk, "MountInstance", instance);
            set(disk, "MountPoint", device.unwrap_or_default());
        }
    }

    /// Returns the disks of an instance, as elements of its `DiskSet`.
    pub(crate) fn disks_of(&self, instance: &str) -> Vec<Value> {
        let disks = self.disks.iter();
        disks
            .filter(|disk| !instance.is_empty() && text(disk, "MountInstance") == instance)
            .map(|disk| {
                json!({
                    "DiskId": text(disk, "ResourceId"),
                    "Name": text(disk, "Name"),
                    "Type": "Data",
                    "IsBoot": "False",
                    "Size": disk_size(disk),
                    "DiskType": text(disk, "DiskType"),
                    "Drive": text(disk, "MountPoint"),
                    "Encrypted": "false",
                })
            })
            .collect()
    }

    /// Deletes the disks of a deleted instance, or detaches them.
    pub(crate) fn release_disks(&mut self, instance: &str, delete: bool) {
        if delete {
            self.disks
                .retain(|disk| text(disk, "MountInstance") != instance);
        }
        for disk in &mut self.disks {
            if text(disk, "MountInstance") == instance {
                detach(disk);
            }
        }
    }
}

pub(crate) fn detach(disk: &mut Value) {
    set(disk, "Status", "Available");
    set(disk, "MountInstance", "");
    set(disk, "MountPoint", "");
}

/// Returns the size of a disk in GB.
pub(crate) fn disk_size(disk: &Value) -> u64 {
    text(disk, "Configuration").parse().unwrap_or_default()
}

fn drive(disk: &Value) -> String {
    text(disk, "Drive").to_owned()
}
