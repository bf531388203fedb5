//! Keys and values out of any bytes.

/// Stands between two pairs; no UTF-8 text holds this byte.
const PAIR: u8 = 0xff;
/// Stands between a key and its value; no UTF-8 text holds this byte either.
const VALUE: u8 = 0xfe;

/// Reads `data` as pairs, so that any list of UTF-8 keys and values can be written: `FE` ends a key, `FF` ends a
/// pair. What is not UTF-8 is replaced.
pub(crate) fn pairs(data: &[u8]) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let pair = |part: &[u8]| {
        let mut halves = part.splitn(2, |byte| *byte == VALUE);
        (
            text(halves.next().unwrap_or_default()),
            text(halves.next().unwrap_or_default()),
        )
    };
    data.split(|byte| *byte == PAIR).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_list_of_texts_can_be_written() {
        let expected = [
            ("Action", "A=b&\0"),
            ("", "v"),
            ("k", ""),
            ("图", "像\u{fffd}"),
        ];
        let read = pairs(b"Action\xfeA=b&\0\xff\xfev\xffk\xff\xe5\x9b\xbe\xfe\xe5\x83\x8f\x80");
        assert_eq!(
            read,
            expected.map(|(key, value)| (key.to_string(), value.to_string()))
        );
    }
}
