//! `compshare disk delete`: deletes detached disks.

use std::time::Duration;

use clap::{ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, DeleteCompshareDisk, DeleteCompshareDiskResponse, Disk, RetCode, Zone,
};
use compshare_client::sync::Transport as _;
use compshare_client::{CallOptions, Config, Error, Reply};
use serde_json::{Map, Value, json};

use super::lookup;
use crate::cli::args::{self, examples, filled, positional};
use crate::cli::subcommand::Subcommand;
use crate::commands::dry_run;
use crate::commands::report::ChangeReport;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::prompt;
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("delete", define, run);

/// The delays before repetitions while a disk is being detached, as in CompShare's own command
/// line.
const DELAYS: [u64; 3] = [2, 4, 6];

fn define(command: Command) -> Command {
    let commands = [
        "compshare disk delete udisk-1pl07y4wkaaq",
        "compshare disk list --output ids | xargs compshare disk delete --yes",
    ];
    let disks = positional("disk", "NAME|ID", texts().disk_disks).action(ArgAction::Append);
    command
        .about(texts().disk_delete_about)
        .after_help(examples(&commands, texts().disk_delete_note))
        .arg(filled(disks.num_args(1..)))
        .arg(args::dry_run())
        .arg(args::yes())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let is_confirmed = matches.get_flag("dry-run") || matches.get_flag("yes");
    prompt::require(context, is_confirmed)?;
    let mut report = ChangeReport::of_items(context)?;
    let config = Settings::read(context).config_for_instances(context)?;
    let known = lookup::disks(context, config.clone())?;
    let mut disks: Vec<&Disk> = Vec::new();
    for wanted in matches.get_many::<String>("disk").into_iter().flatten() {
        let disk = lookup::find(&known, wanted)?;
        if let Some(instance) = disk.instance.as_ref().filter(|id| !id.is_empty()) {
            let (label, instance) = (lookup::label(disk), instance.as_str());
            let failure = Failure::refused(text!(disk_attached, disk = label, instance));
            return Err(failure.with_hint(text!(disk_detach_first, disk = disk.id)));
        }
        if !disks.iter().any(|other| other.id == disk.id) {
            disks.push(disk);
        }
    }

    if matches.get_flag("dry-run") {
        for disk in disks {
            let request = dry_run::prepared(config.clone(), &request_for(disk))?;
            dry_run::show(context, &request)?;
        }
        return Ok(());
    }
    let labels: Vec<String> = disks.iter().map(|disk| lookup::label(disk)).collect();
    let question = text!(disk_delete_confirm, disks = labels.join(texts().comma));
    prompt::confirm(context, &question, matches.get_flag("yes"))?;

    let mut items = Vec::new();
    let mut failure = None;
    for disk in disks {
        match delete(context, config.clone(), disk) {
            Ok(_) => {
                let item = json!({"UDiskId": disk.id});
                report.done(
                    &text!(disk_deleted, disk = lookup::label(disk)),
                    [disk.id.as_str()],
                )?;
                report.item(&item)?;
                items.push(item);
            }
            Err(error) => {
                failure = Some(Failure::from(error));
                break;
            }
        }
    }
    let meta = Map::from_iter([
        ("action".to_owned(), DeleteCompshareDisk::NAME.into()),
        ("returned".to_owned(), items.len().into()),
    ]);
    report.finish(&json!({"items": Value::from(items)}), meta, failure)
}

fn request_for(disk: &Disk) -> DeleteCompshareDisk {
    let mut request = DeleteCompshareDisk::new(&disk.id);
    request.region = disk.zone.as_ref().map(Zone::region);
    request.zone.clone_from(&disk.zone);
    request
}

/// Deletes a disk, and repeats the request while the disk is being detached: the service documents
/// that a repetition succeeds.
fn delete(
    context: &Context,
    config: Config,
    disk: &Disk,
) -> Result<Reply<DeleteCompshareDiskResponse>, Error> {
    let (client, transport) = settings::connect(config, context);
    let request = request_for(disk);
    let mut delays = DELAYS.into_iter();
    loop {
        match client.send_with(&request, &CallOptions::default()) {
            Err(error) if error.ret_code() == Some(RetCode::UPSTREAM_FAILED) => {
                let Some(seconds) = delays.next() else {
                    return Err(error);
                };
                transport.sleep(Duration::from_secs(seconds));
            }
            result => return result,
        }
    }
}
