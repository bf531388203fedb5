//! The load of instances.

use serde_json::{Value, json};

use super::{ActionResult, Call, fields};
use crate::request::{missing, not_available, not_found, out_of_range};

pub(super) const PARAMS: &str = "EndTime StartTime UHostIds";

const MAX_IDS: usize = 10;
/// The period of a request without `StartTime`, in seconds.
const PERIOD: u64 = 60;
/// The maximum number of points of a series.
const MAX_POINTS: u64 = 60;
/// In per cent.
const METRICS: [&str; 6] = [
    "uhost_cpu_used",
    "cloudwatch_memory_usage",
    "cloudwatch_sys_disk_used_per",
    "cloudwatch_data_disk_used_per",
    "cloudwatch_gpu_memory_usage",
    "cloudwatch_gpu_util",
];
/// Sent for a single instance only.
const FLOW_METRICS: [&str; 4] = [
    "uhost_net_in_flow",
    "uhost_net_out_flow",
    "uhost_disk_read",
    "uhost_disk_write",
];

/// Returns the load of instances. Only a JSON body with a list is accepted, as reported, although
/// a form is documented.
pub(super) fn describe(call: &mut Call<'_>) -> ActionResult {
    let (request, now) = (call.request, call.now);
    let ids = request.list("UHostIds");
    if ids.is_empty() {
        return Err(missing("UHostIds"));
    }
    if !call.quirks.monitor_by_form && request.json_list() != Some("UHostIds") {
        return Err(not_available("UHostIds"));
    }
    if ids.len() > MAX_IDS {
        return Err(out_of_range("UHostIds"));
    }

    let (mut start, mut end) = (now.saturating_sub(PERIOD), now);
    if ids.len() == 1 {
        end = request.number("EndTime", end)?;
        start = request.number("StartTime", start)?;
    }
    let step = (end.saturating_sub(start) / MAX_POINTS).max(20);
    let times: Vec<u64> = (0..MAX_POINTS)
        .map(|point| start.saturating_add(point * step))
        .take_while(|time| *time <= end)
        .collect();
    let points = |level: usize| -> Value {
        let level = u64::try_from(level).unwrap_or_default();
        let value = |time: u64| (time / 20 + level * 7) % 40 + level * 10;
        let points = times
            .iter()
            .map(|time| json!({"Timestamp": time, "Value": value(*time)}));
        points.collect()
    };

    let (mut hosts, mut pods) = (Vec::new(), Vec::new());
    for id in &ids {
        let instance = call.store.instances.find(id);
        let instance = instance.ok_or_else(|| not_found(id))?;
        let gpus = usize::try_from(instance.number("GPU")).unwrap_or_default();
        let is_pod = instance.is_pod();
        if is_pod && !call.quirks.pod_metrics_as_list {
            let gpus: Vec<Value> = (0..gpus)
                .map(|gpu| json!({"Util": points(gpu), "Memory": points(gpu + 1)}))
                .collect();
            pods.push(
                json!({"UHostId": id, "Metrics": {"Cpu": points(0), "Memory": points(1),
                "SysDiskUsed": points(2), "Gpu": gpus}}),
            );
            continue;
        }

        let flows = FLOW_METRICS.iter().filter(|_| ids.len() == 1);
        let metrics: Vec<Value> = METRICS
            .iter()
            .chain(flows)
            .enumerate()
            .map(|(level, key)| {
                let is_gpu = key.contains("gpu");
                let results: Vec<Value> = (0..if is_gpu { gpus } else { 1 })
                    .map(|series| {
                        let tags = if is_gpu {
                            json!({"gpu_bus_id": format!("0000:0{series}:00.0")})
                        } else {
                            json!({})
                        };
                        json!({"ResourceId": id, "TagMap": tags, "Values": points(level + series)})
                    })
                    .collect();
                json!({"MetricKey": key, "Tags": {}, "Results": results})
            })
            .collect();
        if is_pod {
            pods.push(json!({"PodId": id, "Metrics": metrics}));
        } else {
            hosts.push(json!({"UHostId": id, "Metrics": metrics}));
        }
    }
    Ok(fields([("Data", json!({"List": hosts, "PodList": pods}))]))
}
