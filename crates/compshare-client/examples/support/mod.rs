//! What the two examples share: where to ask, and how to print.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use compshare_client::model::Image;
use compshare_client::{Config, printable};
use compshare_mock::MockGateway;

/// Where to ask: the service that the environment names, or a mock gateway that runs as long as this value lives.
pub(crate) struct Target {
    pub(crate) config: Config,
    _gateway: Option<MockGateway>,
}

impl Target {
    pub(crate) fn find() -> Result<Self, Box<dyn Error>> {
        if is_service_named() {
            let builder = Config::builder().env()?;
            let config = builder.clone().build()?;
            // CompShare's documentation asks for a region everywhere, and shows this one.
            let config = if config.region().is_none() { builder.region("cn-wlcb").build()? } else { config };
            eprintln!("asking {}", config.base_url());
            return Ok(Self { config, _gateway: None });
        }
        let gateway = MockGateway::start()?;
        let config = Config::builder()
            .region("cn-wlcb")
            .keys(gateway.public_key(), gateway.private_key())
            .base_url(gateway.base_url())
            .build()?;
        eprintln!(
            "no keys in COMPSHARE_PUBLIC_KEY and COMPSHARE_PRIVATE_KEY: asking a mock gateway at {}",
            config.base_url()
        );
        Ok(Self { config, _gateway: Some(gateway) })
    }
}

/// Whether the environment names a service to ask. If it does so only in part, the settings say what is missing.
#[allow(clippy::disallowed_methods, reason = "a program may look at its environment")]
fn is_service_named() -> bool {
    ["COMPSHARE_PUBLIC_KEY", "COMPSHARE_PRIVATE_KEY", "COMPSHARE_BASE_URL"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Prints one favourite. What strangers wrote is made safe for the terminal first.
pub(crate) fn print(image: &Image) -> io::Result<()> {
    writeln!(io::stdout(), "{} - {}", printable(image.id.as_str()), printable(&image.name))
}

/// Prints how many there were and what it took.
pub(crate) fn print_summary(images: u64, requests: u64) -> io::Result<()> {
    writeln!(io::stdout(), "{images} favourite images in {requests} requests")
}

/// Success, or one line on standard error. A reader that left (`| head`) is no failure.
pub(crate) fn finish(result: Result<(), Box<dyn Error>>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        return ExitCode::SUCCESS;
    }
    let _ = writeln!(io::stderr(), "error: {error}");
    ExitCode::FAILURE
}
