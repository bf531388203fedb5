//! `compshare instance monitor`: the current load of instances.

use std::borrow::Cow;
use std::collections::BTreeMap;

use clap::{ArgMatches, Command};
use compshare_client::model::{
    Action as _, GetCompShareInstanceMonitor, Instance, InstanceId, MonitorData, MonitorPoint,
    Timestamp,
};
use serde::Serialize;
use serde_json::Map;

use super::change::at;
use super::target;
use crate::cli::args::{self, examples};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::{Align, Column, Columns, human, join_non_empty, non_empty};
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("monitor", define, run);

/// The maximum number of instances in a request, by CompShare's documentation.
const BATCH: usize = 10;

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance monitor trainer",
        "compshare instance monitor trainer notebook --output csv",
    ];
    command
        .about(texts().monitor_about)
        .after_help(examples(&commands, texts().monitor_note))
        .arg(target::several())
        .arg(args::columns())
}

/// The latest point of a series.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Row {
    #[serde(rename = "UHostId")]
    instance: String,
    name: String,
    #[serde(rename = "MetricKey")]
    metric: String,
    value: Option<f64>,
    timestamp: Option<i64>,
    device: String,
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = listing::selected(context, matches, columns())?;
    let config = Settings::read(context).config_for_instances(context)?;
    let (client, _) = settings::connect(config, context);
    let instances = target::find(&client, &target::names(matches))?;

    let mut places: Vec<Vec<&Instance>> = Vec::new();
    for instance in &instances {
        let is_near = |place: &&mut Vec<&Instance>| {
            place.len() < BATCH
                && place
                    .iter()
                    .all(|other| (&other.region, &other.zone) == (&instance.region, &instance.zone))
        };
        match places.iter_mut().find(is_near) {
            Some(place) => place.push(instance),
            None => places.push(vec![instance]),
        }
    }

    let mut rows = Vec::new();
    for place in &places {
        let Some(first) = place.first() else { continue };
        let ids = place.iter().map(|instance| &instance.id);
        let request = at!(*first, GetCompShareInstanceMonitor::new(ids));
        let data = client.send(&request)?.data;
        if let Some(data) = data {
            add_rows(&data, place, &mut rows);
        }
    }
    let mut meta = Map::new();
    meta.insert(
        "action".to_owned(),
        GetCompShareInstanceMonitor::NAME.into(),
    );
    listing::write_all(context, &columns, &rows, meta)
}

/// Adds the latest point of each series. The metrics of containers get the names of those of virtual
/// machines.
fn add_rows(data: &MonitorData, instances: &[&Instance], rows: &mut Vec<Row>) {
    let mut add = |id: &InstanceId, metric: &str, device: &str, points: &[MonitorPoint]| {
        // Points may be unsorted, and the service may send other instances.
        let latest = points.iter().max_by_key(|point| point.timestamp);
        let instance = instances.iter().find(|instance| instance.id == *id);
        if let (Some(latest), Some(instance)) = (latest, instance) {
            rows.push(Row {
                instance: id.to_string(),
                name: instance.name.clone(),
                metric: metric.to_owned(),
                value: latest.value,
                timestamp: latest.timestamp.map(Timestamp::as_secs),
                device: device.to_owned(),
            });
        }
    };

    for host in &data.hosts {
        for metric in &host.metrics {
            let key = metric.key.as_deref().unwrap_or_default();
            for series in &metric.results {
                add(&host.id, key, &device(&series.tags), &series.values);
            }
        }
    }
    for pod in &data.pods {
        let Some(metrics) = &pod.metrics else {
            continue;
        };
        add(&pod.id, "uhost_cpu_used", "", &metrics.cpu);
        add(&pod.id, "cloudwatch_memory_usage", "", &metrics.memory);
        add(
            &pod.id,
            "cloudwatch_sys_disk_used_per",
            "",
            &metrics.system_disk,
        );
        for (at, gpu) in metrics.gpus.iter().enumerate() {
            let device = format!("GPU {at}");
            add(&pod.id, "cloudwatch_gpu_util", &device, &gpu.load);
            add(&pod.id, "cloudwatch_gpu_memory_usage", &device, &gpu.memory);
        }
    }
}

/// Returns the labels of a series without the id of the instance.
fn device(tags: &BTreeMap<String, Vec<String>>) -> String {
    let labels = tags.iter().filter(|(name, _)| *name != "uuid");
    let values = labels.flat_map(|(_, values)| values);
    join_non_empty(values, " ").unwrap_or_default().into_owned()
}

fn columns() -> Columns<Row> {
    let texts = texts();
    let columns = vec![
        Column::new("UHostId", texts.col_id, |row: &Row| {
            non_empty(&row.instance)
        })
        .name("id"),
        Column::new("Name", texts.col_name, |row: &Row| non_empty(&row.name)).rank(3),
        Column::new("MetricKey", texts.col_metric, |row: &Row| {
            non_empty(&row.metric)
        })
        .name("metric")
        .humanize(metric_name)
        .rank(0),
        Column::new("Value", texts.col_value, |row: &Row| {
            Some(Cow::Owned(row.value?.to_string()))
        })
        .shown(|row| Some(Cow::Owned(with_unit(&row.metric, row.value?))))
        .align(Align::Right)
        .rank(0),
        Column::new("Device", texts.col_device, |row: &Row| {
            non_empty(&row.device)
        })
        .rank(1),
        Column::new("Timestamp", texts.col_time, |row: &Row| {
            Some(Cow::Owned(human::utc(row.timestamp?)))
        })
        .name("time")
        .humanize(human::local_time)
        .rank(2),
    ];
    Columns::with_id(columns, 0)
}

/// Returns the name of a metric for people.
fn metric_name(key: &str) -> Option<String> {
    let texts = texts();
    let name = match key {
        "uhost_cpu_used" => texts.metric_cpu,
        "cloudwatch_memory_usage" => texts.metric_memory,
        "cloudwatch_sys_disk_used_per" => texts.metric_system_disk,
        "cloudwatch_data_disk_used_per" => texts.metric_data_disk,
        "cloudwatch_gpu_util" => texts.metric_gpu,
        "cloudwatch_gpu_memory_usage" => texts.metric_gpu_memory,
        "uhost_net_in_flow" => texts.metric_net_in,
        "uhost_net_out_flow" => texts.metric_net_out,
        "uhost_disk_read" => texts.metric_disk_read,
        "uhost_disk_write" => texts.metric_disk_write,
        _ => return None,
    };
    Some(name.to_owned())
}

/// Formats a value with the unit of its metric.
fn with_unit(metric: &str, value: f64) -> String {
    match metric {
        "uhost_net_in_flow" | "uhost_net_out_flow" => format!("{value:.0} bit/s"),
        "uhost_disk_read" | "uhost_disk_write" => format!("{value:.0} B/s"),
        _ => format!("{value:.1} %"),
    }
}
