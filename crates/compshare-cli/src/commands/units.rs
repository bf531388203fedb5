//! Sizes and prices with their units.

use clap::{Arg, ArgMatches};
use compshare_client::model::{ChargeType, Gigabytes, Megabytes, Price};

use super::instance::columns::price_text;
use crate::cli::args::option;
use crate::failure::Failure;
use crate::lang::{text, texts};

/// Accepts a size of memory: with a unit, since the API has megabytes in some places and gigabytes
/// in others, and in whole gigabytes.
pub(super) fn memory(arg: Arg) -> Arg {
    arg.value_parser(|text: &str| parse_memory(text).ok_or(texts().use_memory))
}

/// Accepts a size of a disk, in gigabytes unless it has a unit.
pub(super) fn disk_size(arg: Arg) -> Arg {
    arg.value_parser(|text: &str| parse_disk_size(text).ok_or(texts().use_disk_size))
}

/// Parses a size of memory with its unit: `64GB`, `65536MB`.
pub(super) fn parse_memory(text: &str) -> Option<Megabytes> {
    let (number, unit) = split_unit(text)?;
    let size = match unit.as_str() {
        "m" | "mb" | "mib" => Megabytes(number),
        "g" | "gb" | "gib" => Megabytes::from(Gigabytes(number)),
        _ => return None,
    };
    (number > 0 && size.to_gigabytes().is_some()).then_some(size)
}

/// Parses the size of a disk: `100`, `100GB`, `1TB`.
pub(super) fn parse_disk_size(text: &str) -> Option<Gigabytes> {
    let (number, unit) = split_unit(text)?;
    let factor = match unit.as_str() {
        "" | "g" | "gb" | "gib" => 1,
        "t" | "tb" | "tib" => 1024,
        _ => return None,
    };
    let size = number.checked_mul(factor)?;
    (size > 0).then_some(Gigabytes(size))
}

/// Splits a whole number and its unit, which is returned in lower case.
fn split_unit(text: &str) -> Option<(u64, String)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit());
    let (digits, unit) = text.split_at_checked(end.unwrap_or(text.len()))?;
    Some((digits.parse().ok()?, unit.trim().to_ascii_lowercase()))
}

/// Creates `--max-price`, in yuan.
pub(super) fn max_price() -> Arg {
    let parse = |text: &str| {
        let price = text.parse::<Price>().ok();
        let price = price.filter(|price| !price.is_negative());
        price.ok_or(texts().use_max_price)
    };
    option("max-price", "YUAN", texts().opt_max_price)
        .allow_hyphen_values(true)
        .value_parser(parse)
}

/// Fails if the price exceeds `--max-price`, or if it is unknown.
pub(super) fn check_max_price(matches: &ArgMatches, price: Option<Price>) -> Result<(), Failure> {
    let Some(max) = matches.get_one::<Price>("max-price") else {
        return Ok(());
    };
    match price {
        Some(price) if price <= *max => Ok(()),
        Some(price) => Err(Failure::refused(text!(price_above, price, max))),
        None => Err(Failure::refused(text!(price_unknown_max, max))),
    }
}

/// Returns the price of one or several periods: `¥1.88/h`, `¥60.00/month for 2 periods`; a text about
/// an unknown price otherwise.
pub(super) fn period_price(
    price: Option<Price>,
    charge_type: &ChargeType,
    quantity: u32,
) -> String {
    let Some(price) = price else {
        return texts().price_unknown.to_owned();
    };
    if quantity > 1 {
        let price = text!(val_price_once, yuan = price);
        return text!(price_for, price, count = quantity);
    }
    price_text(price, Some(charge_type))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_needs_a_unit_and_whole_gigabytes() {
        for (text, size) in [
            ("64GB", Some(65_536)),
            ("64 GiB", Some(65_536)),
            ("64g", Some(65_536)),
            ("65536MB", Some(65_536)),
            ("65536MiB", Some(65_536)),
            ("64", None),
            ("0GB", None),
            ("1000MB", None),
            ("1.5GB", None),
            ("-1GB", None),
            ("GB", None),
            ("64TB", None),
            ("99999999999999999999GB", None),
            ("64GB4", None),
        ] {
            assert_eq!(parse_memory(text), size.map(Megabytes), "{text}");
        }
    }

    #[test]
    fn disk_sizes_are_gigabytes_by_default() {
        for (text, size) in [
            ("100", Some(100)),
            ("100GB", Some(100)),
            ("1 TiB", Some(1024)),
            ("0", None),
            ("100MB", None),
            ("", None),
            ("99999999999999999999", None),
            ("18446744073709551615TB", None),
        ] {
            assert_eq!(parse_disk_size(text), size.map(Gigabytes), "{text}");
        }
    }

    #[test]
    fn prices_have_their_period() {
        let price = Some(Price::from_yuan(30));
        for (charge_type, quantity, shown) in [
            (ChargeType::Postpay, 1, "¥30.00/h"),
            (ChargeType::Spot, 1, "¥30.00/h"),
            (ChargeType::Day, 1, "¥30.00/day"),
            (ChargeType::Month, 1, "¥30.00/month"),
            (ChargeType::Month, 3, "¥30.00 for 3 periods"),
        ] {
            assert_eq!(period_price(price, &charge_type, quantity), shown);
        }
        assert_eq!(period_price(None, &ChargeType::Day, 1), "an unknown price");
    }
}
