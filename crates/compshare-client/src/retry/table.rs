//! Which outcome of an attempt is worth another one.

use compshare_model::{Effect, RetClass, RetCode};
use http::StatusCode;

use crate::transport::TransportErrorKind;

/// How an attempt ended, as far as retries are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Not one byte of the request has left.
    NotSent,
    /// The time ran out or the connection broke; the service may have acted.
    Unknown,
    /// The service, or what stands before it, turned the request away for load.
    Throttled,
    /// A passing trouble, after which the service may have acted or not.
    Transient,
    /// Another try would end the same way.
    Final,
}

/// All outcomes, for tests and for the printed table.
#[cfg(test)]
pub(crate) const OUTCOMES: [Outcome; 5] = [
    Outcome::NotSent,
    Outcome::Unknown,
    Outcome::Throttled,
    Outcome::Transient,
    Outcome::Final,
];

impl Outcome {
    /// The table: is another attempt right, for an action of this effect?
    pub(crate) fn may_retry(self, effect: Effect) -> bool {
        match self {
            Self::NotSent | Self::Throttled => true,
            // Never a second time what may have happened the first time, unless it makes no difference.
            Self::Unknown | Self::Transient => {
                matches!(effect, Effect::Read | Effect::IdempotentWrite)
            }
            Self::Final => false,
        }
    }

    pub(crate) fn of_transport(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout => Self::NotSent,
            TransportErrorKind::Timeout | TransportErrorKind::Interrupted => Self::Unknown,
            TransportErrorKind::Tls
            | TransportErrorKind::TooLarge
            | TransportErrorKind::Protocol
            | TransportErrorKind::Unsupported => Self::Final,
        }
    }

    pub(crate) fn of_ret_code(code: RetCode) -> Self {
        match code.class() {
            RetClass::Throttled => Self::Throttled,
            RetClass::Transient => Self::Transient,
            _ => Self::Final,
        }
    }

    /// `code` is the RetCode in the body, where there was one: it knows more than the status.
    pub(crate) fn of_status(status: StatusCode, code: Option<RetCode>) -> Self {
        if let Some(code) = code.filter(|code| code.meaning().is_some()) {
            return Self::of_ret_code(code);
        }
        match status.as_u16() {
            429 => Self::Throttled,
            408 | 500 | 502 | 503 | 504 => Self::Transient,
            _ => Self::Final,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table() {
        use Effect::{IdempotentWrite, Read, Write};
        for (outcome, read, idempotent, write) in [
            (Outcome::NotSent, true, true, true),
            (Outcome::Unknown, true, true, false),
            (Outcome::Throttled, true, true, true),
            (Outcome::Transient, true, true, false),
            (Outcome::Final, false, false, false),
        ] {
            assert_eq!(outcome.may_retry(Read), read, "{outcome:?}");
            assert_eq!(
                outcome.may_retry(IdempotentWrite),
                idempotent,
                "{outcome:?}"
            );
            assert_eq!(outcome.may_retry(Write), write, "{outcome:?}");
        }
        assert_eq!(OUTCOMES.len(), 5);
    }

    #[test]
    fn transport_failures() {
        use TransportErrorKind as Kind;
        for (kind, outcome) in [
            (Kind::Connect, Outcome::NotSent),
            (Kind::ConnectTimeout, Outcome::NotSent),
            (Kind::Tls, Outcome::Final),
            (Kind::Timeout, Outcome::Unknown),
            (Kind::Interrupted, Outcome::Unknown),
            (Kind::TooLarge, Outcome::Final),
            (Kind::Protocol, Outcome::Final),
            (Kind::Unsupported, Outcome::Final),
        ] {
            assert_eq!(Outcome::of_transport(kind), outcome, "{kind:?}");
        }
    }

    #[test]
    fn ret_codes() {
        for code in [153, 8441, 226_619] {
            assert_eq!(
                Outcome::of_ret_code(RetCode(code)),
                Outcome::Throttled,
                "{code}"
            );
        }
        for code in [110, 120, 130, 150, 8090, 8433, 8434, 8438, 226_605, 226_628] {
            assert_eq!(
                Outcome::of_ret_code(RetCode(code)),
                Outcome::Transient,
                "{code}"
            );
        }
        for code in [
            161, 170, 171, 172, 230, 299, 520, 8010, 8039, 8095, 8357, 226_601, 226_604, 999_999,
            -1,
        ] {
            assert_eq!(
                Outcome::of_ret_code(RetCode(code)),
                Outcome::Final,
                "{code}"
            );
        }
    }

    #[test]
    fn statuses() {
        let of = |status: u16, code: Option<i64>| {
            Outcome::of_status(StatusCode::from_u16(status).unwrap(), code.map(RetCode))
        };
        assert_eq!(of(429, None), Outcome::Throttled);
        for status in [408, 500, 502, 503, 504] {
            assert_eq!(of(status, None), Outcome::Transient, "{status}");
        }
        for status in [301, 302, 307, 400, 401, 403, 404, 413, 501, 505, 507, 599] {
            assert_eq!(of(status, None), Outcome::Final, "{status}");
        }
        assert_eq!(
            of(500, Some(8039)),
            Outcome::Final,
            "not found stays not found"
        );
        assert_eq!(of(400, Some(153)), Outcome::Throttled);
        assert_eq!(
            of(503, Some(999_999)),
            Outcome::Transient,
            "a code without a meaning says nothing"
        );
    }
}
