//! Instances, types and prices as shown or reported by the sources, and properties of the records.

use compshare_model::envelope;
use compshare_model::{
    AddressType, AvailableInstanceType, ChangedInstance, ChargeType,
    CheckCompShareResourceCapacityResponse, CpuPlatform, CreateCompShareInstanceResponse,
    DescribeAvailableCompShareInstanceTypesResponse, DescribeCompShareGpuInventoryResponse,
    DescribeCompShareInstance, DescribeCompShareInstanceResponse,
    DescribeCompShareMachineTypeFamiliesResponse, DescribeCompShareSupportZoneResponse,
    DescribeCompshareDiskResponse, Disk, DiskType, GetCompShareAttachedDiskUpgradePriceResponse,
    GetCompShareInstanceMonitorResponse, GetCompShareRefundPriceResponse,
    GetOpenClawModelListResponse, GetSoftwareURLResponse, Gigabytes, GpuType, Instance,
    InstanceAddress, InstanceDisk, InstancePrices, InstanceSoftware, InstanceState, Megabytes,
    MonitorData, PagedAction, Price, PriceRow, Refund, Response, SaleStatus,
    TerminateCompShareInstanceResponse, Timestamp, UpgradePrice, ZoneInfo,
};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

fn decode<R: Response + Serialize>(json: &str) -> R {
    let decoded = envelope::decode::<R>(json).unwrap();
    let before: Value = serde_json::from_str(json).unwrap();
    let written = serde_json::to_value(&decoded.value).unwrap();
    assert_eq!(written, before, "nothing is lost");
    decoded.value
}

fn yuan(text: &str) -> Price {
    text.parse().unwrap()
}

/// A virtual machine with every field in its canonical form, and a container instance as reported
/// by third parties, without a GPU, with other types and names.
#[test]
fn decodes_instances() {
    let response: DescribeCompShareInstanceResponse = decode(include_str!("golden/instances.json"));
    let rows = DescribeCompShareInstance::into_rows(response);
    assert_eq!((rows.received, rows.total), (2, Some(2)));
    let [host, pod] = rows.items.as_slice() else {
        panic!("two instances")
    };

    // Fields that the documentation calls internal, and those of unknown form.
    let names: Vec<_> = host.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["UUID", "VolumeSet"]);
    assert_eq!(
        (host.id.as_str(), host.name.as_str()),
        ("uhost-1pl07y4wkaaq", "训练机")
    );
    assert_eq!(host.state, Some(InstanceState::Running));
    assert_eq!(host.gpu_type, Some(GpuType::Rtx4090));
    assert_eq!((host.gpu, host.cpu), (Some(1), Some(16)));
    assert_eq!(host.memory, Some(Megabytes(65_536)));
    assert_eq!(
        host.graphics_memory.as_ref().unwrap().value,
        Some(Gigabytes(24))
    );
    assert_eq!(
        (host.auto_renew, host.is_expired),
        (Some(false), Some(false))
    );
    assert_eq!(
        (host.price, host.disk_price),
        (Some(yuan("1.88")), Some(yuan("0.0005")))
    );
    assert_eq!(host.stopped_prices[0].price, Some(yuan("0.011")));
    assert_eq!(
        host.planned_stop(),
        Some(Timestamp::from_secs(1_790_000_000))
    );
    assert_eq!(host.password.as_ref().unwrap().expose(), "hunter-2");
    assert_eq!(
        host.file_browser_password.as_ref().unwrap().expose(),
        "密码-123"
    );
    assert_eq!(
        host.ssh_login_command.as_deref(),
        Some("ssh ubuntu@203.0.113.7")
    );
    let url = host.softwares[0].url.as_ref().unwrap();
    assert_eq!(url.expose(), "http://203.0.113.7:8888/lab?token=a1b2c3");
    let disk = &host.disks[0];
    assert_eq!((disk.is_boot, disk.encrypted), (Some(true), Some(false)));
    assert_eq!(
        (disk.disk_type.as_ref(), disk.size),
        (Some(&DiskType::CloudSsd), Some(Gigabytes(100)))
    );
    assert_eq!(host.addresses[0].address_type, Some(AddressType::Bgp));
    assert_eq!(host.addresses[0].is_default, Some(true));
    let shared = host.addresses[0].share_bandwidth.as_ref().unwrap();
    assert_eq!(shared.scope.as_deref(), Some("Public"));
    assert!(!host.is_spot() && !host.runs_without_gpu());

    assert!(pod.id.is_pod() && pod.is_spot() && pod.runs_without_gpu());
    assert_eq!(pod.charge_type, None);
    assert_eq!(pod.memory, Some(Megabytes(4096)));
    assert_eq!(pod.create_time, Some(Timestamp::from_secs(1_786_000_000)));
    assert_eq!(pod.planned_stop(), None, "0 is no plan");
    assert_eq!(
        pod.size_with_gpu.as_ref().unwrap().memory,
        Some(Megabytes(65_536))
    );
    assert_eq!(pod.without_gpu_spec, None, "the letter is kept");
    assert_eq!(pod.extra.get("WithoutGpuSpec"), Some(&json!("A")));
    assert_eq!(pod.ports.as_ref().unwrap().http, [8888, 7860]);
    assert_eq!(pod.stopped_prices.len(), 1);
    assert_eq!(pod.price, None, "unknown, not 0");
    assert!(pod.addresses.is_empty());
}

#[test]
fn debug_shows_no_secrets() {
    let json = include_str!("golden/instances.json");
    let response: DescribeCompShareInstanceResponse = decode(json);
    for shown in [format!("{response:?}"), format!("{response:#?}")] {
        for secret in ["hunter", "aHVudGVyLTI", "密码", "5a+G56CB", "a1b2c3"] {
            assert!(json.contains(secret) || secret == "hunter" || secret == "密码");
            assert!(!shown.contains(secret), "{secret}");
        }
        assert!(shown.contains("Password(..)") && shown.contains("SecretUrl(..)"));
    }
}

/// The sample of CompShare's documentation.
#[test]
fn decodes_documented_types() {
    let response: DescribeAvailableCompShareInstanceTypesResponse =
        decode(include_str!("golden/instance_types.json"));
    let [offer] = response.types.as_slice() else {
        panic!("one type")
    };
    assert_eq!(
        (offer.name.as_ref(), offer.status.as_ref()),
        (Some(&GpuType::Rtx4090), Some(&SaleStatus::Normal))
    );
    let platforms = offer.cpu_platforms.as_ref().unwrap();
    assert_eq!(
        platforms.amd,
        [CpuPlatform::AmdEpyc3, CpuPlatform::AmdEpyc2]
    );
    let choice = &offer.sizes[1].choices[0];
    assert_eq!(choice.memory, [Gigabytes(128), Gigabytes(192)]);
    assert_eq!(choice.cpu_platforms.first(), Some(&CpuPlatform::AmdEpyc2));
    let disk = &offer.disks[0].data_disks[0];
    assert_eq!(
        (disk.minimal_size, disk.maximal_size),
        (Some(Gigabytes(10)), Some(Gigabytes(1500)))
    );
    assert_eq!(offer.disks[0].boot_disks[0].minimal_size, None);
}

/// The sample of CompShare's documentation.
#[test]
fn decodes_documented_prices() {
    let prices: InstancePrices = decode(
        r#"{"Action": "GetCompShareInstancePriceResponse", "RetCode": 0,
            "PriceDetails": [{"ChargeType": "Month", "Instance": 1068.00, "SystemDisks": 120.00}],
            "OriginalPriceDetails": [{"ChargeType": "Month", "Instance": 1068.00, "SystemDisks": 120.00}],
            "ListPriceDetails": [{"ChargeType": "Month", "Instance": 1068.00, "SystemDisks": 120.00}]}"#,
    );
    assert_eq!(prices.total(&ChargeType::Month), Some(yuan("1188")));
    assert_eq!(prices.total(&ChargeType::Postpay), None);
}

/// Names of fields in several records, in all spellings, and an unknown one.
const NAMES: &[&str] = &[
    "UHostId",
    "UHostIds",
    "UHostSet",
    "UDiskId",
    "Name",
    "State",
    "Zone",
    "GPU",
    "Gpu",
    "CPU",
    "Cpu",
    "Memory",
    "Mem",
    "ChargeType",
    "AutoRenew",
    "IsExpire",
    "InRecycle",
    "IsBoot",
    "Encrypted",
    "Default",
    "Password",
    "FileBrowserPassword",
    "URL",
    "InstancePrice",
    "Price",
    "Instance",
    "Disks",
    "SystemDisks",
    "CompShareImage",
    "ListPrice",
    "PriceDetail",
    "PriceDetails",
    "PostPayPowerOffBillingResource",
    "PostPayPowerOffBillingResources",
    "DiskPriceInfo",
    "SchedulerStopTime",
    "StopSchedulerTime",
    "CreateTime",
    "DiskSet",
    "IPSet",
    "Softwares",
    "Ports",
    "HttpPorts",
    "WithoutGpuSpec",
    "SrcInstanceConfig",
    "GraphicsMemory",
    "Value",
    "Type",
    "DiskType",
    "Size",
    "DiskId",
    "DiskShortId",
    "GpuType",
    "CpuPlatforms",
    "Amd",
    "MachineSizes",
    "Collection",
    "MinimalCpuPlatform",
    "BootDisk",
    "DataDisk",
    "MinimalSize",
    "Status",
    "AvailableInstanceTypes",
    "Specs",
    "ResourceEnough",
    "ZoneInfo",
    "ZoneId",
    "IsPod",
    "UnsupportedImageTypes",
    "RefundPriceSet",
    "Message",
    "ErrMessage",
    "RefundPrice",
    "Code",
    "Data",
    "List",
    "PodList",
    "Metrics",
    "Tags",
    "TagMap",
    "Results",
    "Values",
    "Timestamp",
    "PodId",
    "GpuInventory",
    "GpuInventoryByZone",
    "SpotUnsupportedGpuTypes",
    "MachineTypes",
    "Models",
    "Id",
    "ResourceId",
    "Configuration",
    "MountInstance",
    "ShareBandwidth",
    "RetCode",
    "Warning",
    "TotalCount",
    "Neu",
];

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3i64..4).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has only finite numbers", |value| value.is_finite())
            .prop_map(Value::from),
        prop::sample::select(vec![
            "",
            "0",
            "1",
            "-1",
            " 5 ",
            "1.880",
            "1e3",
            "true",
            "True",
            "Yes",
            "no",
            "NO",
            "Running",
            "running",
            "Install Fail",
            "4090",
            "4090_48g",
            "Postpay",
            "spot",
            "Amd/EPYC3",
            "CLOUD_SSD",
            "aHVudGVyLTI=",
            "hunter-2",
            "{\"Spot\":{\"1\":{\"4090\":2}}}",
            "100GB",
        ])
        .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(NAMES), inner), 0..6).prop_map(members),
        ]
    })
}

fn members(pairs: Vec<(&'static str, Value)>) -> Value {
    let members: Map<_, _> = pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Value::Object(members)
}

fn object() -> impl Strategy<Value = Value> {
    prop::collection::vec((prop::sample::select(NAMES), value()), 0..14).prop_map(members)
}

fn is_lossless<R: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(before: &Value) {
    let record: R = serde_json::from_value(before.clone()).unwrap();
    assert_eq!(&serde_json::to_value(&record).unwrap(), before);
    let text = serde_json::to_string(&record).unwrap();
    assert_eq!(serde_json::from_str::<R>(&text).unwrap(), record);
}

fn is_lossless_or_error<R: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(
    value: &Value,
) {
    if serde_json::from_value::<R>(value.clone()).is_ok() {
        is_lossless::<R>(value);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn records_are_lossless(object in object()) {
        is_lossless::<Instance>(&object);
        is_lossless::<InstanceDisk>(&object);
        is_lossless::<InstanceAddress>(&object);
        is_lossless::<InstanceSoftware>(&object);
        is_lossless::<AvailableInstanceType>(&object);
        is_lossless::<PriceRow>(&object);
        is_lossless::<Refund>(&object);
        is_lossless::<Disk>(&object);
        is_lossless::<ZoneInfo>(&object);
        is_lossless::<CreateCompShareInstanceResponse>(&object);
        is_lossless::<ChangedInstance>(&object);
        is_lossless::<TerminateCompShareInstanceResponse>(&object);
        is_lossless::<DescribeCompShareGpuInventoryResponse>(&object);
        is_lossless::<DescribeCompShareMachineTypeFamiliesResponse>(&object);
        is_lossless::<GetCompShareAttachedDiskUpgradePriceResponse>(&object);
        is_lossless::<GetSoftwareURLResponse>(&object);
        is_lossless::<UpgradePrice>(&object);
    }

    #[test]
    fn lists_are_lossless_or_errors(object in object()) {
        is_lossless_or_error::<DescribeCompShareInstanceResponse>(&object);
        is_lossless_or_error::<DescribeAvailableCompShareInstanceTypesResponse>(&object);
        is_lossless_or_error::<CheckCompShareResourceCapacityResponse>(&object);
        is_lossless_or_error::<DescribeCompShareSupportZoneResponse>(&object);
        is_lossless_or_error::<DescribeCompshareDiskResponse>(&object);
        is_lossless_or_error::<GetCompShareInstanceMonitorResponse>(&object);
        is_lossless_or_error::<MonitorData>(&object);
        is_lossless_or_error::<GetCompShareRefundPriceResponse>(&object);
        is_lossless_or_error::<GetOpenClawModelListResponse>(&object);
        is_lossless_or_error::<InstancePrices>(&object);
    }

    /// Whatever form a password has, and however often it is sent, `Debug` does not show it.
    #[test]
    fn passwords_are_never_shown(
        names in prop::collection::vec(prop::sample::select(vec!["Password", "FileBrowserPassword", "RootPassword"]), 1..4),
        form in 0..4,
    ) {
        let secret = "7319842650";
        let value = match form {
            0 => json!(secret),
            1 => json!(7_319_842_650_u64),
            2 => json!([secret]),
            _ => json!({"Password": secret}),
        };
        let members: Vec<_> = names.iter().map(|name| format!("\"{name}\":{value}")).collect();
        let json = format!("{{{}}}", members.join(","));
        let instance: Instance = serde_json::from_str(&json).unwrap();
        let shown = format!("{instance:?}");
        prop_assert!(!shown.contains(secret), "{}", shown);
    }

    #[test]
    fn stock_never_panics(value in value()) {
        let object = json!({"GpuInventory": value});
        let response: DescribeCompShareGpuInventoryResponse = serde_json::from_value(object).unwrap();
        let _ = response.stock();
    }
}
