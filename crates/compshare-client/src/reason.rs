//! The reasons of errors that are not the service's own, as values.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::{BodyFault, ErrorKind, Origin, Setting};

/// Why a call, or the set-up of a client, was refused or ended, where this library decided it.
///
/// For programs that put their own words, or another language, around it; `Display` is the text of
/// [`Error::detail`](crate::Error::detail).
///
/// ```
/// use compshare_client::{Config, Reason, Setting, SettingFault};
///
/// let error = Config::builder().keys("pub", "key").base_url("api.compshare.cn").build().unwrap_err();
/// assert!(matches!(
///     error.reason(),
///     Some(Reason::Setting { setting: Setting::BaseUrl, fault: SettingFault::NoScheme, .. })
/// ));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Reason {
    /// A setting cannot be right.
    Setting {
        /// The setting.
        setting: Setting,
        /// The source of its value.
        origin: Origin,
        /// What is wrong with it.
        fault: SettingFault,
    },
    /// This key is not set.
    KeyMissing(Setting),
    /// The two keys come from different sources, so they need not be a pair.
    KeysFromTwoSources {
        /// The source of the public key.
        public_key: Origin,
        /// The source of the private key.
        private_key: Origin,
    },
    /// This environment variable is not valid text.
    VariableNotText(&'static str),
    /// There is no home directory to look for a profile file in.
    NoHome,
    /// The profile file cannot be read.
    ProfileFileUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: Arc<io::Error>,
    },
    /// The profile file is not JSON, or not the JSON of a profile file.
    ProfileFileInvalid {
        /// The file.
        path: PathBuf,
        /// The line of the fault, from 1.
        line: usize,
        /// The column of the fault, from 1.
        column: usize,
    },
    /// The profile that was asked for is not in the profile file.
    ProfileMissing {
        /// The file.
        path: PathBuf,
        /// The name of the profile.
        name: String,
    },
    /// The certificates that an environment variable names cannot be used.
    RootsUnreadable {
        /// `SSL_CERT_FILE` or `SSL_CERT_DIR`.
        variable: &'static str,
        /// The file or the directory.
        path: PathBuf,
        /// The cause; [`InvalidData`](io::ErrorKind::InvalidData) if there is no certificate,
        /// [`FileTooLarge`](io::ErrorKind::FileTooLarge) if there is too much to read.
        error: Arc<io::Error>,
    },
    /// The time of [`credentials_expire_at`](crate::ConfigBuilder::credentials_expire_at) is over.
    CredentialsExpired,
    /// The action has an empty name.
    ActionUnnamed,
    /// The listing has a `Limit` of 0.
    LimitZero,
    /// The community has no version of this group that could become a favorite, or be one.
    NoVersion(String),
    /// A page has rows, but none with a new id.
    NothingNew,
    /// There are more pages than [`max_pages`](crate::ConfigBuilder::max_pages).
    TooManyPages,
    /// The next `Offset` is beyond 64 bits.
    OffsetTooLarge,
    /// No group of the community says whether it is a favorite.
    NoFavoriteFlag,
    /// The response is about other images than the one that was asked for.
    OtherImages,
}

crate::error::display_enum! {
    /// What is wrong with a [`Setting`]. `Display` follows the setting's name: "has no host".
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SettingFault {
        /// It is empty.
        Empty = "is empty",
        /// It has a control character in it.
        ControlCharacter = "contains a control character; check for a trailing line break",
        /// It has white space or a control character in it.
        WhiteSpace = "has white space or control characters in it",
        /// It has no scheme.
        NoScheme = "has no scheme; write https:// before the host",
        /// Its scheme is neither `https` nor `http`.
        SchemeNotHttps = "has a scheme other than https and http",
        /// Its scheme is not that of a proxy that is supported.
        ProxyScheme = "has a scheme other than http, socks5 and socks5h",
        /// It is a SOCKS proxy, and its user name or password is empty or too long for SOCKS.
        SocksLogin = "has a user name or password that is not 1 to 255 bytes long, as SOCKS requires",
        /// It is not a URL.
        NotAUrl = "is not a URL",
        /// It has a fragment.
        Fragment = "has a fragment (#...); leave it out",
        /// It has a query.
        Query = "has a query (?...); leave it out",
        /// It has a user name or a password in it.
        Login = "has a user name or password in it; leave them out",
        /// Its user name or password is not valid percent-encoding of text.
        LoginUnreadable = "has a user name or password that cannot be read",
        /// It has no host.
        NoHost = "has no host",
        /// Its port is not a number from 1 to 65535.
        Port = "has a port that is no number from 1 to 65535",
        /// It is not `https`, its host is not this machine, and
        /// [`allow_plain_http`](crate::ConfigBuilder::allow_plain_http) is off.
        PlainHttp = "is not https, and whoever reads a signed request can repeat it",
        /// It is zero, so that nothing could ever succeed.
        Zero = "is zero, so that nothing could ever succeed; set it to a second or more",
        /// It is longer than a day.
        TooLong = "is longer than a day",
        /// It has a character that a header cannot hold.
        NotAHeader = "has characters that a header cannot hold",
        /// It cannot be read.
        Unreadable = "cannot be read",
        /// It cannot be used.
        Unusable = "cannot be used",
        /// It holds no certificate.
        NoCertificate = "hold no certificate",
    }
}

impl Reason {
    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::ActionUnnamed | Self::LimitZero | Self::NoVersion(_) => ErrorKind::Request,
            Self::NothingNew | Self::TooManyPages | Self::OffsetTooLarge | Self::NoFavoriteFlag => {
                ErrorKind::Paging
            }
            Self::OtherImages => ErrorKind::Body(BodyFault::Shape),
            _ => ErrorKind::Config,
        }
    }

    /// Returns what to do about it, for programmers.
    pub(crate) fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Setting {
                fault: SettingFault::PlainHttp,
                ..
            } => Some("allow_plain_http is for networks where nobody can"),
            _ => None,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting {
                setting: Setting::MaxBody | Setting::MaxPages,
                fault: SettingFault::Zero,
                ..
            } => f.write_str(
                "max_body and max_pages must be 1 or more; with 0, nothing could ever succeed",
            ),
            Self::Setting {
                setting: Setting::Proxy,
                origin: Origin::Environment(name),
                fault,
            } => write!(f, "the proxy in {} {fault}", name.to_ascii_uppercase()),
            Self::Setting { setting, fault, .. } => write!(f, "the {setting} {fault}"),
            Self::KeyMissing(setting) => write!(
                f,
                "the {setting} is missing: set {}, or take the keys from \
                 https://console.compshare.cn/uaccount/api_manage",
                setting.variable().unwrap_or_default()
            ),
            Self::KeysFromTwoSources {
                public_key,
                private_key,
            } => write!(
                f,
                "the public key is from {public_key}, but the private key from {private_key}; \
                 take both from one source"
            ),
            Self::VariableNotText(name) => write!(f, "{name} is not valid text"),
            Self::NoHome => {
                f.write_str("there is no home directory to look for a profile file in")
            }
            Self::ProfileFileUnreadable { path, error } => {
                let path = path.display();
                write!(f, "the profile file {path} cannot be read: {error}")
            }
            Self::ProfileFileInvalid { path, line, column } => write!(
                f,
                "the profile file {} is not as expected at line {line}, column {column}",
                path.display()
            ),
            Self::ProfileMissing { path, name } => {
                let path = path.display();
                write!(f, "the profile file {path} has no profile {name:?}")
            }
            Self::RootsUnreadable {
                variable,
                path,
                error,
            } => {
                let path = path.display();
                write!(f, "no certificates in {path}, from {variable}: {error}")
            }
            Self::CredentialsExpired => {
                f.write_str("the temporary credentials have expired; nothing was sent")
            }
            Self::ActionUnnamed => f.write_str("the action has no name"),
            Self::LimitZero => f.write_str(
                "a listing with Limit 0 would never bring a row; leave it out, or set 1 or more",
            ),
            Self::NoVersion(group) => write!(
                f,
                "the community has no version of the group {group} that could be one"
            ),
            Self::NothingNew => {
                f.write_str("a page has rows, but none with an id that was not there before")
            }
            Self::TooManyPages => {
                f.write_str("more pages came than the client's max_pages allows")
            }
            Self::OffsetTooLarge => {
                f.write_str("the next offset would be too large for a number")
            }
            Self::NoFavoriteFlag => f.write_str(
                "no group says whether it is a favorite (IsFavorite), so favorites cannot be told apart",
            ),
            Self::OtherImages => {
                f.write_str("the answer is about other images than the one that was asked for")
            }
        }
    }
}
