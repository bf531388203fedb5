//! `compshare instance reinstall` and `password`.

use clap::{ArgMatches, Command};
use compshare_client::model::{
    Instance, Password, ReinstallCompShareInstance, ResetCompShareInstancePassword,
};

use super::change::{self, Change, Task, at, describe};
use super::delete::require_stopped;
use super::target::{self, label};
use crate::cli::args::{examples, filled, flag, option, owned, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::prompt;
use crate::secrets::MASK;

pub(super) const REINSTALL: Subcommand = Subcommand::new("reinstall", define_reinstall, reinstall);
pub(super) const PASSWORD: Subcommand = Subcommand::new("password", define_password, password);

fn define_reinstall(command: Command) -> Command {
    let commands = [
        "compshare instance reinstall trainer --image compshareImage-1pl06yxr5lvm",
        "compshare instance reinstall trainer --image compshareImage-1pl06yxr5lvm --password",
    ];
    let texts = texts();
    let command = command
        .about(texts.instance_reinstall_about)
        .after_help(examples(&commands, texts.instance_reinstall_note))
        .arg(target::one())
        .arg(filled(option("image", "IMAGE", texts.instance_reinstall_image)).required(true))
        .arg(flag("password", texts.instance_reinstall_password))
        .arg(flag("password-stdin", texts.instance_password_stdin).conflicts_with("password"))
        .arg(option("coupon", "ID", texts.opt_coupon));
    change::define(command)
}

fn define_password(command: Command) -> Command {
    let commands = [
        "compshare instance password trainer",
        "compshare instance password trainer --password-stdin --yes < password.txt",
    ];
    let command = command
        .about(texts().instance_password_about)
        .after_help(examples(&commands, texts().instance_password_note))
        .arg(target::one())
        .arg(flag("password-stdin", texts().instance_password_stdin));
    change::define(command)
}

fn reinstall(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let image = required(matches, "image");
    let instances = task.find()?;
    for instance in &instances {
        require_stopped(instance)?;
    }

    let password = if matches.get_flag("password") || matches.get_flag("password-stdin") {
        Some(read_password(matches)?)
    } else {
        None
    };
    let plans: Vec<String> = instances.iter().map(describe).collect();
    task.confirm(plans, |what| text!(instance_reinstall_confirm, what, image))?;

    let request = |instance: &Instance| {
        let mut request = ReinstallCompShareInstance::new(&instance.id, image);
        request.password.clone_from(&password);
        request.coupon_id = owned(matches, "coupon");
        at!(instance, request)
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &|instance| text!(instance_reinstalling, label = label(instance), image),
            // No source says whether it is running or stopped afterwards.
            goal: None,
        },
    )
}

fn password(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut task = Task::new(context, matches, true)?;
    let instances = task.find()?;
    let password = read_password(matches)?;
    let plans: Vec<String> = instances.iter().map(describe).collect();
    task.confirm(plans, |what| text!(instance_password_confirm, what))?;

    let request = |instance: &Instance| {
        let request = ResetCompShareInstancePassword::new(&instance.id, password.clone());
        at!(instance, request)
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &|instance| text!(instance_password_done, label = label(instance)),
            goal: None,
        },
    )
}

/// Reads a new password: with two prompts, or from standard input. A dry run needs none.
fn read_password(matches: &ArgMatches) -> Result<Password, Failure> {
    if matches.get_flag("dry-run") {
        return Ok(Password::from(MASK));
    }
    prompt::new_password(matches.get_flag("password-stdin")).map(Password::from)
}
