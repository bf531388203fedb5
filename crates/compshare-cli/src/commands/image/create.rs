//! `compshare image create`: makes an image from an instance.

use clap::{ArgMatches, Command};
use compshare_client::model::{
    Action as _, CreateCompShareCustomImage, GetCompShareImageCreateProgress, Region, Untyped, Zone,
};
use compshare_client::sync::Client;
use compshare_client::{CallOptions, NO_REGION, Origin, Setting};
use serde_json::{Map, Value, json};

use super::change;
use super::wait::{self, Wait};
use crate::cli::args::{self, examples, filled, flag, option, owned, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::report::ChangeReport;
use crate::commands::wait_args;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::document::{members, reply_meta};
use crate::output::{SCHEMA, json_text, print_stderr};
use crate::settings::Settings;
use crate::terminal;

pub(super) const COMMAND: Subcommand = Subcommand::new("create", define, run);

/// The action that describes instances.
const INSTANCES: &str = "DescribeCompShareInstance";

fn define(command: Command) -> Command {
    let commands = [
        "compshare image create --instance uhost-1pl07y4wkaaq --name nightly --zone cn-wlcb-01",
        "compshare image create --instance uhost-1pl07y4wkaaq --name nightly --yes --wait",
    ];

    let given = |name, value, help| filled(option(name, value, help)).required(true);
    let texts = texts();

    command
        .about(texts.create_about)
        .after_help(examples(&commands, texts.create_note))
        .arg(given("instance", "INSTANCE", texts.create_instance))
        .arg(given("name", "NAME", texts.create_name))
        .arg(option("description", "TEXT", texts.details_description))
        .arg(flag("wait", texts.create_wait))
        .arg(flag("no-wait", texts.create_no_wait).conflicts_with("wait"))
        .args(wait_args::options())
        .arg(args::dry_run())
        .arg(args::yes())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut report = ChangeReport::new(context)?;
    let settings = Settings::read(context);
    let (instance, name) = (required(matches, "instance"), required(matches, "name"));
    // Every source requires a zone here, but the message of the service may not name it.
    let is_located = settings.value(Setting::Zone).is_some();
    if !is_located && matches.get_flag("dry-run") {
        return Err(Failure::configuration(texts().use_no_zone).with_hint(texts().hint_zone));
    }

    let mut request = CreateCompShareCustomImage::new(instance, name);
    request.description = owned(matches, "description");

    let question = text!(create_confirm, name, instance);
    let client = change::client(context, &settings, matches, &request, Some(&question))?;
    let Some((client, transport)) = client else {
        return Ok(());
    };

    if !is_located {
        let is_default_region = settings.origin(Setting::Region) == Some(&Origin::Default);
        let (region, zone) = locate(&client, instance, is_default_region)?;
        request.zone = Some(zone);
        request.region = region.filter(|_| is_default_region);
    }

    let reply = client.send_with(&request, &CallOptions::default())?;
    let image = reply.value.image_id.as_ref();
    let Some(image) = image.filter(|id| !id.is_empty()) else {
        return Err(Failure::unexpected_response(text!(create_no_id, name)));
    };

    let image = image.as_str();
    let mut data = Map::from_iter([("CompShareImageId".to_owned(), image.into())]);
    data.extend(members(&reply.value)?);
    data.insert("Name".to_owned(), name.into());
    data.insert("UHostId".to_owned(), instance.into());
    data.insert("Status".to_owned(), "Making".into());
    let meta = reply_meta(CreateCompShareCustomImage::NAME, &reply);
    // Print the id now: the wait may be interrupted.
    report.done(&text!(create_begun, image, name), [image])?;
    let is_interactive = !context.is_json() && terminal::stdout_is_terminal();
    if matches.get_flag("no-wait") || !(matches.get_flag("wait") || is_interactive) {
        return report.finish(&data, meta, None);
    }

    if context.is_json() {
        let progress = json!({"schema": SCHEMA, "progress": data});
        print_stderr(&json_text(&progress)?);
    }
    let (region, zone) = (request.region.as_ref(), request.zone.as_ref());
    let wait = Wait {
        command: wait::resume_command(&settings, image, region, zone),
        settings: &settings,
        client,
        transport,
    };
    let mut progress = GetCompShareImageCreateProgress::new(image);
    (progress.region, progress.zone) = (request.region, request.zone);

    let (status, failure) = match wait.run(context, matches, &progress) {
        Ok(waited) => (waited.status, waited.failure),
        Err(failure) => ("Making", Some(failure)),
    };
    data.insert("Status".to_owned(), status.into());
    if failure.is_none() {
        report.done(&text!(progress_ready, image), [])?;
    }
    report.finish(&data, meta, failure)
}

/// Looks up region and zone of an instance, in the client's region or in all regions.
fn locate(
    client: &Client,
    instance: &str,
    in_all_regions: bool,
) -> Result<(Option<Region>, Zone), Failure> {
    let mut request = Untyped::read(INSTANCES).param("UHostIds", [instance]);
    if in_all_regions {
        request = request.param("Region", NO_REGION);
    }
    let response = match client.send(&request) {
        Err(error) if error.is_action_unavailable() => Value::Null,
        response => response?,
    };

    let instances = response.get("UHostSet").and_then(Value::as_array);
    let found = instances
        .into_iter()
        .flatten()
        .find(|found| found.get("UHostId").and_then(Value::as_str) == Some(instance));
    let text = |name: &str| {
        let text = found?.get(name)?.as_str()?.trim();
        Some(text).filter(|text| !text.is_empty())
    };
    let zone =
        text("Zone").ok_or_else(|| Failure::not_found(text!(create_no_instance, instance)))?;
    Ok((text("Region").map(Region::from), zone.into()))
}
