//! Prompts of `ssh`, which runs this program as its `SSH_ASKPASS`.
//!
//! The password is looked up when `ssh` asks for it, so that no argument, file or environment
//! variable contains it.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::Command;

use compshare_client::sanitize;

use crate::commands::instance::target::look_up;
use crate::context::Context;
use crate::env;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::settings::Settings;

/// The variable with the instance and the destination of `ssh`, separated by a space.
const VARIABLE: &str = "COMPSHARE_ASKPASS";

/// The terminal of the process, for input and output.
#[cfg(windows)]
const TERMINAL: (&str, &str) = ("CONIN$", "CONOUT$");
#[cfg(not(windows))]
const TERMINAL: (&str, &str) = ("/dev/tty", "/dev/tty");

/// Lets `ssh` run this program for prompts, with the settings of `context`.
pub(super) fn install(context: &Context, ssh: &mut Command, instance: &str, destination: &str) {
    // Without the path of this program, `ssh` asks at the terminal.
    let Ok(program) = std::env::current_exe() else {
        return;
    };

    ssh.env("SSH_ASKPASS", program)
        .env("SSH_ASKPASS_REQUIRE", "force")
        .env(VARIABLE, format!("{instance} {destination}"));
    let globals = &context.global_args;
    for (name, value) in [
        ("COMPSHARE_PROFILE", &globals.profile),
        ("COMPSHARE_PROJECT_ID", &globals.project_id),
        ("COMPSHARE_BASE_URL", &globals.base_url),
    ] {
        if let Some(value) = value {
            ssh.env(name, value);
        }
    }
}

/// A prompt of `ssh`.
pub(crate) struct Prompt {
    text: String,
    instance: String,
    destination: String,
}

impl Prompt {
    /// Returns the prompt if `ssh` runs this program. No command of this program has a space.
    pub(crate) fn read(arguments: &[OsString]) -> Option<Self> {
        let [_, text] = arguments else {
            return None;
        };
        let text = text.to_str().filter(|text| text.contains(' '))?;
        let (instance, destination) = env::variable(VARIABLE)?
            .split_once(' ')
            .map(|(instance, destination)| (instance.to_owned(), destination.to_owned()))?;
        Some(Self {
            text: text.to_owned(),
            instance,
            destination,
        })
    }

    /// Prints the reply: the password of the instance, or the user's input for other prompts, such
    /// as those about host keys.
    pub(crate) fn reply(&self, context: &Context) -> Result<(), Failure> {
        let mut out = context.output();
        if asks_for_password(&self.text, &self.destination) {
            // The warnings are printed already.
            let config = Settings::read(context).check_everywhere();
            let config = config.map_err(|error| Failure::from_config_error(&error))?;
            let instance = look_up(context, config, &self.instance)?;
            let password = instance
                .password
                .filter(|password| !password.expose().is_empty());
            let password =
                password.ok_or_else(|| Failure::unexpected_response(texts().ssh_no_password))?;
            out.line(password.expose());
        } else {
            let reply = ask_user(&self.text);
            out.line(&reply.map_err(|cause| Failure::usage(text!(err_read, cause)))?);
        }
        Ok(out.flush()?)
    }
}

/// Returns `true` for `ssh`'s prompts for the password at `destination`, in the forms of password
/// and keyboard-interactive authentication. Prompts for keys and of jump hosts differ.
fn asks_for_password(prompt: &str, destination: &str) -> bool {
    let prompt = prompt.trim().to_ascii_lowercase();
    let of_host = format!("{destination}'s password:").to_ascii_lowercase();
    let tag = format!("({destination}) ").to_ascii_lowercase();
    match prompt.strip_prefix(&tag) {
        Some(rest) => rest == "password:" || rest == of_host,
        None => prompt == of_host,
    }
}

/// Asks at the terminal, since stdin belongs to the remote command.
fn ask_user(prompt: &str) -> io::Result<String> {
    let lines: Vec<_> = prompt.lines().map(sanitize).collect();
    let prompt = lines.join("\n");
    if !prompt.contains("yes/no") {
        return rpassword::prompt_password(prompt);
    }

    let mut terminal = File::options().write(true).open(TERMINAL.1)?;
    terminal.write_all(prompt.as_bytes())?;
    let mut reply = String::new();
    BufReader::new(File::open(TERMINAL.0)?).read_line(&mut reply)?;
    Ok(reply.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_password_prompts_of_the_destination() {
        for (prompt, expected) in [
            ("root@Host-1's password: ", true),
            ("(root@host-1) Password: ", true),
            ("(root@host-1) root@host-1's password: ", true),
            ("admin@host-1's password: ", false),
            ("root@jump's password: ", false),
            ("(root@jump) Password: ", false),
            ("(root@host-1) One-time password: ", false),
            ("Password: ", false),
            ("Enter passphrase for key '/root@host-1's password: ", false),
            (
                "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
                false,
            ),
        ] {
            assert_eq!(
                asks_for_password(prompt, "root@host-1"),
                expected,
                "{prompt}"
            );
        }
    }
}
