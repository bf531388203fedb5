//! Questions to the person at the terminal.

use std::io::{self, BufRead as _, Write as _};

use crate::context::Context;
use crate::failure::{Failure, INTERRUPTED, tell};
use crate::lang::{text, texts};
use crate::surroundings;

/// So often is asked again.
const TRIES: usize = 3;
/// No key is longer, in bytes.
const MAX_LINE: u64 = 4096;

/// Asks before something that cannot be undone. `--yes` answers; without a terminal nothing is asked and nothing done.
pub(crate) fn confirm(
    context: &Context,
    question: &str,
    is_confirmed: bool,
) -> Result<(), Failure> {
    if is_confirmed {
        return Ok(());
    }
    let texts = texts();
    if context.is_json()
        || !surroundings::stdin_is_terminal()
        || !surroundings::stderr_is_terminal()
    {
        return Err(Failure::usage(texts.use_no_terminal).with_hint(texts.use_yes_hint));
    }
    for _ in 0..TRIES {
        // The question may hold what came from elsewhere, and was made printable where it was filled in.
        ask(&texts.prompt_confirm.replace("{question}", question));
        let Some(answer) = line()? else {
            tell("");
            break;
        };
        match answer.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" | "是" => return Ok(()),
            "n" | "no" | "否" | "" => break,
            _ => tell(texts.prompt_again),
        }
    }
    Err(Failure::declined())
}

/// A key pair: asked for at a terminal, the private one without echo; else the first two lines of standard input.
pub(crate) fn key_pair() -> Result<(String, String), Failure> {
    let texts = texts();
    let missing = || Failure::usage(texts.cfg_stdin_keys);
    if !surroundings::stdin_is_terminal() {
        let public = line()?.ok_or_else(missing)?;
        let private = line()?.ok_or_else(missing)?;
        return Ok((public.trim().to_owned(), private.trim().to_owned()));
    }
    ask(texts.prompt_public);
    let public = line()?.ok_or_else(missing)?;
    let _echo = crate::interrupt::restore_echo();
    let private =
        rpassword::prompt_password(texts.prompt_private).map_err(|error| match error.kind() {
            // Ctrl-C is a character to a prompt without echo.
            io::ErrorKind::Interrupted => Failure::silent(INTERRUPTED),
            _ => unreadable(&error.to_string()),
        })?;
    Ok((public.trim().to_owned(), private.trim().to_owned()))
}

fn ask(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes());
    let _ = stderr.flush();
}

/// A line of standard input; `None` at its end.
fn line() -> Result<Option<String>, Failure> {
    use std::io::Read as _;
    let mut text = String::new();
    let mut stdin = io::stdin().lock();
    let read = (&mut stdin)
        .take(MAX_LINE)
        .read_line(&mut text)
        .map_err(|error| unreadable(&error.to_string()))?;
    if read as u64 == MAX_LINE && !text.ends_with('\n') {
        // Cut in two, it would be taken for two answers.
        return Err(unreadable(&text!(use_line_too_long, max = MAX_LINE)));
    }
    Ok((read > 0).then_some(text))
}

fn unreadable(cause: &str) -> Failure {
    Failure::usage(text!(err_read, cause))
}
