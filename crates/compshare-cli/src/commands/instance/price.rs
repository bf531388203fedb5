//! `compshare instance price`: the price of an instance that does not exist yet.

use std::borrow::Cow;

use clap::{ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, BootDisk, ChargeType, DescribeAvailableCompShareInstanceTypes, DiskType,
    GetCompShareInstancePrice, Gigabytes, GpuType, InstanceSize, Megabytes, Price, PriceRow,
    VolumeSpec, Zone,
};
use compshare_client::sync::Client;
use compshare_client::{CallOptions, Setting};

use super::columns::price_text;
use crate::cli::args::{self, examples, filled, number, option, owned, required, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::commands::units::{disk_size, memory};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::{Align, Column, Columns, human, non_empty, print_stderr};
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("price", define, run);

/// The charge types of new instances, and `Year`, which prices have too.
pub(super) const CHARGE_TYPES: &[&str] = &["Postpay", "Spot", "Dynamic", "Day", "Month", "Year"];
/// The types of disks of a new instance.
pub(super) const DISK_TYPES: &[&str] = &[
    "CLOUD_SSD",
    "CLOUD_RSSD",
    "CLOUD_NORMAL",
    "LOCAL_NORMAL",
    "LOCAL_SSD",
];
/// The default size of the system disk, as in CompShare's own command line.
pub(super) const DEFAULT_DISK: Gigabytes = Gigabytes(100);
/// The maximum of counts.
const MAX_COUNT: u64 = 4096;

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance price --gpu 4090 --zone cn-wlcb-01",
        "compshare instance price --gpu 4090 --count 2 --charge Month --quantity 3 --zone cn-wlcb-01",
        "compshare instance price --gpu A100 --cpu 16 --memory 128GB --disk 500GB --zone cn-wlcb-01",
    ];
    let texts = texts();
    let count = |name, help| number(option(name, "N", help), MAX_COUNT);
    let charge = option("charge", "CHARGE", texts.price_charge).alias("charge-type");
    command
        .about(texts.price_about)
        .after_help(examples(&commands, texts.price_note))
        .arg(filled(option("gpu", "GPU", texts.price_gpu)).required(true))
        .arg(count("count", texts.price_count).alias("gpus"))
        .arg(count("cpu", texts.price_cpu))
        .arg(memory(option("memory", "SIZE", texts.price_memory)))
        .arg(word(charge, CHARGE_TYPES))
        .arg(count("quantity", texts.price_quantity))
        .arg(disk_size(option("disk", "SIZE", texts.price_disk)))
        .arg(word(
            option("disk-type", "TYPE", texts.price_disk_type),
            DISK_TYPES,
        ))
        .arg(disk_size(option("volume", "SIZE", texts.price_volume)).action(ArgAction::Append))
        .arg(filled(option("image", "IMAGE", texts.price_image)))
        .arg(args::columns())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let quantity: Option<u64> = matches.get_one("quantity").copied();
    let columns = listing::selected(context, matches, columns(quantity))?;
    let settings = Settings::read(context);
    let Some(zone) = settings.value(Setting::Zone).map(Zone::from) else {
        return Err(Failure::configuration(texts().price_no_zone).with_hint(texts().hint_zone));
    };
    let config = settings.config_everywhere(context)?;
    let (client, _) = settings::connect(config, context);

    let size = size(&client, matches, &zone)?;
    let size_text = super::columns::size_text(None, Some(size.cpus.into()), Some(size.memory));
    let size_text = format!("{}×{} {size_text}", size.gpus, size.gpu_type);
    let disk = BootDisk::new(
        owned(matches, "disk-type").map_or(DiskType::CloudSsd, DiskType::from),
        matches.get_one("disk").copied().unwrap_or(DEFAULT_DISK),
    );
    let volumes = matches
        .get_many::<Gigabytes>("volume")
        .into_iter()
        .flatten();
    let mut request = GetCompShareInstancePrice::new(size)
        .region(zone.region())
        .zone(zone)
        .disks([&disk])
        .volumes(volumes.map(|size| VolumeSpec::new("UDisk", *size)));
    request.charge_type = owned(matches, "charge").map(ChargeType::from);
    request.image_id = owned(matches, "image").map(Into::into);
    request.quantity = quantity.and_then(|quantity| u32::try_from(quantity).ok());

    let reply = client.send_with(&request, &CallOptions::default())?;
    if context.table_format().is_table() {
        let quantity = quantity.unwrap_or(1);
        let disk = disk.size;
        print_stderr(&text!(price_of, size = size_text, disk, quantity));
    }
    let rows = &reply.value.prices;
    listing::write_rows(
        context,
        &columns,
        rows,
        GetCompShareInstancePrice::NAME,
        &reply,
    )
}

/// Returns the size on the command line. Missing cores and memory are those of the smallest size on
/// sale.
fn size(client: &Client, matches: &ArgMatches, zone: &Zone) -> Result<InstanceSize, Failure> {
    let gpu = GpuType::from(required(matches, "gpu"));
    let count = |name: &str| {
        let count: Option<u64> = matches.get_one(name).copied();
        count.and_then(|count| u32::try_from(count).ok())
    };
    let gpus = count("count").unwrap_or(1);
    let (cpus, memory) = (
        count("cpu"),
        matches.get_one::<Megabytes>("memory").copied(),
    );
    if let (Some(cpus), Some(memory)) = (cpus, memory) {
        return Ok(InstanceSize::new(gpu, gpus, cpus, memory));
    }

    let mut request = DescribeAvailableCompShareInstanceTypes::new().machine_types([gpu.as_str()]);
    request.region = Some(zone.region());
    request.zone = Some(zone.clone());
    let types = client.send(&request)?.types;
    let of_zone = types
        .iter()
        .filter(|kind| kind.zone.as_ref() == Some(zone) && kind.name.as_ref() == Some(&gpu));
    let sizes = of_zone.flat_map(|kind| &kind.sizes);
    let choices = sizes
        .filter(|size| size.gpu == Some(gpus.into()))
        .flat_map(|size| &size.choices);
    let mut fitting = choices
        .filter_map(|choice| Some((u32::try_from(choice.cpu?).ok()?, &choice.memory)))
        .filter(|(found, _)| cpus.is_none_or(|cpus| cpus == *found))
        .flat_map(|(cpus, sizes)| sizes.iter().map(move |size| (cpus, Megabytes::from(*size))))
        .filter(|(_, found)| memory.is_none_or(|memory| memory == *found))
        .collect::<Vec<_>>();
    fitting.sort_unstable();
    let Some((cpus, memory)) = fitting.first().copied() else {
        let failure = Failure::unexpected_response(text!(price_no_size, gpu, gpus, zone));
        return Err(failure.with_hint(texts().price_no_size_hint));
    };
    Ok(InstanceSize::new(gpu, gpus, cpus, memory))
}

fn columns(quantity: Option<u64>) -> Columns<PriceRow> {
    let texts = texts();
    let part = |key, title, part: fn(&PriceRow) -> Option<Price>| {
        Column::new(key, title, move |row: &PriceRow| {
            Some(Cow::Owned(part(row)?.to_string()))
        })
        .align(Align::Right)
    };
    let columns = vec![
        Column::new("ChargeType", texts.col_charge, |row: &PriceRow| {
            non_empty(row.charge_type.as_ref()?.as_str())
        })
        .name("charge")
        .humanize(human::word),
        part("Instance", texts.col_computing, |row| row.instance),
        part("SystemDisks", texts.col_system_disk, |row| row.system_disk),
        part("Disks", texts.col_disks, |row| row.disks),
        part("CompShareImage", texts.col_image, |row| row.image).name("image"),
        part("Total", texts.col_total, total).shown(move |row| {
            // The price of several periods is not one per period.
            let charge_type = row.charge_type.clone();
            let charge_type = charge_type.filter(|_| quantity.is_none_or(|count| count == 1));
            let period = charge_type.unwrap_or_else(|| ChargeType::from(""));
            Some(Cow::Owned(price_text(total(row)?, Some(&period))))
        }),
    ];
    Columns::without_id(columns)
}

/// Returns the sum of a row.
fn total(row: &PriceRow) -> Option<Price> {
    PriceRow::total(std::slice::from_ref(row), row.charge_type.as_ref()?)
}
