//! Changes of one or several instances: looking up, confirming, sending, waiting and reporting.

use clap::{Arg, ArgMatches, Command};
use compshare_client::model::{Action, Instance};
use compshare_client::sync::Client;
use compshare_client::{CallOptions, Config, sanitize};
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
use crate::output::document::members;
use crate::output::{join_non_empty, print_stderr};
use crate::prompt;
use crate::settings::{self, Settings};

/// Adds the instances, `--dry-run` and `--yes`.
pub(super) fn define(command: Command, instances: Arg) -> Command {
    command
        .arg(instances.display_order(0))
        .arg(args::dry_run())
        .arg(args::yes())
}

/// A command that changes instances.
pub(super) struct Task<'a> {
    pub(super) context: &'a Context,
    pub(super) matches: &'a ArgMatches,
    /// For look-ups and prices.
    pub(super) client: Client,
    config: Config,
    report: ChangeReport<'a>,
    /// See [`confirm`](Self::confirm).
    plans: Vec<String>,
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
        let (client, _) = settings::connect(config.clone(), context);
        Ok(Self {
            context,
            matches,
            client,
            config,
            report,
            plans: Vec::new(),
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
        let is_alone = instances.len() == 1;
        let mut failed: Option<Failure> = None;
        let mut outcomes = Vec::new();
        for instance in instances {
            let mut item = item_of(&instance);
            // Without a network the other requests would fail as slowly.
            if failed
                .as_ref()
                .is_some_and(|failure| failure.status == NETWORK)
            {
                item.insert("Result".to_owned(), "skipped".into());
                outcomes.push(Outcome::new(instance, item, false));
                continue;
            }

            let request = (change.request)(&instance);
            match client.send_with(&request, &CallOptions::default()) {
                Ok(reply) => {
                    item.extend(members(&reply.value)?);
                    item.insert("Result".to_owned(), "done".into());
                    let message = (change.done)(&instance);
                    self.report.done(&message, [instance.id.as_str()])?;
                    outcomes.push(Outcome::new(instance, item, true));
                }
                Err(error) if is_alone => return Err(error.into()),
                Err(error) => {
                    let failure = Failure::from(error);
                    self.note(&mut failed, &instance, &mut item, failure);
                    outcomes.push(Outcome::new(instance, item, false));
                }
            }
        }

        let goal = change
            .goal
            .filter(|_| wait::is_wanted(self.context, self.matches));
        let mut waiter =
            goal.map(|goal| Waiter::new(self.context, self.matches, client, transport, goal));
        let mut items = Vec::new();
        for mut outcome in outcomes {
            if let (Some(waiter), true) = (&mut waiter, outcome.is_changed) {
                match waiter.wait(&outcome.instance) {
                    Ok(state) => {
                        outcome.item.insert("State".to_owned(), state.into());
                        let message = waiter.reached(&outcome.instance);
                        self.report.done(&message, [])?;
                    }
                    Err(failure) if is_alone => failed = Some(failure),
                    Err(failure) => {
                        let Outcome { instance, item, .. } = &mut outcome;
                        self.note(&mut failed, instance, item, failure);
                    }
                }
            }
            self.report.item(&outcome.item)?;
            items.push(outcome.item);
        }

        let meta = Map::from_iter([
            ("action".to_owned(), A::NAME.into()),
            ("returned".to_owned(), items.len().into()),
        ]);
        let failure = if is_alone {
            failed
        } else {
            // Each failure has its line already.
            failed.map(|failure| Failure::silent(failure.status))
        };
        self.report.finish(&json!({"items": items}), meta, failure)
    }

    /// Reports the failure of one of several instances, and keeps the first one.
    fn note(
        &self,
        failed: &mut Option<Failure>,
        instance: &Instance,
        item: &mut Map<String, Value>,
        mut failure: Failure,
    ) {
        item.insert("Result".to_owned(), "failed".into());
        item.insert("Error".to_owned(), failure.message.as_str().into());
        failure.message = [&label(instance), texts().colon, &failure.message].concat();
        self.context.report(&failure);
        failed.get_or_insert(failure);
    }
}

impl Outcome {
    fn new(instance: Instance, item: Map<String, Value>, is_changed: bool) -> Self {
        Self {
            instance,
            item,
            is_changed,
        }
    }
}

fn item_of(instance: &Instance) -> Map<String, Value> {
    Map::from_iter([
        ("UHostId".to_owned(), instance.id.as_str().into()),
        ("Name".to_owned(), instance.name.as_str().into()),
    ])
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
