//! The `compshare-mock` program. See `compshare-mock --help`.

use std::borrow::Cow;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;

use compshare_mock::{MockGateway, Quirks};
use compshare_sign::Credentials;

const HELP: &str = "\
Serves a mock CompShare gateway until it is interrupted.

Usage: compshare-mock [options]

  --listen ADDRESS:PORT  listening address; port 0 selects a free port [127.0.0.1:0]
  --public-key KEY       public key that requests must carry [generated]
  --private-key KEY      private key that verifies signatures [generated]; never use a real
                         one: other users of this host can read the command line
  --images FILE          images in JSON: an array of favorites, or an object with any of
                         ImageSet (favorites), CompshareImageGroup (community),
                         PlatformImages, CustomImages, SharedImages, SelfCommunity,
                         UHostSet (instances), Disks, AvailableInstanceTypes,
                         GpuInventory (stock), GpuPrices, ZoneInfo (zones)
  --production-as-reported
                         remove documented actions that are reported missing in
                         production, such as the three favorite actions
  --documented-only      remove undocumented actions, such as
                         CreateCompShareImageFavorite
  --quirk NAME[=VALUE]   set another deviation from the documents, such as page_cap=7; see
                         `Quirks` in the library documentation; may be repeated
  --allow-remote         allow an address that other hosts can reach (plain HTTP)
  -h, --help             print this help
  -V, --version          print the version

Prints one line for a shell to evaluate, which sets COMPSHARE_BASE_URL and each generated
key. Exit status: 0 if interrupted, 1 if it cannot serve, 2 on a usage error.
";

const USAGE_ERROR: u8 = 2;

#[derive(Default)]
struct Options {
    listen: Option<SocketAddr>,
    public_key: Option<String>,
    private_key: Option<String>,
    images: Option<PathBuf>,
    quirks: Quirks,
}

enum Command {
    Serve(Box<Options>),
    Print(String),
}

fn main() -> ExitCode {
    match parse(std::env::args_os()) {
        Ok(Command::Print(text)) => {
            // Ignore a closed stdout.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Ok(Command::Serve(options)) => match serve(*options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                print_error(&error_chain(&*error));
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            // `Display` of these errors includes the cause.
            print_error(&error.to_string());
            ExitCode::from(USAGE_ERROR)
        }
    }
}

fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    use lexopt::prelude::*;

    let mut options = Options::default();
    let mut allow_remote = false;
    let mut parser = lexopt::Parser::from_iter(args);

    while let Some(arg) = parser.next()? {
        match arg {
            Long("listen") => options.listen = Some(parser.value()?.parse_with(address)?),
            Long("public-key") => options.public_key = Some(parser.value()?.string()?),
            Long("private-key") => options.private_key = Some(parser.value()?.string()?),
            Long("images") => options.images = Some(parser.value()?.into()),
            Long("production-as-reported") => {
                options.quirks = options.quirks.production_as_reported(true);
            }
            Long("documented-only") => options.quirks = options.quirks.documented_only(true),
            Long("quirk") => {
                let quirks = std::mem::take(&mut options.quirks);
                options.quirks = quirks
                    .with(&parser.value()?.string()?)
                    .map_err(|error| error.to_string())?;
            }
            Long("allow-remote") => allow_remote = true,
            Short('h') | Long("help") => return Ok(Command::Print(HELP.to_owned())),
            Short('V') | Long("version") => {
                return Ok(Command::Print(
                    concat!("compshare-mock ", env!("CARGO_PKG_VERSION"), "\n").to_owned(),
                ));
            }
            other => return Err(other.unexpected()),
        }
    }

    if let Some(address) = options
        .listen
        .filter(|address| !address.ip().to_canonical().is_loopback())
    {
        if !allow_remote {
            let text = format!(
                "other hosts can reach {address} over plain HTTP; use --allow-remote to allow it"
            );
            return Err(text.into());
        }
    }

    // Invalid keys are usage errors, so check them before the server starts.
    let key_or_default = |key: &Option<String>| key.clone().unwrap_or_else(|| "generated".into());
    Credentials::new(
        key_or_default(&options.public_key),
        key_or_default(&options.private_key),
    )
    .map_err(|error| lexopt::Error::Custom(Box::new(error)))?;
    Ok(Command::Serve(Box::new(options)))
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "expected an IP address and a port, such as 127.0.0.1:0")
}

fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    let Options {
        listen,
        public_key,
        private_key,
        images,
        quirks,
    } = options;
    let print_public = public_key.is_none();
    let print_private = private_key.is_none();

    let mut builder = MockGateway::builder().quirks(quirks);
    if let Some(address) = listen {
        builder = builder.listen(address);
    }
    if let Some(key) = public_key {
        builder = builder.public_key(key);
    }
    if let Some(key) = private_key {
        builder = builder.private_key(key);
    }
    if let Some(path) = images {
        builder = builder.images_file(path);
    }

    // Install the handler first: a caller may interrupt the program as soon as it listens.
    let (interrupt, interrupted) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Fails only after the first signal, when the program is exiting.
        let _ = interrupt.send(());
    })?;
    let gateway = builder.start()?;

    let mut settings = vec![("COMPSHARE_BASE_URL", gateway.base_url())];
    if print_public {
        settings.push(("COMPSHARE_PUBLIC_KEY", gateway.public_key().to_owned()));
    }
    if print_private {
        settings.push(("COMPSHARE_PRIVATE_KEY", gateway.private_key().to_owned()));
    }
    let assignments: Vec<String> = settings
        .iter()
        .map(|(name, value)| format!("{name}={}", shell_quote(value)))
        .collect();
    let line = format!("export {}\n", assignments.join(" "));

    let mut stdout = io::stdout();
    if let Err(error) = stdout
        .write_all(line.as_bytes())
        .and_then(|()| stdout.flush())
    {
        print_error(&format!("cannot write to stdout, but serving: {error}"));
    }

    interrupted.recv()?;
    Ok(())
}

/// Quotes `text` as one word of a POSIX shell.
fn shell_quote(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', r"'\''")).into()
}

/// Formats an error and its causes on one line.
fn error_chain(error: &(dyn Error + 'static)) -> String {
    let causes: Vec<String> = std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect();
    causes.join(": ")
}

fn print_error(text: &str) {
    // Ignore a closed stderr.
    let _ = writeln!(io::stderr(), "compshare-mock: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Command, lexopt::Error> {
        parse(["compshare-mock"].iter().chain(args).map(OsString::from))
    }

    #[test]
    fn remote_addresses_require_allow_remote() {
        for address in [
            "127.0.0.1:0",
            "127.8.8.8:80",
            "[::1]:0",
            "[::ffff:127.0.0.1]:0",
        ] {
            assert!(
                matches!(parsed(&["--listen", address]), Ok(Command::Serve(_))),
                "{address}"
            );
        }
        for address in [
            "0.0.0.0:0",
            "192.0.2.1:80",
            "[::]:0",
            "[2001:db8::1]:80",
            "[::ffff:192.0.2.1]:0",
        ] {
            assert!(
                parsed(&["--listen", address])
                    .is_err_and(|error| error.to_string().contains("--allow-remote"))
            );
            assert!(parsed(&["--listen", address, "--allow-remote"]).is_ok());
        }
    }

    #[test]
    fn invalid_arguments_are_rejected() {
        for args in [
            &["--listen", "localhost"][..],
            &["--listen"],
            &["--port", "80"],
            &["stray"],
            &["--public-key", ""],
            &["--private-key", "key\n"],
            &["--allow-remote=yes"],
            &["--quirk"],
            &["--quirk", "page_cap=few"],
            &["--quirk", "none"],
            &["--documented-only=yes"],
        ] {
            assert!(parsed(args).is_err(), "{args:?}");
        }
    }

    #[test]
    fn quirk_options_are_combined() {
        let args = [
            "--quirk",
            "page_cap=7",
            "--production-as-reported",
            "--documented-only",
            "--quirk=null_empty_list",
        ];
        let Ok(Command::Serve(options)) = parsed(&args) else {
            panic!("refused")
        };
        let quirks = Quirks::default()
            .page_cap(7)
            .production_as_reported(true)
            .documented_only(true);
        assert_eq!(options.quirks, quirks.null_empty_list(true));
    }

    #[test]
    fn shell_quote_quotes_only_special_characters() {
        assert_eq!(shell_quote("http://127.0.0.1:80"), "http://127.0.0.1:80");
        assert_eq!(shell_quote("http://[::1]:80"), "'http://[::1]:80'");
        assert_eq!(shell_quote("a'b $c"), r"'a'\''b $c'");
        assert_eq!(shell_quote(""), "''");
    }
}
