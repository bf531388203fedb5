//! RetCodes: the service's codes for success and errors.

use super::newtype::newtype;

newtype! {
    /// The code of a response: 0 for success, or one of several hundred error codes.
    ///
    /// The constants are the common codes of [UCloud's
    /// documentation](https://docs.ucloud.cn/api/summary/public), CompShare's documented codes, and
    /// those recorded by a third-party client. Any other number is kept and classified as
    /// permanent. For the details of an error, see the message of the response.
    ///
    /// Deserialization also accepts text such as `"161"`.
    ///
    /// ```
    /// use compshare_model::{RetCodeClass, RetCode};
    ///
    /// let code: RetCode = serde_json::from_str("\"171\"")?;
    /// assert_eq!(code, RetCode::SIGNATURE_WRONG);
    /// assert_eq!(code.class(), RetCodeClass::Auth);
    /// assert_eq!(code.meaning(), Some("signature wrong"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct RetCode(pub i64);
}

/// The class of a RetCode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetCodeClass {
    /// Success.
    Success,
    /// Authentication or authorization failed: keys, signature, permissions.
    Auth,
    /// The same request fails again, unless the state of the account or the resource changes.
    Permanent,
    /// There were too many requests. The action was not run.
    Throttled,
    /// The same request may succeed later. The outcome of a write may be unknown.
    Transient,
}

impl RetCode {
    /// 0: success.
    pub const SUCCESS: Self = Self(0);

    /// Returns the class of the code: [`Permanent`](RetCodeClass::Permanent) for an unknown one.
    pub fn class(self) -> RetCodeClass {
        if self == Self::SUCCESS {
            return RetCodeClass::Success;
        }
        self.entry()
            .map_or(RetCodeClass::Permanent, |entry| entry.class)
    }

    /// Returns the meaning of the code in a few lower-case words; `None` for an unknown one.
    pub fn meaning(self) -> Option<&'static str> {
        if self == Self::SUCCESS {
            return Some("success");
        }
        self.entry().map(|entry| entry.meaning)
    }

    /// Returns the recommended action as one clause without a full stop, if there is a general one.
    pub fn advice(self) -> Option<&'static str> {
        self.entry()
            .map(|entry| entry.advice)
            .filter(|advice| !advice.is_empty())
    }

    /// Returns `true` if the action may have run despite the error, because the service timed out
    /// waiting for it (110, 8438).
    pub fn outcome_unknown(self) -> bool {
        matches!(self, Self::API_TIMED_OUT | Self::UPSTREAM_TIMED_OUT)
    }

    fn entry(self) -> Option<&'static Entry> {
        TABLE.iter().find(|entry| entry.code == self)
    }
}

struct Entry {
    code: RetCode,
    class: RetCodeClass,
    meaning: &'static str,
    /// Empty if there is no general advice.
    advice: &'static str,
}

/// Creates the constants and the table from a list of `NAME = code, class, meaning, advice`.
macro_rules! ret_codes {
    ($($name:ident = $code:literal, $class:ident, $meaning:literal, $advice:literal;)*) => {
        impl RetCode {
            $(
                #[doc = concat!($code, ": ", $meaning, ".")]
                pub const $name: Self = Self($code);
            )*
        }

        static TABLE: &[Entry] = &[$(Entry {
            code: RetCode::$name,
            class: RetCodeClass::$class,
            meaning: $meaning,
            advice: $advice,
        }),*];
    };
}

ret_codes! {
    // UCloud's common codes. It documents 110 to 161, 170 to 174 and 292 to 299.
    API_TIMED_OUT = 110, Transient, "the API took longer than 60 s",
        "check whether a write took effect before sending it again";
    UPSTREAM_DATA_WRONG = 120, Transient, "upstream data wrong", "try again later";
    GATEWAY_FAILED = 130, Transient, "gateway or authentication service failed", "try again later";
    SERVICE_NOT_AVAILABLE = 150, Transient, "service not available", "try again later";
    THROTTLED = 153, Throttled, "request throttled", "send fewer requests";
    ACTION_MISSING = 160, Permanent, "action missing", "send the parameter Action";
    ACTION_NOT_FOUND = 161, Permanent, "action does not exist",
        "check the action's spelling and the base URL; the service may lack this action despite its documentation";
    SIGNATURE_MISSING = 170, Auth, "signature missing",
        "send the parameter Signature; a proxy or a redirect may have dropped the body";
    SIGNATURE_WRONG = 171, Auth, "signature wrong",
        "check the private key: that nothing was cut off or added, and that it belongs to this public key";
    USER_NOT_FOUND = 172, Auth, "user not found",
        "check the public key: that it is complete, still exists, and is meant for this service";
    TOKEN_NOT_FOUND = 174, Auth, "token not found",
        "get a new token: this one is wrong or has expired";
    RIGHT_MISSING = 200, Auth, "right missing", "ask the account's owner for the right";
    PARAMETER_MISSING = 210, Permanent, "parameter missing",
        "send the parameter that the message names";
    PARAMETER_OUT_OF_RANGE = 220, Permanent, "parameter out of range",
        "correct the parameter that the message names";
    PARAMETER_NOT_AVAILABLE = 230, Permanent, "parameter not available or in conflict",
        "check the parameter that the message names: its spelling, the region, and that ProjectId is there if the account is a sub-account";
    NO_PERMISSION = 240, Auth, "no right for the operation",
        "ask the account's owner for the right";
    PARAMETER_FORMAT = 280, Permanent, "parameter badly formatted",
        "correct the parameter that the message names";
    PROJECT_NOT_FOUND = 292, Permanent, "project does not exist", "check the project id";
    ZONE_FORBIDDEN = 293, Auth, "no right to the zone",
        "use another zone, or ask for the right to this one";
    IP_FORBIDDEN = 294, Auth, "caller's IP address refused",
        "add this machine's public address to the account's allow-list";
    SECURITY_LOCK = 295, Auth, "security lock check failed", "unlock the operation in the console";
    IAM_FORBIDDEN = 299, Auth, "IAM check failed",
        "send ProjectId if it is missing; else ask the account's owner for the right";
    BALANCE_TOO_LOW = 520, Permanent, "balance too low", "top up the account";
    ROLE_NOT_FOUND = 11_277, Auth, "role does not exist",
        "check the role that the temporary keys are asked for";
    TEAM_QUOTA_TOO_LOW = 17_001, Permanent, "team quota too low", "raise the quota of the team";

    // CompShare's codes. It documents 226601 to 226606 and 8433.
    INSTANCE_IN_ARREARS = 226_601, Permanent, "instance in arrears", "pay the order";
    INSTANCE_EXPIRED = 226_602, Permanent, "instance expired", "renew the instance";
    IMAGE_GPU_MISMATCH = 226_603, Permanent, "image does not support the GPU type",
        "choose another image or another GPU type";
    RESOURCES_SHORT = 226_604, Permanent, "resources short",
        "choose another zone or size, or wait: it may take hours";
    USE_TIME_TASK_RUNNING = 226_605, Transient, "a task updating the image use time exists",
        "try again later";
    NOT_VERIFIED = 226_606, Permanent, "account not verified by real name",
        "verify the account in the console";
    STATE_MISMATCH = 226_607, Permanent, "instance and container state differ", "";
    QUOTA_TOO_LOW = 226_608, Permanent, "quota too low", "ask for a higher quota";
    OPERATION_RUNNING = 226_609, Transient, "an operation on the instance is running",
        "try again when it is finished";
    PACKAGE_NOT_BOUGHT = 226_611, Permanent, "package not bought", "buy the package";
    RESOURCE_CHECK_FAILED = 226_612, Permanent, "resource check failed", "";
    CFS_MOUNTED = 226_618, Permanent, "shared file storage still mounted by a running instance",
        "unmount it or stop the instance";
    TOO_FREQUENT_COMPSHARE = 226_619, Throttled, "too frequent", "send fewer requests";
    IMAGE_SYNCHRONIZING = 226_620, Transient, "image is being synchronized",
        "try again when the image is synchronized";
    DISK_MIGRATING = 226_621, Transient, "system disk is migrating", "try again later";
    INSTANCE_STARTING = 226_622, Transient, "instance is starting", "try again when it has started";
    COMMUNITY_IMAGE_SYNCHRONIZING = 226_628, Transient, "community image is being synchronized to the zone",
        "try again when the image is synchronized, or use another zone";
    ZONE_WITHOUT_SYNCHRONIZED_IMAGES = 226_636, Permanent, "zone takes no synchronized custom images",
        "choose another zone";
    ZONE_IMAGE_TYPE_MISMATCH = 226_637, Permanent, "zone does not support the image type",
        "choose another zone or another image";
    PAID_IMAGE = 226_644, Permanent, "instance runs a paid image",
        "only the publisher of a paid image may make an image of it";
    INSTANCE_NOT_STOPPED = 8010, Permanent, "instance is not stopped", "stop the instance first";
    IMAGE_NOT_USABLE = 8017, Permanent, "image not usable", "choose another image";
    IMAGE_NOT_USABLE_HERE = 8027, Permanent, "image not usable here",
        "choose another image or another size";
    RESOURCE_NOT_FOUND = 8039, Permanent, "resource does not exist",
        "check the id, the region and the zone";
    SECURITY_GROUP_WRONG = 8052, Permanent, "security group wrong", "";
    DISK_SIZE = 8067, Permanent, "disk size not allowed", "choose another size: disks only grow";
    DISK_RESIZE = 8107, Permanent, "disk cannot take this size",
        "choose another size: disks only grow";
    PRICE_QUERY_FAILED = 8090, Transient, "price query failed", "try again later";
    HOST_QUOTA_TOO_LOW = 8095, Permanent, "host quota too low", "ask for a higher quota";
    BILL_NOT_AVAILABLE = 8097, Transient, "bill not available", "try again later";
    ORDER_NOT_AVAILABLE = 8108, Transient, "order not available", "try again later";
    BILL_EXPIRED = 8117, Transient, "bill or order not available or expired", "try again later";
    STATE_UPDATE_FAILED = 8102, Transient, "state update failed", "try again later";
    CHARGE_TYPE = 8116, Permanent, "charge type not supported", "choose another charge type";
    ACCOUNT_NOT_VERIFIED = 8226, Permanent, "account not verified or without the right",
        "verify the account by real name";
    PASSWORD_RULE = 8314, Permanent, "password breaks the rule",
        "use 8 to 32 characters of at least two classes";
    DISK_SMALLER_THAN_IMAGE = 8315, Permanent, "system disk smaller than the image",
        "choose a larger system disk";
    CPU_MEMORY_MISMATCH = 8333, Permanent, "CPU and memory do not fit together",
        "choose another size";
    SHARED_IMAGE_NOT_SHAREABLE = 8350, Permanent, "a shared image must not be shared on",
        "ask the image's owner to share it";
    DISK_NOT_FOUND = 8351, Permanent, "disk or resource not found",
        "check the id, the region and the zone";
    SOLD_OUT = 8357, Permanent, "sold out", "choose another zone or another GPU type";
    DISK_NOT_EXTENDABLE = 8360, Permanent, "system disk cannot be extended this way", "";
    PRICE_MAPPING_NOT_AVAILABLE = 8366, Transient, "product price mapping not available",
        "try again later";
    QUOTA_QUERY_FAILED = 8367, Transient, "quota query failed", "try again later";
    PROXY_NETWORK_FAILED = 8372, Transient, "proxy network could not be allocated",
        "try again later";
    CPU_PLATFORM_MISMATCH = 8374, Permanent, "CPU platform does not fit",
        "choose another CPU platform";
    PAGING_OUT_OF_RANGE = 8401, Permanent, "paging out of range",
        "use an offset of 0 or more and a limit from 1 to 100";
    METADATA_NOT_AVAILABLE = 8421, Transient, "metadata service not available", "try again later";
    EXPIRED_OR_UNPAID = 8429, Permanent, "expired or unpaid", "renew it or pay the order";
    SERVICE_ERROR = 8433, Transient, "service error",
        "try again later, then contact the platform's support";
    UPSTREAM_FAILED = 8434, Transient, "upstream dependency failed", "try again later";
    NOT_CHANGEABLE_NOW = 8436, Permanent, "resource may not be changed now", "";
    UPSTREAM_TIMED_OUT = 8438, Transient, "upstream timed out",
        "check whether a write took effect before sending it again";
    TOO_FREQUENT = 8441, Throttled, "too frequent", "send fewer requests";
    NO_START_WITHOUT_GPU = 8442, Permanent, "instance cannot start without GPU",
        "start it with a GPU";
    START_WITHOUT_GPU_RUNNING = 8443, Permanent, "a start without GPU is running",
        "wait until it has finished";
    WITHOUT_GPU_LIMIT = 8445, Permanent, "limit of instances without GPU reached",
        "stop one of them first";
    DEPENDENCY_FAILED_8498 = 8498, Transient, "upstream dependency failed", "try again later";
    DEPENDENCY_FAILED_8510 = 8510, Transient, "upstream dependency failed", "try again later";
    DEPENDENCY_FAILED_8520 = 8520, Transient, "upstream dependency failed", "try again later";
    DEPENDENCY_FAILED_8580 = 8580, Transient, "upstream dependency failed", "try again later";
    INSTANCE_BUSY = 8903, Permanent, "instance is busy with a task",
        "wait until the task has finished";
    POWER_STATE = 8905, Permanent, "power state does not fit", "start or stop the instance first";
    ORDER_UNFINISHED = 8917, Permanent, "unfinished order", "finish or cancel the order";
    ORDER_UNPAID = 8918, Permanent, "unpaid order", "pay or cancel the order";
    ORDER_PENDING = 8919, Permanent, "unfinished or unpaid order", "pay or cancel the order";
    TARGET_ACCOUNT_NOT_FOUND = 8957, Permanent, "target account does not exist or has no right",
        "check the id of the account that the image is shared with";
    CREATING_IMAGE = 8964, Permanent, "instance is making an image", "wait until the image is made";
    VERSION_NAME_EXISTS = 8968, Permanent, "image version name exists",
        "choose another version name";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_entries_are_complete_and_unique() {
        for (at, entry) in TABLE.iter().enumerate() {
            assert!(
                !entry.meaning.is_empty() && !entry.meaning.ends_with('.'),
                "{}",
                entry.code
            );
            assert!(!entry.advice.ends_with('.'), "{}", entry.code);
            assert!(entry.class != RetCodeClass::Success && entry.code != RetCode::SUCCESS);
            assert!(
                TABLE
                    .iter()
                    .skip(at + 1)
                    .all(|other| other.code != entry.code),
                "{} twice",
                entry.code
            );
            assert_eq!(entry.code.meaning(), Some(entry.meaning));
            if entry.class == RetCodeClass::Auth {
                assert!(entry.code.advice().is_some(), "{} needs advice", entry.code);
            }
        }
        assert_eq!(TABLE.len(), 94);
    }

    #[test]
    fn codes_have_their_class() {
        let of = |class| {
            TABLE
                .iter()
                .filter(|entry| entry.class == class)
                .map(|entry| entry.code.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of(RetCodeClass::Auth),
            [170, 171, 172, 174, 200, 240, 293, 294, 295, 299, 11277]
        );
        assert_eq!(of(RetCodeClass::Throttled), [153, 226_619, 8441]);
        assert_eq!(
            of(RetCodeClass::Transient),
            [
                110, 120, 130, 150, 226_605, 226_609, 226_620, 226_621, 226_622, 226_628, 8090,
                8097, 8108, 8117, 8102, 8366, 8367, 8372, 8421, 8433, 8434, 8438, 8498, 8510, 8520,
                8580
            ]
        );
        assert_eq!(RetCode::SUCCESS.class(), RetCodeClass::Success);
        for code in [
            161,
            230,
            8039,
            226_604,
            226_601,
            8357,
            2000,
            -1,
            i64::MAX,
            i64::MIN,
        ] {
            assert_eq!(RetCode(code).class(), RetCodeClass::Permanent, "{code}");
        }
        assert_eq!(
            (RetCode(424_242).meaning(), RetCode(424_242).advice()),
            (None, None)
        );
    }

    #[test]
    fn codes_of_image_actions_have_advice() {
        let codes = [
            161, 170, 171, 172, 174, 230, 8039, 8350, 8401, 8433, 8434, 8957, 8968, 226_603,
            226_620, 226_628, 226_644, 153, 8441, 226_619,
        ];
        for code in codes {
            assert!(RetCode(code).advice().is_some(), "{code}");
        }
    }

    #[test]
    fn outcome_is_unknown_after_service_timeouts() {
        let unknown = TABLE
            .iter()
            .filter(|entry| entry.code.outcome_unknown())
            .map(|entry| entry.code.0);
        assert_eq!(unknown.collect::<Vec<_>>(), [110, 8438]);
        assert!(!RetCode::SUCCESS.outcome_unknown());
    }

    #[test]
    fn accepts_integers_and_integral_text() {
        for (json, code) in [
            ("0", 0),
            ("161", 161),
            ("\"161\"", 161),
            ("\" 161 \"", 161),
            ("\"+161\"", 161),
            ("\"-1\"", -1),
            ("161.0", 161),
            ("1.61e2", 161),
            ("-1", -1),
        ] {
            assert_eq!(
                serde_json::from_str::<RetCode>(json).unwrap(),
                RetCode(code),
                "{json}"
            );
        }
        for json in [
            "null",
            "true",
            "1.5",
            "\"\"",
            "\"1.5\"",
            "\"0x1\"",
            "[0]",
            "{}",
            "1e300",
            "18446744073709551615",
        ] {
            assert!(serde_json::from_str::<RetCode>(json).is_err(), "{json}");
        }
        assert_eq!(
            serde_json::to_string(&RetCode::ACTION_NOT_FOUND).unwrap(),
            "161"
        );
        assert_eq!(RetCode::ACTION_NOT_FOUND.to_string(), "161");
    }
}
