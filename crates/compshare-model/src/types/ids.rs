//! Identifiers: opaque texts.

use super::newtype::newtype;
use crate::wire::field::Text;

newtype! {
    /// The id of an image, or of one version of a community image: `compshareImage-1pl06yxr5lvm`.
    pub struct ImageId(String);
}

newtype! {
    /// The id of the group of versions of a community image: `qYl0zvqlo03V`.
    pub struct GroupId(String);
}

newtype! {
    /// A region: `cn-wlcb`.
    pub struct Region(String);
}

newtype! {
    /// A zone of a region: `cn-wlcb-01`.
    pub struct Zone(String);
}

newtype! {
    /// The id of an account, for sharing: `50123456`. The service sends it as a number or as text.
    pub struct AccountId(String);
}

newtype! {
    /// The id of an instance (`UHostId`): `uhost-1pl07y4wkaaq` for a virtual machine,
    /// `cpod-1tq6i2ltk5mj` for a container instance.
    pub struct InstanceId(String);
}

newtype! {
    /// The id of a disk: `udisk-1pl07y4wkaaq`.
    pub struct DiskId(String);
}

newtype! {
    /// The id of a firewall (`SecurityGroupId`): `firewall-1pl07y4wkaaq`.
    pub struct FirewallId(String);
}

newtype! {
    /// The id of a project: `org-cwy2qk`. Empty for the default project. Required for sub-accounts.
    pub struct ProjectId(String);
}

impl Text for ImageId {}
impl Text for InstanceId {}
impl Text for DiskId {}

impl InstanceId {
    /// Returns `true` for a container instance, by the prefix `cpod-`.
    ///
    /// The `InstanceType` of an instance does not tell them apart: it is `Container` also for a
    /// virtual machine with a container image (reported by a third party).
    pub fn is_pod(&self) -> bool {
        self.0.starts_with("cpod-")
    }
}

impl Zone {
    /// Returns the region of the zone: its name without the last part, `cn-wlcb` for `cn-wlcb-01`.
    pub fn region(&self) -> Region {
        let (region, _) = self.0.rsplit_once('-').unwrap_or((&self.0, ""));
        Region::from(region)
    }
}

// Integer literals without a suffix default to `i32`.
impl From<i32> for AccountId {
    fn from(number: i32) -> Self {
        Self(number.to_string())
    }
}

impl From<u32> for AccountId {
    fn from(number: u32) -> Self {
        Self(number.to_string())
    }
}

impl From<i64> for AccountId {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl From<u64> for AccountId {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_convert_from_and_to_text() {
        let id = ImageId::new("compshareImage-1pl06yxr5lvm");
        assert_eq!(id.to_string(), "compshareImage-1pl06yxr5lvm");
        assert_eq!(
            format!("{:>5}|{:<4}|", Region::from("cn"), Zone::from("z")),
            "   cn|z   |"
        );
        assert_eq!(
            serde_json::to_string(&id).unwrap(),
            r#""compshareImage-1pl06yxr5lvm""#
        );
        assert_eq!(
            serde_json::from_str::<ImageId>(r#""a""#).unwrap().as_str(),
            "a"
        );
        assert!(GroupId::default().is_empty() && !id.is_empty());
        assert_eq!(Zone::from("cn-sh2-02").region(), Region::from("cn-sh2"));
        assert_eq!(Zone::from("x").region(), Region::from("x"));
        assert!(InstanceId::from("cpod-1").is_pod() && !InstanceId::from("uhost-1").is_pod());
        assert_eq!(AccountId::from(50_123_456), AccountId::from("50123456"));
        assert_eq!(
            String::from(ProjectId::from(String::from("org-x"))),
            "org-x"
        );
    }
}
