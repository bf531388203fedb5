//! Tests with instances, whose states change when they are listed.

use compshare_client::model::{
    BootDisk, ChargeType, CreateCompShareInstance, DiskType, Gigabytes, GpuType, InstanceSize,
    InstanceState,
};
use compshare_client::sync::Client;
use compshare_client::{Config, DataDisks};
use compshare_mock::{Fault, MockGateway, Quirks};

fn client(gateway: &MockGateway) -> Client {
    let config = Config::builder()
        .keys(gateway.public_key(), gateway.private_key())
        .base_url(gateway.base_url());
    Client::new(config.build().unwrap())
}

fn request() -> CreateCompShareInstance {
    let size = InstanceSize::new(GpuType::Rtx4090, 1, 16, Gigabytes(64));
    let disk = BootDisk::new(DiskType::CloudSsd, Gigabytes(200));
    let image = "compshareImage-k6i5s67pl8l8";
    CreateCompShareInstance::new("cn-wlcb-01", size, image, disk, ChargeType::Postpay)
}

#[test]
fn instance_is_created_stopped_and_deleted() {
    let gateway = MockGateway::start().unwrap();
    // Operations complete at once.
    gateway.state().set_state_listings(0);
    let instances = client(&gateway).instances();

    let created = instances.create(&request()).unwrap();
    let id = created.ids.first().unwrap();
    assert!(
        instances
            .wait_until(id, InstanceState::Running)
            .unwrap()
            .is_reached()
    );
    instances.stop(id).unwrap();
    assert!(
        instances
            .wait_until(id, InstanceState::Stopped)
            .unwrap()
            .is_reached()
    );
    instances.delete(id, DataDisks::Delete).unwrap();
    assert!(instances.get(id).unwrap_err().is_not_found());
}

#[test]
fn create_with_a_lost_response_creates_one_instance() {
    let gateway = MockGateway::start().unwrap();
    let before = gateway.state().instances().len();
    // The instance is created, but the client does not get the response.
    gateway.push_fault_for("CreateCompShareInstance", Fault::DisconnectAfter);

    let created = client(&gateway).instances().create(&request()).unwrap();
    assert!(created.was_recovered);
    assert_eq!(gateway.state().instances().len(), before + 1);
}

#[test]
fn create_fails_without_stock_and_money() {
    let gateway = MockGateway::start().unwrap();
    let instances = client(&gateway).instances();

    gateway.state().set_stock("cn-wlcb-01", "4090", 0);
    let error = instances.create(&request()).unwrap_err();
    assert_eq!(error.ret_code().unwrap().0, 226_604);

    gateway.set_quirks(Quirks::default().arrears(true));
    let error = instances.create(&request()).unwrap_err();
    assert_eq!(error.ret_code().unwrap().0, 226_601);
}
