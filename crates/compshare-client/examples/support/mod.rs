//! Shared code of the examples: target, arguments and output.

#![allow(dead_code, reason = "no example uses all of it")]

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use compshare_client::{Config, sanitize};
use compshare_mock::MockGateway;

/// The target of requests: the service of the environment, or a mock gateway that stops on drop.
pub(crate) struct Target {
    pub(crate) config: Config,
    gateway: Option<MockGateway>,
}

impl Target {
    pub(crate) fn find() -> Result<Self, Box<dyn Error>> {
        if is_service_named() {
            let config = Config::from_env()?;
            note(&format!("calling {}", config.base_url()));
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
            "no keys in COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY: calling a mock gateway at {}",
            config.base_url()
        ));
        Ok(Self {
            config,
            gateway: Some(gateway),
        })
    }

    /// Returns `true` for the mock gateway.
    pub(crate) fn is_mock(&self) -> bool {
        self.gateway.is_some()
    }

    /// Returns the command-line arguments, or `built_in` for the mock gateway. Changes of a real
    /// service require explicit arguments.
    pub(crate) fn arguments(&self, built_in: &[&str]) -> Vec<String> {
        let given = arguments();
        if given.is_empty() && self.is_mock() {
            built_in.iter().map(ToString::to_string).collect()
        } else {
            given
        }
    }
}

/// Returns `true` if the environment has any setting of a service. `Config::from_env` reports the
/// missing ones.
#[allow(
    clippy::disallowed_methods,
    reason = "a program may read its environment"
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

/// Returns the command-line arguments.
pub(crate) fn arguments() -> Vec<String> {
    std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect()
}

/// Prints one line to stdout, with untrusted text escaped.
pub(crate) fn print(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{}", sanitize(line))
}

/// Prints one line to stderr. Ignores a closed stderr.
pub(crate) fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{}", sanitize(line));
}

/// Returns the exit code, and prints an error to stderr. A closed pipe (`| head`) is not a failure.
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
