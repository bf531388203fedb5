//! Waiting until an image is made, with its progress on stderr.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::{Arg, ArgMatches};
use compshare_client::model::{
    GetCompShareImageCreateProgress, GetCompShareImageCreateProgressResponse,
};
use compshare_client::sync::Client;
use compshare_client::{ImageOutcome, WaitOptions};

use crate::cli::args::{number, option};
use crate::context::Context;
use crate::failure::{Failure, tell};
use crate::lang::{text, texts};
use crate::output::{Progress, clear_progress};
use crate::watch::Watch;

type Answer = GetCompShareImageCreateProgressResponse;

/// The longest wait, and the longest interval between two requests, in seconds: a day.
const LONGEST: u64 = 24 * 60 * 60;

/// `--wait-timeout` and `--interval`.
pub(super) fn options() -> [Arg; 2] {
    let timeout = option("wait-timeout", "SECONDS", texts().progress_timeout);
    let interval = option("interval", "SECONDS", texts().progress_interval);
    [timeout, interval].map(|option| number(option, LONGEST))
}

/// Returns one of these options that was given.
pub(super) fn given(matches: &ArgMatches) -> Option<&'static str> {
    let options = [
        ("wait-timeout", "--wait-timeout"),
        ("interval", "--interval"),
    ];
    let found = options.into_iter().find(|(id, _)| matches.contains_id(id));
    found.map(|(_, option)| option)
}

/// What came of a wait.
pub(super) struct Waited {
    /// The state of the image, in the service's own words.
    pub(super) status: &'static str,
    /// The last response.
    pub(super) answer: Option<Answer>,
    /// Set for an image that has failed, or that is not ready in time.
    pub(super) failure: Option<Failure>,
}

/// Waits for the image of `request` as the options say. `late_hint` is the hint if it is not ready in time.
pub(super) fn wait(
    context: &Context,
    matches: &ArgMatches,
    (client, watch): (&Client, &Watch),
    request: GetCompShareImageCreateProgress,
    late_hint: &str,
) -> Result<Waited, Failure> {
    let duration = |name: &str, default: u64| {
        Duration::from_secs(matches.get_one(name).copied().unwrap_or(default))
    };
    // Past the time of the whole command, nothing is sent any more.
    let limit = watch.within_deadline(duration("wait-timeout", 1800));

    let image = request.image_id.to_string();
    let observer = Arc::new(Observer {
        image: image.clone(),
        has_lines: !context.is_json(),
        progress: Progress::new(),
        last: Mutex::default(),
    });
    let shared = Arc::clone(&observer);
    let options = WaitOptions::default()
        .deadline(limit)
        .interval(duration("interval", 5))
        .on_progress(move |answer| shared.report(answer));

    let outcome = client.wait_for_image_with(request, options);
    clear_progress();
    let (status, failure) = match outcome? {
        ImageOutcome::Ready => ("Available", None),
        ImageOutcome::Failed { reason } => {
            let message = match reason.filter(|reason| !reason.trim().is_empty()) {
                Some(reason) => text!(progress_failed_why, image, reason),
                None => text!(progress_failed, image),
            };
            ("UnAvailable", Some(Failure::answer(message)))
        }
        _ => {
            let late = Failure::unfinished(text!(progress_late, image, seconds = limit.as_secs()));
            ("Making", Some(late.with_hint(late_hint)))
        }
    };
    Ok(Waited {
        status,
        answer: observer.last(),
        failure,
    })
}

/// Prints how far it is: on a terminal's last line, else in a line whenever that changes.
struct Observer {
    image: String,
    /// Prints lines to stderr where it is no terminal.
    has_lines: bool,
    progress: Progress,
    /// The last response, and what was printed of it.
    last: Mutex<Option<(Answer, String)>>,
}

impl Observer {
    fn report(&self, answer: &Answer) {
        let Ok(mut last) = self.last.lock() else {
            return;
        };
        let line = self.line(answer);
        let is_new = last.as_ref().is_none_or(|(_, last)| *last != line);
        if self.progress.is_shown() {
            self.progress.say(&line);
        } else if is_new && self.has_lines {
            tell(&line);
        }
        *last = Some((answer.clone(), line));
    }

    fn line(&self, answer: &Answer) -> String {
        let image = &self.image;
        let percent = answer
            .process
            .map_or_else(|| "?".to_owned(), |percent| format!("{percent:.0}"));
        match answer.remaining_duration {
            Some(seconds) => text!(progress_left, image, percent, seconds),
            None => text!(progress_percent, image, percent),
        }
    }

    fn last(&self) -> Option<Answer> {
        self.last.lock().ok()?.take().map(|(answer, _)| answer)
    }
}
