//! `compshare disk`: data disks.

mod attach;
mod create;
mod delete;
mod list;
mod lookup;
mod resize;

use clap::{ArgMatches, Command};
use compshare_client::model::{Action, DiskId};
use compshare_client::{CallOptions, Config, Reply};
use serde::Serialize;

use crate::cli::args::examples;
use crate::cli::subcommand::Subcommand;
use crate::commands::dry_run;
use crate::commands::report::ChangeReport;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::document::{members, reply_meta};
use crate::{prompt, settings};

pub(crate) const COMMAND: Subcommand = Subcommand::group("disk", define, COMMANDS);

/// `storage disk`, as in CompShare's own command line.
pub(crate) const STORAGE: Subcommand =
    Subcommand::group("storage", define_storage, &[COMMAND]).hidden();

const COMMANDS: &[Subcommand] = &[
    list::COMMAND,
    resize::PRICE,
    create::COMMAND,
    resize::COMMAND,
    attach::ATTACH,
    attach::DETACH,
    delete::COMMAND,
];

fn define(command: Command) -> Command {
    let commands = [
        "compshare disk list",
        "compshare disk create --instance trainer --size 100GB --charge Postpay",
        "compshare disk delete udisk-1pl07y4wkaaq",
    ];
    command
        .about(texts().disk_about)
        .after_help(examples(&commands, texts().disk_note))
}

fn define_storage(command: Command) -> Command {
    command
        .about(texts().disk_about)
        .after_help(examples(&["compshare storage disk list"], ""))
}

/// A command that changes a disk.
struct Task<'a> {
    context: &'a Context,
    matches: &'a ArgMatches,
    report: ChangeReport<'a>,
}

impl<'a> Task<'a> {
    /// Creates the report of the change. Fails if the command cannot ask for confirmation.
    fn new(context: &'a Context, matches: &'a ArgMatches) -> Result<Self, Failure> {
        let is_confirmed = matches.get_flag("dry-run") || matches.get_flag("yes");
        prompt::require(context, is_confirmed)?;
        Ok(Self {
            context,
            matches,
            report: ChangeReport::new(context)?,
        })
    }

    /// Sends the change of a disk, and reports it.
    fn run<A: Action<Response: Serialize>>(
        self,
        config: Config,
        action: &A,
        disk: &DiskId,
        question: &str,
        message: &str,
    ) -> Result<(), Failure> {
        match self.send(config, action, question)? {
            Some(reply) => self.finish(message, disk.as_str(), action.name(), &reply),
            None => Ok(()),
        }
    }

    /// Prints the request for `--dry-run` and returns `None`. Otherwise asks for confirmation, and
    /// sends it.
    fn send<A: Action>(
        &self,
        config: Config,
        action: &A,
        question: &str,
    ) -> Result<Option<Reply<A::Response>>, Failure> {
        if self.matches.get_flag("dry-run") {
            dry_run::show(self.context, &dry_run::prepared(config, action)?)?;
            return Ok(None);
        }
        prompt::confirm(self.context, question, self.matches.get_flag("yes"))?;

        // Connect after the prompt: the deadline of the command starts here.
        let (client, _) = settings::connect(config, self.context);
        Ok(Some(client.send_with(action, &CallOptions::default())?))
    }

    /// Reports the change of one disk.
    fn finish<R: Serialize>(
        mut self,
        message: &str,
        disk: &str,
        action: &str,
        reply: &Reply<R>,
    ) -> Result<(), Failure> {
        let mut data = members(&reply.value)?;
        data.insert("UDiskId".to_owned(), disk.into());
        self.report.done(message, [disk])?;
        self.report.finish(&data, reply_meta(action, reply), None)
    }
}
