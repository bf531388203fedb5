//! Changes of one or several instances: looking up, confirming, sending, waiting and reporting.

use std::sync::Arc;

use clap::{ArgMatches, Command};
use compshare_client::model::{Action, Effect, Instance, RetCode};
use compshare_client::sync::Client;
use compshare_client::{CallOptions, Config, Sent, sanitize};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::columns::{gpu, size};
use super::target::{self, label};
use super::wait::{self, Goal, Waiter};
use crate::cli::args;
use crate::commands::dry_run;
use crate::commands::report::ChangeReport;
use crate::context::Context;
use crate::failure::{Failure, NETWORK};
use crate::lang::{text, texts};
use crate::logging::LoggingTransport;
use crate::output::document::members;
use crate::output::{join_non_empty, print_stderr};
use crate::prompt;
use crate::settings::{self, Settings};

/// Adds `--dry-run` and `--yes`, after all other options.
pub(super) fn define(command: Command) -> Command {
    command.arg(args::dry_run()).arg(args::yes())
}

/// A command that changes instances.
pub(super) struct Task<'a> {
    pub(super) context: &'a Context,
    pub(super) matches: &'a ArgMatches,
    /// For look-ups and prices.
    pub(super) client: Client,
    pub(super) transport: Arc<LoggingTransport>,
    config: Config,
    report: ChangeReport<'a>,
    /// See [`confirm`](Self::confirm).
    plans: Vec<String>,
    /// There is one instance, whose failure is that of the command.
    is_alone: bool,
    /// The first failure.
    failed: Option<Failure>,
}

/// The change of each instance.
pub(super) struct Change<'c, A> {
    pub(super) request: &'c dyn Fn(&Instance) -> A,
    /// Returns the message about an instance.
    pub(super) done: &'c dyn Fn(&Instance) -> String,
    /// The goal that `--wait` waits for.
    pub(super) goal: Option<Goal>,
}

/// The result for one instance.
struct Outcome {
    instance: Instance,
    item: Map<String, Value>,
    is_changed: bool,
}

impl<'a> Task<'a> {
    /// Validates options and settings, and that the command can ask if it has to. Sends no request.
    pub(super) fn new(
        context: &'a Context,
        matches: &'a ArgMatches,
        asks: bool,
    ) -> Result<Self, Failure> {
        let report = ChangeReport::of_items(context)?;
        let is_confirmed = !asks || matches.get_flag("dry-run") || matches.get_flag("yes");
        prompt::require(context, is_confirmed)?;
        wait::check_options(context, matches)?;

        let config = Settings::read(context).config_for_instances(context)?;
        let (client, transport) = settings::connect(config.clone(), context);
        Ok(Self {
            context,
            matches,
            client,
            transport,
            config,
            report,
            plans: Vec::new(),
            is_alone: false,
            failed: None,
        })
    }

    /// Finds the instances on the command line.
    pub(super) fn find(&self) -> Result<Vec<Instance>, Failure> {
        target::find(&self.client, &target::names(self.matches))
    }

    /// Returns `true` if the plans will be read by a person, or checked against a price.
    pub(super) fn needs_plans(&self) -> bool {
        let has_max_price = self.matches.try_contains_id("max-price");
        !self.matches.get_flag("yes")
            || self.matches.get_flag("dry-run")
            || has_max_price.is_ok_and(|given| given)
    }

    /// Shows a plan for each instance and asks for confirmation; a dry run only shows them.
    pub(super) fn confirm(
        &mut self,
        plans: Vec<String>,
        question: impl Fn(&str) -> String,
    ) -> Result<(), Failure> {
        let is_dry_run = self.matches.get_flag("dry-run");
        let is_confirmed = self.matches.get_flag("yes");
        self.plans = plans;
        let plans = match (is_dry_run, self.plans.as_slice()) {
            (_, []) => return Ok(()),
            (false, [plan]) => {
                return prompt::confirm(self.context, &question(plan), is_confirmed);
            }
            (_, plans) => plans,
        };

        if (is_dry_run || !is_confirmed) && !self.context.is_json() {
            for plan in plans {
                print_stderr(plan);
            }
        }
        let what = text!(instance_these, count = plans.len());
        prompt::confirm(self.context, &question(&what), is_confirmed || is_dry_run)
    }

    /// Sends the change of each instance, waits, and reports; a dry run prints the requests.
    pub(super) fn run<A: Action<Response: Serialize>>(
        mut self,
        instances: Vec<Instance>,
        change: Change<'_, A>,
    ) -> Result<(), Failure> {
        if self.matches.get_flag("dry-run") {
            let requests = instances.iter().map(|instance| {
                let request = (change.request)(instance);
                dry_run::prepared(self.config.clone(), &request)
            });
            let requests = requests.collect::<Result<Vec<_>, _>>()?;
            return dry_run::show_all(self.context, &requests, &self.plans);
        }

        // Connect after the prompt: the deadline of the command starts here.
        let (client, transport) = settings::connect(self.config.clone(), self.context);
        self.is_alone = instances.len() == 1;
        let mut outcomes = Vec::new();
        for instance in instances {
            outcomes.push(self.send(&client, instance, &change)?);
        }

        let goal = change.goal;
        let goal = goal.filter(|_| wait::is_wanted(self.context, self.matches));
        let waiter =
            goal.map(|goal| Waiter::new(self.context, self.matches, client, transport, goal));
        self.finish(outcomes, waiter, Some(A::NAME))
    }

    /// Waits for instances without changing them.
    pub(super) fn run_wait(
        mut self,
        instances: Vec<Instance>,
        waiter: Waiter<'_>,
    ) -> Result<(), Failure> {
        self.is_alone = instances.len() == 1;
        let outcomes = instances
            .into_iter()
            .map(|instance| Outcome::new(instance, true));
        self.finish(outcomes.collect(), Some(waiter), None)
    }

    fn send<A: Action<Response: Serialize>>(
        &mut self,
        client: &Client,
        instance: Instance,
        change: &Change<'_, A>,
    ) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::new(instance, false);
        // Without a network the other requests would fail as slowly.
        let status = self.failed.as_ref().map(|failure| failure.status);
        if status == Some(NETWORK) {
            outcome.set("Result", "skipped");
            return Ok(outcome);
        }

        // A repetition of a change that took effect would be refused for its new state, and hide
        // that it did.
        let options = CallOptions::default().effect(Effect::Write);
        let request = (change.request)(&outcome.instance);
        match client.send_with(&request, &options) {
            Ok(reply) => outcome.item.extend(members(&reply.value)?),
            Err(error)
                if error.was_sent() == Sent::Maybe
                    && has_changed(client, &outcome.instance, change.goal.as_ref()) => {}
            // A refused start of a running instance, or stop of a stopped one, is no failure.
            Err(error)
                if error.ret_code() == Some(RetCode::POWER_STATE)
                    && change
                        .goal
                        .as_ref()
                        .is_some_and(|goal| goal.is_reached(&outcome.instance)) =>
            {
                outcome.set("Result", "unchanged");
                return Ok(outcome);
            }
            Err(error) => {
                self.note(&mut outcome, error.into())?;
                return Ok(outcome);
            }
        }

        outcome.is_changed = true;
        outcome.set("Result", "done");
        let message = (change.done)(&outcome.instance);
        self.report.done(&message, [outcome.instance.id.as_str()])?;
        Ok(outcome)
    }

    /// Waits for the changed instances, and reports all.
    fn finish(
        mut self,
        outcomes: Vec<Outcome>,
        mut waiter: Option<Waiter<'_>>,
        action: Option<&str>,
    ) -> Result<(), Failure> {
        let mut items = Vec::new();
        for mut outcome in outcomes {
            if let (Some(waiter), true) = (&mut waiter, outcome.is_changed) {
                match waiter.wait(&outcome.instance) {
                    Ok(state) => {
                        outcome.set("State", &state);
                        // The id was printed with the change, if there was one.
                        let id = action.is_none().then_some(outcome.instance.id.as_str());
                        let message = waiter.reached(&outcome.instance);
                        self.report.done(&message, id)?;
                    }
                    Err(failure) if self.is_alone => self.failed = Some(failure),
                    Err(failure) => self.note(&mut outcome, failure)?,
                }
            }
            self.report.item(&outcome.item)?;
            items.push(outcome.item);
        }

        let mut meta = Map::new();
        if let Some(action) = action {
            meta.insert("action".to_owned(), action.into());
        }
        meta.insert("returned".to_owned(), items.len().into());
        let failure = if self.is_alone {
            self.failed
        } else {
            // Each failure has its line already.
            self.failed.map(|failure| Failure::silent(failure.status))
        };
        self.report.finish(&json!({"items": items}), meta, failure)
    }

    /// Reports the failure of one of several instances, and keeps the first one. Returns the failure
    /// if it is of the only instance.
    fn note(&mut self, outcome: &mut Outcome, mut failure: Failure) -> Result<(), Failure> {
        if self.is_alone {
            return Err(failure);
        }
        outcome.set("Result", "failed");
        outcome.set("Error", &failure.message);
        let label = label(&outcome.instance);
        failure.message = [&label, texts().colon, &failure.message].concat();
        self.context.report(&failure);
        self.failed.get_or_insert(failure);
        Ok(())
    }
}

impl Outcome {
    fn new(instance: Instance, is_changed: bool) -> Self {
        let item = Map::from_iter([
            ("UHostId".to_owned(), instance.id.as_str().into()),
            ("Name".to_owned(), instance.name.as_str().into()),
        ]);
        Self {
            instance,
            item,
            is_changed,
        }
    }

    fn set(&mut self, member: &str, text: &str) {
        self.item.insert(member.to_owned(), text.into());
    }
}

/// Returns `true` if a change whose response was lost took effect, as the state shows.
fn has_changed(client: &Client, before: &Instance, goal: Option<&Goal>) -> bool {
    let Some(goal) = goal else { return false };
    let Ok(found) = target::by_ids(client, [before.id.as_str()]) else {
        return false;
    };
    let after = found.iter().find(|instance| instance.id == before.id);
    match after {
        None => *goal == Goal::Deleted,
        Some(after) => goal.is_in_progress(after.state.as_ref()),
    }
}

/// Returns name, id, GPUs and size of an instance, for prompts.
pub(super) fn describe(instance: &Instance) -> String {
    let parts = [gpu(instance), size(instance)].into_iter().flatten();
    match join_non_empty(parts, " ") {
        Some(size) => {
            let (label, size) = (label(instance), sanitize(&size).into_owned());
            [label.as_str(), texts().comma, &size].concat()
        }
        None => label(instance),
    }
}

/// Sets region and zone of a request to those of its instance.
macro_rules! at {
    ($instance:expr, $request:expr) => {{
        let (instance, mut request) = ($instance, $request);
        request.zone.clone_from(&instance.zone);
        request.region = instance.region.clone().or_else(|| {
            let zone = instance.zone.as_ref()?;
            Some(zone.region())
        });
        request
    }};
}
pub(super) use at;
