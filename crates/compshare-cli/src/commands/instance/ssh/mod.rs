//! `compshare instance ssh`: runs the system's `ssh` with the login of an instance.

pub(crate) mod askpass;
mod login;

use std::net::{TcpStream, ToSocketAddrs as _};
use std::process::Command as Process;
use std::time::Duration;

use clap::{Arg, ArgMatches, Command};
use compshare_client::Config;
use compshare_client::model::{Instance, InstanceState};
use compshare_client::sync::Transport as _;
use compshare_client::transport::Now;
use serde_json::{Map, json};

use self::login::{Login, quote_all};
use super::target::{self, label, look_up};
use super::wait::{self, Goal, Waiter};
use crate::cli::args::{examples, flag, number, option, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{language, text, texts};
use crate::output::progress;
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("ssh", define, run);

/// The default limit of the wait for the port, in seconds.
const PORT_SECONDS: u64 = 600;
/// The interval between two attempts to connect.
const PORT_INTERVAL: Duration = Duration::from_secs(3);
/// The time limit of an attempt to connect.
const CONNECT: Duration = Duration::from_secs(5);
/// The maximum of `--connect-timeout`, in seconds: a day.
const MAX_SECONDS: u64 = 24 * 60 * 60;

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance ssh trainer",
        "compshare instance ssh uhost-1a2b3c4d5e6f -- nvidia-smi -L",
        "compshare instance ssh trainer --print",
    ];
    let texts = texts();
    let timeout = option("connect-timeout", "SECONDS", texts.ssh_connect_timeout);

    command
        .about(texts.ssh_about)
        .after_help(examples(&commands, texts.ssh_note))
        .arg(target::one())
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .help(texts.ssh_command)
                .num_args(1..)
                .last(true),
        )
        .arg(flag("print", texts.ssh_print))
        .arg(flag("no-auto-password", texts.ssh_no_auto_password))
        .arg(flag("auto-password", texts.ssh_no_auto_password).hide(true))
        .arg(flag("accept-new", texts.ssh_accept_new))
        .arg(number(timeout, MAX_SECONDS))
        .args(wait::options())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let prints = matches.get_flag("print");
    if !prints {
        context.accept_text_only()?;
    }

    wait::check_options(context, matches)?;
    let config = Settings::read(context).config_for_instances(context)?;
    let mut instance = look_up(context, config.clone(), required(matches, "instance"))?;
    if wait::is_wanted(context, matches) && is_becoming_ready(&instance) {
        instance = wait_until_running(context, matches, &config, &instance)?;
    }
    let login = login(&instance)?;
    if matches.get_flag("wait") {
        wait_for_port(context, matches, config, &login)?;
    }
    let has_password = instance.password.is_some() && !matches.get_flag("no-auto-password");

    let mut options = Vec::new();
    if let Some(seconds) = matches.get_one::<u64>("connect-timeout") {
        options.push(format!("-oConnectTimeout={seconds}"));
    }
    if matches.get_flag("accept-new") {
        options.push("-oStrictHostKeyChecking=accept-new".to_owned());
    }
    if has_password && !prints {
        // A second attempt would send the same password.
        options.push("-oNumberOfPasswordPrompts=1".to_owned());
    }
    let remote: Vec<String> = matches
        .get_many("command")
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let arguments = login.arguments(options, &remote);
    if prints {
        return print(context, &instance, &arguments);
    }

    let mut ssh = Process::new("ssh");
    ssh.args(arguments);
    if has_password {
        let destination = login.destination();
        askpass::install(context, &mut ssh, instance.id.as_str(), &destination);
    }
    replace_process(ssh)
}

/// Returns `true` if the instance may be running soon without another command.
fn is_becoming_ready(instance: &Instance) -> bool {
    let state = instance.state.as_ref();
    let ends = [InstanceState::Running, InstanceState::Stopped];
    state.is_some_and(|state| !ends.contains(state) && !state.is_failed())
}

fn wait_until_running(
    context: &Context,
    matches: &ArgMatches,
    config: &Config,
    instance: &Instance,
) -> Result<Instance, Failure> {
    let (client, transport) = settings::connect(config.clone(), context);
    let goal = Goal::State(InstanceState::Running);
    Waiter::new(context, matches, client, transport, goal).wait(instance)?;
    look_up(context, config.clone(), instance.id.as_str())
}

/// Waits until the port accepts connections: a running instance may not have started its server.
fn wait_for_port(
    context: &Context,
    matches: &ArgMatches,
    config: Config,
    login: &Login,
) -> Result<(), Failure> {
    let (_, transport) = settings::connect(config, context);
    let seconds = matches.get_one("wait-timeout").copied();
    let limit = transport.within_deadline(Duration::from_secs(seconds.unwrap_or(PORT_SECONDS)));

    let (host, port) = login.address();
    let text = text!(ssh_waiting_port, host, port);
    let started = Now::real().instant;
    loop {
        let is_open = || {
            let mut addresses = (host, port).to_socket_addrs().ok()?;
            addresses.find_map(|address| TcpStream::connect_timeout(&address, CONNECT).ok())
        };
        if progress::while_waiting(CONNECT, &text, is_open).is_some() {
            return Ok(());
        }

        if Now::real().instant.saturating_duration_since(started) >= limit {
            let seconds = limit.as_secs();
            return Err(Failure::timed_out(text!(
                ssh_port_late,
                host,
                port,
                seconds
            )));
        }
        transport.expect_pause();
        progress::while_waiting(Duration::ZERO, &text, || transport.sleep(PORT_INTERVAL));
    }
}

/// Returns the login of a running instance.
fn login(instance: &Instance) -> Result<Login, Failure> {
    let (id, label) = (&instance.id, label(instance));
    let state = instance.state.as_ref();
    if let Some(state) = state.filter(|state| !state.as_str().is_empty()) {
        if *state != InstanceState::Running {
            let state = language()
                .translate(state.as_str())
                .unwrap_or(state.as_str());
            let failure = Failure::refused(text!(ssh_not_running, instance = label, state));
            return Err(match instance.state {
                Some(InstanceState::Stopped) => failure.with_hint(text!(ssh_start, id)),
                _ => failure.with_hint(text!(ssh_wait, id)),
            });
        }
    }

    let command = instance.ssh_login_command.as_deref().unwrap_or_default();
    if command.trim().is_empty() {
        return Err(Failure::refused(text!(ssh_no_login, instance = label)));
    }
    Login::parse(command).ok_or_else(|| {
        let failure = Failure::refused(text!(ssh_odd_login, instance = label, command));
        failure.with_hint(texts().ssh_odd_login_hint)
    })
}

fn print(context: &Context, instance: &Instance, arguments: &[String]) -> Result<(), Failure> {
    let mut command = vec!["ssh".to_owned()];
    command.extend_from_slice(arguments);
    let data = json!({"UHostId": instance.id, "command": command});
    context.value(&data, Map::new(), |out| out.line(&quote_all(&command)))
}

/// Replaces this process, so that signals, terminal and exit status are those of `ssh`.
#[cfg(unix)]
fn replace_process(mut ssh: Process) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;
    let cause = ssh.exec();
    Err(Failure::configuration(text!(ssh_missing, cause)))
}

/// Runs `ssh` and exits with its status.
#[cfg(not(unix))]
fn replace_process(mut ssh: Process) -> Result<(), Failure> {
    match ssh.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            Err(Failure::silent(code.unwrap_or(u8::MAX)))
        }
        Err(cause) => Err(Failure::configuration(text!(ssh_missing, cause))),
    }
}
