//! The profile file, shared with CompShare's own command line. The library reads and checks it.
//! Unknown members are preserved.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use compshare_client::{DEFAULT_PROFILE, ProfileFile};
use serde_json::{Map, Value};

use crate::env;
use crate::failure::Failure;
use crate::lang::text;
use crate::output::json_pretty;

/// The member with the language, which CompShare's own command line reads too.
const LANGUAGE: &str = "language";

/// Returns the stored language.
pub(crate) fn language() -> Option<String> {
    let file = ProfileFile::read().ok()?;
    let document: Value = serde_json::from_str(file.text()?).ok()?;
    document.get(LANGUAGE)?.as_str().map(str::to_owned)
}

/// The profiles, with pending changes.
pub(crate) struct ProfileStore {
    pub(crate) file: ProfileFile,
    document: Map<String, Value>,
}

impl ProfileStore {
    /// Reads the file; a missing file has no profiles.
    pub(crate) fn open() -> Result<Self, Failure> {
        let file = ProfileFile::read().map_err(|error| Failure::from_config_error(&error))?;
        let document = match file.text() {
            Some(text) => serde_json::from_str(text).map_err(|error| {
                Failure::invalid_profile_file(file.path(), error.line(), error.column())
            })?,
            None => Map::new(),
        };
        Ok(Self { file, document })
    }

    /// Fails if the profile does not exist.
    pub(crate) fn check(&self, name: &str) -> Result<(), Failure> {
        if self.file.names().any(|known| known == name) {
            Ok(())
        } else {
            Err(Failure::unknown_profile(name))
        }
    }

    /// Sets members of a profile, creating it if needed. Other members are preserved.
    pub(crate) fn set<'a>(
        &mut self,
        name: &str,
        members: impl Iterator<Item = (&'a str, &'a str)>,
    ) {
        let profiles = object_entry(&mut self.document, "profiles");
        if let Some(profile) = profiles.and_then(|profiles| object_entry(profiles, name)) {
            profile.extend(members.map(|(member, value)| (member.to_owned(), value.into())));
        }
    }

    /// Removes a member of a profile. Returns `false` if it is not set.
    pub(crate) fn unset(&mut self, name: &str, member: &str) -> bool {
        let profile = self.profile_mut(name);
        profile.is_some_and(|profile| profile.shift_remove(member).is_some())
    }

    /// Returns `true` if a profile has a private key.
    pub(crate) fn has_private_key(&self, name: &str) -> bool {
        let profiles = self.document.get("profiles");
        let key = profiles.and_then(|profiles| profiles.get(name)?.get("private_key")?.as_str());
        key.is_some_and(|key| !key.trim().is_empty())
    }

    fn profile_mut(&mut self, name: &str) -> Option<&mut Map<String, Value>> {
        let profiles = self.document.get_mut("profiles")?.as_object_mut()?;
        profiles.get_mut(name)?.as_object_mut()
    }

    /// Sets the language of the file.
    pub(crate) fn set_language(&mut self, name: &str) {
        self.document.insert(LANGUAGE.to_owned(), name.into());
    }

    /// Removes the language. Returns `false` if it is not set.
    pub(crate) fn unset_language(&mut self) -> bool {
        self.document.shift_remove(LANGUAGE).is_some()
    }

    /// Returns the current profile.
    pub(crate) fn current(&self) -> &str {
        let current = self.document.get("current_profile");
        current.and_then(Value::as_str).unwrap_or(DEFAULT_PROFILE)
    }

    /// Makes a profile the current one.
    pub(crate) fn select(&mut self, name: &str) {
        self.document
            .insert("current_profile".to_owned(), name.into());
    }

    /// Removes a profile. If it was current, the first remaining one becomes current.
    pub(crate) fn remove(&mut self, name: &str) {
        if let Some(profiles) = self
            .document
            .get_mut("profiles")
            .and_then(Value::as_object_mut)
        {
            profiles.shift_remove(name);
        }
        if self.file.current() == name {
            let next = self.file.names().find(|other| *other != name);
            let next = next.unwrap_or(DEFAULT_PROFILE).to_owned();
            self.select(&next);
        }
    }

    /// Writes the file atomically, with mode 0600.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let written = json_pretty(&self.document)
            .map_err(io::Error::from)
            .and_then(|content| self.write(&content));
        written.map_err(|error| {
            let path = self.file.path().display();
            Failure::configuration(text!(cfg_unwritable, path, cause = error))
        })
    }

    fn write(&self, content: &str) -> io::Result<()> {
        // Replace the target of a symbolic link, not the link.
        let target =
            fs::canonicalize(self.file.path()).unwrap_or_else(|_| self.file.path().to_owned());

        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or_else(|| Path::new("."));

        if !folder.is_dir() {
            make_private_folder(folder)?;
        } else if env::variable("COMPSHARE_CONFIG_FILE").is_none()
            && self.file.path().parent() == Some(folder)
        {
            // Only the program's own folder is made private; others may be shared on purpose.
            set_mode(folder, 0o700)?;
        }

        // Write a temporary file in the same folder, so that renaming it is atomic.
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
}

/// Returns a nested object, inserting an empty one if needed.
fn object_entry<'a>(
    parent: &'a mut Map<String, Value>,
    name: &str,
) -> Option<&'a mut Map<String, Value>> {
    let member = parent.entry(name).or_insert_with(|| Map::new().into());
    member.as_object_mut()
}

#[cfg(unix)]
fn make_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    // A strict umask may have removed the owner's rights.
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

/// Without Unix modes, the home folder controls access.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn set_mode(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}
