//! `compshare image create`: an image of an instance.

use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::model::{
    Action as _, CreateCompShareCustomImage, GetCompShareImageCreateProgress, Region, Untyped, Zone,
};
use compshare_client::sync::Client;
use compshare_client::{CallOptions, Origin, Setting};
use serde_json::{Map, Value, json};

use super::change::{Report, filled, members, ready, required, text};
use super::wait;
use crate::Context;
use crate::cli;
use crate::commands::reply_meta;
use crate::failure::{Failure, tell};
use crate::lang::{Texts, fill};
use crate::output::{SCHEMA, json_text};
use crate::settings::Settings;
use crate::surroundings;

/// The action that tells about instances. It has no type in the library yet.
const INSTANCES: &str = "DescribeCompShareInstance";

pub(super) fn definition(texts: &'static Texts) -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    let given = |name: &'static str, value: &'static str, help: &'static str| {
        filled(
            Arg::new(name)
                .long(name)
                .value_name(value)
                .required(true)
                .help(help),
        )
    };
    Command::new("create")
        .about(texts.create_about)
        .after_help(texts.create_examples)
        .arg(given("instance", texts.val_instance, texts.create_instance))
        .arg(given("name", texts.val_name, texts.create_name))
        .arg(
            Arg::new("description")
                .long("description")
                .value_name(texts.val_text)
                .help(texts.create_description),
        )
        .arg(flag("wait", texts.create_wait))
        .arg(flag("no-wait", texts.create_no_wait).conflicts_with("wait"))
        .args(wait::options(texts))
        .arg(cli::dry_run(texts))
        .arg(cli::yes(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let mut report = Report::new(context)?;
    let settings = Settings::read(context);
    let (instance, name) = (required(matches, "instance"), required(matches, "name"));
    // All sources agree that making an image needs a zone, and the service's own words need not say so.
    let is_located = settings.value(Setting::Zone).is_some();
    if !is_located && matches.get_flag("dry-run") {
        return Err(Failure::Configuration {
            message: texts.use_no_zone.to_owned(),
            hint: Some(texts.hint_zone.to_owned()),
        });
    }
    let mut request = CreateCompShareCustomImage::new(instance, name);
    request.description = text(matches, "description").map(str::to_owned);
    let question = fill(
        texts.create_confirm,
        &[("name", name), ("instance", instance)],
    );
    let Some((client, watch)) = ready(context, &settings, matches, &request, Some(&question))?
    else {
        return Ok(());
    };

    let place = if is_located {
        Place::default()
    } else {
        Place::of(&client, &settings, instance, texts)?
    };
    request.region.clone_from(&place.region);
    request.zone.clone_from(&place.zone);
    let reply = client.send_with(&request, &CallOptions::default())?;
    let Some(image) = reply
        .value
        .comp_share_image_id
        .clone()
        .filter(|id| !id.is_empty())
    else {
        return Err(Failure::Answer {
            message: fill(texts.create_no_id, &[("name", name)]),
        });
    };
    let image = image.as_str();
    let mut data = Map::from_iter([("CompShareImageId".to_owned(), image.into())]);
    data.extend(members(&reply.value)?);
    data.insert("Name".to_owned(), name.into());
    data.insert("UHostId".to_owned(), instance.into());
    let mut made = Made {
        data,
        meta: reply_meta(CreateCompShareCustomImage::NAME, &reply),
    };
    made.is("Making");
    // Told at once: an interrupted wait must not cost the id.
    report.done(
        &fill(texts.create_begun, &[("image", image), ("name", name)]),
        [image],
    )?;
    let waits = if matches.get_flag("wait") || matches.get_flag("no-wait") {
        matches.get_flag("wait")
    } else {
        !context.is_json() && surroundings::stdout_is_terminal()
    };
    if !waits {
        return report.finish(&made.data, made.meta);
    }
    if context.is_json() {
        let progress = json!({"schema": SCHEMA, "progress": made.data});
        tell(&json_text(&progress).map_err(Failure::json)?);
    }
    let mut request = GetCompShareImageCreateProgress::new(image);
    request.region.clone_from(&place.region);
    request.zone.clone_from(&place.zone);
    let failure = match wait::wait(context, matches, (&client, &watch), request) {
        Ok(_) => {
            made.is("Available");
            report.done(&fill(texts.progress_ready, &[("image", image)]), [])?;
            return report.finish(&made.data, made.meta);
        }
        Err(failure @ Failure::Answer { .. }) => {
            made.is("UnAvailable");
            failure
        }
        Err(Failure::Unfinished { message, .. }) => {
            let values = [("image", image), ("place", &place.options(&settings))];
            Failure::Unfinished {
                message,
                hint: fill(texts.create_late_hint, &values),
            }
        }
        Err(failure) => failure,
    };
    Err(report.fail(&made.data, made.meta, failure))
}

/// What is told of an image that is being made.
struct Made {
    data: Map<String, Value>,
    meta: Map<String, Value>,
}

impl Made {
    /// In the words that the service has for the states of images.
    fn is(&mut self, status: &str) {
        self.data.insert("Status".to_owned(), status.into());
    }
}

/// Where the instance is, as far as the settings do not say it.
#[derive(Default)]
struct Place {
    region: Option<Region>,
    zone: Option<Zone>,
}

impl Place {
    /// Asks the service for the zone of the instance; no instance is in two.
    fn of(
        client: &Client,
        settings: &Settings,
        instance: &str,
        texts: &Texts,
    ) -> Result<Self, Failure> {
        let answer = match client.send(&Untyped::read(INSTANCES).param("UHostIds", [instance])) {
            Err(error) if error.is_action_unavailable() => Value::Null,
            answer => answer?,
        };
        let instances = answer
            .get("UHostSet")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let found = instances
            .into_iter()
            .find(|found| found.get("UHostId").and_then(Value::as_str) == Some(instance));
        let text = |name: &str| {
            let text = found?.get(name)?.as_str()?.trim();
            Some(text).filter(|text| !text.is_empty())
        };
        let Some(zone) = text("Zone") else {
            return Err(Failure::Missing {
                message: fill(texts.create_no_instance, &[("instance", instance)]),
            });
        };
        let region = match settings.value(Setting::Region) {
            Some(_) => None,
            None => text("Region").map(Region::from),
        };
        Ok(Self {
            region,
            zone: Some(zone.into()),
        })
    }

    /// The options by which a later command finds the image there.
    fn options(&self, settings: &Settings) -> String {
        let given = |setting| {
            let value = settings.value(setting).map(str::to_owned);
            value.filter(|_| settings.origin(setting) == Some(&Origin::Code))
        };
        let region = self
            .region
            .as_ref()
            .map(ToString::to_string)
            .or_else(|| given(Setting::Region));
        let zone = self
            .zone
            .as_ref()
            .map(ToString::to_string)
            .or_else(|| given(Setting::Zone));
        let options =
            [("region", region), ("zone", zone)]
                .into_iter()
                .filter_map(|(name, value)| {
                    let value = value.filter(|value| !value.is_empty())?;
                    Some(format!(" --{name} {value}"))
                });
        options.collect()
    }
}
