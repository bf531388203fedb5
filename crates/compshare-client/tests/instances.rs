//! Instances: both clients against services inside the test, on a clock of its own.

#![cfg(any(feature = "async-client", feature = "sync-client"))]

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::service::{Params, Service, number};
use common::{new_instance, on_instances, serviced};
use compshare_client::model::{
    DescribeCompShareInstance, Gigabytes, Instance, InstanceState, WithoutGpuSpec,
};
use compshare_client::transport::TransportErrorKind;
use compshare_client::{
    DataDisks, Error, InstanceOutcome, InstanceTarget, InstanceWaitOptions, Reason,
};
use serde_json::{Value, json};

/// Each page has up to `Limit` virtual machines and as many container instances, but no more than
/// `cap` of each.
fn two_stores(machines: usize, pods: usize, cap: usize, total: usize) -> Service {
    Service::new(move |params: &Params| {
        let (offset, limit) = (number(params, "Offset"), number(params, "Limit"));
        let window = |prefix: &str, count: usize| -> Vec<_> {
            let rows = (0..count).skip(offset.unwrap_or(0));
            rows.take(limit.unwrap_or(20).min(cap))
                .map(|row| json!({"UHostId": format!("{prefix}-{row}")}))
                .collect()
        };
        let rows = [window("uhost", machines), window("cpod", pods)].concat();
        Ok(json!({"RetCode": 0, "UHostSet": rows, "TotalCount": total}))
    })
}

#[test]
fn lists_every_instance_of_joined_pages_once() {
    for (machines, pods) in [
        (0, 0),
        (1, 0),
        (3, 150),
        (150, 3),
        (120, 130),
        (100, 0),
        (99, 99),
    ] {
        let count = machines + pods;
        // With a low limit of the service, the total tells that more follow. It may be too high.
        for (cap, total) in [
            (100, count),
            (100, count + 7),
            (50, count),
            (20, count),
            (3, count),
        ] {
            let service = two_stores(machines, pods, cap, total);
            for client in serviced(&service) {
                let (instances, result, requests) = client.list(DescribeCompShareInstance::new());
                result.unwrap();
                let mut ids: Vec<_> = instances
                    .iter()
                    .map(|instance| instance.id.to_string())
                    .collect();
                assert_eq!(ids.len(), count, "{machines}, {pods}, {cap}");
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), count, "{machines}, {pods}, {cap}");
                let most = machines.max(pods) as u64;
                assert!(
                    requests <= 10 + 2 * most / cap as u64,
                    "{machines}, {pods}, {cap}: {requests}"
                );
            }
        }
    }
}

#[test]
fn joined_pages_that_repeat_end_with_an_error() {
    let row = json!({"UHostId": "uhost-1"});
    let service =
        Service::new(move |_| Ok(json!({"RetCode": 0, "UHostSet": [row], "TotalCount": 9})));
    for client in serviced(&service) {
        let (instances, result, requests) = client.list(DescribeCompShareInstance::new());
        assert_eq!((instances.len(), requests), (1, 2));
        assert!(matches!(
            result.unwrap_err().reason(),
            Some(Reason::NothingNew)
        ));
    }
}

/// A service with these instances, that lists and finds them, and answers `answer` to all else.
fn account(
    instances: Vec<Value>,
    answer: impl Fn(&Params) -> Result<Value, TransportErrorKind> + Send + Sync + 'static,
) -> Service {
    Service::new(move |params: &Params| {
        if params["Action"] != LIST {
            return answer(params);
        }
        let start = number(params, "Offset").unwrap_or(0);
        let is_named = |row: &&Value| {
            // Others are sent too, as the real service is reported to do.
            let id = params.get("UHostIds.0");
            id.is_none_or(|id| row["UHostId"] == **id || row["UHostId"] == "uhost-other")
        };
        let rows: Vec<&Value> = instances.iter().filter(is_named).skip(start).collect();
        Ok(json!({"RetCode": 0, "UHostSet": rows, "TotalCount": instances.len()}))
    })
}

const LIST: &str = "DescribeCompShareInstance";

fn instance(id: &str, name: &str) -> Value {
    json!({"UHostId": id, "Name": name, "State": "Running", "Region": "cn-sh2", "Zone": "cn-sh2-02"})
}

fn two_named() -> Vec<Value> {
    vec![
        instance("uhost-1", "train"),
        instance("uhost-2", "twin"),
        instance("cpod-3", "twin"),
        instance("uhost-other", "other"),
        instance("plain", "uhost-9"),
    ]
}

#[test]
fn finds_instances_by_id_and_by_name() {
    let service = account(two_named(), |_| panic!("nothing else is sent"));
    for client in serviced(&service) {
        for (text, id) in [
            ("uhost-1", "uhost-1"),
            ("train", "uhost-1"),
            ("plain", "plain"),
            ("uhost-9", "plain"),
        ] {
            let found = on_instances!(&client, find(text)).unwrap();
            assert_eq!(found.id.as_str(), id, "{text}");
        }
        assert_eq!(on_instances!(&client, get("cpod-3")).unwrap().name, "twin");

        for missing in ["none", "uhost-0", "cpod-0", ""] {
            let error = on_instances!(&client, find(missing)).unwrap_err();
            assert!(error.is_not_found(), "{error}");
            let error = on_instances!(&client, get(missing)).unwrap_err();
            assert!(error.is_not_found(), "{error}");
        }

        let error = on_instances!(&client, find("twin")).unwrap_err();
        let Some(Reason::AmbiguousName { ids, .. }) = error.reason() else {
            panic!("{error}")
        };
        assert_eq!(ids.len(), 2);
        assert!(error.to_string().contains("uhost-2, cpod-3"), "{error}");

        // Never limited to the client's region.
        for params in service.asked() {
            assert!(!params.contains_key("Region"), "{params:?}");
        }
    }
}

#[test]
fn changes_go_to_the_place_of_the_instance() {
    let service = account(two_named(), |params| {
        Ok(match params["Action"].as_str() {
            "GetProjectList" => json!({"RetCode": 0, "ProjectSet": [
                {"ProjectId": "org-1", "IsDefault": false}, {"ProjectId": "org-2", "IsDefault": true},
            ]}),
            _ => json!({"RetCode": 0, "UHostId": params["UHostId"]}),
        })
    });
    for client in serviced(&service) {
        service.take_actions();
        let id = "uhost-1";
        let target = || InstanceTarget::from(id);
        on_instances!(&client, start(target())).unwrap();
        on_instances!(&client, start_without_gpu(target(), WithoutGpuSpec::A)).unwrap();
        on_instances!(&client, stop(target())).unwrap();
        on_instances!(&client, reboot(target())).unwrap();
        on_instances!(&client, rename(target(), "new")).unwrap();
        on_instances!(&client, resize(target(), 2, 32, Gigabytes(128))).unwrap();
        on_instances!(&client, reinstall(target(), "image-1", None)).unwrap();
        on_instances!(&client, reset_password(target(), "hunter-2")).unwrap();
        on_instances!(&client, delete(target(), DataDisks::Keep)).unwrap();
        on_instances!(&client, delete(target(), DataDisks::Delete)).unwrap();
        on_instances!(&client, stop_at(target(), 1_800_000_000)).unwrap();
        on_instances!(&client, cancel_stop(target())).unwrap();

        let changes: Vec<String> = service
            .asked()
            .into_iter()
            .filter(|params| {
                !["DescribeCompShareInstance", "GetProjectList"]
                    .contains(&params["Action"].as_str())
            })
            .map(|mut params| {
                assert_eq!(
                    (params["Region"].as_str(), params["Zone"].as_str()),
                    ("cn-sh2", "cn-sh2-02")
                );
                for key in ["Region", "Zone", "PublicKey", "Signature"] {
                    params.remove(key);
                }
                assert_eq!(params.remove("UHostId").as_deref(), Some("uhost-1"));
                let action = params.remove("Action").unwrap();
                let rest: Vec<String> = params
                    .into_iter()
                    .map(|(key, value)| format!(" {key}={value}"))
                    .collect();
                action + &rest.concat()
            })
            .collect();
        let expected = [
            "StartCompShareInstance",
            "StartCompShareInstance WithoutGpuSpec=A",
            "StopCompShareInstance",
            "RebootCompShareInstance",
            "ModifyCompShareInstanceName Name=new",
            "ResizeCompShareInstance Cpu=32 Gpu=2 Memory=131072",
            "ReinstallCompShareInstance CompShareImageId=image-1",
            "ResetCompShareInstancePassword Password=aHVudGVyLTI=",
            "TerminateCompShareInstance",
            "TerminateCompShareInstance ReleaseUDisk=true",
            "UpdateCompShareStopScheduler ProjectId=org-2 SchedulerStopTime=1800000000",
            "DeleteCompShareStopScheduler ProjectId=org-2",
        ];
        assert_eq!(changes, expected, "{}", client.name());
    }
}

#[test]
fn known_instances_are_not_looked_up() {
    let spot: Instance = serde_json::from_value(json!({
        "UHostId": "uhost-1", "Region": "cn-sh2", "Zone": "cn-sh2-02", "IsSpot": true, "ProjectId": "org-7",
    }))
    .unwrap();
    let service = Service::new(|_| Ok(json!({"RetCode": 0})));
    for client in serviced(&service) {
        on_instances!(&client, stop(&spot)).unwrap();
        on_instances!(&client, cancel_stop(&spot)).unwrap();
        let asked = service.asked();
        assert_eq!(asked[0]["Force"], "true", "a spot instance stops only so");
        assert_eq!(asked[1]["ProjectId"], "org-7");
        let expected = ["StopCompShareInstance", "DeleteCompShareStopScheduler"];
        assert_eq!(service.take_actions(), expected);
    }
}

#[test]
fn planned_stop_without_a_project_is_an_error() {
    for projects in [
        json!([]),
        json!(null),
        json!([{"ProjectId": "a"}, {"ProjectId": "b"}]),
    ] {
        let service = account(two_named(), move |_| {
            Ok(json!({"RetCode": 0, "ProjectSet": projects}))
        });
        for client in serviced(&service) {
            let error = on_instances!(&client, stop_at("uhost-1", 1_800_000_000)).unwrap_err();
            assert!(matches!(error.reason(), Some(Reason::NoProject)), "{error}");
        }
    }
}

/// Runs a wait through each client, over states that the instance has one after the other.
fn wait(
    states: &[&str],
    options: &InstanceWaitOptions,
    check: impl Fn(Result<InstanceOutcome, Error>, &Service),
) {
    let states: Vec<String> = states.iter().map(ToString::to_string).collect();
    let service = || {
        let states = states.clone();
        let asked = AtomicUsize::new(0);
        Service::new(move |_| {
            let at = asked.fetch_add(1, Ordering::Relaxed).min(states.len() - 1);
            match states[at].as_str() {
                "timeout" => Err(TransportErrorKind::Timeout),
                "gone" => Ok(json!({"RetCode": 0, "UHostSet": []})),
                "refused" => Ok(json!({"RetCode": 172, "Message": "no"})),
                state => {
                    Ok(json!({"RetCode": 0, "UHostSet": [{"UHostId": "uhost-1", "State": state}]}))
                }
            }
        })
    };
    let count = serviced(&service()).len();
    for index in 0..count {
        let service = service();
        let client = serviced(&service).swap_remove(index);
        let wait = on_instances!(
            &client,
            wait_until_with("uhost-1", InstanceState::Running, options.clone())
        );
        check(wait, &service);
    }
}

#[test]
fn waits_until_the_instance_runs() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let options = InstanceWaitOptions::default().on_progress({
        let seen = Arc::clone(&seen);
        move |instance| {
            let state = instance.state.as_ref().map_or("", InstanceState::as_str);
            seen.lock().unwrap().push(state.to_owned());
        }
    });
    let states = ["gone", "Initializing", "timeout", "Starting", "", "running"];
    wait(&states, &options, |outcome, service| {
        assert!(outcome.unwrap().is_reached());
        let seen = std::mem::take(&mut *seen.lock().unwrap());
        assert_eq!(seen, ["Initializing", "Starting", "", "Running"]);
        assert!(service.passed() >= Duration::from_secs(20), "every 5 s");
    });
}

#[test]
fn failures_end_a_wait_apart_from_its_deadline() {
    let options = InstanceWaitOptions::default().deadline(Duration::from_secs(60));
    wait(&["Install", "install fail"], &options, |outcome, _| {
        assert!(matches!(outcome.unwrap(), InstanceOutcome::Failed(_)));
    });
    wait(&["Stopping", "gone"], &options, |outcome, service| {
        assert!(matches!(outcome.unwrap(), InstanceOutcome::Gone));
        assert_eq!(service.asked().len(), 4, "three answers without it");
    });
    wait(&["Stopped"], &options, |outcome, service| {
        let InstanceOutcome::DeadlinePassed { last: Some(last) } = outcome.unwrap() else {
            panic!("another outcome")
        };
        assert_eq!(last.state, Some(InstanceState::Stopped));
        assert_eq!(service.passed(), Duration::from_secs(60));
    });
    wait(&["Starting", "refused"], &options, |outcome, _| {
        assert!(outcome.unwrap_err().is_auth());
    });
    wait(&["timeout"], &options, |outcome, _| {
        assert!(outcome.unwrap_err().is_timeout(), "nothing but failures");
    });
}

#[test]
fn quote_has_stock_and_price_of_the_size() {
    let service = Service::new(|params| {
        assert_eq!(
            (params["Region"].as_str(), params["Zone"].as_str()),
            ("cn-wlcb", "cn-wlcb-01")
        );
        assert_eq!(params["ChargeType"], "Postpay");
        assert_eq!(params["Disks.0.Size"], "100");
        Ok(match params["Action"].as_str() {
            "CheckCompShareResourceCapacity" => json!({"RetCode": 0, "Specs": [
                {"Gpu": 1, "Cpu": 16, "Mem": 96, "ResourceEnough": false},
                {"Gpu": 1, "Cpu": 16, "Mem": 64, "ResourceEnough": true},
            ]}),
            _ => json!({"RetCode": 0, "PriceDetails": [
                {"ChargeType": "Month", "Instance": 1000.0},
                {"ChargeType": "Postpay", "Instance": 1.88, "Disks": 0.12},
            ]}),
        })
    });
    for client in serviced(&service) {
        let quote = on_instances!(&client, quote(&new_instance())).unwrap();
        assert_eq!(quote.is_available, Some(true));
        assert_eq!(quote.price.unwrap().to_string(), "2.00");
        assert_eq!(quote.original_price, None);

        let mut large = new_instance();
        large.memory = Gigabytes(96).into();
        assert_eq!(
            on_instances!(&client, quote(&large)).unwrap().is_available,
            Some(false)
        );
        large.gpu = 8;
        assert_eq!(
            on_instances!(&client, quote(&large)).unwrap().is_available,
            None
        );
    }
}

#[test]
fn available_joins_types_zones_and_stock() {
    let zone = |region: &str, zone: &str, id: i64, is_pod: bool| json!({"Region": region, "Zone": zone, "ZoneId": id, "IsPod": is_pod, "Describe": "name"});
    let service = Service::new(move |params| {
        Ok(match params["Action"].as_str() {
            "DescribeCompShareSupportZone" => json!({"RetCode": 0, "ZoneInfo": [
                zone("cn-wlcb", "cn-wlcb-01", 1, false), zone("cn-wlcb", "cn-wlcb-03", 2, true),
                zone("cn-sh2", "cn-sh2-02", 3, false),
            ]}),
            // Every region lists the types of all.
            "DescribeAvailableCompShareInstanceTypes" => {
                json!({"RetCode": 0, "AvailableInstanceTypes": [
                    {"Name": "4090", "Zone": "cn-wlcb-01", "Status": "Normal"}, {"Name": "4090", "Zone": "cn-wlcb-03"},
                    {"Name": "H20", "Zone": "cn-sh2-02"}, {"Name": "H20", "Zone": "elsewhere"}, {"Name": "H20"},
                ]})
            }
            // Each kind of zone has its own stock, and zeros for the other.
            _ => {
                let count = |zone: &str, cards: u64| if params["Zone"] == zone { cards } else { 0 };
                let (machines, pods) = (count("cn-wlcb-01", 7), count("cn-wlcb-03", 5));
                json!({"RetCode": 0, "GpuInventory": {
                    "Exclusive": {"1": {"4090": machines}, "2": {"4090": pods}},
                    "Spot": {"1": {"4090": 2 * machines}},
                }})
            }
        })
    });
    for client in serviced(&service) {
        let offers = on_instances!(&client, available()).unwrap();
        let rows: Vec<_> = offers
            .iter()
            .map(|offer| {
                let zone = offer.zone.zone.as_ref().unwrap().as_str();
                let name = offer.instance_type.name.as_ref().unwrap().as_str();
                (zone, name, offer.stock, offer.spot_stock)
            })
            .collect();
        let expected = [
            ("cn-wlcb-01", "4090", Some(7), Some(14)),
            ("cn-wlcb-03", "4090", Some(5), None),
            ("cn-sh2-02", "H20", None, None),
        ];
        assert_eq!(rows, expected);
    }
}
