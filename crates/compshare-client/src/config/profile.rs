//! Settings from the profile file of CompShare's own command line.
//!
//! `{"current_profile": "default", "profiles": {"default": {"public_key": "…", "private_key":
//! "…"}}}` (`compshare-cli` 0.5.6). A profile may also have `region`, `zone`, `project_id` and
//! `base_url`, which are this project's addition; other fields are ignored.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

use super::Secret;
use super::environment::{self, Variable, text};
use super::setting::{Origin, Setting, Settings};
use crate::{Error, Reason};

/// The default name of the profile.
pub const DEFAULT_PROFILE: &str = "default";

/// The profile file of CompShare's own command line, for programs that list or edit profiles.
///
/// [`ConfigBuilder::profile`](crate::ConfigBuilder::profile) reads a client's settings from it.
/// `Debug` shows the path only.
pub struct ProfileFile {
    path: PathBuf,
    text: Option<Secret>,
    content: Content,
}

#[derive(Default, Deserialize)]
struct Content {
    current_profile: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

#[derive(Deserialize)]
struct Profile {
    public_key: Option<String>,
    private_key: Option<Secret>,
    #[serde(default, deserialize_with = "text_or_none")]
    region: Option<String>,
    #[serde(default, deserialize_with = "text_or_none")]
    zone: Option<String>,
    #[serde(default, deserialize_with = "text_or_none")]
    project_id: Option<String>,
    #[serde(default, deserialize_with = "text_or_none")]
    base_url: Option<String>,
}

/// Reads a string. A value of another type belongs to another program and is ignored.
fn text_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_str().map(str::to_owned))
}

impl Profile {
    /// Returns the trimmed value of a setting, unless it is blank.
    fn text(&self, setting: Setting) -> Option<&str> {
        let text = match setting {
            Setting::PublicKey => self.public_key.as_deref(),
            Setting::PrivateKey => self.private_key.as_ref().map(|key| key.as_str()),
            Setting::Region => self.region.as_deref(),
            Setting::Zone => self.zone.as_deref(),
            Setting::ProjectId => self.project_id.as_deref(),
            Setting::BaseUrl => self.base_url.as_deref(),
            _ => None,
        };
        text.map(str::trim).filter(|text| !text.is_empty())
    }
}

impl ProfileFile {
    /// The maximum size of the file, in bytes.
    pub const MAX_BYTES: u64 = 1 << 20;

    /// Reads the file at [`Config::profile_path`](crate::Config::profile_path). A missing file has
    /// no profiles.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) without a home directory, or if the file is
    /// unreadable or not a profile file.
    pub fn read() -> Result<Self, Error> {
        let path = path(&environment::variable).and_then(|path| path.ok_or(Reason::NoHome));
        path.and_then(Self::read_from).map_err(Error::of)
    }

    fn read_from(path: PathBuf) -> Result<Self, Reason> {
        let text = match read(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                let error = Arc::new(error);
                return Err(Reason::ProfileFileUnreadable { path, error });
            }
        };
        let content = text.as_ref().map(|text| serde_json::from_str(text));
        match content.transpose() {
            Ok(content) => Ok(Self {
                path,
                text,
                content: content.unwrap_or_default(),
            }),
            // The parser's message may quote the file, so only the position is kept.
            Err(error) => Err(Reason::ProfileFileInvalid {
                path,
                line: error.line(),
                column: error.column(),
            }),
        }
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the text of the file, keys included; `None` if it does not exist.
    pub fn text(&self) -> Option<&str> {
        self.text.as_ref().map(|text| text.as_str())
    }

    /// Returns the names of all profiles, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.content.profiles.keys().map(String::as_str)
    }

    /// Returns the current profile of the file, else [`DEFAULT_PROFILE`].
    pub fn current(&self) -> &str {
        self.content
            .current_profile
            .as_deref()
            .unwrap_or(DEFAULT_PROFILE)
    }

    /// Returns the trimmed value of a setting in a profile; `None` for blank and missing values,
    /// and for secrets.
    pub fn value(&self, profile: &str, setting: Setting) -> Option<&str> {
        let profile = self.content.profiles.get(profile)?;
        profile.text(setting).filter(|_| !setting.is_secret())
    }

    /// Returns a warning if other users of the machine can access the file.
    pub fn warning(&self) -> Option<Warning> {
        self.text.as_ref()?;
        readable_by_others(&self.path)
    }
}

impl fmt::Debug for ProfileFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileFile")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

/// A warning about a valid but risky setting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// Other users of the machine can read the profile file.
    #[non_exhaustive]
    ProfileFileReadable {
        /// The file.
        path: PathBuf,
        /// Its permissions.
        mode: u32,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::ProfileFileReadable { path, mode } = self;
        write!(
            f,
            "the profile file {0} is accessible to other users (mode {mode:03o}); run: chmod 600 {0}",
            path.display(),
        )
    }
}

/// Sets the settings that are not set yet from the profile `name`, or from that of the environment
/// or the file.
pub(super) fn fill(
    settings: &mut Settings,
    name: Option<&str>,
    variable: &Variable<'_>,
) -> Result<Option<Warning>, Reason> {
    let requested = match name {
        Some(name) => Some((name.to_owned(), Origin::Code)),
        None => text(variable, "COMPSHARE_PROFILE")?
            .map(|name| (name, Origin::Environment("COMPSHARE_PROFILE"))),
    };
    let is_requested = requested.is_some();
    let file = match path(variable)? {
        Some(path) => ProfileFile::read_from(path)?,
        None if is_requested => return Err(Reason::NoHome),
        None => return Ok(None),
    };

    let (name, origin) = requested.unwrap_or_else(|| match file.current() {
        DEFAULT_PROFILE => (DEFAULT_PROFILE.to_owned(), Origin::Default),
        name => (name.to_owned(), Origin::Profile(name.to_owned())),
    });
    settings.fill(Setting::Profile, name.as_str(), origin);

    let Some(profile) = file.content.profiles.get(&name) else {
        if is_requested {
            let path = file.path;
            return Err(Reason::ProfileMissing { path, name });
        }
        return Ok(None);
    };

    for (setting, _) in Setting::TEXTS {
        if let Some(text) = profile.text(setting) {
            settings.fill(setting, text, Origin::Profile(name.clone()));
        }
    }
    Ok(file.warning())
}

/// Returns the path of the file; `None` without a home directory.
pub(super) fn path(variable: &Variable<'_>) -> Result<Option<PathBuf>, Reason> {
    if let Some(file) = text(variable, "COMPSHARE_CONFIG_FILE")? {
        // Outside a shell, `~` is not expanded.
        return Ok(Some(match (file.strip_prefix("~/"), home(variable)?) {
            (Some(file), Some(home)) => home.join(file),
            _ => PathBuf::from(file),
        }));
    }

    let folder = match text(variable, "XDG_CONFIG_HOME")? {
        Some(folder) => Some(PathBuf::from(folder)),
        None => home(variable)?.map(|home| home.join(".config")),
    };
    Ok(folder.map(|folder| folder.join("compshare").join("config.json")))
}

fn home(variable: &Variable<'_>) -> Result<Option<PathBuf>, Reason> {
    Ok(text(variable, "HOME")?
        .or(text(variable, "USERPROFILE")?)
        .map(PathBuf::from))
}

fn read(path: &Path) -> io::Result<Secret> {
    let file = fs::File::open(path)?;
    // Reserves the whole capacity: growing would leave copies that are not zeroized.
    let expected = file.metadata()?.len().min(ProfileFile::MAX_BYTES);
    let mut text = Secret::new(String::with_capacity(
        usize::try_from(expected + 1).unwrap_or(0),
    ));
    let length = file
        .take(ProfileFile::MAX_BYTES + 1)
        .read_to_string(&mut text)?;
    if length as u64 > ProfileFile::MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "the file is too large",
        ));
    }
    Ok(text)
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<Warning> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| Warning::ProfileFileReadable {
        path: path.to_owned(),
        mode,
    })
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Option<Warning> {
    None
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    const FILE: &str = r#"{
        "current_profile": "work", "language": "zh", "later": [1],
        "profiles": {
            "default": {"public_key": "pub-d", "private_key": "hush-d"},
            "work": {"public_key": "pub-w", "private_key": "hush-w", "note": 1},
            "half": {"public_key": "pub-h"}
        }
    }"#;

    type Found = (Settings, Option<Warning>);

    struct Fixture(PathBuf);

    impl Fixture {
        fn new(name: &str, content: &str) -> Self {
            let folder =
                std::env::temp_dir().join(format!("compshare-rs-{}-{name}", std::process::id()));
            fs::create_dir_all(folder.join("compshare")).unwrap();
            fs::write(folder.join("compshare/config.json"), content).unwrap();
            Self(folder)
        }

        fn load(&self, name: Option<&str>, profile: Option<&str>) -> Result<Found, Reason> {
            let mut settings = Settings::default();
            let variable = |variable: &str| match variable {
                "XDG_CONFIG_HOME" => Some(self.0.clone().into_os_string()),
                "COMPSHARE_PROFILE" => profile.map(OsString::from),
                _ => None,
            };
            let warning = fill(&mut settings, name, &variable)?;
            Ok((settings, warning))
        }
    }

    impl Drop for Fixture {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn keys(found: Result<Found, Reason>) -> (Option<String>, Option<String>) {
        let (mut settings, _) = found.unwrap();
        [Setting::PublicKey, Setting::PrivateKey]
            .map(|setting| settings.take(setting).map(|key| key.as_str().to_owned()))
            .into()
    }

    fn pair(public: &str, private: &str) -> (Option<String>, Option<String>) {
        (Some(public.to_owned()), Some(private.to_owned()))
    }

    #[test]
    fn profile_is_chosen_by_argument_environment_or_file() {
        let fixture = Fixture::new("choice", FILE);
        assert_eq!(
            keys(fixture.load(Some("default"), Some("half"))),
            pair("pub-d", "hush-d")
        );
        assert_eq!(
            keys(fixture.load(None, Some("half"))),
            (Some("pub-h".to_owned()), None)
        );
        assert_eq!(keys(fixture.load(None, None)), pair("pub-w", "hush-w"));
        let fixture = Fixture::new(
            "default",
            r#"{"profiles": {"default": {"public_key": "p", "private_key": "k"}}}"#,
        );
        assert_eq!(keys(fixture.load(None, None)), pair("p", "k"));
    }

    #[test]
    fn profile_may_have_region_zone_project_and_base_url() {
        let file = r#"{"profiles": {"default": {"public_key": "p", "private_key": "k", "region": "cn-sh2",
            "zone": "cn-sh2-02", "project_id": "org-1", "base_url": "https://example.com"},
            "odd": {"public_key": "p", "region": {"of": "another"}, "zone": null, "project_id": 7, "base_url": " "}}}"#;
        let fixture = Fixture::new("more", file);
        let others = [
            (Setting::Region, "cn-sh2"),
            (Setting::Zone, "cn-sh2-02"),
            (Setting::ProjectId, "org-1"),
            (Setting::BaseUrl, "https://example.com"),
        ];
        let (settings, _) = fixture.load(None, None).unwrap();
        for (setting, text) in others {
            let origin = Origin::Profile("default".to_owned());
            assert_eq!(settings.value(setting), Some(text));
            assert_eq!(settings.origin(setting), Some(&origin));
        }
        assert_eq!(settings.value(Setting::PrivateKey), None);
        let (settings, _) = fixture.load(Some("odd"), None).unwrap();
        for (setting, _) in others {
            assert!(matches!(
                settings.origin(setting),
                None | Some(Origin::Default)
            ));
        }
    }

    #[test]
    fn profile_has_an_origin() {
        let fixture = Fixture::new("origin", FILE);
        for (name, variable, expected, origin) in [
            (Some("half"), Some("work"), "half", Origin::Code),
            (
                None,
                Some("half"),
                "half",
                Origin::Environment("COMPSHARE_PROFILE"),
            ),
            (None, None, "work", Origin::Profile("work".to_owned())),
        ] {
            let (settings, _) = fixture.load(name, variable).unwrap();
            assert_eq!(settings.value(Setting::Profile), Some(expected));
            assert_eq!(settings.origin(Setting::Profile), Some(&origin));
        }
        let fixture = Fixture::new("no-origin", "{}");
        let (settings, _) = fixture.load(None, None).unwrap();
        assert_eq!(settings.value(Setting::Profile), Some("default"));
        assert_eq!(settings.origin(Setting::Profile), Some(&Origin::Default));
    }

    #[test]
    fn profile_file_hides_secrets() {
        let fixture = Fixture::new("file", FILE);
        let file = ProfileFile::read_from(fixture.0.join("compshare/config.json")).unwrap();
        assert_eq!(
            file.names().collect::<Vec<_>>(),
            ["default", "half", "work"]
        );
        assert_eq!(file.current(), "work");
        assert_eq!(file.value("half", Setting::PublicKey), Some("pub-h"));
        assert_eq!(file.value("work", Setting::PrivateKey), None);
        assert_eq!(file.value("nobody", Setting::Region), None);
        assert!(!format!("{file:?}").contains("hush"), "{file:?}");
        let file = ProfileFile::read_from(fixture.0.join("none.json")).unwrap();
        assert!(file.text().is_none() && file.names().next().is_none());
    }

    #[test]
    fn refuses_a_file_over_the_limit() {
        let fixture = Fixture::new("large", &" ".repeat(1_100_000));
        let reason = fixture.load(None, None).err().unwrap().to_string();
        assert!(
            reason.ends_with("cannot be read: the file is too large"),
            "{reason}"
        );
    }

    #[test]
    fn expands_home_in_the_path() {
        let of = |file: &'static str| {
            path(&move |name| match name {
                "COMPSHARE_CONFIG_FILE" => Some(OsString::from(file)),
                "HOME" => Some(OsString::from("/home/me")),
                _ => None,
            })
        };
        assert_eq!(
            of("~/c.json").ok().flatten(),
            Some(PathBuf::from("/home/me/c.json"))
        );
        assert_eq!(
            of("/etc/c.json").ok().flatten(),
            Some(PathBuf::from("/etc/c.json"))
        );
        assert_eq!(
            of("~other/c.json").ok().flatten(),
            Some(PathBuf::from("~other/c.json"))
        );
    }

    #[test]
    fn requested_profile_must_exist() {
        let fixture = Fixture::new("missing", FILE);
        let error = fixture
            .load(Some("nobody"), None)
            .err()
            .unwrap()
            .to_string();
        assert!(error.contains(r#"has no profile "nobody""#), "{error}");
        fs::remove_file(fixture.0.join("compshare/config.json")).unwrap();
        assert!(fixture.load(Some("work"), None).is_err());
        assert_eq!(keys(fixture.load(None, None)), (None, None));
    }

    #[test]
    fn names_a_broken_file_without_quoting_it() {
        for broken in [
            "{",
            "[]",
            r#"{"profiles": {"work": {"private_key": ["hush"]}}}"#,
            r#"{"profiles": "hush"}"#,
        ] {
            let error = Fixture::new("broken", broken)
                .load(None, None)
                .err()
                .unwrap();
            assert!(
                error
                    .to_string()
                    .contains("config.json is invalid at line 1"),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn reports_a_file_that_others_can_read() {
        use std::os::unix::fs::PermissionsExt;
        let fixture = Fixture::new("mode", FILE);
        let file = fixture.0.join("compshare/config.json");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let warning = fixture.load(None, None).unwrap().1.unwrap().to_string();
        assert!(warning.contains("mode 644"), "{warning}");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(fixture.load(None, None).unwrap().1, None);
    }
}
