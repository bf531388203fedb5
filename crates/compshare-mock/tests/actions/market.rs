//! Types on sale, stock, prices, refunds, the monitor and disks.

use compshare_mock::{InventoryForm, Quirks};
use serde_json::{Value, json};

use crate::lifecycle::{VM, order};
use crate::{Caller, column, keys, rows};

const RUNNING: &str = "uhost-1a2b3c4d5e6f";
const STOPPED: &str = "uhost-6f5e4d3c2b1a";
const SH2: [(&str, &str); 2] = [("Region", "cn-sh2"), ("Zone", "cn-sh2-02")];

/// Returns the parameters of a price, changed by `changes`.
fn priced<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut params = vec![
        ("Region", "cn-wlcb"),
        ("Zone", "cn-wlcb-01"),
        ("GpuType", "4090"),
        ("Gpu", "1"),
        ("Cpu", "16"),
        ("Memory", "65536"),
        ("ChargeType", "Postpay"),
    ];
    params.retain(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
    params.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    params
}

#[test]
fn types_are_filtered() {
    let mut caller = Caller::built_in();
    let mut names = |params: &[(&str, &str)]| {
        let response = caller.get("DescribeAvailableCompShareInstanceTypes", params);
        column(rows(&response, "AvailableInstanceTypes"), "Name").join(" ")
    };
    assert_eq!(names(&VM), "4090 3090 A800 P40");
    assert_eq!(names(&VM[..1]), "4090 3090 A800 P40 4090 5090");
    assert_eq!(names(&[VM[0], VM[1], ("MachineTypes.0", "P40")]), "P40");
    assert_eq!(names(&[VM[0], VM[1], ("InstanceType", "spot")]), "");
    let mut caller = Caller::built_in().quirks(Quirks::default().types_of_all_zones(true));
    let response = caller.get("DescribeAvailableCompShareInstanceTypes", &VM);
    assert_eq!(rows(&response, "AvailableInstanceTypes").len(), 12);
}

#[test]
fn capacity_follows_the_stock() {
    let mut caller = Caller::built_in();
    let params = [
        &order(&[("GPU", ""), ("CPU", ""), ("Memory", "")])[..],
        &[("MachineType", "G"), ("MinimalCpuPlatform", "Auto")],
    ]
    .concat();
    caller.gateway.set_stock("cn-wlcb-01", "4090", 2);
    let capacity = |caller: &mut Caller| {
        let response = caller.get("CheckCompShareResourceCapacity", &params);
        let specs = rows(&response, "Specs").clone();
        specs
            .iter()
            .filter(|spec| spec["ResourceEnough"] == true)
            .count()
    };
    assert_eq!(capacity(&mut caller), 4, "sizes with 1 or 2 GPUs");
    caller
        .gateway
        .set_quirks(Quirks::default().sold_out(vec!["4090".into()]));
    assert_eq!(capacity(&mut caller), 0);
    caller
        .gateway
        .set_quirks(Quirks::default().capacity_always_enough(true));
    assert_eq!(capacity(&mut caller), 6);
    let response = caller.get("CheckCompShareResourceCapacity", &params);
    let first = json!({"Gpu": 1, "Cpu": 8, "Mem": 32, "ResourceEnough": true});
    assert_eq!(response["Specs"][0], first);
    for missing in ["Zone", "MachineType", "ChargeType", "Disks.0.Type"] {
        let params: Vec<_> = params
            .iter()
            .copied()
            .filter(|(key, _)| *key != missing)
            .collect();
        assert_eq!(
            caller.error("CheckCompShareResourceCapacity", &params).0,
            210,
            "{missing}"
        );
    }
}

#[test]
fn inventory_follows_the_quirks() {
    let mut caller = Caller::built_in();
    let action = "DescribeCompShareGpuInventory";
    let response = caller.get(action, &VM);
    assert_eq!(response["GpuInventory"]["Exclusive"]["10033"]["5090"], 3);
    assert_eq!(response["GpuInventory"]["Spot"]["10027"]["4090"], 2);
    assert!(rows(&response, "SpotUnsupportedGpuTypes").contains(&json!("A800")));

    caller
        .gateway
        .set_quirks(Quirks::default().inventory(InventoryForm::Text));
    let text = caller.get(action, &VM)["GpuInventoryByZone"].clone();
    let parsed: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    assert_eq!(parsed, response["GpuInventory"]);
    caller
        .gateway
        .set_quirks(Quirks::default().inventory(InventoryForm::ByZone));
    assert_eq!(caller.get(action, &VM)["GpuInventoryByZone"], parsed);
    caller
        .gateway
        .set_quirks(Quirks::default().inventory_of_one_backend(true));
    let of_hosts = caller.get(action, &VM)["GpuInventory"]["Exclusive"].clone();
    assert_eq!(
        (&of_hosts["10027"]["4090"], &of_hosts["10033"]["4090"]),
        (&json!(12), &json!(0))
    );
    let of_pods = caller.get(action, &[VM[0], ("Zone", "cn-wlcb-03")]);
    assert_eq!(of_pods["GpuInventory"]["Exclusive"]["10033"]["4090"], 6);
}

#[test]
fn prices_depend_on_the_order() {
    let mut caller = Caller::built_in();
    let mut price = |changes: &[(&str, &str)]| {
        let response = caller.get("GetCompShareInstancePrice", &priced(changes));
        response["PriceDetails"][0].clone()
    };
    let row = price(&[]);
    assert_eq!(
        keys(&row),
        ["ChargeType", "Instance", "InstanceDiscountType"]
    );
    assert_eq!(row["Instance"], 1.88);
    assert_eq!(price(&[("Gpu", "2")])["Instance"], 3.76);
    assert_eq!(
        price(&[("ChargeType", "Month"), ("Quantity", "2")])["Instance"],
        2030.4
    );
    assert_eq!(
        price(&[("GpuType", "5090")])["Instance"],
        2.77,
        "although it is not sold there"
    );

    let disks = [
        ("Disks.0.IsBoot", "true"),
        ("Disks.0.Size", "300"),
        ("Disks.1.IsBoot", "false"),
        ("Disks.1.Size", "200"),
    ];
    let row = price(&disks);
    assert_eq!(
        (&row["Disks"], &row["SystemDisks"]),
        (&json!(0.1), &json!(0.1))
    );
    let paid = ("CompShareImageId", "compshareImage-njpsthm6ziu1");
    assert_eq!(price(&[paid, ("Gpu", "2")])["CompShareImage"], 1.0);

    let most = "18446744073709551615";
    let huge = [
        ("Disks.0.Size", most),
        ("Disks.1.Size", most),
        ("Gpu", most),
    ];
    assert!(price(&huge)["Instance"].is_number());

    let response = caller.get("GetCompShareInstancePrice", &priced(&[("ChargeType", "")]));
    let charges = column(rows(&response, "PriceDetails"), "ChargeType");
    assert_eq!(charges, ["Month", "Day", "Dynamic", "Postpay", "Spot"]);
    assert_eq!(response["OriginalPriceDetails"][3]["Instance"], 1.9789);
    let user = priced(&[("Gpu", ""), ("Cpu", ""), ("GPU", "1"), ("CPU", "16")]);
    assert_eq!(
        caller.get("GetCompShareInstanceUserPrice", &user)["PriceDetails"][0]["Instance"],
        1.88
    );
    assert_eq!(
        caller
            .error("GetCompShareInstanceUserPrice", &priced(&[]))
            .0,
        210
    );
    for (changes, code) in [
        (&[("Memory", "16")][..], 230),
        (&[("GpuType", "K80")], 230),
        (&[("ChargeType", "Hourly")], 230),
        (&[("Zone", "cn-sh2-01"), ("ChargeType", "Dynamic")], 230),
        (&[("Gpu", "")], 210),
    ] {
        assert_eq!(
            caller
                .error("GetCompShareInstancePrice", &priced(changes))
                .0,
            code,
            "{changes:?}"
        );
    }
}

#[test]
fn prices_follow_the_quirks() {
    let disks = [("Disks.0.IsBoot", "true"), ("Disks.0.Size", "300")];
    let price = |quirks: Quirks| {
        let mut caller = Caller::built_in().quirks(quirks);
        caller.get("GetCompShareInstancePrice", &priced(&disks))
    };
    let quirks = Quirks::default;
    assert_eq!(
        price(quirks().singular_price_keys(true))["PriceDetail"][0]["Instance"],
        1.88
    );
    let split = price(quirks().price_rows_by_part(true));
    let split = rows(&split, "PriceDetails");
    assert_eq!(split.len(), 2);
    assert_eq!(
        split[1],
        json!({"ChargeType": "Postpay", "SystemDisks": 0.1})
    );
    let row = price(quirks())["PriceDetails"][0].clone();
    assert!(row.get("Disks").is_none(), "an absent part is not 0");
    let row = price(quirks().disk_price_includes_system(true))["PriceDetails"][0].clone();
    assert_eq!(row["Disks"], 0.1);
    let row = price(quirks().prices_absent(true))["PriceDetails"][0].clone();
    assert_eq!(keys(&row), ["ChargeType", "InstanceDiscountType"]);
    let row = price(quirks().prices_as_text(true))["PriceDetails"][0].clone();
    assert_eq!(
        (&row["Instance"], &row["SystemDisks"]),
        (&json!("1.88"), &json!("0.1"))
    );

    let mut caller = Caller::built_in().quirks(quirks().price_of_month_only(true));
    let response = caller.get("GetCompShareInstancePrice", &priced(&[("ChargeType", "")]));
    assert_eq!(
        column(rows(&response, "PriceDetails"), "ChargeType"),
        ["Month"]
    );
}

#[test]
fn changes_of_size_have_prices() {
    let mut caller = Caller::built_in();
    let id = [("UHostId", STOPPED), SH2[0], SH2[1]];
    let size = |gpu, cpu, memory| [("GPU", gpu), ("CPU", cpu), ("Memory", memory)];
    let mut price = |size: [(&str, &str); 3]| {
        caller.call(
            "GetCompShareInstanceUpgradePrice",
            &[&id[..], &size].concat(),
        )
    };
    assert_eq!(price(size("4", "64", "262144"))["Price"], 3.76);
    assert_eq!(price(size("1", "16", "65536"))["Price"], -1.88);
    assert_eq!(price(size("3", "16", "65536"))["RetCode"], 8333);

    let disk = [("DiskId", "bsi-6f5e4d"), ("DiskSpace", "320")];
    let action = "GetCompShareAttachedDiskUpgradePrice";
    let response = caller.get(action, &[&id[..], &disk].concat());
    assert_eq!(
        (&response["Price"], &response["PriceDetail"]["UDisk"]),
        (&json!(0.1), &json!(0.1))
    );
    let smaller = [("DiskId", "bsi-6f5e4d"), ("DiskSpace", "20")];
    assert_eq!(caller.error(action, &[&id[..], &smaller].concat()).0, 8107);
}

#[test]
fn prepaid_instances_are_refunded() {
    let mut caller = Caller::built_in();
    caller.gateway.set_time(1_800_000_000);
    let response = caller.get(
        "CreateCompShareInstance",
        &order(&[("ChargeType", "Month")]),
    );
    let id = response["UHostIds"][0].as_str().unwrap();
    // A third of the month.
    caller.gateway.set_time(1_800_000_000 + 10 * 86_400);
    let params = [VM[0], VM[1], ("UHostIds.0", id), ("UHostIds.1", RUNNING)];
    let response = caller.get("GetCompShareRefundPrice", &params);
    let expected = json!([
        {"UHostId": id, "Code": 0, "Message": "", "RefundPrice": 507.6},
        {"UHostId": RUNNING, "Code": 8116, "Message": "charge type [Postpay] is not prepaid", "RefundPrice": 0.0},
    ]);
    assert_eq!(response["RefundPriceSet"], expected);
    caller
        .gateway
        .set_quirks(Quirks::default().refund_err_message(true));
    let response = caller.get("GetCompShareRefundPrice", &params);
    assert_eq!(response["RefundPriceSet"][0]["ErrMessage"], "");
}

#[test]
fn monitor_requires_a_json_list() {
    let mut caller = Caller::built_in();
    caller.gateway.set_time(1_800_000_000);
    let action = "GetCompShareInstanceMonitor";
    assert_eq!(
        caller.error(action, &[VM[0], ("UHostIds.0", RUNNING)]).0,
        230
    );
    let request = |ids: Value| json!({"Action": action, "Region": "cn-wlcb", "UHostIds": ids});
    let response = caller.call_json(request(json!([RUNNING, "cpod-0a1b2c3d4e5f"])));
    let metrics = rows(&response["Data"]["List"][0], "Metrics");
    assert_eq!(
        (metrics.len(), &metrics[0]["MetricKey"]),
        (6, &json!("uhost_cpu_used"))
    );
    assert_eq!(rows(&metrics[0]["Results"][0], "Values").len(), 4);
    let pod = &response["Data"]["PodList"][0]["Metrics"];
    assert!(pod["Gpu"][0]["Util"][0]["Value"].is_number(), "{pod}");
    let response = caller.call_json(request(json!([RUNNING])));
    assert_eq!(rows(&response["Data"]["List"][0], "Metrics").len(), 10);

    assert_eq!(
        caller.call_json(request(json!(["uhost-0"])))["RetCode"],
        8039
    );
    assert_eq!(
        caller.call_json(request(json!(vec![RUNNING; 11])))["RetCode"],
        220
    );
    let quirks = Quirks::default().monitor_by_form(true);
    caller.gateway.set_quirks(quirks.pod_metrics_as_list(true));
    let response = caller.call_json(request(json!(["cpod-0a1b2c3d4e5f"])));
    let pod = &response["Data"]["PodList"][0];
    assert_eq!(pod["PodId"], "cpod-0a1b2c3d4e5f");
    assert_eq!(pod["Metrics"][0]["MetricKey"], "uhost_cpu_used");
    caller.get(action, &[VM[0], ("UHostIds.0", RUNNING)]);
}

#[test]
fn disks_are_created_grown_detached_and_deleted() {
    let mut caller = Caller::built_in();
    let host = [("UHostId", STOPPED), SH2[0], SH2[1]];
    let mut call = |action: &str, params: &[(&str, &str)]| {
        let response = caller.call(action, &[&host[..], params].concat());
        let disks = caller.get("DescribeCompshareDisk", &[("HostId", STOPPED)]);
        (response, disks["DiskSet"].clone())
    };
    let new = [
        ("Size", "50"),
        ("DiskType", "SSDDataDisk"),
        ("Name", "data"),
        ("ChargeType", "Day"),
    ];
    let (response, disks) = call("CreateAndAttachCompshareDisk", &new);
    let id = response["UDiskId"].as_str().unwrap().to_owned();
    assert_eq!(
        (&disks[0]["ResourceId"], &disks[0]["Configuration"]),
        (&json!(id), &json!("50"))
    );
    assert_eq!(disks[0]["MountPoint"], "/dev/vdb");
    let disk = ("UDiskId", &*id);

    assert_eq!(
        call("ResizeCompShareDisk", &[disk, ("Size", "40")]).0["RetCode"],
        8107
    );
    assert_eq!(
        call("ResizeCompShareDisk", &[disk, ("Size", "80")]).1[0]["Configuration"],
        "80"
    );
    assert_eq!(call("DeleteCompshareDisk", &[disk]).0["RetCode"], 8436);
    assert_eq!(call("DetachCompshareDisk", &[disk]).0["RetCode"], 210);
    assert_eq!(
        call("DetachCompshareDisk", &[disk, ("Device", "/dev/vdb")]).1,
        json!([])
    );
    assert_eq!(call("AttachCompshareDisk", &[disk]).1[0]["Status"], "InUse");
    assert_eq!(call("AttachCompshareDisk", &[disk]).0["RetCode"], 8436);
    assert_eq!(
        call("AttachCompshareDisk", &[("UDiskId", "udisk-0a1b2c3d")]).0["RetCode"],
        8039,
        "of another zone"
    );

    caller
        .gateway
        .set_quirks(Quirks::default().disks_detach_slowly(true));
    caller.get(
        "DetachCompshareDisk",
        &[&host[..], &[disk, ("Device", "/dev/vdb")]].concat(),
    );
    let delete = [disk, SH2[0], SH2[1]];
    assert_eq!(caller.error("DeleteCompshareDisk", &delete).0, 8434);
    caller.get("DeleteCompshareDisk", &delete);
    caller.get("DeleteCompshareDisk", &delete);
    assert_eq!(caller.gateway.disks().len(), 1);

    for (changes, code) in [
        ([("Size", "5"), ("DiskType", "SSDDataDisk")], 8067),
        ([("Size", "50"), ("DiskType", "CLOUD_SSD")], 230),
    ] {
        let params = [&host[..], &changes].concat();
        assert_eq!(
            caller.error("CreateAndAttachCompshareDisk", &params).0,
            code
        );
    }
}

#[test]
fn data_disks_outlive_their_instance() {
    let mut caller = Caller::built_in();
    caller.gateway.set_state_listings(0);
    let data = [
        ("Disks.1.IsBoot", "false"),
        ("Disks.1.Type", "CLOUD_SSD"),
        ("Disks.1.Size", "30"),
    ];
    let online = Quirks::default().disks_grow_online(true);
    let response = caller.get("CreateCompShareInstance", &order(&data));
    let disk = caller.gateway.disks()[1]["ResourceId"].clone();
    let disk = disk.as_str().unwrap();
    let grow = [VM[0], VM[1], ("UDiskId", disk), ("Size", "60")];
    assert_eq!(caller.error("ResizeCompShareDisk", &grow).0, 8010);
    caller.gateway.set_quirks(online);
    caller.get("ResizeCompShareDisk", &grow);
    let id = response["UHostIds"][0].as_str().unwrap();
    let host = [VM[0], VM[1], ("UHostId", id), ("ReleaseUDisk", "true")];
    caller.get("StopCompShareInstance", &host);
    caller.get("TerminateCompShareInstance", &host);

    for (release, left) in [("false", 2), ("true", 2)] {
        let response = caller.get("CreateCompShareInstance", &order(&data));
        let id = response["UHostIds"][0].as_str().unwrap().to_owned();
        let response = caller.get("DescribeCompShareInstance", &[("UHostIds.0", &id)]);
        assert_eq!(response["UHostSet"][0]["DiskSet"][1]["Size"], 30);
        let host = [VM[0], VM[1], ("UHostId", &*id)];
        caller.get("StopCompShareInstance", &host);
        let release = ("ReleaseUDisk", release);
        caller.get(
            "TerminateCompShareInstance",
            &[&host[..], &[release]].concat(),
        );
        assert_eq!(caller.gateway.disks().len(), left);
    }
    assert_eq!(caller.gateway.disks()[1]["MountInstance"], "");
}

#[test]
fn other_reads_have_their_documented_fields() {
    let mut caller = Caller::built_in();
    let projects = caller.get("GetProjectList", &[]);
    assert_eq!(projects["ProjectSet"][0]["IsDefault"], true);
    let families = caller.get("DescribeCompShareMachineTypeFamilies", &[]);
    assert_eq!(families["MachineTypes"][0]["Name"], "G");
    let ports = caller.get("DescribeCompShareSoftwarePort", &VM);
    assert_eq!(
        ports["SoftwarePort"][0],
        json!({"Software": "JupyterLab", "Port": 8888})
    );
    assert_eq!(
        caller.get("CheckCompShareNetOptimizer", &VM)["Optimized"],
        false
    );
    let models = caller.get("DescribeModelRepositoryModels", &[("tags", "Image")]);
    assert_eq!(column(rows(&models, "Models"), "Name"), ["FLUX.1-dev"]);
    let all = caller.get("DescribeModelRepositoryModels", &[("Tags", "Image")]);
    assert_eq!(rows(&all, "Models").len(), 3, "the names are lower-case");
    assert_eq!(
        caller.get("DescribeModelRepositoryTags", &[])["Tags"],
        json!(["LLM", "Image"])
    );
    assert!(caller.get("GetOpenClawModelList", &[])["Models"].is_array());
    let params = [("UHostId", RUNNING), ("Software", "JupyterLab")];
    assert!(caller.get("GetSoftwareURL", &params)["URL"].is_string());

    let quirks = Quirks::default()
        .production_as_reported(true)
        .machine_types_as_text(true);
    caller
        .gateway
        .set_quirks(quirks.zone_fields_documented(true));
    assert_eq!(caller.error("GetSoftwareURL", &params).0, 161);
    let families = caller.get("DescribeCompShareMachineTypeFamilies", &[]);
    assert_eq!(families["MachineTypes"], json!(["G"]));
    let zones = caller.get("DescribeCompShareSupportZone", &[]);
    assert_eq!(keys(&zones["ZoneInfo"][0]), ["Describe", "Region", "Zone"]);
}

#[test]
fn every_quirk_leaves_responses_well_formed() {
    let requests: [(&str, Vec<(&str, &str)>); 8] = [
        ("CreateCompShareInstance", order(&[])),
        ("DescribeCompShareInstance", vec![("Limit", "2")]),
        ("GetCompShareInstancePrice", priced(&[])),
        ("DescribeAvailableCompShareInstanceTypes", VM.to_vec()),
        ("DescribeCompShareGpuInventory", VM.to_vec()),
        ("DescribeCompShareSupportZone", vec![]),
        ("DescribeCompShareMachineTypeFamilies", vec![]),
        ("DescribeCompshareDisk", vec![]),
    ];
    for name in Quirks::NAMES {
        let quirks = ["", "=1", "=text", "=stale", "=true", "=ImageSet"]
            .iter()
            .find_map(|value| Quirks::default().with(&format!("{name}{value}")).ok());
        let mut caller = Caller::built_in().quirks(quirks.unwrap());
        for (action, params) in &requests {
            let code = caller.call(action, params)["RetCode"].clone();
            let code = code.as_i64().or_else(|| code.as_str()?.parse().ok());
            assert!(code.is_some_and(|code| code >= 0), "{name} {action}");
        }
    }
}
