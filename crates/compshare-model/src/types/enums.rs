//! Enumerations of instances, disks and prices.

use super::open_enum::open_enum;

open_enum! {
    /// How something is paid for (`ChargeType`). Read in any letter case.
    ///
    /// A spot instance is described as `Postpay`, or without a charge type (reported by a
    /// third-party client): ask [`Instance::is_spot`](crate::Instance::is_spot).
    ChargeType ignoring case {
        /// By the month, in advance, and renewed by itself. The service's default where a request
        /// has none.
        Month,
        /// By the day, in advance.
        Day,
        /// By the year, in advance. For prices, not for the creation of an instance.
        Year,
        /// By the hour, in advance, and renewed by the hour. Some zones refuse it with RetCode 230.
        Dynamic,
        /// By the second, afterwards. Computing is free while the instance is stopped; its disks
        /// are not.
        Postpay,
        /// As `Postpay`, cheaper, and the platform may take the instance back at any time.
        Spot,
    }

    /// The type of a GPU (`GpuType`). Read in any letter case.
    ///
    /// The values of CompShare's documentation; [`DescribeAvailableCompShareInstanceTypes`] lists
    /// those on sale. UCloud's SDKs list the types of another product instead.
    ///
    /// [`DescribeAvailableCompShareInstanceTypes`]: crate::DescribeAvailableCompShareInstanceTypes
    GpuType ignoring case {
        /// RTX 4090, 24 GB.
        Rtx4090 = "4090",
        /// RTX 4090, 48 GB.
        Rtx4090With48G = "4090_48G",
        /// RTX 5090.
        Rtx5090 = "5090",
        /// A100.
        A100,
        /// A800, the only one with disks of the type `CLOUD_RSSD`.
        A800,
        /// H20.
        H20,
        /// RTX 3090.
        Rtx3090 = "3090",
        /// RTX 3080 Ti.
        Rtx3080Ti = "3080Ti",
        /// RTX 2080 Ti.
        Rtx2080Ti = "2080Ti",
        /// RTX 2080.
        Rtx2080 = "2080",
        /// P40.
        P40,
        /// V100S.
        V100S,
    }

    /// The platform of the CPU (`MinimalCpuPlatform`). Read in any letter case: the service is
    /// documented to send `Amd/EPYC3` and `Amd/Epyc3` in one response.
    CpuPlatform ignoring case {
        /// Any: by CompShare's documentation AMD first, Intel where there is no AMD.
        Auto,
        /// Any of Intel.
        IntelAuto = "Intel/Auto",
        /// Any of AMD.
        AmdAuto = "Amd/Auto",
        /// Intel Ice Lake.
        IntelIceLake = "Intel/IceLake",
        /// AMD EPYC of the second generation.
        AmdEpyc2 = "Amd/Epyc2",
        /// AMD EPYC of the third generation.
        AmdEpyc3 = "Amd/Epyc3",
    }

    /// The type of a disk of a new instance (`Disks.N.Type`), by CompShare's documentation. Read in
    /// any letter case.
    ///
    /// [`CreateAndAttachCompshareDisk`](crate::CreateAndAttachCompshareDisk) takes a [`DataDiskType`] instead.
    DiskType ignoring case {
        /// SSD in the network, the usual one.
        CloudSsd = "CLOUD_SSD",
        /// Fast SSD in the network, for the A800 only.
        CloudRssd = "CLOUD_RSSD",
        /// Hard disk in the network.
        CloudNormal = "CLOUD_NORMAL",
        /// Hard disk in the host.
        LocalNormal = "LOCAL_NORMAL",
        /// SSD in the host.
        LocalSsd = "LOCAL_SSD",
    }

    /// The type of a data disk that is created by itself (`DiskType`), by CompShare's
    /// documentation. Read in any letter case.
    DataDiskType ignoring case {
        /// SSD, the default of the platform's command-line tool.
        Ssd = "SSDDataDisk",
        /// Fast SSD, for the A800 only.
        Rssd = "RSSDDataDisk",
        /// Hard disk.
        Normal = "DataDisk",
        /// Between hard disk and SSD.
        Efficiency = "EfficiencyDataDisk",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_convert_from_any_letter_case() {
        fn check<T: From<String> + AsRef<str> + PartialEq + std::fmt::Debug>(words: Vec<T>) {
            for word in words {
                let text = word.as_ref().to_owned();
                for text in [
                    text.clone(),
                    text.to_ascii_lowercase(),
                    text.to_ascii_uppercase(),
                ] {
                    assert_eq!(T::from(text), word);
                }
            }
        }
        check(ChargeType::known_values());
        check(GpuType::known_values());
        check(CpuPlatform::known_values());
        check(DiskType::known_values());
        check(DataDiskType::known_values());
    }

    #[test]
    fn values_serialize_with_the_spelling_of_the_service() {
        assert_eq!(GpuType::from("4090_48g").as_str(), "4090_48G");
        assert_eq!(
            serde_json::to_string(&GpuType::Rtx3080Ti).unwrap(),
            r#""3080Ti""#
        );
        assert_eq!(CpuPlatform::from("Amd/EPYC3"), CpuPlatform::AmdEpyc3);
        assert_eq!(DiskType::CloudSsd.to_string(), "CLOUD_SSD");
        assert!(matches!(GpuType::from("B200"), GpuType::Unknown(_)));
    }
}
