//! The mock gateway as a program; `compshare-mock --help` says how.

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

  --listen ADDRESS:PORT  where to listen; port 0 takes a free one [127.0.0.1:0]
  --public-key KEY       the public key to believe [a new one]
  --private-key KEY      the private key to verify with [a new one]; never a real one:
                         other users of this machine can see it
  --images FILE          the images there are: a JSON array of favourites, or an object with
                         any of ImageSet (favourites), CompshareImageGroup (the community),
                         PlatformImages, CustomImages, SharedImages, SelfCommunity
  --production-as-reported
                         as production is reported: the three documented actions for
                         favourites do not exist
  --documented-only      as the documents say: Create- and DeleteCompShareImageFavorite do
                         not exist
  --quirk NAME[=VALUE]   depart from the documents in another way, such as page_cap=7; see
                         `Quirks` in the documentation of the library; may be given often
  --allow-remote         allow an address that other machines can reach (plain HTTP)
  --help, --version      print this, or the version, and end

Prints one line for a shell to evaluate, which sets COMPSHARE_BASE_URL and each key
that was not given. Ends with 0 when interrupted, 1 if it cannot serve, 2 on wrong usage.
";

const WRONG_USAGE: u8 = 2;

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
            // A reader that has gone needs no help.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Ok(Command::Serve(options)) => match serve(*options) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                complain(&one_line(&*error));
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            // Says its cause itself.
            complain(&error.to_string());
            ExitCode::from(WRONG_USAGE)
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
                "other machines may reach {address}, over plain HTTP; give --allow-remote to allow it"
            );
            return Err(text.into());
        }
    }
    // Whether a key can be one is a matter of usage, so it is asked before anything is started.
    let given = |key: &Option<String>| key.clone().unwrap_or_else(|| "generated".to_owned());
    Credentials::new(given(&options.public_key), given(&options.private_key))
        .map_err(|error| lexopt::Error::Custom(Box::new(error)))?;
    Ok(Command::Serve(Box::new(options)))
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "an IP address and a port are wanted, such as 127.0.0.1:0")
}

fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    let Options {
        listen,
        public_key,
        private_key,
        images,
        quirks,
    } = options;
    let (print_public, print_private) = (public_key.is_none(), private_key.is_none());
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

    // Before anything shows that the gateway is there: whoever sees it may end the program at once.
    let (interrupt, interrupted) = mpsc::channel();
    ctrlc::set_handler(move || {
        // Fails only after the first signal, when the program is ending.
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
    let words: Vec<String> = settings
        .iter()
        .map(|(name, value)| format!("{name}={}", quoted(value)))
        .collect();
    let line = format!("export {}\n", words.join(" "));

    let mut stdout = io::stdout();
    if let Err(error) = stdout
        .write_all(line.as_bytes())
        .and_then(|()| stdout.flush())
    {
        complain(&format!(
            "serving, though standard output cannot be written: {error}"
        ));
    }
    interrupted.recv()?;
    Ok(())
}

/// `text` as one word of a POSIX shell.
fn quoted(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !text.is_empty() && text.bytes().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', r"'\''")).into()
}

/// An error and what caused it, on one line.
fn one_line(error: &(dyn Error + 'static)) -> String {
    let causes: Vec<String> = std::iter::successors(Some(error), |&error| error.source())
        .map(ToString::to_string)
        .collect();
    causes.join(": ")
}

fn complain(text: &str) {
    // Where even this cannot be written, there is nobody left to tell.
    let _ = writeln!(io::stderr(), "compshare-mock: {text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Result<Command, lexopt::Error> {
        parse(["compshare-mock"].iter().chain(args).map(OsString::from))
    }

    #[test]
    fn only_loopback_is_listened_on_unless_allowed() {
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
    fn wrong_usage_is_refused() {
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
    fn quirks_are_taken_together() {
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
    fn only_what_a_shell_would_read_otherwise_is_quoted() {
        assert_eq!(quoted("http://127.0.0.1:80"), "http://127.0.0.1:80");
        assert_eq!(quoted("http://[::1]:80"), "'http://[::1]:80'");
        assert_eq!(quoted("a'b $c"), r"'a'\''b $c'");
        assert_eq!(quoted(""), "''");
    }
}
