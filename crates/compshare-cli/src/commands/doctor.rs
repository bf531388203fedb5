//! `compshare doctor`: checks settings, connection and keys.

use std::env::consts::{ARCH, OS};
use std::sync::Arc;
use std::time::Duration;

use clap::{ArgMatches, Command};
use compshare_client::model::{Untyped, Zone};
use compshare_client::{
    CallOptions, Config, Error, ErrorKind, NO_REGION, Origin, ProfileFile, Reason, Setting,
    sanitize, sync,
};
use serde::Serialize;
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr as _;

use crate::cli::args::examples;
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::env;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::logging::LoggingTransport;
use crate::output::{Column, Columns, Format, List, Output, Style};
use crate::settings::{self, Settings, origin_text, warning_text, without_login};

/// The clock difference that causes a warning.
const MAX_SKEW: Duration = Duration::from_secs(300);

pub(crate) const COMMAND: Subcommand = Subcommand::new("doctor", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare doctor",
        "compshare doctor --profile work --output json",
    ];
    command
        .about(texts().doctor_about)
        .after_help(examples(&commands, texts().doctor_note))
}

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Ok,
    Warning,
    Failed,
}

/// A check and its result.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Check {
    #[serde(rename = "Check")]
    name: &'static str,
    status: Verdict,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
}

/// The checks, and the exit status of the first failed one.
struct Diagnosis {
    checks: Vec<Check>,
    status: Option<u8>,
}

impl Diagnosis {
    fn add(
        &mut self,
        name: &'static str,
        status: Verdict,
        detail: impl Into<String>,
        advice: Option<&str>,
    ) {
        self.checks.push(Check {
            name,
            status,
            detail: detail.into(),
            advice: advice.map(str::to_owned),
        });
    }

    fn ok(&mut self, name: &'static str, detail: impl Into<String>) {
        self.add(name, Verdict::Ok, detail, None);
    }

    fn warn(&mut self, name: &'static str, detail: impl Into<String>, advice: &str) {
        self.add(name, Verdict::Warning, detail, Some(advice));
    }

    fn fail(&mut self, name: &'static str, failure: &Failure) {
        self.status.get_or_insert(failure.status);
        self.add_failure(name, Verdict::Failed, failure);
    }

    /// Adds a failure with the given verdict; the exit status does not change.
    fn add_failure(&mut self, name: &'static str, status: Verdict, failure: &Failure) {
        self.add(name, status, &failure.message, failure.hint.as_deref());
    }
}

/// Returns the display name of a check.
fn title(name: &str) -> &'static str {
    let texts = texts();
    match name {
        "program" => texts.doc_program,
        "file" => texts.doc_file,
        "profile" => texts.doc_profile,
        "keys" => texts.doc_keys,
        "region" => texts.doc_region,
        "zone" => texts.doc_zone,
        "project_id" => texts.doc_project,
        "base_url" => texts.doc_url,
        "proxy" => texts.doc_proxy,
        "certificates" => texts.doc_roots,
        "endpoint" => texts.doc_endpoint,
        "access" => texts.doc_access,
        "favorites" => texts.doc_favorites,
        "clock" => texts.doc_clock,
        _ => texts.doc_other,
    }
}

fn run(context: &Context, _: &ArgMatches) -> Result<(), Failure> {
    context.format_except(&[Format::Ids])?;
    let mut diagnosis = Diagnosis {
        checks: Vec::new(),
        status: None,
    };
    let version = env!("CARGO_PKG_VERSION");
    diagnosis.ok("program", format!("compshare {version} ({OS} {ARCH})"));

    let settings = Settings::read(context);
    match ProfileFile::read() {
        Err(error) => diagnosis.fail("file", &Failure::from_config_error(&error)),
        Ok(file) => {
            check_profile_file(&file, &mut diagnosis);
            let (config, keyless) = (settings.check(), settings.config_without_keys());
            check_settings(&settings, &config, &keyless, &mut diagnosis);
            match (config, keyless) {
                (Ok(config), _) => {
                    let client = settings::connect(config, context);
                    check_access(&settings, &client, &mut diagnosis);
                }
                (Err(_), Ok(config)) => {
                    let client = settings::connect(config, context);
                    // The placeholder keys are rejected, which proves that the service responds.
                    let _refusal = check_endpoint(&settings, &client, &mut diagnosis);
                }
                _ => diagnosis.add("endpoint", Verdict::Warning, texts().doc_skipped, None),
            }
        }
    }
    write(context, &diagnosis)?;
    diagnosis
        .status
        .map_or(Ok(()), |status| Err(Failure::silent(status)))
}

fn check_profile_file(file: &ProfileFile, diagnosis: &mut Diagnosis) {
    let path = file.path().display().to_string();
    match file.warning() {
        Some(warning) => {
            let advice = format!("chmod 600 {path}");
            diagnosis.warn("file", warning_text(&warning), &advice);
        }
        None if file.text().is_some() => diagnosis.ok("file", path),
        None => diagnosis.ok("file", text!(doc_file_none, path)),
    }
}

/// Checks the settings. `keyless` are the same settings with placeholder keys.
fn check_settings(
    settings: &Settings,
    config: &Result<Config, Error>,
    keyless: &Result<Config, Error>,
    diagnosis: &mut Diagnosis,
) {
    let setting_text = |setting| setting_text(settings, setting);
    let refused = config.as_ref().err();
    let failure = refused.map(Failure::from_config_error);
    match (refused.and_then(Error::reason), &failure) {
        (Some(Reason::ProfileMissing { .. }), Some(failure)) => diagnosis.fail("profile", failure),
        _ => diagnosis.ok("profile", setting_text(Setting::Profile)),
    }

    match (refused.and_then(Error::reason), &failure) {
        (Some(Reason::KeysFromTwoSources { .. }), Some(failure)) => diagnosis.fail("keys", failure),
        _ => match settings.missing_key() {
            Some(key) => diagnosis.fail("keys", &Failure::missing_key(key)),
            None => diagnosis.ok("keys", origin_text(settings.origin(Setting::PublicKey))),
        },
    }

    diagnosis.ok("region", setting_text(Setting::Region));
    check_zone(settings, diagnosis);
    if settings.origin(Setting::ProjectId).is_some() {
        diagnosis.ok("project_id", setting_text(Setting::ProjectId));
    }
    diagnosis.ok("base_url", setting_text(Setting::BaseUrl));

    match keyless {
        Ok(config) => {
            diagnosis.ok("proxy", proxy_text(config));
            if config.base_url().starts_with("https:") {
                diagnosis.ok("certificates", certificate_sources());
            }
        }
        Err(error) if matches!(error.reason(), Some(Reason::ProfileMissing { .. })) => {}
        Err(error) => diagnosis.fail("settings", &Failure::from_config_error(error)),
    }
    // A missing profile or key already has its own line.
    if let (Some(failure), None) = (failure, diagnosis.status) {
        diagnosis.fail("settings", &failure);
    }
}

/// Checks that the zone belongs to the region.
fn check_zone(settings: &Settings, diagnosis: &mut Diagnosis) {
    let Some(zone) = settings.value(Setting::Zone) else {
        return;
    };
    let region = settings.value(Setting::Region).unwrap_or_default();
    let is_elsewhere =
        !region.eq_ignore_ascii_case(NO_REGION) && Zone::from(zone).region().as_str() != region;
    if is_elsewhere {
        let detail = text!(doc_zone_other, zone, region);
        diagnosis.warn("zone", detail, texts().doc_zone_hint);
    } else {
        diagnosis.ok("zone", setting_text(settings, Setting::Zone));
    }
}

fn setting_text(settings: &Settings, setting: Setting) -> String {
    let source = origin_text(settings.origin(setting));
    let Some(value) = settings.value(setting) else {
        return source.to_owned();
    };
    // An invalid base URL may contain a login: do not print it.
    text!(doc_settings, value = without_login(value), source)
}

/// Returns the sources of trusted root certificates: bundled and environment.
fn certificate_sources() -> String {
    let roots = ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter();
    let roots = roots.filter_map(|name| Some(format!("{name}={}", env::variable(name)?)));
    let bundled = texts().doc_roots_bundled.to_owned();
    let all: Vec<String> = std::iter::once(bundled).chain(roots).collect();
    all.join(texts().comma)
}

/// Returns the proxy in use, without its login.
fn proxy_text(config: &Config) -> String {
    let Some(proxy) = config.proxy() else {
        return texts().doc_proxy_none.to_owned();
    };
    match proxy.origin() {
        Origin::Environment(name) => format!("{proxy} ({name})"),
        _ => proxy.to_string(),
    }
}

type Client = (sync::Client, Arc<LoggingTransport>);

/// Checks the connection with the request of CompShare's own command line. Returns the result of
/// the call if the service responds.
fn check_endpoint(
    settings: &Settings,
    (client, transport): &Client,
    diagnosis: &mut Diagnosis,
) -> Option<Result<(), Error>> {
    // Print the URL as in the check of the setting.
    let url = without_login(settings.value(Setting::BaseUrl).unwrap_or_default());
    let zones = Untyped::read("DescribeCompShareSupportZone");
    let (elapsed, result) = match client.send_with(&zones, &CallOptions::default()) {
        Ok(reply) => (reply.elapsed, Ok(())),
        Err(error) if error.kind() == ErrorKind::Service => (error.elapsed(), Err(error)),
        Err(error) => {
            diagnosis.fail("endpoint", &error.into());
            return None;
        }
    };

    let time = format!("{:.2}", elapsed.as_secs_f64());
    diagnosis.ok("endpoint", text!(doc_endpoint_ok, url, time));
    check_clock(transport.skew(), diagnosis);
    Some(result)
}

/// Checks the keys with two reads: zones and favorites.
fn check_access(settings: &Settings, client: &Client, diagnosis: &mut Diagnosis) {
    let texts = texts();
    let Some(zones) = check_endpoint(settings, client, diagnosis) else {
        return;
    };
    let (client, _) = client;
    let favorites = client.send(&Untyped::read("DescribeFavoriteImages").param("Limit", 1));

    // One accepted read proves the keys. A missing action is no evidence for or against them.
    match (zones, &favorites) {
        (Ok(()), _) | (_, Ok(_)) => diagnosis.ok("access", texts.doc_access_ok),
        (Err(error), _) if error.is_action_unavailable() => {
            diagnosis.add("access", Verdict::Warning, texts.doc_access_unknown, None);
        }
        (Err(error), _) => diagnosis.fail("access", &error.into()),
    }
    match favorites {
        Ok(_) => diagnosis.ok("favorites", texts.doc_favorites_ok),
        Err(error) if error.is_action_unavailable() => diagnosis.warn(
            "favorites",
            texts.doc_favorites_missing,
            texts.doc_favorites_hint,
        ),
        // The first read already covers keys and connection.
        Err(error) => diagnosis.add_failure("favorites", Verdict::Warning, &error.into()),
    }
}

fn check_clock(skew: Option<Duration>, diagnosis: &mut Diagnosis) {
    let Some(skew) = skew else {
        return diagnosis.add("clock", Verdict::Warning, texts().doc_clock_unknown, None);
    };
    let detail = text!(doc_clock_skew, seconds = skew.as_secs());
    if skew > MAX_SKEW {
        diagnosis.warn("clock", detail, texts().doc_clock_hint);
    } else {
        diagnosis.ok("clock", detail);
    }
}

fn write(context: &Context, diagnosis: &Diagnosis) -> Result<(), Failure> {
    let texts = texts();
    // These columns are for CSV only and not translated.
    let columns = Columns::without_id(vec![
        Column::member("Check", texts.col_check),
        Column::member("Status", texts.col_status),
        Column::member("Detail", texts.col_detail),
        Column::member("Advice", texts.col_advice),
    ]);

    let format = context.table_format();
    let mut out = context.output();
    if format.is_table() {
        write_table(&mut out, diagnosis);
        return Ok(out.flush()?);
    }

    let rows = diagnosis.checks.iter().map(serde_json::to_value);
    let rows: Vec<Value> = rows.collect::<Result<_, _>>()?;
    let mut list = List::new(&mut out, &columns, format)
        .ok(diagnosis.status.is_none())
        .document("checks", Vec::new());
    list.page(&rows)?;
    Ok(list.finish(Map::new())?)
}

/// Writes the checks as a table, with advice below a check.
fn write_table(out: &mut Output, diagnosis: &Diagnosis) {
    let texts = texts();
    let word = |status| match status {
        Verdict::Ok => (texts.word_ok, Style::Success),
        Verdict::Warning => (texts.word_warning, Style::Warning),
        Verdict::Failed => (texts.word_failed, Style::Error),
    };
    let mut word_width = 0;
    let mut title_width = 0;
    for check in &diagnosis.checks {
        word_width = word_width.max(word(check.status).0.width());
        title_width = title_width.max(title(check.name).width());
    }

    for check in &diagnosis.checks {
        let ((word, style), title) = (word(check.status), title(check.name));
        out.line(&format!(
            "{}{}  {title}{}  {}",
            style.paint(word, out.color),
            " ".repeat(word_width.saturating_sub(word.width())),
            " ".repeat(title_width.saturating_sub(title.width())),
            sanitize(&check.detail)
        ));
        if let Some(advice) = &check.advice {
            out.line(&format!("{}  {advice}", " ".repeat(word_width)));
        }
    }
}
