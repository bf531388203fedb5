//! Settings from the profile file of CompShare's own command line.
//!
//! `{"current_profile": "default", "profiles": {"default": {"public_key": "…", "private_key": "…"}}}`
//! (`compshare-cli` 0.5.6). A profile may also have `region`, `zone`, `project_id` and `base_url`, which are this
//! project's addition; other fields are left alone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::environment::{self, Variable, text};
use super::secret::Secret;
use super::{Config, Settings};
use crate::Error;

/// No profile file is larger.
const MAX_FILE: u64 = 1 << 20;

#[derive(Default)]
pub(super) struct Found {
    pub(super) settings: Settings,
    pub(super) warning: Option<String>,
}

#[derive(Deserialize)]
struct File {
    current_profile: Option<String>,
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

#[derive(Deserialize)]
struct Profile {
    public_key: Option<String>,
    private_key: Option<Secret>,
    #[serde(default)]
    region: Text,
    #[serde(default)]
    zone: Text,
    #[serde(default)]
    project_id: Text,
    #[serde(default)]
    base_url: Text,
}

/// A text; anything else in its place belongs to another program, and counts as not there.
#[derive(Default)]
struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
            _ => None,
        };
        Ok(Self(text))
    }
}

/// Reads the profile `name`, or the one that the environment or the file names.
pub(super) fn load(name: Option<&str>, variable: &Variable<'_>) -> Result<Found, Error> {
    let asked = match name {
        Some(name) => Some(name.to_owned()),
        None => text(variable, "COMPSHARE_PROFILE")?,
    };
    let Some(path) = path(variable)? else {
        return match asked {
            Some(_) => Err(Error::config(
                "there is no home directory to look for a profile file in",
            )),
            None => Ok(Found::default()),
        };
    };
    let shown = path.display();
    let content = match read(&path) {
        Ok(content) => content,
        Err(error) if error.kind() == io::ErrorKind::NotFound && asked.is_none() => {
            return Ok(Found::default());
        }
        Err(error) => {
            return Err(
                Error::config(format!("the profile file {shown} cannot be read: {error}"))
                    .with_source(error),
            );
        }
    };
    // The parser's own words may quote what stands in the file, so only the place is told.
    let mut file: File = serde_json::from_str(content.as_str()).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Error::config(format!(
            "the profile file {shown} is not as expected at line {line}, column {column}"
        ))
    })?;
    let name = asked
        .clone()
        .or(file.current_profile)
        .unwrap_or_else(|| "default".to_owned());
    let Some(profile) = file.profiles.remove(&name) else {
        return match asked {
            Some(_) => Err(Error::config(format!(
                "the profile file {shown} has no profile {name:?}"
            ))),
            None => Ok(Found::default()),
        };
    };
    let settings = Settings {
        public_key: profile.public_key,
        private_key: profile.private_key,
        region: profile.region.0,
        zone: profile.zone.0,
        project_id: profile.project_id.0,
        base_url: profile.base_url.0,
        ..Settings::default()
    };
    Ok(Found {
        settings,
        warning: readable_by_others(&path),
    })
}

impl Config {
    /// Where [`ConfigBuilder::profile`](super::ConfigBuilder::profile) looks for the profile file: `COMPSHARE_CONFIG_FILE`,
    /// else `compshare/config.json` in `XDG_CONFIG_HOME` or `~/.config`. `None` if there is no home directory. The file
    /// need not be there.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Config`](crate::ErrorKind::Config) if one of the variables is not text.
    pub fn profile_path() -> Result<Option<PathBuf>, Error> {
        path(&environment::variable)
    }
}

/// Where the file is, if there is any place for it.
fn path(variable: &Variable<'_>) -> Result<Option<PathBuf>, Error> {
    if let Some(file) = text(variable, "COMPSHARE_CONFIG_FILE")? {
        // Where no shell has done it.
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

fn home(variable: &Variable<'_>) -> Result<Option<PathBuf>, Error> {
    Ok(text(variable, "HOME")?
        .or(text(variable, "USERPROFILE")?)
        .map(PathBuf::from))
}

fn read(path: &Path) -> io::Result<Secret> {
    if fs::metadata(path)?.len() > MAX_FILE {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the file is too large",
        ));
    }
    fs::read_to_string(path).map(Secret::from)
}

#[cfg(unix)]
fn readable_by_others(path: &Path) -> Option<String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).ok()?.permissions().mode();
    (mode & 0o077 != 0).then(|| {
        format!(
            "the profile file {0} can be read by others (mode {1:03o}); chmod 600 {0}",
            path.display(),
            mode & 0o777
        )
    })
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Option<String> {
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

    struct Fixture(PathBuf);

    impl Fixture {
        fn new(name: &str, content: &str) -> Self {
            let folder =
                std::env::temp_dir().join(format!("compshare-rs-{}-{name}", std::process::id()));
            fs::create_dir_all(folder.join("compshare")).unwrap();
            fs::write(folder.join("compshare/config.json"), content).unwrap();
            Self(folder)
        }

        fn load(&self, name: Option<&str>, profile: Option<&str>) -> Result<Found, Error> {
            load(name, &|variable| match variable {
                "XDG_CONFIG_HOME" => Some(self.0.clone().into_os_string()),
                "COMPSHARE_PROFILE" => profile.map(OsString::from),
                _ => None,
            })
        }
    }

    impl Drop for Fixture {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn keys(found: Result<Found, Error>) -> (Option<String>, Option<String>) {
        let settings = found.unwrap().settings;
        (
            settings.public_key,
            settings.private_key.map(|key| key.as_str().to_owned()),
        )
    }

    fn pair(public: &str, private: &str) -> (Option<String>, Option<String>) {
        (Some(public.to_owned()), Some(private.to_owned()))
    }

    #[test]
    fn the_profile_is_the_caller_s_the_environment_s_or_the_file_s_choice() {
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
    fn a_profile_may_have_more_than_keys() {
        let file = r#"{"profiles": {"default": {"public_key": "p", "private_key": "k", "region": "cn-sh2",
            "zone": "cn-sh2-02", "project_id": "org-1", "base_url": "https://example.com"},
            "odd": {"public_key": "p", "region": {"of": "another"}, "zone": null, "project_id": 7, "base_url": " "}}}"#;
        let fixture = Fixture::new("more", file);
        let settings = fixture.load(None, None).unwrap().settings;
        let texts = [
            settings.region,
            settings.zone,
            settings.project_id,
            settings.base_url,
        ];
        let expected = ["cn-sh2", "cn-sh2-02", "org-1", "https://example.com"];
        assert_eq!(
            texts.each_ref().map(|text| text.as_deref().unwrap()),
            expected
        );
        let settings = fixture.load(Some("odd"), None).unwrap().settings;
        assert_eq!(
            [
                settings.region,
                settings.zone,
                settings.project_id,
                settings.base_url
            ],
            [const { None }; 4]
        );
    }

    #[test]
    fn the_file_may_be_named_from_home() {
        let of = |file: &'static str| {
            path(&move |name| match name {
                "COMPSHARE_CONFIG_FILE" => Some(OsString::from(file)),
                "HOME" => Some(OsString::from("/home/me")),
                _ => None,
            })
        };
        assert_eq!(
            of("~/c.json").unwrap(),
            Some(PathBuf::from("/home/me/c.json"))
        );
        assert_eq!(
            of("/etc/c.json").unwrap(),
            Some(PathBuf::from("/etc/c.json"))
        );
        assert_eq!(
            of("~other/c.json").unwrap(),
            Some(PathBuf::from("~other/c.json"))
        );
    }

    #[test]
    fn a_profile_that_was_asked_for_must_be_there() {
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
    fn a_broken_file_is_named_and_not_quoted() {
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
                    .contains("config.json is not as expected at line 1"),
                "{error}"
            );
            assert!(!format!("{error:?}").contains("hush"), "{error:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_reported() {
        use std::os::unix::fs::PermissionsExt;
        let fixture = Fixture::new("mode", FILE);
        let file = fixture.0.join("compshare/config.json");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        let warning = fixture.load(None, None).unwrap().warning.unwrap();
        assert!(warning.contains("mode 644"), "{warning}");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(fixture.load(None, None).unwrap().warning, None);
    }
}
