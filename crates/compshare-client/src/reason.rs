//! The reasons of errors that this library itself detects.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use compshare_model::InstanceId;

use crate::sanitize::one_line;
use crate::{BodyFault, ErrorKind, Origin, Setting};

/// The maximum length of an id in an error.
const MAX_ID: usize = 128;

/// The reason for which this library rejected a call or a configuration, or ended a listing.
///
/// For programs that word or translate the error themselves. `Display` is the text of
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
    /// A setting is invalid.
    Setting {
        /// The setting.
        setting: Setting,
        /// The source of its value.
        origin: Origin,
        /// The fault of the value.
        fault: SettingFault,
    },
    /// A key is not set.
    KeyMissing(Setting),
    /// The two keys come from different sources, so they need not be a pair.
    KeysFromTwoSources {
        /// The source of the public key.
        public_key: Origin,
        /// The source of the private key.
        private_key: Origin,
    },
    /// An environment variable is not valid Unicode text.
    VariableNotText(&'static str),
    /// There is no home directory to look for a profile file in.
    NoHome,
    /// The profile file cannot be read.
    ProfileFileUnreadable {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        error: Arc<io::Error>,
    },
    /// The profile file is not JSON, or its JSON has an unexpected shape.
    ProfileFileInvalid {
        /// The file.
        path: PathBuf,
        /// The line of the error, from 1.
        line: usize,
        /// The column of the error, from 1.
        column: usize,
    },
    /// The profile file does not have the requested profile.
    ProfileMissing {
        /// The file.
        path: PathBuf,
        /// The name of the profile.
        name: String,
    },
    /// The certificates at the path in an environment variable cannot be used.
    RootsUnreadable {
        /// `SSL_CERT_FILE` or `SSL_CERT_DIR`.
        variable: &'static str,
        /// The file or the directory.
        path: PathBuf,
        /// The cause: [`InvalidData`](io::ErrorKind::InvalidData) without any usable certificate,
        /// [`FileTooLarge`](io::ErrorKind::FileTooLarge) beyond the size limits.
        error: Arc<io::Error>,
    },
    /// The time of [`credentials_expire_at`](crate::ConfigBuilder::credentials_expire_at) has
    /// passed.
    CredentialsExpired,
    /// The name of the action is empty.
    ActionUnnamed,
    /// The listing has a `Limit` of 0.
    LimitZero,
    /// The community has no version of the group that can be a favorite.
    NoVersion(String),
    /// A page has items, but none with a new id.
    NothingNew,
    /// There are more pages than [`max_pages`](crate::ConfigBuilder::max_pages).
    TooManyPages,
    /// The next `Offset` does not fit into 64 bits.
    OffsetTooLarge,
    /// No group of the community has the flag `IsFavorite`.
    NoFavoriteFlag,
    /// The response has other images than the requested one.
    OtherImages,
    /// No instance has this id or name.
    InstanceNotFound(String),
    /// Several instances have the name.
    AmbiguousName {
        /// The name.
        name: String,
        /// The instances that have it.
        ids: Vec<InstanceId>,
    },
    /// The account has no default project, which a planned stop requires.
    NoProject,
    /// The response of a creation was lost, and no instance has its token: nothing was created.
    NotCreated {
        /// The token that the remarks of the instances would have.
        token: String,
    },
    /// The response of a creation was lost, and it is unknown whether instances were created.
    OutcomeUnknown {
        /// The token that the remarks of the instances would have.
        token: String,
    },
}

crate::error::display_enum! {
    /// The fault of a [`Setting`]. `Display` follows the setting's name: "has no host".
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SettingFault {
        /// The value is empty.
        Empty = "is empty",
        /// The value contains a control character.
        ControlCharacter = "contains a control character; check for a trailing line break",
        /// The value contains white space or a control character.
        WhiteSpace = "contains white space or control characters",
        /// The URL has no scheme.
        NoScheme = "has no scheme; write https:// before the host",
        /// The scheme is neither `https` nor `http`.
        SchemeNotHttps = "has a scheme other than https and http",
        /// The scheme of the proxy is not supported.
        ProxyScheme = "has a scheme other than http, socks5 and socks5h",
        /// The user name or password of a SOCKS proxy is empty or longer than 255 bytes.
        SocksLogin = "has a user name or password that is not 1 to 255 bytes long, as SOCKS requires",
        /// The value is not a URL.
        NotAUrl = "is not a URL",
        /// The URL has a fragment.
        Fragment = "has a fragment (#...); leave it out",
        /// The URL has a query.
        Query = "has a query (?...); leave it out",
        /// The URL has a user name or a password.
        Login = "has a user name or password; leave them out",
        /// The user name or password is not valid percent-encoded text.
        LoginUnreadable = "has a user name or password that is not valid percent-encoded text",
        /// The URL has no host.
        NoHost = "has no host",
        /// The port is not a number from 1 to 65535.
        Port = "has an invalid port; expected a number from 1 to 65535",
        /// The URL is not `https`, the host is not this machine, and
        /// [`allow_plain_http`](crate::ConfigBuilder::allow_plain_http) is off.
        PlainHttp = "is not https, so a signed request can be read and repeated",
        /// The value is zero.
        Zero = "must be greater than zero; set it to a second or more",
        /// The timeout is longer than a day.
        TooLong = "is longer than a day",
        /// The value contains a character that is invalid in a header.
        NotAHeader = "contains characters that are invalid in a header",
        /// The certificates cannot be parsed.
        Unreadable = "cannot be read",
        /// The value cannot be used.
        Unusable = "cannot be used",
        /// The text has no certificate.
        NoCertificate = "contain no certificate",
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
            Self::InstanceNotFound(_) | Self::AmbiguousName { .. } | Self::NoProject => {
                ErrorKind::Request
            }
            _ => ErrorKind::Config,
        }
    }

    /// Returns the remedy, for programmers.
    pub(crate) fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Setting {
                fault: SettingFault::PlainHttp,
                ..
            } => Some("use allow_plain_http in trusted networks only"),
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
            } => f.write_str("max_body and max_pages must be at least 1"),
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
            Self::NoHome => f.write_str("there is no home directory for the profile file"),
            Self::ProfileFileUnreadable { path, error } => {
                let path = path.display();
                write!(f, "the profile file {path} cannot be read: {error}")
            }
            Self::ProfileFileInvalid { path, line, column } => write!(
                f,
                "the profile file {} is invalid at line {line}, column {column}",
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
            Self::LimitZero => {
                f.write_str("a listing with Limit 0 has no items; set 1 or more, or leave it out")
            }
            Self::NoVersion(group) => write!(
                f,
                "the community has no version of the group {group} that can be a favorite"
            ),
            Self::NothingNew => f.write_str("a page has items, but none with a new id"),
            Self::TooManyPages => {
                f.write_str("the listing has more pages than the client's max_pages")
            }
            Self::OffsetTooLarge => f.write_str("the next offset does not fit into 64 bits"),
            Self::NoFavoriteFlag => {
                f.write_str("no group has the flag IsFavorite, so favorites cannot be identified")
            }
            Self::OtherImages => {
                f.write_str("the response has other images than the requested one")
            }
            Self::InstanceNotFound(name) => write!(f, "no instance has the id or name {name:?}"),
            Self::AmbiguousName { name, ids } => {
                write!(f, "several instances have the name {name:?}: ")?;
                for (index, id) in ids.iter().enumerate() {
                    let separator = if index > 0 { ", " } else { "" };
                    let id = one_line(id.as_str(), MAX_ID);
                    write!(f, "{separator}{id}")?;
                }
                Ok(())
            }
            Self::NoProject => {
                f.write_str("the account has no default project; set the project id")
            }
            Self::NotCreated { token } => {
                write!(
                    f,
                    "nothing was created: no instance has {token} in its remark"
                )
            }
            Self::OutcomeUnknown { token } => write!(
                f,
                "it is unknown whether it was created: before you create again, look for an \
                 instance with {token} in its remark"
            ),
        }
    }
}
