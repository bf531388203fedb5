//! Timestamps.

use std::time::{Duration, SystemTime};

use super::newtype::newtype;

newtype! {
    /// A Unix timestamp in seconds (`CreateTime`, `PubTime`, `UpdateTime`).
    ///
    /// Any integer is kept, even if it is not a plausible date. Deserialization also accepts text
    /// such as `"1712563200"`.
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
    /// Creates a timestamp from seconds since the Unix epoch; negative ones are before it.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs)
    }

    /// Returns the seconds since the Unix epoch.
    pub const fn as_secs(self) -> i64 {
        self.0
    }

    /// Converts to a [`SystemTime`]; returns `None` if it is out of range on this platform.
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
    fn keeps_any_number_and_converts_those_in_range() {
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
            // The result depends on the platform, but must not panic.
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
