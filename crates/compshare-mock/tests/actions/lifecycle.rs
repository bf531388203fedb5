//! The lifecycle of instances: creation, power, size, password, ports, planned stop, deletion.

use compshare_mock::{Quirks, StateQuirk};
use serde_json::{Value, json};

use crate::{Caller, column, rows};

pub(crate) const VM: [(&str, &str); 2] = [("Region", "cn-wlcb"), ("Zone", "cn-wlcb-01")];
const POD: [(&str, &str); 2] = [("Region", "cn-wlcb"), ("Zone", "cn-wlcb-03")];
const RUNNING: (&str, &str) = ("UHostId", "uhost-1a2b3c4d5e6f");
const STOPPED: [(&str, &str); 3] = [
    ("UHostId", "uhost-6f5e4d3c2b1a"),
    ("Region", "cn-sh2"),
    ("Zone", "cn-sh2-02"),
];
/// A custom image with `Container`.
pub(crate) const IMAGE: (&str, &str) = ("CompShareImageId", "compshareImage-k6i5s67pl8l8");
/// `Mock-1234` in base64.
const PASSWORD: (&str, &str) = ("Password", "TW9jay0xMjM0");

/// Returns valid parameters of a creation, changed by `changes`. An empty value removes one.
pub(crate) fn order<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut params = vec![
        ("Region", "cn-wlcb"),
        ("Zone", "cn-wlcb-01"),
        ("GpuType", "4090"),
        ("GPU", "1"),
        ("CPU", "16"),
        ("Memory", "65536"),
        IMAGE,
        ("Disks.0.IsBoot", "true"),
        ("Disks.0.Type", "CLOUD_SSD"),
        ("Disks.0.Size", "100"),
        ("ChargeType", "Postpay"),
    ];
    params.retain(|(key, _)| !changes.iter().any(|(changed, _)| changed == key));
    params.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    params
}

impl Caller {
    fn create(&mut self, changes: &[(&str, &str)]) -> String {
        let response = self.get("CreateCompShareInstance", &order(changes));
        response["UHostIds"][0].as_str().unwrap().to_owned()
    }

    fn instance(&mut self, id: &str) -> Value {
        let response = self.get("DescribeCompShareInstance", &[("UHostIds.0", id)]);
        response["UHostSet"][0].clone()
    }

    /// Returns the states of consecutive listings.
    fn states<const N: usize>(&mut self, id: &str) -> [String; N] {
        std::array::from_fn(|_| self.instance(id)["State"].as_str().unwrap().to_owned())
    }

    /// Calls an action with the location of `instance`.
    fn act(&mut self, action: &str, id: &str, params: &[(&str, &str)]) -> Value {
        let mut rows = self.gateway.instances().into_iter();
        let row = rows.find(|row| row["UHostId"] == id).unwrap();
        let location = ["Region", "Zone"].map(|key| (key, row[key].as_str().unwrap()));
        self.call(
            action,
            &[&[("UHostId", id)][..], &location, params].concat(),
        )
    }

    fn code(&mut self, action: &str, id: &str, params: &[(&str, &str)]) -> i64 {
        self.act(action, id, params)["RetCode"].as_i64().unwrap()
    }

    fn stock(&mut self, zone_id: &str, gpu_type: &str) -> Value {
        let response = self.get("DescribeCompShareGpuInventory", &VM);
        response["GpuInventory"]["Exclusive"][zone_id][gpu_type].clone()
    }
}

#[test]
fn instance_is_created_used_and_deleted() {
    let mut caller = Caller::built_in();
    let id = caller.create(&[("Name", "训练"), ("Remark", "token-1")]);
    assert!(id.starts_with("uhost-"), "{id}");
    assert_eq!(
        caller.states(&id),
        ["Initializing", "Starting", "Running", "Running"]
    );
    let row = caller.instance(&id);
    assert_eq!(
        (&row["Name"], &row["Remark"]),
        (&json!("训练"), &json!("token-1"))
    );
    assert_eq!(
        (&row["Memory"], &row["InstancePrice"]),
        (&json!(65536), &json!(1.88))
    );
    assert_eq!(row["SshLoginCommand"], "ssh -p 23 root@203.0.113.4");
    assert!(
        row["Softwares"][0]["URL"]
            .as_str()
            .unwrap()
            .contains("?token=")
    );
    assert!(row["Password"].as_str().unwrap().len() > 8);
    assert_eq!(row["DiskSet"][0]["Size"], 100);

    // Each operation locks the instance until it is finished.
    assert_eq!(caller.code("RebootCompShareInstance", &id, &[]), 0);
    assert_eq!(caller.code("StopCompShareInstance", &id, &[]), 226_609);
    assert_eq!(caller.states(&id), ["Rebooting", "Running"]);
    assert_eq!(caller.code("TerminateCompShareInstance", &id, &[]), 8010);
    assert_eq!(caller.code("StartCompShareInstance", &id, &[]), 8905);
    assert_eq!(caller.code("StopCompShareInstance", &id, &[]), 0);
    assert_eq!(caller.states(&id), ["Stopping", "Stopped"]);
    let row = caller.instance(&id);
    assert_eq!(
        (&row["SshLoginCommand"], &row["InstancePrice"]),
        (&json!(""), &json!(0.0))
    );
    assert_eq!(
        row["ReleaseTime"].as_u64().unwrap() - row["StopTime"].as_u64().unwrap(),
        604_800
    );

    assert_eq!(caller.code("StartCompShareInstance", &id, &[]), 0);
    assert_eq!(caller.states(&id), ["Starting", "Running"]);
    assert_eq!(caller.instance(&id)["InstancePrice"], 1.88);
    caller.act("StopCompShareInstance", &id, &[]);
    assert_eq!(caller.states(&id), ["Stopping", "Stopped"]);
    let response = caller.act("TerminateCompShareInstance", &id, &[]);
    assert_eq!(response["InRecycle"], "No");
    assert_eq!(caller.instance(&id), Value::Null);
    assert_eq!(caller.gateway.instances().len(), 3);
}

#[test]
fn creation_validates_its_parameters() {
    let mut caller = Caller::built_in();
    let long = "a".repeat(64);
    for (changes, code) in [
        (&[("Region", "")][..], 210),
        (&[("Region", "cn-shanghai")], 230),
        (&[("Zone", "cn-wlcb-99")], 230),
        (&[("GpuType", "")], 210),
        (&[("CompShareImageId", "")], 210),
        (&[("CompShareImageId", "compshareImage-0")], 230),
        // Making.
        (&[("CompShareImageId", "compshareImage-aqg7fdooo9ci")], 8017),
        // For 3090 and 5090.
        (
            &[("CompShareImageId", "compshareImage-qajhepczq8pk")],
            226_603,
        ),
        // A system image in a container zone.
        (
            &[
                ("Zone", "cn-wlcb-03"),
                ("CompShareImageId", "compshareImage-iu0afgtz3qg9"),
            ],
            226_637,
        ),
        (&[("Disks.0.Size", "10")], 8315),
        (&[("Disks.0.Size", "1501")], 230),
        (&[("Disks.0.Size", "18446744073709551616")], 220),
        (&[("Disks.0.IsBoot", "false")], 210),
        (&[("Disks.0.Type", "CLOUD_RSSD")], 230),
        (
            &[
                ("Disks.1.IsBoot", "true"),
                ("Disks.1.Type", "CLOUD_SSD"),
                ("Disks.1.Size", "50"),
            ],
            230,
        ),
        (&[("Memory", "16")], 230),
        (&[("Memory", "66560")], 8333),
        (&[("CPU", "17")], 8333),
        // Priced, but not sold in this zone.
        (&[("GpuType", "5090")], 8333),
        (&[("ChargeType", "Year")], 230),
        (&[("Zone", "cn-wlcb-03"), ("ChargeType", "Dynamic")], 230),
        (&[("MaxCount", "0")], 230),
        (&[("MaxCount", "13")], 226_604),
        (&[("Name", &long)], 220),
        (&[("Name", "a b")], 230),
        (&[("Password", "secret-1")], 230),
        (&[("Password", "c2hvcnQ=")], 8314),
        (&[("MachineType", "N")], 230),
        (&[("MinimalCpuPlatform", "Amd/Epyc3")], 230),
    ] {
        let (actual, message) = caller.error("CreateCompShareInstance", &order(changes));
        assert_eq!(actual, code, "{changes:?}: {message}");
    }
    assert_eq!(caller.gateway.instances().len(), 3);
}

#[test]
fn accounts_without_means_create_nothing() {
    for (quirks, code) in [
        (Quirks::default().unverified(true), 226_606),
        (Quirks::default().unpaid_order(true), 8917),
        (Quirks::default().instance_quota(3), 226_608),
        (Quirks::default().arrears(true), 226_601),
        (Quirks::default().balance_too_low(true), 520),
        (Quirks::default().sold_out(vec!["4090".into()]), 226_604),
        (
            Quirks::default()
                .sold_out(vec!["4090".into()])
                .sold_out_code(8357),
            8357,
        ),
    ] {
        let mut caller = Caller::built_in().quirks(quirks.clone());
        assert_eq!(
            caller.error("CreateCompShareInstance", &order(&[])).0,
            code,
            "{quirks:?}"
        );
        assert_eq!(caller.gateway.instances().len(), 3);
    }
    let mut caller = Caller::built_in().quirks(Quirks::default().arrears(true));
    assert_eq!(caller.error("StartCompShareInstance", &STOPPED).0, 226_601);
}

#[test]
fn creation_uses_the_documented_defaults() {
    let mut caller = Caller::built_in();
    caller.gateway.set_time(1_800_000_000);
    let id = caller.create(&[("ChargeType", "")]);
    let row = caller.instance(&id);
    assert_eq!(
        (&row["ChargeType"], &row["AutoRenew"]),
        (&json!("Month"), &json!("Yes"))
    );
    assert_eq!(
        (&row["Name"], &row["InstancePrice"]),
        (&json!("host"), &json!(1015.2))
    );
    assert_eq!(row["CreateTime"], 1_800_000_000);
    assert_eq!(row["ExpireTime"], 1_800_000_000 + 30 * 86_400);

    let id = caller.create(&[("ChargeType", "Spot"), PASSWORD]);
    let row = caller.instance(&id);
    assert_eq!(
        (&row["ChargeType"], &row["IsSpot"]),
        (&json!("Postpay"), &json!(true))
    );
    assert_eq!(
        (&row["Password"], &row["InstancePrice"]),
        (&json!(PASSWORD.1), &json!(1.316))
    );
    assert_eq!(caller.states(&id), ["Starting", "Running"]);
    assert_eq!(caller.code("StopCompShareInstance", &id, &[]), 230);
    let strict = Quirks::default().spot_never_stops(true);
    caller.gateway.set_quirks(strict);
    let force = [("Force", "true")];
    assert_eq!(caller.code("StopCompShareInstance", &id, &force), 230);
    caller.gateway.set_quirks(Quirks::default());
    assert_eq!(
        caller.code("StopCompShareInstance", &id, &[("Force", "true")]),
        0
    );
}

#[test]
fn several_instances_are_created_at_once() {
    let mut caller = Caller::built_in();
    let response = caller.get("CreateCompShareInstance", &order(&[("MaxCount", "3")]));
    let ids = rows(&response, "UHostIds");
    assert_eq!(ids.len(), 3);
    assert_eq!(response["Warning"], json!([]));
    let response = caller.get("DescribeCompShareInstance", &[]);
    assert_eq!(
        column(rows(&response, "UHostSet"), "Name")[3..],
        ["host"; 3]
    );
    assert_eq!(caller.stock("10027", "4090"), 9);
}

#[test]
fn pods_are_created_in_their_zones() {
    let mut caller = Caller::built_in();
    let id = caller.create(&POD);
    assert!(id.starts_with("cpod-"), "{id}");
    caller.states::<3>(&id);
    let row = caller.instance(&id);
    let host = format!("root@{id}.podtcp.compshare.cn");
    assert!(
        row["SshLoginCommand"].as_str().unwrap().ends_with(&host),
        "{row}"
    );
    assert_eq!(row["IPSet"][0]["IP"], id);
    assert_eq!(row["Ports"]["TcpPorts"], json!([23]));

    let ports = [
        ("HttpPorts.0", "8080"),
        ("TcpPorts.0", "22"),
        ("TcpPorts.1", "23"),
    ];
    assert_eq!(caller.code("UpdateCompShareInstancePorts", &id, &ports), 0);
    let expected = json!({"HttpPorts": [8080, 8888], "TcpPorts": [22, 23], "UdpPorts": []});
    assert_eq!(caller.instance(&id)["Ports"], expected);
    assert_eq!(
        caller.code("UpdateCompShareInstancePorts", &id, &[("UdpPorts.0", "0")]),
        230
    );
    assert_eq!(caller.code("UpdateCompShareInstancePorts", &id, &[]), 0);
    assert_eq!(caller.instance(&id)["Ports"]["HttpPorts"], json!([8888]));
    assert_eq!(
        caller.code("UpdateCompShareInstancePorts", RUNNING.1, &[]),
        230
    );
}

#[test]
fn stock_limits_creation_and_start() {
    let mut caller = Caller::built_in();
    assert_eq!(caller.stock("8200", "4090"), 4);
    caller.get("StartCompShareInstance", &STOPPED);
    assert_eq!(caller.stock("8200", "4090"), 2);
    assert_eq!(caller.states(STOPPED[0].1), ["Starting", "Running"]);
    caller.get("StopCompShareInstance", &STOPPED);
    assert_eq!(caller.stock("8200", "4090"), 4);
    assert_eq!(caller.states(STOPPED[0].1), ["Stopping", "Stopped"]);

    caller.gateway.set_stock("cn-sh2-02", "4090", 1);
    assert_eq!(caller.error("StartCompShareInstance", &STOPPED).0, 226_604);
    assert_eq!(caller.states(STOPPED[0].1), ["Stopped", "Stopped"]);
}

#[test]
fn documented_switch_without_gpu_is_ignored() {
    let mut caller = Caller::built_in();
    let start = |caller: &mut Caller, switch: (&str, &str)| {
        caller.call(
            "StartCompShareInstance",
            &[&STOPPED[..], &[switch]].concat(),
        )
    };
    start(&mut caller, ("WithoutGpu", "true"));
    caller.states::<2>(STOPPED[0].1);
    assert_eq!(caller.instance(STOPPED[0].1)["GPU"], 2);
    caller.get("StopCompShareInstance", &STOPPED);
    caller.states::<2>(STOPPED[0].1);

    caller.gateway.set_stock("cn-sh2-02", "4090", 0);
    assert_eq!(start(&mut caller, ("WithoutGpuSpec", "C"))["RetCode"], 230);
    assert_eq!(start(&mut caller, ("WithoutGpuSpec", "A"))["RetCode"], 0);
    assert_eq!(caller.states(STOPPED[0].1), ["Starting", "Running"]);
    let row = caller.instance(STOPPED[0].1);
    assert_eq!([&row["GPU"], &row["CPU"], &row["Memory"]], [0, 2, 4096]);
    assert_eq!(
        row["SrcInstanceConfig"],
        json!({"Gpu": 2, "Cpu": 32, "Memory": 131_072})
    );
    assert_eq!(row["InstancePrice"], 0.13);

    // One at a time.
    caller.act("StopCompShareInstance", RUNNING.1, &[]);
    caller.states::<2>(RUNNING.1);
    let spec = [("WithoutGpuSpec", "B")];
    assert_eq!(
        caller.code("StartCompShareInstance", RUNNING.1, &spec),
        8445
    );
    caller.get("StopCompShareInstance", &STOPPED);
    caller.states::<2>(STOPPED[0].1);
    let row = caller.instance(STOPPED[0].1);
    assert_eq!([&row["GPU"], &row["CPU"], &row["Memory"]], [2, 32, 131_072]);
    assert_eq!(row["InstancePrice"], 3.76);
    assert!(row.get("SrcInstanceConfig").is_none());
    assert_eq!(caller.stock("8200", "4090"), 0, "none was taken");
    assert_eq!(caller.code("StartCompShareInstance", RUNNING.1, &spec), 0);
}

#[test]
fn stopped_instances_are_resized_and_reinstalled() {
    let mut caller = Caller::built_in();
    let id = STOPPED[0].1;
    let size = [("Gpu", "4"), ("Cpu", "64"), ("Memory", "262144")];
    assert_eq!(
        caller.code("ResizeCompShareInstance", RUNNING.1, &size),
        8010
    );
    assert_eq!(caller.code("ResizeCompShareInstance", id, &size[..1]), 8333);
    assert_eq!(caller.code("ResizeCompShareInstance", id, &size), 0);
    assert_eq!(caller.states(id), ["Resizing", "Stopped"]);
    let row = caller.instance(id);
    assert_eq!(
        (&row["GPU"], &row["InstancePrice"]),
        (&json!(4), &json!(7.52))
    );

    let disk = |space| [("DiskId", "bsi-6f5e4d"), ("DiskSpace", space)];
    assert_eq!(
        caller.code("ResizeCompShareInstance", id, &disk("100")),
        8107
    );
    assert_eq!(caller.code("ResizeCompShareInstance", id, &disk("200")), 0);
    assert_eq!(caller.states(id), ["Resizing", "Stopped"]);
    assert_eq!(caller.instance(id)["DiskSet"][0]["Size"], 200);

    assert_eq!(caller.code("ReinstallCompShareInstance", id, &[]), 210);
    assert_eq!(
        caller.code("ReinstallCompShareInstance", id, &[IMAGE, PASSWORD]),
        0
    );
    assert_eq!(caller.states(id), ["Initializing", "Stopped"]);
    let row = caller.instance(id);
    assert_eq!(
        (&row["CompShareImageId"], &row["Password"]),
        (&json!(IMAGE.1), &json!(PASSWORD.1))
    );
    assert_eq!(
        caller.code("ReinstallCompShareInstance", RUNNING.1, &[IMAGE]),
        8010
    );
}

#[test]
fn passwords_are_reset() {
    let mut caller = Caller::built_in();
    let action = "ResetCompShareInstancePassword";
    assert_eq!(caller.code(action, RUNNING.1, &[]), 210);
    assert_eq!(
        caller.code(action, RUNNING.1, &[("Password", "YWJjZGVmZ2g=")]),
        8314
    );
    assert_eq!(caller.code(action, RUNNING.1, &[PASSWORD]), 0);
    assert_eq!(caller.instance(RUNNING.1)["Password"], PASSWORD.1);
    assert_eq!(
        caller.code(action, STOPPED[0].1, &[PASSWORD]),
        8903,
        "a container image"
    );
    let plain = Quirks::default().passwords_as_plain_text(true);
    assert_eq!(
        caller.quirks(plain).instance(RUNNING.1)["Password"],
        "Mock-1234"
    );
}

#[test]
fn stops_are_planned() {
    let mut caller = Caller::built_in();
    caller.gateway.set_time(1_800_000_000);
    let (action, project) = ("UpdateCompShareStopScheduler", ("ProjectId", "org-mock01"));
    let time = ("SchedulerStopTime", "1800000300");
    let (code, message) = caller.error(action, &[&VM[..], &[RUNNING, time]].concat());
    assert_eq!((code, &*message), (230, "Params [ProjectID] not available"));
    // The name in the official SDKs.
    assert_eq!(
        caller.code(action, RUNNING.1, &[project, ("StopTime", time.1)]),
        210
    );
    let early = ("SchedulerStopTime", "1800000299");
    assert_eq!(caller.code(action, RUNNING.1, &[project, early]), 230);
    assert_eq!(caller.code(action, STOPPED[0].1, &[project, time]), 8905);
    assert_eq!(caller.code(action, RUNNING.1, &[project, time]), 0);
    assert_eq!(
        caller.instance(RUNNING.1)["SchedulerStopTime"],
        1_800_000_300
    );
    assert_eq!(
        caller.code("DeleteCompShareStopScheduler", RUNNING.1, &[project]),
        0
    );
    assert_eq!(caller.instance(RUNNING.1)["SchedulerStopTime"], 0);

    caller.code(action, RUNNING.1, &[project, time]);
    caller.gateway.set_time(1_800_000_300);
    let row = caller.instance(RUNNING.1);
    assert_eq!(
        (&row["State"], &row["SchedulerStopTime"]),
        (&json!("Stopped"), &json!(0))
    );
}

#[test]
fn charge_types_are_switched_from_postpay() {
    let mut caller = Caller::built_in();
    let action = "SwitchChargeType";
    let poor = Quirks::default().balance_too_low(true);
    caller.gateway.set_quirks(poor.clone());
    let day = [("DestChargeType", "Day")];
    assert_eq!(caller.code(action, RUNNING.1, &day), 520);
    assert_eq!(caller.instance(RUNNING.1)["ChargeType"], "Postpay");
    caller.gateway.set_quirks(poor.charge_switched_unpaid(true));
    assert_eq!(caller.code(action, RUNNING.1, &day), 520);
    assert_eq!(caller.instance(RUNNING.1)["ChargeType"], "Day");

    caller.gateway.set_quirks(Quirks::default());
    caller
        .gateway
        .set_instance_field(RUNNING.1, "ChargeType", "Postpay");
    assert_eq!(
        caller.code(action, RUNNING.1, &[("DestChargeType", "Spot")]),
        230
    );
    assert_eq!(
        caller.code(action, RUNNING.1, &[("DestChargeType", "Day")]),
        0
    );
    let row = caller.instance(RUNNING.1);
    assert_eq!(
        (&row["ChargeType"], &row["InstancePrice"]),
        (&json!("Day"), &json!(40.608))
    );
    assert_eq!(
        caller.code(action, RUNNING.1, &[("DestChargeType", "Month")]),
        230
    );
    assert_eq!(
        caller.code(action, "cpod-0a1b2c3d4e5f", &[("DestChargeType", "Day")]),
        230
    );
}

#[test]
fn requests_name_the_location_of_the_instance() {
    let mut caller = Caller::built_in();
    for (params, code) in [
        (&[RUNNING, VM[1]][..], 210),
        (&[RUNNING, VM[0]], 210),
        (&VM, 210),
        (&[RUNNING, POD[0], POD[1]], 8039),
        (&[("UHostId", "uhost-0"), VM[0], VM[1]], 8039),
    ] {
        for action in ["Start", "Stop", "Reboot", "Terminate", "Resize"] {
            let action = format!("{action}CompShareInstance");
            assert_eq!(caller.error(&action, params).0, code, "{action} {params:?}");
        }
    }
}

#[test]
fn states_follow_the_quirks() {
    let create = |quirks: Quirks| {
        let mut caller = Caller::built_in().quirks(quirks);
        let id = caller.create(&[]);
        let states: [String; 6] = caller.states(&id);
        states.join(" ")
    };
    let quirks = Quirks::default;
    for (quirks, states) in [
        (
            quirks().install_word(true),
            "Install Starting Running Running Running Running",
        ),
        (
            quirks().state(StateQuirk::Blank),
            "Initializing  Running  Running ",
        ),
        (
            quirks().state(StateQuirk::Stale),
            "Initializing Initializing Running Starting Running Starting",
        ),
        (
            quirks().state(StateQuirk::LowerCase),
            "initializing starting running running running running",
        ),
        (
            quirks().state(StateQuirk::Undocumented),
            "Pending Pending Running Running Running Running",
        ),
    ] {
        assert_eq!(create(quirks), states);
    }

    let failed = create(quirks().install_fails(true));
    assert!(
        failed.starts_with("Initializing Install Fail Install Fail"),
        "{failed}"
    );
    let stuck = create(quirks().stuck_states(true));
    assert_eq!(stuck, ["Initializing"; 6].join(" "));
}

#[test]
fn failed_installations_are_deleted() {
    let mut caller = Caller::built_in().quirks(Quirks::default().install_fails(true));
    let id = caller.create(&[]);
    caller.states::<2>(&id);
    assert_eq!(caller.stock("10027", "4090"), 11);
    assert_eq!(caller.code("StartCompShareInstance", &id, &[]), 8905);
    assert_eq!(caller.code("TerminateCompShareInstance", &id, &[]), 0);
    assert_eq!(caller.stock("10027", "4090"), 12);
}

#[test]
fn listings_per_state_are_set() {
    let mut caller = Caller::built_in();
    caller.gateway.set_state_listings(0);
    let id = caller.create(&[]);
    assert_eq!(caller.states(&id), ["Running"]);
    caller.gateway.set_state_listings(2);
    caller.act("StopCompShareInstance", &id, &[]);
    assert_eq!(caller.states(&id), ["Stopping", "Stopping", "Stopped"]);
}

#[test]
fn fields_are_set_by_tests() {
    let mut caller = Caller::built_in();
    caller
        .gateway
        .set_instance_field(RUNNING.1, "State", "terminated");
    assert_eq!(caller.states(RUNNING.1), ["terminated", "terminated"]);
    assert_eq!(caller.code("StopCompShareInstance", RUNNING.1, &[]), 8905);
}

#[test]
fn new_instances_are_hidden_at_first() {
    let mut caller = Caller::built_in().quirks(Quirks::default().create_hidden_listings(2));
    let id = caller.create(&[]);
    assert_eq!(caller.instance(&id), Value::Null);
    assert_eq!(
        caller.get("DescribeCompShareInstance", &[])["TotalCount"],
        3
    );
    assert_eq!(caller.states(&id), ["Initializing", "Starting"]);
}

#[test]
fn responses_to_creation_follow_the_quirks() {
    let quirks = Quirks::default()
        .create_single_id(true)
        .create_sends_password(true);
    let mut caller = Caller::built_in().quirks(quirks.remark_dropped(true));
    let params = order(&[PASSWORD, ("Remark", "r")]);
    let response = caller.get("CreateCompShareInstance", &params);
    assert_eq!(response["Password"], PASSWORD.1);
    let id = response["UHostId"].as_str().unwrap();
    assert!(caller.instance(id).get("Remark").is_none());
}

#[test]
fn lists_of_instances_follow_the_quirks() {
    let mut caller = Caller::built_in();
    let quirks = Quirks::default().instance_stores_joined(true);
    caller
        .gateway
        .set_quirks(quirks.prices_by_id_only(true).stop_scheduler_time_key(true));
    let response = caller.get("DescribeCompShareInstance", &[("Limit", "1")]);
    assert_eq!(response["TotalCount"], 3);
    let ids = column(rows(&response, "UHostSet"), "UHostId");
    assert_eq!(ids, ["uhost-1a2b3c4d5e6f", "cpod-0a1b2c3d4e5f"]);
    assert!(response["UHostSet"][0].get("InstancePrice").is_none());
    assert_eq!(caller.instance(RUNNING.1)["InstancePrice"], 1.88);

    caller
        .gateway
        .set_quirks(Quirks::default().instance_fields_documented(true));
    assert!(caller.instance(RUNNING.1).get("Region").is_none());

    caller
        .gateway
        .set_quirks(Quirks::default().instance_ids_ignored(true));
    let response = caller.get("DescribeCompShareInstance", &[("UHostIds.0", RUNNING.1)]);
    assert_eq!(rows(&response, "UHostSet").len(), 3);
}
