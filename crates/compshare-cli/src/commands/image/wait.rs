//! Waiting for an image, with progress on stderr.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::ArgMatches;
use compshare_client::model::{
    GetCompShareImageCreateProgress, GetCompShareImageCreateProgressResponse, Region, Zone,
};
use compshare_client::sync::Client;
use compshare_client::{ImageOutcome, Origin, Setting, WaitOptions};

use super::zone_lookup::in_any_zone;
use crate::context::Context;
use crate::failure::Failure;
use crate::interrupt;
use crate::lang::{text, texts};
use crate::logging::LoggingTransport;
use crate::output::{print_stderr, progress};
use crate::settings::Settings;

type ProgressResponse = GetCompShareImageCreateProgressResponse;

/// Returns a command that resumes the wait. It names region and zone unless environment or profile
/// set them.
pub(super) fn resume_command(
    settings: &Settings,
    image: &str,
    region: Option<&Region>,
    zone: Option<&Zone>,
) -> String {
    let option = |name: &str, found: Option<&str>, setting: Setting| {
        let given = settings.value(setting);
        let given = given.filter(|_| settings.origin(setting) == Some(&Origin::Code));
        let value = found.or(given);
        value.map_or_else(String::new, |value| format!(" --{name} {value}"))
    };

    let region = option("region", region.map(Region::as_str), Setting::Region);
    let zone = option("zone", zone.map(Zone::as_str), Setting::Zone);
    format!("compshare image progress {image}{region}{zone} --wait")
}

/// The result of a wait.
pub(super) struct WaitResult {
    /// The status of the image, as in the API.
    pub(super) status: &'static str,
    /// The last response.
    pub(super) response: Option<ProgressResponse>,
    /// Set if the image failed or is not ready in time.
    pub(super) failure: Option<Failure>,
}

/// A wait for an image.
pub(super) struct Wait<'a> {
    pub(super) settings: &'a Settings,
    pub(super) client: Client,
    pub(super) transport: Arc<LoggingTransport>,
    /// The command that resumes the wait.
    pub(super) command: String,
}

impl Wait<'_> {
    /// Waits for the image of `request`.
    pub(super) fn run(
        self,
        context: &Context,
        matches: &ArgMatches,
        request: &GetCompShareImageCreateProgress,
    ) -> Result<WaitResult, Failure> {
        let duration = |name: &str, default: u64| {
            Duration::from_secs(matches.get_one(name).copied().unwrap_or(default))
        };
        // No request can be sent after the deadline of the command.
        let limit = self
            .transport
            .within_deadline(duration("wait-timeout", 1800));
        let interval = duration("interval", 5);

        let image = request.image_id.to_string();
        let observer = Arc::new(Observer {
            image: image.clone(),
            has_lines: !context.is_json(),
            transport: Arc::clone(&self.transport),
            last: Mutex::default(),
        });
        let wait = |client: &Client| {
            let observer = Arc::clone(&observer);
            let options = WaitOptions::default()
                .deadline(limit)
                .interval(interval)
                .on_progress(move |response| observer.report(response));
            client
                .images()
                .wait_until_ready_with(request.clone(), options)
        };

        let goes_on = text!(progress_goes_on, command = self.command);
        let interrupted = Failure::interrupted().with_hint(goes_on.as_str());
        let message = if context.is_json() {
            interrupted.line(true, false)
        } else {
            [&interrupted.message, texts().hint_separator, &goes_on].concat()
        };
        let message = interrupt::set_message(message);
        let outcome = in_any_zone(self.settings, &self.client, &self.transport, wait);
        drop(message);
        progress::clear();

        let (status, failure) = match outcome? {
            ImageOutcome::Ready => ("Available", None),
            ImageOutcome::Failed { reason } => {
                let message = match reason.filter(|reason| !reason.trim().is_empty()) {
                    Some(reason) => text!(progress_failed_why, image, reason),
                    None => text!(progress_failed, image),
                };
                ("UnAvailable", Some(Failure::unexpected_response(message)))
            }
            _ => {
                let seconds = limit.as_secs_f64().ceil();
                let late = Failure::timed_out(text!(progress_late, image, seconds));
                ("Making", Some(late.with_hint(goes_on)))
            }
        };
        Ok(WaitResult {
            status,
            response: observer.last(),
            failure,
        })
    }
}

/// Prints the progress: in the progress line at a terminal, otherwise a line per change.
struct Observer {
    image: String,
    /// Prints lines if stderr is not a terminal.
    has_lines: bool,
    transport: Arc<LoggingTransport>,
    /// The last response and its text.
    last: Mutex<Option<(ProgressResponse, String)>>,
}

impl Observer {
    fn report(&self, response: &ProgressResponse) {
        let Ok(mut last) = self.last.lock() else {
            return;
        };
        let line = self.line(response);
        let is_new = last.as_ref().is_none_or(|(_, last)| *last != line);
        self.transport.expect_pause();
        if progress::can_show() {
            progress::show(&line);
        } else if is_new && self.has_lines {
            print_stderr(&line);
        }
        *last = Some((response.clone(), line));
    }

    fn line(&self, response: &ProgressResponse) -> String {
        let image = &self.image;
        let percent = response
            .process
            .map_or_else(|| "?".to_owned(), |percent| format!("{percent:.0}"));
        match response.remaining_duration {
            Some(seconds) => text!(progress_left, image, percent, seconds),
            None => text!(progress_percent, image, percent),
        }
    }

    fn last(&self) -> Option<ProgressResponse> {
        self.last.lock().ok()?.take().map(|(response, _)| response)
    }
}
