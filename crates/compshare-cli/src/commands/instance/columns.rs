//! The columns of instances, and their texts in messages.

use std::borrow::Cow;

use compshare_client::model::{
    AddressType, ChargeType, Instance, InstanceDisk, Megabytes, Price, SecretUrl, Timestamp,
};

use crate::lang::{text, texts};
use crate::output::{Align, Column, Columns, Style, human, join_non_empty, json_cell, non_empty};

/// The minimum width of a name, in cells.
const NARROWEST_NAME: usize = 12;
/// The maximum width of a name, in cells, except in `wide`.
const WIDEST_NAME: usize = 40;

type Cell = for<'r> fn(&'r Instance) -> Option<Cow<'r, str>>;

/// Returns the columns of lists.
pub(super) fn of_list() -> Columns<Instance> {
    let texts = texts();
    let columns = vec![
        column("UHostId", texts.col_id, |instance| {
            non_empty(instance.id.as_str())
        })
        .name("id"),
        column("Name", texts.col_name, |instance| non_empty(&instance.name))
            .rank(0)
            .narrowest(NARROWEST_NAME)
            .widest(WIDEST_NAME),
        state().rank(1).narrowest(8),
        column("Gpu", texts.col_gpu, gpu).rank(2).narrowest(6),
        column("Size", texts.col_configuration, size).rank(5),
        price().align(Align::Right).rank(3),
        column("Address", texts.col_login, address).rank(4),
        column("Zone", texts.col_zone, |instance| {
            non_empty(instance.zone.as_ref()?.as_str())
        })
        .rank(6),
        charge(),
    ];
    Columns::with_id(columns, 0)
}

/// Returns the columns of details: all known fields, then the unknown ones of `instance`.
#[rustfmt::skip]
pub(super) fn of_details(instance: &Instance) -> Columns<Instance> {
    let texts = texts();
    let mut columns = vec![
        column("UHostId", texts.col_id, |instance| non_empty(instance.id.as_str())).name("id"),
        column("Name", texts.col_name, |instance| non_empty(&instance.name)),
        state(),
        column("Gpu", texts.col_gpu, gpu),
        column("Size", texts.col_configuration, size),
        column("SrcInstanceConfig", texts.col_size_with_gpu, |instance| {
            let config = instance.size_with_gpu.as_ref()?;
            non_empty_owned(size_text(config.gpu, config.cpu, config.memory))
        }),
        column("Region", texts.col_region, |instance| non_empty(instance.region.as_ref()?.as_str())),
        column("Zone", texts.col_zone, |instance| non_empty(instance.zone.as_ref()?.as_str())),
        charge(),
        price(),
        column("DiskPrice", texts.col_disk_price, |instance| owned(instance.disk_price)).shown(|instance| {
            Some(Cow::Owned(price_text(instance.disk_price?, instance.charge_type.as_ref())))
        }),
        column("CompShareImagePrice", texts.col_image_price, |instance| owned(instance.image_price))
            .humanize(human::price),
        column("PostPayPowerOffBillingResource", texts.col_stopped_price, |instance| {
            owned(stopped_price(instance))
        }).humanize(human::price),
        column("AutoRenew", texts.col_auto_renew, |instance| owned(instance.auto_renew)).humanize(human::word),
        column("CompShareImageName", texts.col_image, |instance| {
            let version = instance.image_version.as_deref().unwrap_or_default();
            join_non_empty([instance.image_name.as_deref().unwrap_or_default(), version], " ")
        }),
        column("CompShareImageId", texts.col_image_id, |instance| non_empty(instance.image_id.as_ref()?.as_str())),
        column("Address", texts.col_login, address),
        column("IPSet", texts.col_ips, |instance| {
            let ips = instance.addresses.iter().filter_map(|address| address.ip.as_deref());
            join_non_empty(ips, " ")
        }).name("ip"),
        column("SshLoginCommand", texts.col_ssh, |instance| non_empty(instance.ssh_login_command.as_deref()?)),
        column("Password", texts.col_password, |instance| non_empty(instance.password.as_ref()?.expose())),
        column("FileBrowserPassword", texts.col_files_password, |instance| {
            non_empty(instance.file_browser_password.as_ref()?.expose())
        }),
        column("Softwares", texts.col_software, |instance| {
            let programs = instance.softwares.iter().filter_map(|program| {
                let url = program.url.as_ref().map(SecretUrl::expose);
                join_non_empty([program.name.as_deref().unwrap_or_default(), url.unwrap_or_default()], " ")
            });
            join_non_empty(programs, ", ")
        }),
        column("DiskSet", texts.col_disks, |instance| {
            let disks = instance.disks.iter().chain(&instance.cloud_disks);
            join_non_empty(disks.map(disk_text), ", ")
        }),
        column("Ports", texts.col_ports, |instance| {
            let ports = instance.ports.as_ref()?;
            let list = |name, ports: &[i64]| {
                let ports = join_non_empty(ports.iter().map(i64::to_string), " ")?;
                Some(format!("{name} {ports}"))
            };
            let all = [list("HTTP", &ports.http), list("TCP", &ports.tcp), list("UDP", &ports.udp)];
            join_non_empty(all.into_iter().flatten(), ", ")
        }),
        time("CreateTime", texts.col_created, |instance| instance.create_time),
        time("StartTime", texts.col_started, |instance| instance.start_time),
        time("SchedulerStopTime", texts.col_planned_stop, Instance::planned_stop),
        time("ExpireTime", texts.col_expires, |instance| instance.expire_time),
        time("ReleaseTime", texts.col_released, |instance| instance.release_time),
        column("Remark", texts.col_remark, |instance| non_empty(instance.remark.as_deref()?)),
        column("Tag", texts.col_group, |instance| non_empty(instance.tag.as_deref()?)),
    ];
    for (name, value) in &instance.extra {
        let is_known = columns.iter().any(|column| column.key() == name);
        let text = json_cell(value).filter(|text| !["", "[]", "{}"].contains(&text.as_ref()));
        if let (false, Some(text)) = (is_known, text) {
            let text = text.into_owned();
            columns.push(Column::new(name.to_owned(), name.to_owned(), move |_: &Instance| {
                Some(Cow::Owned(text.clone()))
            }));
        }
    }
    Columns::with_id(columns, 0)
}

fn column(key: &'static str, title: &'static str, cell: Cell) -> Column<Instance> {
    Column::new(key, title, cell)
}

fn state() -> Column<Instance> {
    let state = column("State", texts().col_state, |instance| {
        non_empty(instance.state.as_ref()?.as_str())
    });
    state.humanize(human::word).style(state_style)
}

fn charge() -> Column<Instance> {
    let charge = column("ChargeType", texts().col_charge, |instance| {
        if instance.is_spot() {
            return non_empty("Spot");
        }
        non_empty(instance.charge_type.as_ref()?.as_str())
    });
    charge.name("charge").humanize(human::word)
}

fn price() -> Column<Instance> {
    let price = column("InstancePrice", texts().col_price, |instance| {
        owned(instance.price)
    });
    price.name("price").shown(|instance| {
        let price = price_text(instance.price?, instance.charge_type.as_ref());
        Some(Cow::Owned(price))
    })
}

fn time(
    key: &'static str,
    title: &'static str,
    time: fn(&Instance) -> Option<Timestamp>,
) -> Column<Instance> {
    let column = Column::new(key, title, move |instance: &Instance| {
        let time = time(instance).filter(|time| time.as_secs() > 0)?;
        Some(Cow::Owned(human::utc(time.as_secs())))
    });
    column.humanize(human::local_time)
}

/// Returns the style of a state.
pub(super) fn state_style(state: &str) -> Style {
    match state.to_ascii_lowercase().as_str() {
        "running" => Style::Success,
        "stopped" => Style::Plain,
        "install fail" => Style::Error,
        _ => Style::Warning,
    }
}

/// Returns the GPUs, such as `2×4090`.
pub(super) fn gpu(instance: &Instance) -> Option<Cow<'_, str>> {
    let name = instance.gpu_type.as_ref().map_or("", |gpu| gpu.as_str());
    match (instance.gpu, name) {
        (None, name) => non_empty(name),
        (Some(count), "") => Some(Cow::Owned(count.to_string())),
        (Some(count), name) => Some(Cow::Owned(format!("{count}×{name}"))),
    }
}

/// Returns cores and memory, such as `16C 64G`.
pub(super) fn size(instance: &Instance) -> Option<Cow<'_, str>> {
    non_empty_owned(size_text(None, instance.cpu, instance.memory))
}

/// Returns a size, such as `1×GPU 16C 64G`.
pub(in crate::commands) fn size_text(
    gpus: Option<u64>,
    cpus: Option<u64>,
    memory: Option<Megabytes>,
) -> String {
    let memory = memory.map(|memory| match memory.to_gigabytes() {
        Some(size) => format!("{}G", size.0),
        None => format!("{}M", memory.0),
    });
    let parts = [
        gpus.map(|gpus| format!("{gpus}×GPU")),
        cpus.map(|cpus| format!("{cpus}C")),
        memory,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" ")
}

/// Returns the host and port of the login command, or the public address.
fn address(instance: &Instance) -> Option<Cow<'_, str>> {
    let command = instance.ssh_login_command.as_deref().unwrap_or_default();
    let words: Vec<&str> = command.split_whitespace().collect();
    if let Some((_, host)) = words.iter().find_map(|word| word.rsplit_once('@')) {
        let port = words.iter().skip_while(|word| **word != "-p").nth(1);
        return Some(match port.filter(|port| **port != "22") {
            Some(port) => Cow::Owned(format!("{host}:{port}")),
            None => Cow::Borrowed(host),
        });
    }

    // The private address of a container instance cannot be reached.
    let mut addresses = instance.addresses.iter();
    let public = addresses.find(|address| address.address_type != Some(AddressType::Private))?;
    non_empty(public.ip.as_deref()?)
}

pub(super) fn disk_text(disk: &InstanceDisk) -> String {
    let size = disk.size.map(|size| size.to_string()).unwrap_or_default();
    let kind = disk.disk_type.as_ref().map_or("", |kind| kind.as_str());
    let parts = [disk.id.as_str(), &size, kind];
    let text = join_non_empty(parts, " ").unwrap_or_default();
    text.into_owned()
}

/// Returns the price per hour of what costs while the instance is stopped.
pub(super) fn stopped_price(instance: &Instance) -> Option<Price> {
    let prices = instance.stopped_prices.iter().filter_map(|row| row.price);
    prices.reduce(|sum, price| sum + price)
}

/// Returns a price with the period of the charge type, such as `¥1.88/h`.
pub(in crate::commands) fn price_text(price: Price, charge_type: Option<&ChargeType>) -> String {
    let yuan = price.to_string();
    match charge_type {
        Some(ChargeType::Month) => text!(val_price_month, yuan),
        Some(ChargeType::Day) => text!(val_price_day, yuan),
        Some(ChargeType::Year) => text!(val_price_year, yuan),
        Some(ChargeType::Unknown(_)) => text!(val_price_once, yuan),
        _ => text!(val_price, yuan),
    }
}

fn owned<'r>(value: Option<impl ToString>) -> Option<Cow<'r, str>> {
    value.map(|value| Cow::Owned(value.to_string()))
}

fn non_empty_owned<'r>(text: String) -> Option<Cow<'r, str>> {
    (!text.is_empty()).then_some(Cow::Owned(text))
}
