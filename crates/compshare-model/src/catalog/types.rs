//! Types of instances on sale.

use serde_json::Value;

use crate::types::open_enum::open_enum;
use crate::wire::record::record;
use crate::wire::request::request;
use crate::{CpuPlatform, DiskType, Gigabytes, GpuType, GraphicsMemory, Zone};

open_enum! {
    /// Whether a type is on sale (`Status`), independent of its stock. Read in any letter case:
    /// CompShare's documentation writes `SoldOut`, UCloud's `Soldout`.
    SaleStatus ignoring case {
        /// On sale.
        Normal,
        /// On sale for tests. UCloud's documentation.
        Beta,
        /// Not on sale now.
        SoldOut,
        /// Not shown. UCloud's documentation.
        Hidden,
    }
}

request! {
    /// Lists the types of instances on sale. Documented by CompShare and UCloud.
    ///
    /// Types of other zones may be among them: compare [`AvailableInstanceType::zone`] (reported by
    /// a third-party client).
    pub struct DescribeAvailableCompShareInstanceTypes:
        Read -> DescribeAvailableCompShareInstanceTypesResponse
    {
        optional {
            /// `uhost` or `spot`. CompShare's documentation; with `spot` the list is empty
            /// (reported live in 2026), so leave it out.
            instance_type: String = "InstanceType",
        }
        lists {
            /// Types of GPU.
            machine_types: GpuType = "MachineTypes",
        }
    }
}

record! {
    /// The types on sale.
    pub response DescribeAvailableCompShareInstanceTypesResponse {
        /// The types.
        types: Vec<AvailableInstanceType> as Required = "AvailableInstanceTypes",
        /// A status without a documented meaning. UCloud's SDKs only.
        status: Option<String> = "Status",
    }
}

record! {
    /// A type of instance in a zone (`AvailableInstanceTypes`).
    pub struct AvailableInstanceType {
        /// The type of GPU.
        name: Option<GpuType> = "Name",
        /// The zone.
        zone: Option<Zone> = "Zone",
        /// Whether it is on sale.
        status: Option<SaleStatus> = "Status",
        /// A description. CompShare's documentation only.
        description: Option<String> = "Description",
        /// `uhost` or `spot`. UCloud's documentation only.
        instance_type: Option<String> = "InstanceType",
        /// The class: `GPU` or `Normal`.
        machine_class: Option<String> = "MachineClass",
        /// The machine family: `G`.
        parent_type: Option<String> = "ParentType",
        /// The memory of each GPU.
        graphics_memory: Option<GraphicsMemory> = "GraphicsMemory",
        /// The speed of a GPU.
        performance: Option<Performance> = "Performance",
        /// The platforms of its CPUs, by maker.
        cpu_platforms: Option<CpuPlatforms> = "CpuPlatforms",
        /// The sizes.
        sizes: Vec<MachineSize> = "MachineSizes",
        /// The disks.
        disks: Vec<DiskOffer> = "Disks",
        /// Features. UCloud's documentation only.
        features: Vec<MachineFeature> = "Features",
    }
}

record! {
    /// The speed of a GPU (`Performance`).
    pub struct Performance {
        /// The figure.
        value: Option<f64> = "Value",
        /// A figure for comparison, as the console shows it.
        rate: Option<i64> = "Rate",
    }
}

record! {
    /// Platforms of CPUs by maker (`CpuPlatforms`).
    pub struct CpuPlatforms {
        /// Those of Intel.
        intel: Vec<CpuPlatform> = "Intel",
        /// Those of AMD.
        amd: Vec<CpuPlatform> = "Amd",
        /// Those of Ampere. UCloud's documentation only.
        ampere: Vec<CpuPlatform> = "Ampere",
    }
}

record! {
    /// The sizes with a number of GPUs (`MachineSizes`).
    pub struct MachineSize {
        /// The number of GPUs.
        gpu: Option<u64> = "Gpu",
        /// The choices of cores and memory.
        choices: Vec<SizeChoice> = "Collection",
    }
}

record! {
    /// A number of cores and the memory that goes with it (`Collection`).
    pub struct SizeChoice {
        /// The number of cores.
        cpu: Option<u64> = "Cpu",
        /// The sizes of memory, in **GB** where instances have MB.
        memory: Vec<Gigabytes> = "Memory",
        /// The platforms of the CPU.
        cpu_platforms: Vec<CpuPlatform> = "MinimalCpuPlatform",
    }
}

record! {
    /// A kind of disks (`Disks`).
    pub struct DiskOffer {
        /// The kind.
        name: Option<String> = "Name",
        /// System disks.
        boot_disks: Vec<DiskLimits> = "BootDisk",
        /// Data disks.
        data_disks: Vec<DiskLimits> = "DataDisk",
    }
}

record! {
    /// The limits of a type of disk (`BootDisk`, `DataDisk`).
    pub struct DiskLimits {
        /// The type.
        name: Option<DiskType> = "Name",
        /// Whether it grows while the instance runs.
        instant_resize: Option<bool> = "InstantResize",
        /// The smallest size in GB; if absent that of the image. CompShare's documentation.
        minimal_size: Option<Gigabytes> = "MinimalSize",
        /// The largest size in GB.
        maximal_size: Option<Gigabytes> = "MaximalSize",
        /// Features: `SNAPSHOT`.
        features: Vec<String> = "Features",
    }
}

record! {
    /// A feature of a type (`Features`). UCloud's documentation only.
    pub struct MachineFeature {
        /// The feature.
        name: Option<String> = "Name",
        /// Its modes.
        modes: Vec<FeatureMode> = "Modes",
    }
}

record! {
    /// A mode of a feature (`Modes`). UCloud's documentation only.
    pub struct FeatureMode {
        /// The mode.
        name: Option<String> = "Name",
        /// The platforms of CPUs that have it.
        cpu_platforms: Vec<CpuPlatform> = "MinimalCpuPlatform",
        /// The features that an image needs for it.
        image_features: Vec<String> = "RelatedToImageFeature",
    }
}

request! {
    /// Lists the names of the types. Documented by CompShare, which requires a region, and UCloud,
    /// which requires a project.
    pub struct DescribeCompShareMachineTypeFamilies: Read -> DescribeCompShareMachineTypeFamiliesResponse {}
}

record! {
    /// The names of the types. `MachineTypesMap`, by zone, is in [`extra`](Self::extra): no source
    /// shows its form.
    pub response DescribeCompShareMachineTypeFamiliesResponse {
        /// The types, as CompShare's documentation has them; [`names`](Self::names) reads UCloud's
        /// form too.
        families: Vec<MachineTypeFamily> = "MachineTypes",
    }
}

record! {
    /// A type (`MachineTypes`). CompShare's documentation only.
    pub struct MachineTypeFamily {
        /// The type of GPU.
        name: Option<GpuType> = "Name",
        /// A description.
        description: Option<String> = "Description",
    }
}

impl DescribeCompShareMachineTypeFamiliesResponse {
    /// Returns the types: of objects with a name, or of a list of texts, as UCloud's documentation
    /// has it.
    pub fn names(&self) -> Vec<GpuType> {
        let named = self
            .families
            .iter()
            .filter_map(|family| family.name.clone());
        let texts = self.extra.get("MachineTypes").and_then(Value::as_array);
        let texts = texts.into_iter().flatten().filter_map(Value::as_str);
        named.chain(texts.map(GpuType::from)).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn types_are_filtered_by_gpu() {
        let request = DescribeAvailableCompShareInstanceTypes::new()
            .machine_types(["4090", "H20"])
            .zone("z");
        assert_eq!(
            pairs(&request),
            ["Zone=z", "MachineTypes.0=4090", "MachineTypes.1=H20"]
        );
        assert!(pairs(&DescribeCompShareMachineTypeFamilies::new()).is_empty());
    }

    #[test]
    fn sold_out_converts_from_both_spellings() {
        for word in SaleStatus::known_values() {
            assert_eq!(SaleStatus::from(word.as_str()), word);
        }
        for word in ["SoldOut", "Soldout"] {
            let value = json!({"AvailableInstanceTypes": [{"Name": "4090", "Status": word}]});
            let response: DescribeAvailableCompShareInstanceTypesResponse =
                serde_json::from_value(value.clone()).unwrap();
            assert_eq!(response.types[0].status, Some(SaleStatus::SoldOut));
            assert_eq!(
                serde_json::to_value(&response).unwrap(),
                value,
                "as it was spelled"
            );
        }
    }

    #[test]
    fn family_names_decode_from_objects_and_texts() {
        for (value, names) in [
            (
                json!({"MachineTypes": [{"Name": "4090", "Description": "d"}, {"Name": "H20"}]}),
                vec!["4090", "H20"],
            ),
            (
                json!({"MachineTypes": ["4090", "H20"], "MachineTypesMap": {"10027": []}}),
                vec!["4090", "H20"],
            ),
            (json!({"MachineTypes": null}), vec![]),
            (json!({}), vec![]),
        ] {
            let response: DescribeCompShareMachineTypeFamiliesResponse =
                serde_json::from_value(value.clone()).unwrap();
            assert_eq!(
                response
                    .names()
                    .iter()
                    .map(GpuType::as_str)
                    .collect::<Vec<_>>(),
                names,
                "{value}"
            );
            assert_eq!(
                serde_json::to_value(&response).unwrap(),
                value,
                "nothing is lost"
            );
        }
    }
}
