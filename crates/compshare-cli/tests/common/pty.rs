//! Runs the program at a pseudo-terminal.

use std::process::{Command, Stdio};

use rexpect::session::{PtySession, spawn_command};

use super::Cli;

/// Runs the program at a terminal with a number of columns.
pub(crate) fn terminal(cli: &Cli, columns: u32, arguments: &[&str]) -> PtySession {
    terminal_with(&cli.command(arguments), columns)
}

/// `stty` sets the size of rexpect's terminal, and the program replaces the shell.
pub(crate) fn terminal_with(program: &Command, columns: u32) -> PtySession {
    spawn(terminal_command(program, columns))
}

/// Returns the command of [`terminal_with`].
pub(crate) fn terminal_command(program: &Command, columns: u32) -> Command {
    let mut shell = shell();
    shell
        .args([
            "-c",
            &format!("stty echo columns {columns} rows 24; exec \"$@\""),
            "sh",
        ])
        .arg(program.get_program())
        .args(program.get_args())
        .env_clear()
        .envs(
            program
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("TERM", "xterm");
    shell
}

/// Returns a shell that ignores no signals: the program would inherit ignored ones from the caller,
/// such as nohup. `--default-signal` is a GNU option.
pub(crate) fn shell() -> Command {
    let mut probe = Command::new("env");
    let is_gnu = probe
        .args(["--default-signal", "true"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if is_gnu {
        let mut shell = Command::new("env");
        shell.args(["--default-signal", "/bin/sh"]);
        return shell;
    }
    Command::new("/bin/sh")
}

pub(crate) fn spawn(command: Command) -> PtySession {
    spawn_command(command, Some(20_000)).unwrap()
}

/// Decodes text of rexpect, which converts each byte to a character.
fn utf8(text: &str) -> String {
    let bytes = text
        .chars()
        .map(|byte| u8::try_from(byte).unwrap())
        .collect();
    String::from_utf8(bytes).unwrap()
}

/// Reads until the end. Returns the output and the status.
pub(crate) fn end(mut session: PtySession) -> (String, i32) {
    let rest = utf8(&session.exp_eof().unwrap());
    // The type is from nix and not exported: `Exited(Pid(7), 0)`.
    let status = format!("{:?}", session.process().wait().unwrap());
    let code = status
        .strip_prefix("Exited(")
        .and_then(|status| status.strip_suffix(')')?.rsplit(' ').next()?.parse().ok());
    (rest, code.unwrap_or_else(|| panic!("{status} is no exit")))
}
