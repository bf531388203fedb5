//! `compshare doctor`: what is configured and from where, and whether it works.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use clap::Command;
use compshare_client::model::Untyped;
use compshare_client::{
    CallOptions, Config, Error, ErrorKind, Origin, ProfileFile, Proxy, Reason, Setting,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Context;
use crate::failure::Failure;
use crate::lang::{Texts, fill};
use crate::output::{Column, Columns, Format, List, Output, Style};
use crate::settings::{self, Settings, origin_text, warning_text, without_login};
use crate::watch::Clock;

/// A clock that is off by more is worth a warning.
const MAX_SKEW: Duration = Duration::from_secs(300);

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("doctor")
        .about(texts.doctor_about)
        .after_help(texts.doctor_examples)
}

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Ok,
    Warning,
    Failed,
}

/// One line of the diagnosis.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Check {
    #[serde(rename = "Check")]
    name: &'static str,
    status: Verdict,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<String>,
    #[serde(skip)]
    title: &'static str,
}

/// The checks so far, and the status of the first one that failed.
struct Diagnosis {
    checks: Vec<Check>,
    status: Option<u8>,
}

impl Diagnosis {
    fn add(
        &mut self,
        name: (&'static str, &'static str),
        status: Verdict,
        detail: String,
        advice: Option<String>,
    ) {
        self.checks.push(Check {
            name: name.0,
            title: name.1,
            status,
            detail,
            advice,
        });
    }

    fn ok(&mut self, name: (&'static str, &'static str), detail: String) {
        self.add(name, Verdict::Ok, detail, None);
    }

    fn warn(&mut self, name: (&'static str, &'static str), detail: String, advice: &str) {
        self.add(name, Verdict::Warning, detail, Some(advice.to_owned()));
    }

    fn fail(&mut self, name: (&'static str, &'static str), failure: &Failure, context: &Context) {
        self.status.get_or_insert(failure.status());
        self.add(
            name,
            Verdict::Failed,
            failure.message(context.lang),
            failure.hint(context.lang),
        );
    }
}

pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let texts = context.texts();
    let mut diagnosis = Diagnosis {
        checks: Vec::new(),
        status: None,
    };
    let program = format!(
        "compshare {} ({} {})",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    );
    diagnosis.ok(("program", texts.doc_program), program);
    let settings = Settings::read(context);
    match ProfileFile::read() {
        Err(error) => {
            let failure = Failure::refused(&error, context.lang);
            diagnosis.fail(("file", texts.doc_file), &failure, context);
        }
        Ok(file) => {
            profile_file(&file, &mut diagnosis, texts);
            let config = settings.check();
            configured(&settings, config.as_ref(), &mut diagnosis, context);
            match config {
                Ok(config) => online(&settings, config, &mut diagnosis, context),
                Err(_) => diagnosis.add(
                    ("endpoint", texts.doc_endpoint),
                    Verdict::Warning,
                    texts.doc_skipped.to_owned(),
                    None,
                ),
            }
        }
    }
    write(context, &diagnosis)?;
    diagnosis
        .status
        .map_or(Ok(()), |status| Err(Failure::Told(status)))
}

fn profile_file(file: &ProfileFile, diagnosis: &mut Diagnosis, texts: &Texts) {
    let path = file.path().display().to_string();
    let name = ("file", texts.doc_file);
    match file.warning() {
        Some(warning) => {
            let advice = format!("chmod 600 {path}");
            diagnosis.warn(name, warning_text(&warning, texts), &advice);
        }
        None if file.text().is_some() => diagnosis.ok(name, path),
        None => diagnosis.ok(name, fill(texts.doc_file_none, &[("path", &path)])),
    }
}

fn configured(
    settings: &Settings,
    config: Result<&Config, &Error>,
    diagnosis: &mut Diagnosis,
    context: &Context,
) {
    let texts = context.texts();
    let told = |setting| told(settings, setting, texts);
    let refused = config.err();

    let profile = ("profile", texts.doc_profile);
    match refused.filter(|error| matches!(error.reason(), Some(Reason::ProfileMissing { .. }))) {
        Some(error) => {
            diagnosis.fail(profile, &Failure::refused(error, context.lang), context);
        }
        None => diagnosis.ok(profile, told(Setting::Profile)),
    }

    let keys = ("keys", texts.doc_keys);
    let source = |key| origin_text(settings.origin(key), texts);
    let (public, private) = (source(Setting::PublicKey), source(Setting::PrivateKey));
    if let Some(key) = settings.missing_key() {
        diagnosis.fail(keys, &Failure::missing_key(key, texts), context);
    } else if public == private {
        diagnosis.ok(keys, public.to_owned());
    } else {
        let values = [("public", public), ("private", private)];
        diagnosis.warn(
            keys,
            fill(texts.doc_keys_mixed, &values),
            texts.doc_mixed_hint,
        );
    }

    let region = ("region", texts.doc_region);
    match settings.origin(Setting::Region) {
        Some(_) => diagnosis.ok(region, told(Setting::Region)),
        None => diagnosis.warn(region, told(Setting::Region), texts.doc_region_hint),
    }
    for (name, title, setting) in [
        ("zone", texts.doc_zone, Setting::Zone),
        ("project_id", texts.doc_project, Setting::ProjectId),
    ] {
        if settings.origin(setting).is_some() {
            diagnosis.ok((name, title), told(setting));
        }
    }
    diagnosis.ok(("base_url", texts.doc_url), told(Setting::BaseUrl));

    match (config, refused) {
        (Ok(config), _) => diagnosis.ok(("proxy", texts.doc_proxy), proxy(config, texts)),
        // A profile or keys that are missing have a line of their own already.
        (_, Some(error)) if diagnosis.status.is_none() => {
            let failure = Failure::refused(error, context.lang);
            diagnosis.fail(("settings", texts.doc_other), &failure, context);
        }
        _ => {}
    }
}

fn told(settings: &Settings, setting: Setting, texts: &Texts) -> String {
    let source = origin_text(settings.origin(setting), texts);
    match settings.value(setting) {
        Some(value) => {
            // A base URL may have a login in it, which is refused later on, and not shown here.
            let value = without_login(value);
            fill(texts.doc_settings, &[("value", &value), ("source", source)])
        }
        None => source.to_owned(),
    }
}

/// The proxy that requests take, without its login.
fn proxy(config: &Config, texts: &Texts) -> String {
    match (config.proxy(), config.proxy().map(Proxy::origin)) {
        (Some(proxy), Some(Origin::Environment(name))) => format!("{proxy} ({name})"),
        (Some(proxy), _) => proxy.to_string(),
        (None, _) => texts.doc_proxy_none.to_owned(),
    }
}

/// Two reads that change nothing: the one that CompShare's own command line uses for this, and the favourites.
fn online(settings: &Settings, config: Config, diagnosis: &mut Diagnosis, context: &Context) {
    let texts = context.texts();
    let (endpoint, access) = (
        ("endpoint", texts.doc_endpoint),
        ("access", texts.doc_access),
    );
    // As in the line above that says where it comes from.
    let url = without_login(settings.value(Setting::BaseUrl).unwrap_or_default());
    let (client, watch) = match settings::connect(config, context) {
        Ok(connected) => connected,
        Err(failure) => return diagnosis.fail(endpoint, &failure, context),
    };
    let answers = |time: Duration| {
        let time = format!("{:.2}", time.as_secs_f64());
        fill(texts.doc_endpoint_ok, &[("url", &url), ("time", &time)])
    };
    let zones = client.send_with(
        &Untyped::read("DescribeCompShareSupportZone"),
        &CallOptions::default(),
    );
    let zones = match zones {
        Ok(reply) => {
            diagnosis.ok(endpoint, answers(reply.elapsed));
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::Service => {
            diagnosis.ok(endpoint, answers(error.elapsed()));
            Err(error)
        }
        Err(error) => return diagnosis.fail(endpoint, &error.into(), context),
    };
    let favorites = client.send_with(
        &Untyped::read("DescribeFavoriteImages").param("Limit", 1),
        &CallOptions::default(),
    );
    let favorites = favorites.map(|_| ());
    // Whoever is let in by one of the two is known; what the service does not offer says nothing about the keys.
    match (zones, &favorites) {
        (Ok(()), _) | (_, Ok(())) => diagnosis.ok(access, texts.doc_access_ok.to_owned()),
        (Err(error), _) if error.is_action_unavailable() => {
            diagnosis.add(
                access,
                Verdict::Warning,
                texts.doc_access_unknown.to_owned(),
                None,
            );
        }
        (Err(error), _) => diagnosis.fail(access, &error.into(), context),
    }
    let name = ("favorites", texts.doc_favorites);
    match favorites {
        Ok(()) => diagnosis.ok(name, texts.doc_favorites_ok.to_owned()),
        Err(error) if error.is_action_unavailable() => {
            diagnosis.warn(
                name,
                texts.doc_favorites_missing.to_owned(),
                texts.doc_favorites_hint,
            );
        }
        Err(error) => lesser(name, error, diagnosis, context),
    }
    clock(watch.clock(), diagnosis, texts);
}

/// A read that failed where another has told about keys and connection.
fn lesser(
    name: (&'static str, &'static str),
    error: Error,
    diagnosis: &mut Diagnosis,
    context: &Context,
) {
    let failure = Failure::from(error);
    diagnosis.add(
        name,
        Verdict::Warning,
        failure.message(context.lang),
        failure.hint(context.lang),
    );
}

fn clock(clock: Option<Clock>, diagnosis: &mut Diagnosis, texts: &Texts) {
    let name = ("clock", texts.doc_clock);
    let Some(Clock { theirs, ours }) = clock else {
        return diagnosis.add(
            name,
            Verdict::Warning,
            texts.doc_clock_unknown.to_owned(),
            None,
        );
    };
    let skew = distance(theirs, ours);
    let seconds = skew.as_secs().to_string();
    if skew > MAX_SKEW {
        diagnosis.warn(
            name,
            fill(texts.doc_clock_off, &[("seconds", &seconds)]),
            texts.doc_clock_hint,
        );
    } else {
        diagnosis.ok(name, fill(texts.doc_clock_ok, &[("seconds", &seconds)]));
    }
}

fn distance(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .or_else(|_| other.duration_since(one))
        .unwrap_or_default()
}

fn write(context: &Context, diagnosis: &Diagnosis) -> Result<(), Failure> {
    let texts = context.texts();
    // Only programs see these columns, so they have no language.
    let columns = Columns::without_id(vec![
        Column::new("Check", texts.col_check, |check: &Check| {
            Some(Cow::Borrowed(check.name))
        }),
        Column::new("Status", texts.col_status, |check: &Check| {
            Some(Cow::Borrowed(match check.status {
                Verdict::Ok => "ok",
                Verdict::Warning => "warning",
                Verdict::Failed => "failed",
            }))
        }),
        Column::new("Detail", texts.col_detail, |check: &Check| {
            Some(Cow::Borrowed(check.detail.as_str()))
        }),
        Column::new("Advice", texts.col_advice, |check: &Check| {
            check.advice.as_deref().map(Cow::Borrowed)
        }),
    ]);
    let format = context.format.unwrap_or(Format::Table);
    if format == Format::Ids {
        return Err(Failure::usage(texts.use_format));
    }
    let mut out = context.output();
    if format == Format::Table {
        lines(&mut out, diagnosis, texts);
        return Ok(out.flush()?);
    }
    let mut list = List::new(&mut out, &columns, format)
        .ok(diagnosis.status.is_none())
        .document("checks", Map::<String, Value>::new());
    list.page(&diagnosis.checks)?;
    Ok(list.finish(Map::new())?)
}

/// For people, what to do stands below: it would not fit beside.
fn lines(out: &mut Output, diagnosis: &Diagnosis, texts: &Texts) {
    for check in &diagnosis.checks {
        let (word, style) = match check.status {
            Verdict::Ok => (texts.word_ok, Style::Good),
            Verdict::Warning => (texts.word_warning, Style::Doubtful),
            Verdict::Failed => (texts.word_failed, Style::Bad),
        };
        let word = style.paint(word, out.color);
        out.line(&format!(
            "{word}  {}{}{}",
            check.title,
            texts.colon,
            compshare_client::printable(&check.detail)
        ));
        if let Some(advice) = &check.advice {
            out.line(&format!("    {advice}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_off_in_either_direction() {
        let (early, late) = (
            SystemTime::UNIX_EPOCH,
            SystemTime::UNIX_EPOCH + Duration::from_secs(7),
        );
        assert_eq!(distance(early, late), Duration::from_secs(7));
        assert_eq!(distance(late, early), Duration::from_secs(7));
    }
}
