//! The load of instances over time.

use std::collections::BTreeMap;

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{InstanceId, Timestamp};

request! {
    /// Queries the load of instances. Documented by CompShare and UCloud.
    ///
    /// The service takes it as a JSON body with a native list only, although the documents show a
    /// form (platform's command-line tool): see [`BODY_FORMAT`](crate::Action::BODY_FORMAT). With
    /// several instances the response has the last 60 seconds, with one the time between
    /// `StartTime` and `EndTime`, and network and disk besides.
    pub struct GetCompShareInstanceMonitor: Read as Json -> GetCompShareInstanceMonitorResponse {
        composed {
            /// The instances, at most 10.
            instance_ids: Vec<InstanceId> = "UHostIds",
        }
        values {
            /// The start, for one instance alone. CompShare's documentation; a third-party client
            /// asks for 24 hours at most.
            start_time: Timestamp = "StartTime",
            /// The end, for one instance alone. CompShare's documentation.
            end_time: Timestamp = "EndTime",
        }
    }
}

impl GetCompShareInstanceMonitor {
    /// Creates a request for these instances.
    pub fn new(instances: impl IntoIterator<Item = impl Into<InstanceId>>) -> Self {
        Self::compose(instances.into_iter().map(Into::into).collect())
    }
}

record! {
    /// The load of instances.
    pub response GetCompShareInstanceMonitorResponse {
        /// The load. CompShare's documentation; UCloud's has no field at all.
        data: Option<MonitorData> = "Data",
    }
}

record! {
    /// The load of virtual machines and of container instances (`Data`).
    pub struct MonitorData {
        /// Virtual machines.
        hosts: Vec<MonitorHost> as Strict = "List",
        /// Container instances; reported by third-party clients.
        pods: Vec<MonitorPod> as Strict = "PodList",
    }
}

record! {
    /// The load of a virtual machine (`List`).
    pub struct MonitorHost {
        /// The instance's id, empty if absent.
        id: InstanceId = "UHostId",
        /// The metrics.
        metrics: Vec<MonitorMetric> = "Metrics",
    }
}

record! {
    /// One metric of a virtual machine (`Metrics`).
    pub struct MonitorMetric {
        /// The metric. In per cent: `uhost_cpu_used`, `cloudwatch_memory_usage`,
        /// `cloudwatch_sys_disk_used_per`, `cloudwatch_data_disk_used_per`,
        /// `cloudwatch_gpu_memory_usage`, `cloudwatch_gpu_util`. In bits per second:
        /// `uhost_net_in_flow`, `uhost_net_out_flow`. In bytes per second: `uhost_disk_read`,
        /// `uhost_disk_write`.
        key: Option<String> = "MetricKey",
        /// The values of each label.
        tags: BTreeMap<String, Vec<String>> = "Tags",
        /// The series, one for each disk or GPU.
        results: Vec<MonitorSeries> = "Results",
    }
}

record! {
    /// A series of a metric (`Results`).
    pub struct MonitorSeries {
        /// The resource.
        resource_id: Option<String> = "ResourceId",
        /// The resource, in its long form.
        long_resource_id: Option<String> = "LongResourceId",
        /// The labels of the series, such as `gpu_bus_id`; each has one value.
        tags: BTreeMap<String, Vec<String>> = "TagMap",
        /// The points.
        values: Vec<MonitorPoint> = "Values",
    }
}

record! {
    /// A point of a series (`Values`).
    pub struct MonitorPoint {
        /// The time.
        timestamp: Option<Timestamp> = "Timestamp",
        /// The value.
        value: Option<f64> = "Value",
    }
}

record! {
    /// The load of a container instance (`PodList`); reported by a third-party client.
    pub struct MonitorPod {
        /// The instance's id, empty if absent.
        id: InstanceId = "UHostId" | "PodId",
        /// The metrics: an object, where those of a virtual machine are a list.
        metrics: Option<MonitorPodMetrics> = "Metrics",
    }
}

record! {
    /// The metrics of a container instance, in per cent; reported by a third-party client.
    pub struct MonitorPodMetrics {
        /// The load of the CPU.
        cpu: Vec<MonitorPoint> = "Cpu",
        /// The memory in use.
        memory: Vec<MonitorPoint> = "Memory",
        /// The system disk in use.
        system_disk: Vec<MonitorPoint> = "SysDiskUsed",
        /// The GPUs.
        gpus: Vec<MonitorPodGpu> = "Gpu",
    }
}

record! {
    /// The metrics of a container instance's GPU, in per cent; reported by a third-party client.
    pub struct MonitorPodGpu {
        /// The load.
        load: Vec<MonitorPoint> = "Util",
        /// The graphics memory in use.
        memory: Vec<MonitorPoint> = "Memory",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{Action, BodyFormat, StartCompShareInstance};

    #[test]
    fn monitor_requires_a_json_body() {
        let request = GetCompShareInstanceMonitor::new(["uhost-1", "cpod-2"])
            .region("cn-wlcb")
            .start_time(Timestamp::from_secs(1));
        let expected =
            json!({"UHostIds": ["uhost-1", "cpod-2"], "Region": "cn-wlcb", "StartTime": 1});
        assert_eq!(serde_json::to_value(&request).unwrap(), expected);
        assert_eq!(GetCompShareInstanceMonitor::BODY_FORMAT, BodyFormat::Json);
        assert_eq!(StartCompShareInstance::BODY_FORMAT, BodyFormat::Form);
    }

    fn data(value: &Value) -> MonitorData {
        let response: GetCompShareInstanceMonitorResponse =
            serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            &serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        response.data.unwrap()
    }

    #[test]
    fn monitor_decodes_metrics_of_hosts() {
        let data = data(
            &json!({"RetCode": 0, "Data": {"List": [{"UHostId": "uhost-1", "Metrics": [{
            "MetricKey": "cloudwatch_gpu_util",
            "Tags": {"gpu_bus_id": ["00000000:00:07.0"]},
            "Results": [{"ResourceId": "uhost-1", "LongResourceId": "uhost-1-long",
                "TagMap": {"gpu_bus_id": "00000000:00:07.0"},
                "Values": [{"Timestamp": 1_712_563_200, "Value": 78.5}, {"Timestamp": "1712563260", "Value": "82.3"}]}],
        }]}], "PodList": null}}),
        );
        let metric = &data.hosts[0].metrics[0];
        assert_eq!(metric.tags["gpu_bus_id"], ["00000000:00:07.0"]);
        let series = &metric.results[0];
        assert_eq!(series.tags["gpu_bus_id"], ["00000000:00:07.0"]);
        assert_eq!(
            series
                .values
                .iter()
                .map(|point| point.value)
                .collect::<Vec<_>>(),
            [Some(78.5), Some(82.3)]
        );
    }

    #[test]
    fn monitor_decodes_metrics_of_pods() {
        let data = data(
            &json!({"Data": {"List": [], "PodList": [{"UHostId": "cpod-1", "PodId": "cpod-1", "Metrics": {
                "Cpu": [{"Timestamp": 1, "Value": 3}],
                "Memory": [],
                "Gpu": [{"Util": [{"Timestamp": 1, "Value": 99.5}], "Memory": [{"Timestamp": 1, "Value": 40}]}],
            }}]}}),
        );
        assert_eq!(data.pods[0].id.as_str(), "cpod-1");
        let metrics = data.pods[0].metrics.as_ref().unwrap();
        assert_eq!(
            (metrics.cpu[0].value, metrics.gpus[0].load[0].value),
            (Some(3.0), Some(99.5))
        );
    }
}
