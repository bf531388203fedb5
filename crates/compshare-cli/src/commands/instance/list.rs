//! `compshare instance list`: the instances of the account.

use clap::{ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, ChargeType, DescribeCompShareInstance, GpuType, Instance, InstanceState,
};
use serde_json::Map;

use super::{columns, target};
use crate::cli::args::{self, examples, filled, flag, option, owned, words};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing::{self, PageArgs};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::secrets::masked_record;
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("list", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance list",
        "compshare instance list --state running --gpu 4090",
        "compshare instance list --zone cn-wlcb-01 --output ids",
        "compshare instance list --columns name,address,price",
    ];

    let texts = texts();
    let text = |name, value, help| filled(option(name, value, help));
    let list = |name, value, help| text(name, value, help).action(ArgAction::Append);

    command
        .about(texts.instance_list_about)
        .after_help(examples(&commands, texts.instance_list_note))
        .arg(list("id", "INSTANCE", texts.instance_list_id))
        .arg(text("name", "TEXT", texts.instance_list_name))
        .arg(list("state", "STATE", texts.instance_list_state).alias("status"))
        .arg(list("gpu", "GPU", texts.instance_list_gpu))
        .arg(list("charge", "CHARGE", texts.instance_list_charge).alias("billing"))
        .arg(flag("without-gpu", texts.instance_list_without_gpu))
        .arg(text("tag", "TAG", texts.instance_list_tag))
        .arg(text("vpc", "ID", texts.instance_list_vpc))
        .arg(text("subnet", "ID", texts.instance_list_subnet))
        .arg(text("disk", "DISK", texts.instance_list_disk))
        .args(PageArgs::options(
            texts.instance_list_limit,
            texts.favorites_all,
        ))
        .arg(args::columns())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = listing::selected(context, matches, columns::of_list())?;
    let config = Settings::read(context).config_for_instances(context)?;
    let (client, _) = settings::connect(config, context);

    let mut request = DescribeCompShareInstance::new().instance_ids(words(matches, "id"));
    request.tag = owned(matches, "tag");
    request.vpc_id = owned(matches, "vpc");
    request.subnet_id = owned(matches, "subnet");
    request.attachable_disk = owned(matches, "disk").map(Into::into);
    let mut found = target::all(&client, &request)?;
    found.retain(|instance| is_wanted(matches, instance));

    let page = PageArgs::read(matches, None);
    let total = found.len();
    let rows = found
        .into_iter()
        .skip(usize::try_from(page.offset).unwrap_or(usize::MAX))
        .take(page.limit.map_or(usize::MAX, |limit| {
            usize::try_from(limit).unwrap_or(usize::MAX)
        }))
        .map(|instance| masked_record(context, instance));
    let rows = rows.collect::<Result<Vec<Instance>, _>>()?;

    let mut meta = Map::new();
    meta.insert("action".to_owned(), DescribeCompShareInstance::NAME.into());
    meta.insert("offset".to_owned(), page.offset.into());
    meta.insert("total".to_owned(), total.into());
    listing::write_all(context, &columns, &rows, meta)
}

/// Returns `true` if the instance matches the filters that the API lacks.
fn is_wanted(matches: &ArgMatches, instance: &Instance) -> bool {
    let is_one_of = |option: &str, text: Option<&str>| {
        let words = words(matches, option);
        let text = text.unwrap_or_default();
        words.is_empty() || words.iter().any(|word| word.eq_ignore_ascii_case(text))
    };
    let charge = match &instance.charge_type {
        _ if instance.is_spot() => Some("Spot"),
        charge => charge.as_ref().map(ChargeType::as_str),
    };
    let state = instance.state.as_ref().map(InstanceState::as_str);
    let gpu = instance.gpu_type.as_ref().map(GpuType::as_str);

    let name = owned(matches, "name").unwrap_or_default().to_lowercase();
    instance.name.to_lowercase().contains(&name)
        // The service may send other instances than the requested ones.
        && is_one_of("id", Some(instance.id.as_str()))
        && is_one_of("state", state)
        && is_one_of("gpu", gpu)
        && is_one_of("charge", charge)
        && (!matches.get_flag("without-gpu") || instance.runs_without_gpu())
}
