//! Moments.

use std::time::{Duration, SystemTime};

use super::newtype::newtype;

newtype! {
    /// A moment in Unix seconds, as the service sends them (`CreateTime`, `PubTime`, `UpdateTime`).
    ///
    /// Any number is kept, also one that is no sensible date. Reads a number given as text too: `"1712563200"`.
    ///
    /// ```
    /// use compshare_model::Timestamp;
    ///
    /// let time: Timestamp = serde_json::from_str("1712563200")?;
    /// assert_eq!(time.as_secs(), 1_712_563_200);
    /// assert!(time.to_system_time().is_some());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Timestamp(i64);
}

impl Timestamp {
    /// The moment `secs` seconds after the start of 1970 (UTC); before it, if negative.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs)
    }

    /// Seconds since the start of 1970 (UTC).
    pub const fn as_secs(self) -> i64 {
        self.0
    }

    /// The moment as the standard library's time; `None` if the platform's clock cannot hold it.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_is_kept_and_only_sensible_ones_become_a_time() {
        let time = Timestamp::from_secs(1_712_563_200);
        assert_eq!(
            time.to_system_time()
                .unwrap()
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap()
                .as_secs(),
            1_712_563_200
        );
        let before = Timestamp::from_secs(-5).to_system_time().unwrap();
        assert_eq!(
            SystemTime::UNIX_EPOCH
                .duration_since(before)
                .unwrap()
                .as_secs(),
            5
        );
        for extreme in [i64::MIN, i64::MAX] {
            // Whether it fits is the platform's matter; that it does not panic is ours.
            let _ = Timestamp::from_secs(extreme).to_system_time();
            let json = serde_json::to_string(&Timestamp::from_secs(extreme)).unwrap();
            assert_eq!(
                serde_json::from_str::<Timestamp>(&json).unwrap().as_secs(),
                extreme
            );
        }
        assert_eq!(
            serde_json::from_str::<Timestamp>(r#""-7""#)
                .unwrap()
                .to_string(),
            "-7"
        );
    }
}
