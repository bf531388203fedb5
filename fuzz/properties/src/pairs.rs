//! Conversion of fuzzer input to pairs of keys and values.

/// The separator of pairs, a byte that does not occur in UTF-8.
const PAIR_SEPARATOR: u8 = 0xff;
/// The separator of a key and its value, another byte that does not occur in UTF-8.
const VALUE_SEPARATOR: u8 = 0xfe;

/// Splits `data` into pairs: `FE` ends a key, and `FF` ends a pair. Replaces invalid UTF-8.
pub(crate) fn pairs(data: &[u8]) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let pair = |part: &[u8]| {
        let mut halves = part.splitn(2, |byte| *byte == VALUE_SEPARATOR);
        (
            text(halves.next().unwrap_or_default()),
            text(halves.next().unwrap_or_default()),
        )
    };
    data.split(|byte| *byte == PAIR_SEPARATOR)
        .map(pair)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_pairs_and_replaces_invalid_utf8() {
        let expected = [
            ("Action", "A=b&\0"),
            ("", "v"),
            ("k", ""),
            ("图", "像\u{fffd}"),
        ];
        let actual = pairs(b"Action\xfeA=b&\0\xff\xfev\xffk\xff\xe5\x9b\xbe\xfe\xe5\x83\x8f\x80");
        assert_eq!(
            actual,
            expected.map(|(key, value)| (key.to_string(), value.to_string()))
        );
    }
}
