//! Parts of an instance.

use crate::wire::record::record;
use crate::{AddressType, ChargeType, DiskId, DiskType, Gigabytes, Megabytes, Price, SecretUrl};

record! {
    /// A disk of an instance (`DiskSet`, `UDiskSet`).
    pub struct InstanceDisk {
        /// The disk's id, empty if absent.
        id: DiskId = "DiskId" | "DiskShortId",
        /// The name.
        name: Option<String> = "Name",
        /// The type.
        disk_type: Option<DiskType> = "DiskType",
        /// The size in GB.
        size: Option<Gigabytes> = "Size",
        /// Whether it is the system disk; sent as `"True"` or `"False"`.
        is_boot: Option<bool> as Capitalized = "IsBoot",
        /// Whether it is encrypted; sent as `"true"` or `"false"`.
        encrypted: Option<bool> as Quoted = "Encrypted",
        /// The device: `/dev/vdb`.
        drive: Option<String> = "Drive",
        /// The kind of disk; a deprecated field.
        kind: Option<String> = "Type",
    }
}

record! {
    /// An address of an instance (`IPSet`).
    pub struct InstanceAddress {
        /// The kind of address.
        address_type: Option<AddressType> = "Type",
        /// The address. For container instances a `Private` one may be the instance's id.
        ip: Option<String> = "IP",
        /// The id of a public address.
        ip_id: Option<String> = "IPId",
        /// `IPv4` or `IPv6`.
        ip_mode: Option<String> = "IPMode",
        /// Whether it belongs to the default network card; sent as `"true"` or `"false"`.
        is_default: Option<bool> as Quoted = "Default",
        /// The bandwidth in Mbps.
        bandwidth: Option<u64> = "Bandwidth",
        /// The weight among the addresses that requests leave by.
        weight: Option<i64> = "Weight",
        /// The hardware address.
        mac: Option<String> = "Mac",
        /// The network card.
        network_interface_id: Option<String> = "NetworkInterfaceId",
        /// The subnet.
        subnet_id: Option<String> = "SubnetId",
        /// The virtual network.
        vpc_id: Option<String> = "VPCId",
        /// The shared bandwidth; only with
        /// [`include_share_bandwidth`](crate::DescribeCompShareInstance::include_share_bandwidth).
        /// Reported by the platform's command-line tool.
        share_bandwidth: Option<SharedBandwidth> = "ShareBandwidth",
    }
}

record! {
    /// The shared bandwidth of an address (`ShareBandwidth`); reported by the platform's
    /// command-line tool.
    pub struct SharedBandwidth {
        /// The package.
        id: Option<String> = "ShareBandwidthId",
        /// Whose package it is: `Public`, counted in Gbps, `Company`, counted in Mbps, or
        /// `WithoutGpu`.
        scope: Option<String> = "Scope",
        /// The bandwidth, in the unit of the scope.
        bandwidth: Option<u64> = "Bandwidth",
        /// The state.
        status: Option<String> = "Status",
        /// Whether the address can be moved to the other scope.
        can_switch: Option<bool> = "CanSwitch",
        /// The scope that the address can be moved to.
        target_scope: Option<String> = "TargetScope",
    }
}

record! {
    /// A program of an instance and its address (`Softwares`).
    pub struct InstanceSoftware {
        /// The program: `JupyterLab`.
        name: Option<String> = "Name",
        /// The address, possibly with a token in its query.
        url: Option<SecretUrl> = "URL",
    }
}

record! {
    /// The open ports of a container instance (`Ports`); reported by third-party clients.
    pub struct InstancePorts {
        /// Ports for HTTP; 8888 is always open.
        http: Vec<i64> = "HttpPorts",
        /// Ports for TCP; 23 is always open.
        tcp: Vec<i64> = "TcpPorts",
        /// Ports for UDP, which are not forwarded from the Internet.
        udp: Vec<i64> = "UdpPorts",
    }
}

record! {
    /// GPUs, cores and memory of an instance (`SrcInstanceConfig`, `WithoutGpuSpec`).
    pub struct InstanceConfig {
        /// The number of GPUs.
        gpu: Option<u64> = "Gpu",
        /// The number of cores.
        cpu: Option<u64> = "Cpu",
        /// The memory in MB.
        memory: Option<Megabytes> = "Memory",
    }
}

record! {
    /// The memory of a GPU (`GraphicsMemory`).
    pub struct GraphicsMemory {
        /// The size in GB.
        value: Option<Gigabytes> = "Value",
        /// A figure for comparison, as the console shows it.
        rate: Option<i64> = "Rate",
    }
}

record! {
    /// The price of a disk (`DiskPriceInfo`, `PostPayPowerOffBillingResource`).
    pub struct DiskPrice {
        /// How it is paid for.
        charge_type: Option<ChargeType> = "ChargeType",
        /// Whether it is the system disk.
        is_boot: Option<bool> = "IsBoot",
        /// The price in yuan.
        price: Option<Price> = "Price",
    }
}

record! {
    /// The load of an instance (`MonitorMessages`), as text. UCloud's SDKs only.
    pub struct InstanceLoad {
        /// The load of the CPU.
        cpu: Option<String> = "CpuUsageRate",
        /// The memory in use.
        memory: Option<String> = "MemUsageRate",
        /// The load of each GPU.
        gpus: Vec<GpuLoad> = "GpuInfo",
    }
}

record! {
    /// The load of a GPU (`GpuInfo`), as text. UCloud's SDKs only.
    pub struct GpuLoad {
        /// The GPU.
        gpu: Option<String> = "GPU",
        /// The load.
        usage: Option<String> = "GpuUsageRate",
        /// The graphics memory in use.
        memory_usage: Option<String> = "MemoryUsageRate",
    }
}
