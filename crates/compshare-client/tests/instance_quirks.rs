//! Instances, prices, stock and disks, decoded by both clients under every quirk of the mock
//! gateway.

#![cfg(any(feature = "async", feature = "sync"))]

mod common;

use common::{Client, clients, config};
use compshare_client::model::{
    ChargeType, DescribeAvailableCompShareInstanceTypes, DescribeCompShareGpuInventory,
    DescribeCompShareInstance, DescribeCompShareMachineTypeFamilies, DescribeCompShareSupportZone,
    DescribeCompshareDisk, GetCompShareInstanceMonitor, GetCompShareInstancePrice, Gigabytes,
    InstanceSize, InstanceState, Megabytes,
};
use compshare_mock::{MockGateway, Quirks};

const VM: &str = "uhost-1a2b3c4d5e6f";
const POD: &str = "cpod-0a1b2c3d4e5f";

/// Returns a quirk by its name, with a value that suits its type.
fn quirk(name: &str) -> Quirks {
    let values = [
        "",
        "=text",
        "=lower-case",
        "=by-zone",
        "=true",
        "=ImageSet",
        "=100",
    ];
    let mut quirks = values
        .iter()
        .filter_map(|value| Quirks::default().with(&format!("{name}{value}")).ok());
    quirks
        .next()
        .unwrap_or_else(|| panic!("no value suits {name}"))
}

fn check_instance(client: &Client, name: &str) {
    let request = DescribeCompShareInstance::new().instance_ids([VM]).limit(9);
    let instances = client.send(&request).unwrap().instances;
    let instance = instances
        .iter()
        .find(|instance| instance.id.as_str() == VM)
        .unwrap();
    assert_eq!(instance.state, Some(InstanceState::Running), "{name}");
    assert_eq!(instance.memory, Some(Megabytes(65_536)), "{name}");
    let price = instance.price.map(|price| price.to_string());
    assert_eq!(price.as_deref(), Some("1.88"), "{name}");
    assert_eq!(instance.create_time.unwrap().as_secs(), 1_763_600_000);
    let password = instance.password.as_ref().unwrap();
    assert_eq!(password.expose(), "mock-password", "{name}");
    assert_eq!(instance.disks[0].size, Some(Gigabytes(100)), "{name}");
    assert_eq!(instance.disks[0].is_boot, Some(true), "{name}");
    assert_eq!(instance.addresses[0].is_default, Some(true), "{name}");
}

fn check_market(client: &Client, name: &str) {
    let size = InstanceSize::new("4090", 2, 32, Gigabytes(128));
    let request = GetCompShareInstancePrice::new(size)
        .region("cn-wlcb")
        .zone("cn-wlcb-01");
    let prices = client.send(&request.charge_type("Postpay")).unwrap();
    let total = prices.total(&ChargeType::Postpay);
    let total = total.map(|price| price.to_string());
    let expected = (name != "prices_absent").then_some("3.76");
    assert_eq!(total.as_deref(), expected, "{name}");

    let request = DescribeCompShareGpuInventory::new().region("cn-wlcb");
    let stock = client.send(&request).unwrap().stock();
    let stock = stock
        .iter()
        .find(|stock| stock.zone_id == 10027 && stock.gpu_type.as_str() == "4090");
    assert_eq!(stock.unwrap().gpus, 12, "{name}");

    let request = DescribeAvailableCompShareInstanceTypes::new().region("cn-wlcb");
    let types = client.send(&request).unwrap().types;
    let choice = &types[0].sizes[0].choices[0];
    assert_eq!(choice.memory, [Gigabytes(32)], "{name}");
    let zones = client.send(&DescribeCompShareSupportZone::new()).unwrap();
    assert_eq!(zones.zones.len(), 5, "{name}");
    let families = client.send(&DescribeCompShareMachineTypeFamilies::new());
    assert_eq!(families.unwrap().names().len(), 1, "{name}");
}

fn check_monitor_and_disks(client: &Client, name: &str) {
    let request = GetCompShareInstanceMonitor::new([VM, POD]).region("cn-wlcb");
    let data = client.send(&request).unwrap().data.unwrap();
    assert_eq!(data.hosts[0].metrics.len(), 6, "{name}");
    assert_eq!(data.pods[0].id.as_str(), POD, "{name}");
    if name != "documented_only" {
        let disks = client.send(&DescribeCompshareDisk::new()).unwrap().disks;
        assert_eq!(disks[0].size(), Some(Gigabytes(200)), "{name}");
    }
}

#[test]
fn every_quirk_is_read() {
    let gateway = MockGateway::start().unwrap();
    let settings = config(&gateway.base_url());
    let settings = settings.keys(gateway.public_key(), gateway.private_key());
    for client in clients(&settings.build().unwrap()) {
        for name in Quirks::NAMES {
            gateway.set_quirks(quirk(name));
            check_instance(&client, name);
            check_market(&client, name);
            check_monitor_and_disks(&client, name);
        }
    }
}
