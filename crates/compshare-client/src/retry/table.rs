//! The retry table: outcome of an attempt by effect of the action.

use compshare_model::{Effect, RetCode, RetCodeClass};
use http::StatusCode;

use crate::transport::TransportErrorKind;

/// The outcome of an attempt, for retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No byte of the request was sent.
    NotSent,
    /// A timeout or a broken connection: the service may have acted.
    Unknown,
    /// The service or a gateway rejected the request for load.
    Throttled,
    /// A transient failure of the service, which may have acted.
    Transient,
    /// Another attempt would fail in the same way.
    Final,
}

/// All outcomes.
#[cfg(test)]
pub(crate) const OUTCOMES: [Outcome; 5] = [
    Outcome::NotSent,
    Outcome::Unknown,
    Outcome::Throttled,
    Outcome::Transient,
    Outcome::Final,
];

impl Outcome {
    /// Returns `true` if an action of this effect may be retried.
    pub(crate) fn is_retryable(self, effect: Effect) -> bool {
        match self {
            Self::NotSent | Self::Throttled => true,
            // A write that may have happened must not happen twice.
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
            RetCodeClass::Throttled => Self::Throttled,
            RetCodeClass::Transient => Self::Transient,
            _ => Self::Final,
        }
    }

    /// Classifies an HTTP status. A known RetCode in the body is more specific and overrides it.
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
    fn table_has_every_outcome_and_effect() {
        use Effect::{IdempotentWrite, Read, Write};
        for (outcome, read, idempotent, write) in [
            (Outcome::NotSent, true, true, true),
            (Outcome::Unknown, true, true, false),
            (Outcome::Throttled, true, true, true),
            (Outcome::Transient, true, true, false),
            (Outcome::Final, false, false, false),
        ] {
            assert_eq!(outcome.is_retryable(Read), read, "{outcome:?}");
            assert_eq!(
                outcome.is_retryable(IdempotentWrite),
                idempotent,
                "{outcome:?}"
            );
            assert_eq!(outcome.is_retryable(Write), write, "{outcome:?}");
        }
        assert_eq!(OUTCOMES.len(), 5);
    }

    #[test]
    fn classifies_transport_errors() {
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
    fn classifies_ret_codes() {
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
    fn classifies_statuses() {
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
            "the RetCode overrides the status"
        );
        assert_eq!(of(400, Some(153)), Outcome::Throttled);
        assert_eq!(
            of(503, Some(999_999)),
            Outcome::Transient,
            "an unknown RetCode does not override the status"
        );
    }
}
