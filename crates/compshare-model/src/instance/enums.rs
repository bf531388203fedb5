//! Enumerations of the instance actions.

use crate::types::open_enum::open_enum;

open_enum! {
    /// The state of an instance (`State`). Read in any letter case. It is empty if the service
    /// could not query it.
    InstanceState ignoring case {
        /// Being made.
        Initializing,
        /// Being made, as third-party clients saw it.
        Install,
        /// Making it failed.
        InstallFail = "Install Fail",
        /// Starting.
        Starting,
        /// On. Its SSH server may need some minutes more.
        Running,
        /// Stopping.
        Stopping,
        /// Off.
        Stopped,
        /// Restarting.
        Rebooting,
        /// Changing its size, after which it is stopped.
        Resizing,
        /// Being installed again. Known from the platform's command-line tool.
        Reinstalling,
        /// Waiting. Known from the platform's command-line tool.
        Pending,
    }

    /// What an instance was made from (`InstanceType`). Tells nothing of where it runs: see
    /// [`InstanceId::is_pod`](crate::InstanceId::is_pod).
    InstanceType ignoring case {
        /// An image of a virtual machine.
        UHost,
        /// An image of a container.
        Container,
    }

    /// The kind of an address (`IPSet.N.Type`), by UCloud's SDKs.
    AddressType ignoring case {
        /// In the Internet, from outside China.
        Internation,
        /// In the Internet.
        Bgp,
        /// In the network of the account. Comes first for container instances, and cannot be
        /// reached.
        Private,
        /// Through a proxy. Known from the platform's command-line tool.
        Proxy,
    }

    /// The kind of an operating system (`OsType`).
    OsType ignoring case {
        /// Linux.
        Linux,
        /// Windows.
        Windows,
    }

    /// The size of an instance that is started without a GPU. In no documentation: the platform's
    /// command-line tool and third-party clients send it.
    WithoutGpuSpec ignoring case {
        /// 2 cores and 4 GB.
        A,
        /// 8 cores and 16 GB; not for container instances.
        B,
    }
}

impl InstanceState {
    /// Returns `true` if the instance cannot become ready any more.
    pub fn is_failed(&self) -> bool {
        *self == Self::InstallFail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_convert_from_any_letter_case() {
        for word in InstanceState::known_values() {
            assert_eq!(InstanceState::from(word.as_str().to_lowercase()), word);
        }
        for word in InstanceType::known_values() {
            assert_eq!(InstanceType::from(word.as_str().to_uppercase()), word);
        }
        for word in AddressType::known_values() {
            assert_eq!(AddressType::from(word.as_str()), word);
        }
        for word in OsType::known_values() {
            assert_eq!(OsType::from(word.as_str()), word);
        }
        for word in WithoutGpuSpec::known_values() {
            assert_eq!(WithoutGpuSpec::from(word.as_str()), word);
        }
    }

    #[test]
    fn install_fail_is_the_only_failed_state() {
        assert!(InstanceState::from("Install Fail").is_failed());
        assert!(!InstanceState::from("Install").is_failed());
        assert!(
            !InstanceState::from("terminated").is_failed(),
            "an unknown word is not a failure"
        );
    }
}
