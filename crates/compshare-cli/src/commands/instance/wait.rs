//! `compshare instance wait`, and waiting after a change.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::{Arg, ArgMatches, Command};
use compshare_client::model::{Instance, InstanceState};
use compshare_client::sync::{Client, Transport as _};
use compshare_client::transport::Now;
use compshare_client::{InstanceOutcome, InstanceWaitOptions, sanitize};

use super::change::Task;
use super::target::{self, label};
use crate::cli::args::{examples, flag, option, required, word};
use crate::cli::subcommand::Subcommand;
use crate::commands::wait_args;
use crate::context::Context;
use crate::failure::Failure;
use crate::interrupt;
use crate::lang::{text, texts};
use crate::logging::LoggingTransport;
use crate::output::{human, print_stderr, progress};
use crate::terminal;

pub(super) const COMMAND: Subcommand = Subcommand::new("wait", define, run);

/// The word of a state that no response has: the instance is gone.
const DELETED: &str = "Deleted";
/// The states of `--state`.
const STATES: &[&str] = &["Running", "Stopped", DELETED];
/// The defaults of `--wait-timeout` and `--interval` in seconds, as in CompShare's own command
/// line.
const DEFAULTS: [u64; 2] = [600, 3];
/// The minimum pause between two waits.
const MIN_INTERVAL: Duration = Duration::from_millis(100);
/// The number of queries in which the first of two states must show.
const FIRST_QUERIES: u32 = 3;

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance wait trainer",
        "compshare instance wait trainer notebook --state Stopped --wait-timeout 300",
    ];
    let state = option("state", "STATE", texts().instance_wait_state);
    command
        .about(texts().instance_wait_about)
        .after_help(examples(&commands, texts().instance_wait_note))
        .arg(target::several())
        .arg(word(state.default_value("Running"), STATES))
        .args(limits())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let task = Task::new(context, matches, false)?;
    let goal = match required(matches, "state") {
        DELETED => Goal::Deleted,
        state => Goal::State(state.into()),
    };

    let mut names = target::names(matches);
    let mut instances = Vec::new();
    if goal == Goal::Deleted {
        // An instance may be deleted already, which only its id tells.
        let (ids, others): (Vec<&str>, _) = names.into_iter().partition(target::is_id);
        names = others;
        instances.extend(ids.into_iter().map(|id| {
            let mut instance = Instance::default();
            instance.id = id.into();
            instance
        }));
    }
    if !names.is_empty() {
        instances.extend(target::find(&task.client, &names)?);
    }
    let (client, transport) = (task.client.clone(), Arc::clone(&task.transport));
    let waiter = Waiter::new(context, matches, client, transport, goal);
    task.run_wait(instances, waiter)
}

/// Creates `--wait`, `--no-wait` and the limits of a wait.
pub(super) fn options() -> [Arg; 4] {
    let [timeout, interval] = limits();
    [
        flag("wait", texts().instance_wait),
        flag("no-wait", texts().instance_no_wait).conflicts_with("wait"),
        timeout,
        interval,
    ]
}

fn limits() -> [Arg; 2] {
    wait_args::options_with(
        texts().instance_wait_timeout,
        texts().instance_wait_interval,
    )
}

/// Returns `true` if the command waits: with `--wait`, and at a terminal.
pub(super) fn is_wanted(context: &Context, matches: &ArgMatches) -> bool {
    let is_set = |name| matches.try_get_one(name).ok().flatten() == Some(&true);
    let is_interactive = !context.is_json() && terminal::stdout_is_terminal();
    !is_set("no-wait") && (is_set("wait") || is_interactive)
}

/// Rejects the limits of a wait without a wait.
pub(super) fn check_options(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    if matches.try_contains_id("wait").is_err() || is_wanted(context, matches) {
        return Ok(());
    }
    match wait_args::given_option(matches) {
        Some(name) => Err(Failure::usage(text!(use_needs, name, other = "--wait"))),
        None => Ok(()),
    }
}

/// The end of a wait.
#[derive(Clone, PartialEq)]
pub(super) enum Goal {
    State(InstanceState),
    /// It has the second state, after it had the first.
    Through(InstanceState, InstanceState),
    /// It does not exist any more.
    Deleted,
}

impl Goal {
    /// Returns `true` if an instance in this state is on its way to the goal, or has reached it.
    pub(super) fn is_in_progress(&self, state: Option<&InstanceState>) -> bool {
        let Some(state) = state else { return false };
        match self {
            Self::State(InstanceState::Running) => {
                matches!(state, InstanceState::Starting | InstanceState::Running)
            }
            Self::State(InstanceState::Stopped) => {
                matches!(state, InstanceState::Stopping | InstanceState::Stopped)
            }
            Self::Through(first, _) => state == first,
            Self::State(_) | Self::Deleted => false,
        }
    }

    /// Returns `true` if the instance has the state of the goal.
    pub(super) fn is_reached(&self, instance: &Instance) -> bool {
        matches!(self, Self::State(state) if instance.state.as_ref() == Some(state))
    }

    fn state(&self) -> InstanceState {
        match self {
            Self::State(state) | Self::Through(_, state) => state.clone(),
            Self::Deleted => DELETED.into(),
        }
    }
}

/// Waits for instances, all of them within one deadline.
pub(super) struct Waiter<'a> {
    context: &'a Context,
    client: Client,
    transport: Arc<LoggingTransport>,
    goal: Goal,
    interval: Duration,
    limit: Duration,
    started: Instant,
}

impl<'a> Waiter<'a> {
    pub(super) fn new(
        context: &'a Context,
        matches: &ArgMatches,
        client: Client,
        transport: Arc<LoggingTransport>,
        goal: Goal,
    ) -> Self {
        let [limit, interval] = DEFAULTS;
        let duration = |name: &str, default: u64| {
            Duration::from_secs(matches.get_one(name).copied().unwrap_or(default))
        };
        Self {
            context,
            // No request can be sent after the deadline of the command.
            limit: transport.within_deadline(duration("wait-timeout", limit)),
            interval: duration("interval", interval),
            client,
            transport,
            goal,
            started: Now::real().instant,
        }
    }

    /// Waits for an instance. Returns its state.
    pub(super) fn wait(&mut self, instance: &Instance) -> Result<String, Failure> {
        let state = self.goal.state();
        let goes_on = text!(
            instance_goes_on,
            command = format!("compshare instance wait {} --state {state}", instance.id)
        );
        let interrupted = Failure::interrupted().with_hint(goes_on.as_str());
        let message = if self.context.is_json() {
            interrupted.line(true, false)
        } else {
            [&interrupted.message, texts().hint_separator, &goes_on].concat()
        };
        let _message = interrupt::set_message(message);

        if let Goal::Through(first, _) = &self.goal {
            // It may take a moment to show, or be over before a query sees it.
            let limit = self.interval * FIRST_QUERIES;
            let _ = self.until(instance, first, limit)?;
        }
        let mut outcome = self.until(instance, &state, self.limit)?;
        // The state of a failed instance stays the same until it is deleted.
        while self.goal == Goal::Deleted
            && matches!(outcome, InstanceOutcome::Failed(_))
            && self.elapsed() < self.limit
        {
            self.transport.expect_pause();
            self.transport.sleep(self.interval.max(MIN_INTERVAL));
            outcome = self.until(instance, &state, self.limit)?;
        }

        let label = label(instance);
        let failure = match outcome {
            InstanceOutcome::Gone if self.goal == Goal::Deleted => return Ok(state.to_string()),
            InstanceOutcome::Reached(_) => return Ok(state.to_string()),
            InstanceOutcome::Failed(_) if self.goal != Goal::Deleted => {
                Failure::unexpected_response(text!(instance_failed, label))
            }
            InstanceOutcome::Gone => Failure::unexpected_response(text!(instance_gone, label)),
            _ => {
                let seconds = self.limit.as_secs_f64().ceil();
                let state = shown(&state);
                Failure::timed_out(text!(instance_late, label, state, seconds)).with_hint(goes_on)
            }
        };
        Err(failure)
    }

    /// Returns the message about an instance after its wait.
    pub(super) fn reached(&self, instance: &Instance) -> String {
        let (label, state) = (label(instance), shown(&self.goal.state()));
        text!(instance_reached, label, state)
    }

    fn elapsed(&self) -> Duration {
        Now::real().instant.saturating_duration_since(self.started)
    }

    /// Waits until an instance has a state, within `limit` and the deadline of all waits.
    fn until(
        &self,
        instance: &Instance,
        state: &InstanceState,
        limit: Duration,
    ) -> Result<InstanceOutcome, Failure> {
        let label = label(instance);
        let last = Mutex::new(String::new());
        let has_lines = !self.context.is_json();
        let transport = Arc::clone(&self.transport);
        let observe = move |instance: &Instance| {
            transport.expect_pause();
            let state = instance.state.as_ref().map(shown).unwrap_or_default();
            let line = [label.as_str(), texts().colon, &sanitize(&state)].concat();
            let Ok(mut last) = last.lock() else { return };
            if progress::can_show() {
                progress::show(&line);
            } else if *last != line && has_lines {
                print_stderr(&line);
            }
            *last = line;
        };

        let options = InstanceWaitOptions::default()
            .deadline(limit.min(self.limit.saturating_sub(self.elapsed())))
            .interval(self.interval)
            .on_progress(observe);
        let instances = self.client.instances();
        let outcome = instances.wait_until_with(&instance.id, state.clone(), options);
        progress::clear();
        Ok(outcome?)
    }
}

/// Returns a state in the current language.
pub(super) fn shown(state: &InstanceState) -> String {
    human::word(state.as_str()).unwrap_or_else(|| state.to_string())
}
