//! The file in which CompShare's own command line keeps its profiles, read and written.
//!
//! `{"current_profile": "default", "language": "zh", "profiles": {"default": {"public_key": "…", "private_key": "…"}}}`;
//! what else stands in it is kept. Besides the keys, a profile may hold `region`, `zone`,
//! `project_id` and `base_url`.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use compshare_client::Config;
use serde_json::{Map, Value};

use crate::failure::Failure;
use crate::lang::{Lang, Texts, fill};
use crate::output::json_pretty;
use crate::settings::refused;
use crate::surroundings;

/// No file of profiles is larger, in bytes.
const MAX_FILE: u64 = 1 << 20;
/// The profile that is used if nothing names one.
pub(crate) const DEFAULT_PROFILE: &str = "default";

/// Where the file is: where the library looks for it.
pub(crate) fn path(lang: Lang) -> Result<PathBuf, Failure> {
    let path = Config::profile_path().map_err(|error| refused(&error, lang))?;
    path.ok_or_else(|| Failure::configuration(lang.texts().cfg_no_place))
}

/// The language that CompShare's own command line was told to remember, if the file can be read.
pub(crate) fn language() -> Option<String> {
    let content = read(&Config::profile_path().ok()??).ok()?;
    let document: Value = serde_json::from_str(&content).ok()?;
    document.get("language")?.as_str().map(str::to_owned)
}

/// All profiles.
pub(crate) struct Store {
    path: PathBuf,
    document: Map<String, Value>,
    /// Whether there was a file.
    exists: bool,
    lang: Lang,
}

impl Store {
    /// Reads the file; one that is not there has no profiles.
    pub(crate) fn open(lang: Lang) -> Result<Self, Failure> {
        let texts = lang.texts();
        let path = path(lang)?;
        let shown = path.display().to_string();
        let (document, exists) = match read(&path) {
            Ok(content) => {
                let broken = |cause: &str| {
                    Failure::configuration(fill(
                        texts.cfg_broken,
                        &[("path", &shown), ("cause", cause)],
                    ))
                };
                // The parser's own words may quote what stands in the file, so only the place is told.
                let document: Map<String, Value> = serde_json::from_str(&content)
                    .map_err(|error| broken(&format!("{}:{}", error.line(), error.column())))?;
                let is_sound = match document.get("profiles") {
                    None => true,
                    Some(Value::Object(profiles)) => profiles.values().all(Value::is_object),
                    Some(_) => false,
                };
                if !is_sound {
                    return Err(broken("profiles"));
                }
                (document, true)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Map::new(), false),
            Err(error) => {
                let values = [("path", shown.as_str()), ("cause", &cause(&error, texts))];
                return Err(Failure::configuration(fill(texts.cfg_unreadable, &values)));
            }
        };
        Ok(Self {
            path,
            document,
            exists,
            lang,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn exists(&self) -> bool {
        self.exists
    }

    /// The names of all profiles, in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.profiles().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.profile(name).is_some()
    }

    /// The profile that the file says is used.
    pub(crate) fn current(&self) -> &str {
        self.document
            .get("current_profile")
            .and_then(Value::as_str)
            .unwrap_or(DEFAULT_PROFILE)
    }

    /// A member of a profile without white space around it, unless it is blank or no text.
    pub(crate) fn member(&self, name: &str, member: &str) -> Option<&str> {
        self.profile(name)?
            .get(member)?
            .as_str()
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    fn profiles(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.document
            .get("profiles")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
    }

    fn profile(&self, name: &str) -> Option<&Map<String, Value>> {
        self.document.get("profiles")?.get(name)?.as_object()
    }

    /// Sets members of a profile, which is made if it is not there; its other members stay.
    pub(crate) fn set<'a>(
        &mut self,
        name: &str,
        members: impl IntoIterator<Item = (&'a str, String)>,
    ) {
        let profiles = self
            .document
            .entry("profiles")
            .or_insert_with(|| Map::new().into());
        let Some(profiles) = profiles.as_object_mut() else {
            return;
        };
        let profile = profiles.entry(name).or_insert_with(|| Map::new().into());
        let Some(profile) = profile.as_object_mut() else {
            return;
        };
        for (member, value) in members {
            profile.insert(member.to_owned(), value.into());
        }
    }

    /// Makes a profile the current one.
    pub(crate) fn select(&mut self, name: &str) {
        self.document
            .insert("current_profile".to_owned(), name.into());
    }

    /// Takes a profile out; if it was the current one, the first of the others is from now on.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(profiles) = self
            .document
            .get_mut("profiles")
            .and_then(Value::as_object_mut)
        {
            profiles.shift_remove(name);
        }
        if self.current() == name {
            let next = self
                .names()
                .first()
                .copied()
                .unwrap_or(DEFAULT_PROFILE)
                .to_owned();
            self.select(&next);
        }
    }

    /// Writes the file: aside, with mode 0600, and then in its place.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let written = json_pretty(&self.document)
            .map_err(io::Error::from)
            .and_then(|content| self.write(&content));
        written.map_err(|error| {
            let values = [
                ("path", self.path.display().to_string()),
                ("cause", error.to_string()),
            ];
            let values = values
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            Failure::configuration(fill(self.lang.texts().cfg_unwritable, &values))
        })
    }

    fn write(&self, content: &str) -> io::Result<()> {
        // A link stays a link: what it points at is replaced.
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));
        if !folder.is_dir() {
            make_private_folder(folder)?;
        } else if surroundings::variable("COMPSHARE_CONFIG_FILE").is_none()
            && self.path.parent() == Some(folder)
        {
            // The program's own folder. Any other that is there already may be shared for good reasons.
            set_mode(folder, 0o700)?;
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".config.").suffix(".tmp");
        let mut file = builder.tempfile_in(folder)?;
        set_mode(file.path(), 0o600)?;
        file.write_all(content.as_bytes())?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)?;
        Ok(())
    }

    /// A warning, if others can read the file.
    pub(crate) fn openness(&self) -> Option<String> {
        let mode = open_mode(&self.path)?;
        let values = [
            ("path", self.path.display().to_string()),
            ("mode", format!("{mode:03o}")),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        Some(fill(self.lang.texts().cfg_open, &values))
    }
}

/// Why the file cannot be read.
fn cause(error: &io::Error, texts: &Texts) -> String {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            fill(texts.use_file_too_large, &[("max", &MAX_FILE.to_string())])
        }
        io::ErrorKind::InvalidData => texts.use_not_utf8.to_owned(),
        _ => error.to_string(),
    }
}

/// The text of a file, unless that is too large.
fn read(path: &Path) -> io::Result<String> {
    let mut content = String::new();
    let file = fs::File::open(path)?;
    if file.take(MAX_FILE + 1).read_to_string(&mut content)? as u64 > MAX_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(content)
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    // The umask may have taken away more than it should.
    set_mode(folder, 0o700)
}

#[cfg(not(unix))]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Elsewhere, the folder of the user decides who can read what is in it.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// The mode of a file that others can read.
#[cfg(unix)]
fn open_mode(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

#[cfg(not(unix))]
fn open_mode(_: &Path) -> Option<u32> {
    None
}
