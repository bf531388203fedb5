//! `compshare disk resize` and `compshare disk price`: grows a disk.

use clap::{ArgMatches, Command};
use compshare_client::model::{
    Action as _, Disk, GetCompShareAttachedDiskUpgradePrice, Gigabytes, Price, ResizeCompShareDisk,
    Zone,
};
use compshare_client::{CallOptions, Config};

use super::{Task, lookup};
use crate::cli::args::{self, examples, filled, option, positional, required, value};
use crate::cli::subcommand::Subcommand;
use crate::commands::units::{check_max_price, disk_size, max_price};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::document::{members, reply_meta};
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("resize", define, run);
pub(super) const PRICE: Subcommand = Subcommand::new("price", define_price, price);

fn define(command: Command) -> Command {
    let commands = [
        "compshare disk resize udisk-1pl07y4wkaaq --size 200GB",
        "compshare disk resize data --size 200GB --max-price 50 --yes",
    ];
    with_disk_and_size(command)
        .about(texts().disk_resize_about)
        .after_help(examples(&commands, texts().disk_resize_note))
        .arg(max_price())
        .arg(args::dry_run())
        .arg(args::yes())
}

fn define_price(command: Command) -> Command {
    let commands = ["compshare disk price udisk-1pl07y4wkaaq --size 200GB"];
    with_disk_and_size(command)
        .about(texts().disk_price_about)
        .after_help(examples(&commands, ""))
}

fn with_disk_and_size(command: Command) -> Command {
    let size = option("size", "SIZE", texts().disk_new_size).required(true);
    command
        .arg(filled(positional("disk", "NAME|ID", texts().disk_disk)))
        .arg(disk_size(size))
        .arg(filled(option(
            "instance",
            "ID",
            texts().disk_detach_instance,
        )))
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let task = Task::new(context, matches)?;
    let config = Settings::read(context).config_for_instances(context)?;
    let (disk, size) = read(context, matches, &config)?;

    let price = upgrade_price(&disk, size).and_then(|request| {
        let (client, _) = settings::connect(config.clone(), context);
        client.send(&request).ok()?.price
    });
    check_max_price(matches, price)?;

    let mut request = ResizeCompShareDisk::new(&disk.id, size);
    request.instance_id.clone_from(&disk.instance);
    request.instance_id = request.instance_id.filter(|id| !id.is_empty());
    request.region = disk.zone.as_ref().map(Zone::region);
    request.zone.clone_from(&disk.zone);

    let question = text!(
        disk_resize_confirm,
        disk = lookup::label(&disk),
        size,
        price = once(price)
    );
    let message = text!(disk_resized, disk = disk.id, size);
    task.run(config, &request, &disk.id, &question, &message)
}

fn price(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let config = Settings::read(context).config_for_instances(context)?;
    let (disk, size) = read(context, matches, &config)?;
    let Some(request) = upgrade_price(&disk, size) else {
        return Err(Failure::refused(text!(disk_price_detached, disk = disk.id)));
    };

    let (client, _) = settings::connect(config, context);
    let reply = client.send_with(&request, &CallOptions::default())?;
    let data = members(&reply.value)?;
    context.value(&data.into(), reply_meta(request.name(), &reply), |out| {
        out.line(&once(reply.value.price));
    })
}

/// Looks up the disk. Disks only grow.
fn read(
    context: &Context,
    matches: &ArgMatches,
    config: &Config,
) -> Result<(Disk, Gigabytes), Failure> {
    let size = matches.get_one("size").copied().unwrap_or(Gigabytes(0));
    let disks = lookup::disks(context, config.clone())?;
    let mut disk = lookup::find(&disks, required(matches, "disk"))?.clone();
    if let Some(instance) = value(matches, "instance") {
        disk.instance = Some(instance.into());
    }
    match disk.size() {
        Some(now) if size <= now => Err(Failure::refused(text!(
            disk_only_grows,
            disk = lookup::label(&disk),
            size
        ))),
        _ => Ok((disk, size)),
    }
}

/// Returns the request for the price of growing a disk; `None` if it is detached.
fn upgrade_price(disk: &Disk, size: Gigabytes) -> Option<GetCompShareAttachedDiskUpgradePrice> {
    let instance = disk.instance.as_ref().filter(|id| !id.is_empty())?;
    let mut request = GetCompShareAttachedDiskUpgradePrice::new(instance, &disk.id, size);
    request.region = disk.zone.as_ref().map(Zone::region);
    request.zone.clone_from(&disk.zone);
    Some(request)
}

/// Returns a price that is paid once.
fn once(price: Option<Price>) -> String {
    match price {
        Some(yuan) => text!(val_price_once, yuan),
        None => texts().price_unknown.to_owned(),
    }
}
