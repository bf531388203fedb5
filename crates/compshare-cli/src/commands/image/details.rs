//! What is said of an image when it is published, and can be changed later.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Arg, ArgAction, ArgMatches};

use super::change::text;
use crate::commands::files;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

/// No picture is larger, in bytes. No source names a limit; this leaves the request small enough to be sent at once.
const MAX_COVER: u64 = 2 << 20;
/// No readme is larger, in bytes.
const MAX_README: u64 = 1 << 20;
/// No price has more digits before its point.
const MAX_DIGITS: usize = 9;

/// `--price`, in yuan per hour.
pub(super) fn price(help: &'static str, texts: &'static Texts) -> Arg {
    Arg::new("price")
        .long("price")
        .value_name(texts.val_price)
        // So that a negative one is told to be wrong.
        .allow_hyphen_values(true)
        .value_parser(move |text: &str| yuan(text).ok_or(texts.use_price))
        .help(help)
}

/// The options that publishing and changing have in common and say alike.
pub(super) fn options(texts: &'static Texts) -> Vec<Arg> {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    vec![
        option(
            "version-description",
            texts.val_text,
            texts.details_version_description,
        ),
        option("description", texts.val_text, texts.details_description),
        option("cover", texts.val_file, texts.details_cover),
        option("readme", texts.val_file, texts.details_readme),
        option("tag", texts.val_tag, texts.details_tag).action(ArgAction::Append),
        option("gpu", texts.val_gpu, texts.details_gpu).action(ArgAction::Append),
        flag("autostart", texts.details_autostart),
        flag("no-autostart", texts.details_no_autostart).conflicts_with("autostart"),
    ]
}

/// What the options say, with the files read.
pub(super) struct Details {
    pub(super) price: Option<f64>,
    pub(super) version_description: Option<String>,
    pub(super) description: Option<String>,
    /// In base64.
    pub(super) cover: Option<String>,
    pub(super) readme: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) gpus: Vec<String>,
    pub(super) autostart: Option<bool>,
}

impl Details {
    pub(super) fn read(matches: &ArgMatches, texts: &Texts) -> Result<Self, Failure> {
        let (cover, readme) = (text(matches, "cover"), text(matches, "readme"));
        if cover == Some(files::STDIN) && readme == Some(files::STDIN) {
            return Err(Failure::usage(texts.use_one_stdin));
        }
        let empty = |path: &str| Failure::usage(fill(texts.use_empty_file, &[("path", path)]));
        let cover = match cover {
            Some(path) => {
                let picture = files::bytes(path, MAX_COVER, texts)?;
                if picture.is_empty() {
                    return Err(empty(path));
                }
                Some(STANDARD.encode(picture))
            }
            None => None,
        };
        let readme = match readme {
            Some(path) => {
                let readme = files::text(path, MAX_README, texts)?;
                // An empty file is meant; a pipe that gives nothing is a program that failed.
                if readme.is_empty() && path == files::STDIN {
                    return Err(empty(path));
                }
                Some(readme)
            }
            None => None,
        };
        let owned = |name: &str| text(matches, name).map(str::to_owned);
        Ok(Self {
            price: matches.get_one::<f64>("price").copied(),
            version_description: owned("version-description"),
            description: owned("description"),
            cover,
            readme,
            tags: words(matches, "tag"),
            gpus: words(matches, "gpu"),
            autostart: match (
                matches.get_flag("autostart"),
                matches.get_flag("no-autostart"),
            ) {
                (true, _) => Some(true),
                (_, true) => Some(false),
                _ => None,
            },
        })
    }
}

/// The words of an option that may be given again, and of which each value may hold several.
pub(super) fn words(matches: &ArgMatches, name: &str) -> Vec<String> {
    let values = matches.get_many::<String>(name).into_iter().flatten();
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A price as people write it: digits, and at most two behind a point.
fn yuan(text: &str) -> Option<f64> {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |digits: &str, max: usize| {
        (1..=max).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if is_number(whole, MAX_DIGITS) && is_number(cents, 2) {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_have_two_decimals_at_most() {
        for (text, price) in [
            ("0", 0.0),
            ("0.5", 0.5),
            ("12.34", 12.34),
            ("007", 7.0),
            ("999999999.99", 999_999_999.99),
        ] {
            let read = yuan(text).unwrap();
            assert!((read - price).abs() < f64::EPSILON, "{text}");
        }
        for text in [
            "",
            ".",
            ".5",
            "1.",
            "1.234",
            "-1",
            "+1",
            "NaN",
            "inf",
            "1e3",
            "1,5",
            " 1",
            "1000000000",
        ] {
            assert_eq!(yuan(text), None, "{text}");
        }
    }

    #[test]
    fn prices_are_sent_as_they_were_written() {
        for text in ["0.1", "0.07", "123456789.12", "2"] {
            assert_eq!(yuan(text).unwrap().to_string(), text);
        }
    }
}
