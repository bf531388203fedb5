//! Interactive prompts.

use std::io::{self, BufRead as _, Write as _};

use compshare_client::{Setting, sanitize};

use crate::context::Context;
use crate::failure::{Failure, INTERRUPTED};
use crate::lang::{text, texts};
use crate::output::print_stderr;
use crate::terminal;

/// The maximum number of tries of a prompt.
const MAX_ATTEMPTS: usize = 3;
/// The longest line of input, in bytes: longer than any key.
const MAX_LINE_BYTES: u64 = 4096;

/// Returns `true` if prompts are possible.
pub(crate) fn is_possible(context: &Context) -> bool {
    !context.is_json() && terminal::stdin_is_terminal() && terminal::stderr_is_terminal()
}

/// Fails if a confirmation is necessary but cannot be asked for.
pub(crate) fn require(context: &Context, is_confirmed: bool) -> Result<(), Failure> {
    if is_confirmed || is_possible(context) {
        return Ok(());
    }
    Err(Failure::usage(texts().use_no_terminal).with_hint(texts().use_yes_hint))
}

/// Asks for confirmation unless `is_confirmed`. Fails without a terminal.
pub(crate) fn confirm(
    context: &Context,
    question: &str,
    is_confirmed: bool,
) -> Result<(), Failure> {
    require(context, is_confirmed)?;
    if is_confirmed {
        return Ok(());
    }

    let texts = texts();
    let _echo = crate::interrupt::save_terminal();
    for _ in 0..MAX_ATTEMPTS {
        // Values in the question are already sanitized.
        write_prompt(&texts.prompt_confirm.replace("{question}", question));
        let Some(input) = read_line()? else {
            print_stderr("");
            break;
        };

        match input.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" | "是" => return Ok(()),
            "n" | "no" | "否" | "" => break,
            _ => print_stderr(texts.prompt_again),
        }
    }
    Err(Failure::declined())
}

/// Reads a key pair: with two prompts at a terminal, otherwise from two lines of standard input. At
/// a terminal, stored keys can be kept, and are then omitted from the result.
pub(crate) fn key_pair(
    stored_public: Option<&str>,
    has_private: bool,
) -> Result<Vec<(Setting, String)>, Failure> {
    let texts = texts();
    if !terminal::stdin_is_terminal() {
        let missing = || Failure::usage(texts.cfg_stdin_keys);
        let public = read_line()?.ok_or_else(missing)?;
        let private = read_line()?.ok_or_else(missing)?;
        return Ok(vec![
            (Setting::PublicKey, public),
            (Setting::PrivateKey, private),
        ]);
    }

    print_stderr(texts.prompt_keys_url);

    let question = match stored_public {
        Some(key) => text!(prompt_public_kept, key),
        None => texts.prompt_public.to_owned(),
    };
    let public = prompt_until_valid(stored_public.is_some(), || {
        write_prompt(&question);
        read_line()
    })?;
    let public = public.filter(|key| Some(key.as_str()) != stored_public);

    // A new public key needs a new private key.
    let private = prompt_private_key(has_private && public.is_none())?;
    let mut keys = Vec::new();
    keys.extend(public.map(|key| (Setting::PublicKey, key)));
    keys.extend(private.map(|key| (Setting::PrivateKey, key)));
    Ok(keys)
}

/// Reads a private key: with a prompt at a terminal, otherwise from a line of standard input.
pub(crate) fn private_key() -> Result<String, Failure> {
    let key = if terminal::stdin_is_terminal() {
        prompt_private_key(false)?
    } else {
        read_line()?
    };
    key.ok_or_else(|| Failure::usage(texts().cfg_stdin_key))
}

/// Reads a new password: with two prompts without echo at a terminal, otherwise from a line of
/// standard input.
pub(crate) fn new_password(is_stdin: bool) -> Result<String, Failure> {
    let texts = texts();
    if is_stdin {
        let line = read_line()?.unwrap_or_default();
        let password = line.trim_end_matches(['\n', '\r']);
        return match password {
            "" => Err(Failure::usage(texts.password_stdin_empty)),
            password => Ok(password.to_owned()),
        };
    }

    let password = prompt_hidden(texts.prompt_password, false)?;
    let again = prompt_hidden(texts.prompt_password_again, false)?;
    match password {
        Some(password) if again.as_ref() == Some(&password) => Ok(password),
        _ => Err(Failure::usage(texts.password_differs)),
    }
}

/// Prompts for the private key without echo; `None` keeps the stored one.
fn prompt_private_key(may_keep: bool) -> Result<Option<String>, Failure> {
    let question = if may_keep {
        texts().prompt_private_kept
    } else {
        texts().prompt_private
    };
    prompt_hidden(question, may_keep)
}

/// Prompts without echo; `None` for blank input if `may_keep`.
fn prompt_hidden(question: &str, may_keep: bool) -> Result<Option<String>, Failure> {
    prompt_until_valid(may_keep, || match rpassword::prompt_password(question) {
        Ok(key) => Ok(Some(key)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        // The prompt disables signals and reads Ctrl-C as a character.
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Failure::silent(INTERRUPTED))
        }
        Err(error) => Err(unreadable(&error.to_string())),
    })
}

/// Repeats a prompt until the input is not blank. Blank input returns `None` if `may_keep`.
fn prompt_until_valid(
    may_keep: bool,
    read: impl Fn() -> Result<Option<String>, Failure>,
) -> Result<Option<String>, Failure> {
    let _echo = crate::interrupt::save_terminal();
    for _ in 0..MAX_ATTEMPTS {
        let Some(text) = read()? else {
            print_stderr("");
            break;
        };

        match text.trim() {
            "" if may_keep => return Ok(None),
            "" => print_stderr(texts().prompt_empty),
            text => return Ok(Some(text.to_owned())),
        }
    }
    Err(Failure::declined())
}

/// The answer to [`choose`].
pub(crate) enum Choice {
    /// The index of a row.
    Row(usize),
    /// Other accepted input.
    Text(String),
}

/// Prints numbered rows, and asks for one of them, or for input that `accepts`.
pub(crate) fn choose(
    question: &str,
    rows: &[String],
    accepts: impl Fn(&str) -> bool,
) -> Result<Choice, Failure> {
    for (at, row) in rows.iter().enumerate() {
        print_stderr(&format!("{:>3}  {}", at + 1, sanitize(row)));
    }

    let _echo = crate::interrupt::save_terminal();
    for _ in 0..MAX_ATTEMPTS {
        write_prompt(question);
        let Some(input) = read_line()? else {
            print_stderr("");
            break;
        };

        let input = input.trim();
        if accepts(input) {
            return Ok(Choice::Text(input.to_owned()));
        }
        match input.parse::<usize>() {
            Ok(number @ 1..) if number <= rows.len() => return Ok(Choice::Row(number - 1)),
            _ => print_stderr(&text!(prompt_number, max = rows.len())),
        }
    }
    Err(Failure::declined())
}

fn write_prompt(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes());
    let _ = stderr.flush();
}

/// Reads a line of standard input; `None` at its end.
fn read_line() -> Result<Option<String>, Failure> {
    use std::io::Read as _;
    let mut text = String::new();
    let mut stdin = io::stdin().lock();
    let read = (&mut stdin)
        .take(MAX_LINE_BYTES)
        .read_line(&mut text)
        .map_err(|error| unreadable(&error.to_string()))?;
    if read as u64 == MAX_LINE_BYTES && !text.ends_with('\n') {
        // The rest would be read as the next line.
        return Err(unreadable(&text!(use_line_too_long, max = MAX_LINE_BYTES)));
    }
    Ok((read > 0).then_some(text))
}

fn unreadable(cause: &str) -> Failure {
    Failure::usage(text!(err_read, cause))
}
