//! Details of an image, for publishing and updating.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Arg, ArgAction, ArgMatches, ValueHint};

use crate::cli::args::{flag, option, value};
use crate::commands::files;
use crate::failure::Failure;
use crate::lang::{text, texts};

/// The maximum size of a cover, in bytes. No source documents a limit.
const MAX_COVER: u64 = 2 << 20;
/// The maximum size of a readme, in bytes.
const MAX_README: u64 = 1 << 20;
/// The maximum number of digits before the decimal point of a price.
const MAX_DIGITS: usize = 9;

/// Creates `--price`, in yuan per hour.
pub(super) fn price(help: &'static str) -> Arg {
    option("price", "YUAN", help)
        // Makes `-1` an invalid value rather than an unknown option.
        .allow_hyphen_values(true)
        .value_parser(|text: &str| parse_price(text).ok_or(texts().use_price))
}

/// Creates the options shared by `publish` and `update`.
pub(super) fn options() -> [Arg; 8] {
    let texts = texts();
    [
        option(
            "version-description",
            "TEXT",
            texts.details_version_description,
        ),
        option("description", "TEXT", texts.details_description),
        option("cover", "FILE", texts.details_cover).value_hint(ValueHint::FilePath),
        option("readme", "FILE", texts.details_readme).value_hint(ValueHint::FilePath),
        option("tag", "TAG", texts.details_tag).action(ArgAction::Append),
        option("gpu", "GPU", texts.details_gpu).action(ArgAction::Append),
        flag("autostart", texts.details_autostart),
        flag("no-autostart", texts.details_no_autostart).conflicts_with("autostart"),
    ]
}

/// Sets the fields for `--group` and [`options`], which have the same names in both requests.
macro_rules! set_details {
    ($request:ident, $matches:ident) => {{
        use $crate::cli::args::{flag_pair, owned, words};
        ($request.cover, $request.readme) = $crate::commands::image::details::files($matches)?;
        $request.group_id = owned($matches, "group").map(Into::into);
        $request.version_desc = owned($matches, "version-description");
        $request.description = owned($matches, "description");
        $request.tags = words($matches, "tag");
        $request.supported_gpu_types = words($matches, "gpu");
        $request.auto_start = flag_pair($matches, "autostart", "no-autostart");
    }};
}
pub(super) use set_details;

/// Reads the cover, as base64, and the readme.
pub(super) fn files(matches: &ArgMatches) -> Result<(Option<String>, Option<String>), Failure> {
    let (cover, readme) = (value(matches, "cover"), value(matches, "readme"));
    if cover == Some(files::STDIN) && readme == Some(files::STDIN) {
        return Err(Failure::usage(texts().use_one_stdin));
    }

    let empty = |path: &str| Failure::usage(text!(use_empty_file, path));
    let cover = cover.map(|path| match files::read_bytes(path, MAX_COVER)? {
        picture if picture.is_empty() => Err(empty(path)),
        picture => Ok(STANDARD.encode(picture)),
    });
    let cover = cover.transpose()?;
    let readme = readme.map(|path| match files::read_text(path, MAX_README)? {
        // An empty file is intended, but empty standard input is probably a failed program.
        readme if readme.is_empty() && path == files::STDIN => Err(empty(path)),
        readme => Ok(readme),
    });
    Ok((cover, readme.transpose()?))
}

/// Parses a price: digits with at most two decimals.
fn parse_price(text: &str) -> Option<f64> {
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
    fn prices_have_at_most_two_decimals() {
        for (text, price) in [
            ("0", 0.0),
            ("0.5", 0.5),
            ("12.34", 12.34),
            ("007", 7.0),
            ("999999999.99", 999_999_999.99),
        ] {
            let read = parse_price(text).unwrap();
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
            assert_eq!(parse_price(text), None, "{text}");
        }
    }

    #[test]
    fn prices_are_sent_as_written() {
        for text in ["0.1", "0.07", "123456789.12", "2"] {
            assert_eq!(parse_price(text).unwrap().to_string(), text);
        }
    }
}
