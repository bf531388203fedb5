//! `compshare disk list`: attached and detached disks.

use clap::{ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{Action as _, DescribeCompshareDisk, Disk};

use crate::cli::args::{self, examples, filled, option, owned};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::{Align, Column, Columns, human, non_empty};
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("list", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare disk list",
        "compshare disk list --instance uhost-1pl07y4wkaaq --output ids",
    ];
    command
        .about(texts().disk_list_about)
        .after_help(examples(&commands, texts().disk_list_note))
        .arg(filled(option("instance", "ID", texts().disk_list_instance)))
        .arg(args::columns())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = listing::selected(context, matches, columns())?;
    let config = Settings::read(context).config_for_instances(context)?;
    let (client, _) = settings::connect(config, context);

    let mut request = DescribeCompshareDisk::new();
    request.host_id = owned(matches, "instance").map(Into::into);
    let reply = client.send_with(&request, &CallOptions::default())?;
    listing::write_rows(
        context,
        &columns,
        &reply.value.disks,
        request.name(),
        &reply,
    )
}

fn columns() -> Columns<Disk> {
    let texts = texts();
    let columns = vec![
        Column::new("ResourceId", texts.col_id, |disk: &Disk| {
            non_empty(disk.id.as_str())
        })
        .name("id"),
        Column::new("Name", texts.col_name, |disk: &Disk| {
            non_empty(disk.name.as_deref()?)
        })
        .rank(1),
        Column::new("Configuration", texts.col_size, |disk: &Disk| {
            non_empty(disk.configuration.as_deref()?)
        })
        .name("size")
        .align(Align::Right)
        .humanize(human::gigabytes)
        .rank(2),
        Column::new("DiskType", texts.col_type, |disk: &Disk| {
            non_empty(disk.disk_type.as_ref()?.as_str())
        })
        .name("type")
        .rank(6),
        Column::new("Status", texts.col_status, |disk: &Disk| {
            non_empty(disk.status.as_deref()?)
        })
        .humanize(human::word)
        .rank(4),
        Column::new("MountInstance", texts.col_instance, |disk: &Disk| {
            non_empty(disk.instance.as_ref()?.as_str())
        })
        .name("instance")
        .rank(3),
        Column::new("Zone", texts.col_zone, |disk: &Disk| {
            non_empty(disk.zone.as_ref()?.as_str())
        })
        .rank(5),
        Column::new("ChargeType", texts.col_charge, |disk: &Disk| {
            non_empty(disk.charge_type.as_ref()?.as_str())
        })
        .name("charge")
        .humanize(human::word)
        .rank(7),
        Column::new("ExpiredTime", texts.col_expires, |disk: &Disk| {
            let time = disk.expire_time.filter(|time| time.as_secs() > 0)?;
            Some(human::utc(time.as_secs()).into())
        })
        .name("expires")
        .humanize(human::local_time)
        .rank(8),
    ];
    Columns::with_id(columns, 0)
}
