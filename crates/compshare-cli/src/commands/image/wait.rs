//! Waiting until an image is made: its progress on stderr, its outcome as the result.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clap::{Arg, ArgMatches};
use compshare_client::model::{
    GetCompShareImageCreateProgress, GetCompShareImageCreateProgressResponse,
};
use compshare_client::sync::Client;
use compshare_client::{ImageOutcome, WaitOptions};

use crate::Context;
use crate::cli;
use crate::failure::{Failure, tell};
use crate::lang::{Texts, fill};
use crate::output::{Progress, clear_progress};
use crate::watch::Watch;

type Answer = GetCompShareImageCreateProgressResponse;

/// The longest wait, and the longest time between two questions, in seconds: a day.
const LONGEST: u64 = 24 * 60 * 60;

/// `--wait-timeout` and `--interval`.
pub(super) fn options(texts: &'static Texts) -> [Arg; 2] {
    [
        ("wait-timeout", texts.progress_timeout),
        ("interval", texts.progress_interval),
    ]
    .map(|(name, help)| {
        let option = Arg::new(name)
            .long(name)
            .value_name(texts.val_seconds)
            .help(help);
        cli::number(option, LONGEST, texts)
    })
}

/// An option of these that was given.
pub(super) fn given(matches: &ArgMatches) -> Option<&'static str> {
    let options = [
        ("wait-timeout", "--wait-timeout"),
        ("interval", "--interval"),
    ];
    options
        .into_iter()
        .find(|(id, _)| matches.contains_id(id))
        .map(|(_, option)| option)
}

/// Waits for the image of `request` as the options say, and gives the last answer. An image that has failed, or that is
/// not ready in time, is a failure.
pub(super) fn wait(
    context: &Context,
    matches: &ArgMatches,
    (client, watch): (&Client, &Watch),
    request: GetCompShareImageCreateProgress,
) -> Result<Option<Answer>, Failure> {
    let texts = context.texts();
    let seconds = |name: &str, default: u64| {
        Duration::from_secs(matches.get_one::<u64>(name).copied().unwrap_or(default))
    };
    // Past the time of the whole command, nothing is sent any more.
    let limit = watch.within_deadline(seconds("wait-timeout", 1800));
    let image = request.comp_share_image_id.to_string();
    let observer = Observer {
        texts,
        image: image.clone(),
        lines: !context.is_json(),
        progress: Progress::new(texts),
        last: Mutex::default(),
    };
    let observer = Arc::new(observer);
    let told = Arc::clone(&observer);
    let options = WaitOptions::default()
        .deadline(limit)
        .interval(seconds("interval", 5))
        .on_progress(move |answer| told.tell(answer));
    let outcome = client.wait_for_image(request, options);
    clear_progress();
    let name = ("image", image.as_str());
    match outcome? {
        ImageOutcome::Ready => Ok(observer.last()),
        ImageOutcome::Failed { reason } => {
            let message = match reason.filter(|reason| !reason.trim().is_empty()) {
                Some(reason) => fill(texts.progress_failed_why, &[name, ("reason", &reason)]),
                None => fill(texts.progress_failed, &[name]),
            };
            Err(Failure::Answer { message })
        }
        _ => Err(Failure::Unfinished {
            message: fill(
                texts.progress_late,
                &[name, ("seconds", &limit.as_secs().to_string())],
            ),
            hint: texts.progress_late_hint.to_owned(),
        }),
    }
}

/// Tells how far it is: on a terminal's last line, else by a line whenever that changes.
struct Observer {
    texts: &'static Texts,
    image: String,
    /// Whether people read stderr, so that lines may stand there.
    lines: bool,
    progress: Progress,
    last: Mutex<Option<Answer>>,
}

impl Observer {
    fn tell(&self, answer: &Answer) {
        let Ok(mut last) = self.last.lock() else {
            return;
        };
        let text = self.text(answer);
        let is_new = last.as_ref().map(|last| self.text(last)) != Some(text.clone());
        *last = Some(answer.clone());
        if self.progress.is_shown() {
            self.progress.say(&text);
        } else if is_new && self.lines {
            tell(&text);
        }
    }

    fn text(&self, answer: &Answer) -> String {
        let percent = answer
            .process
            .map_or_else(|| "?".to_owned(), |percent| format!("{percent:.0}"));
        let values = [
            ("image", self.image.as_str()),
            ("percent", percent.as_str()),
        ];
        match answer.remaining_duration.map(|seconds| seconds.to_string()) {
            Some(seconds) => fill(
                self.texts.progress_left,
                &[&values[..], &[("seconds", seconds.as_str())]].concat(),
            ),
            None => fill(self.texts.progress_percent, &values),
        }
    }

    fn last(&self) -> Option<Answer> {
        self.last.lock().ok()?.take()
    }
}
