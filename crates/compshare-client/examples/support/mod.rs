//! What the examples share: where to ask, what was given on the command line, and how to print.

#![allow(dead_code, reason = "no example needs all of it")]

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use compshare_client::{Config, sanitize};
use compshare_mock::MockGateway;

/// Where to ask: the service that the environment names, or a mock gateway that runs as long as
/// this value lives.
pub(crate) struct Target {
    pub(crate) config: Config,
    gateway: Option<MockGateway>,
}

impl Target {
    pub(crate) fn find() -> Result<Self, Box<dyn Error>> {
        if is_service_named() {
            let config = Config::from_env()?;
            note(&format!("asking {}", config.base_url()));
            return Ok(Self {
                config,
                gateway: None,
            });
        }
        let gateway = MockGateway::start()?;
        let config = Config::builder()
            .keys(gateway.public_key(), gateway.private_key())
            .base_url(gateway.base_url())
            .build()?;
        note(&format!(
            "no keys in COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY: asking a mock gateway at {}",
            config.base_url()
        ));
        Ok(Self {
            config,
            gateway: Some(gateway),
        })
    }

    /// Whether it is the mock gateway of this program, where nothing real can be changed.
    pub(crate) fn is_mock(&self) -> bool {
        self.gateway.is_some()
    }

    /// What stands on the command line. If there is nothing: `built_in` for the mock gateway, and
    /// still nothing for a service, since what it is to change must be named.
    pub(crate) fn arguments(&self, built_in: &[&str]) -> Vec<String> {
        let given = arguments();
        if given.is_empty() && self.is_mock() {
            built_in.iter().map(ToString::to_string).collect()
        } else {
            given
        }
    }
}

/// Whether the environment names a service to ask. If it does so only in part, the settings say
/// what is missing.
#[allow(
    clippy::disallowed_methods,
    reason = "a program may look at its environment"
)]
fn is_service_named() -> bool {
    [
        "COMPSHARE_PUBLIC_KEY",
        "COMPSHARE_PRIVATE_KEY",
        "COMPSHARE_BASE_URL",
    ]
    .iter()
    .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// What stands on the command line.
pub(crate) fn arguments() -> Vec<String> {
    std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect()
}

/// Prints one line. What strangers wrote is made safe for the terminal.
pub(crate) fn print(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{}", sanitize(line))
}

/// Says on standard error what goes on. Whoever closed it does not want to know.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{}", sanitize(line));
}

/// Success, or one line on standard error. A reader that left (`| head`) is no failure.
pub(crate) fn finish(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else {
        return ExitCode::SUCCESS;
    };
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    {
        return ExitCode::SUCCESS;
    }
    note(&format!("error: {error}"));
    ExitCode::FAILURE
}
