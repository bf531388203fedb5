//! Root certificates from OpenSSL's environment variables `SSL_CERT_FILE` and `SSL_CERT_DIR`.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::environment::{Variable, variable};
use crate::{Error, Reason};

const FILE: &str = "SSL_CERT_FILE";
const DIRECTORIES: &str = "SSL_CERT_DIR";

/// The maximum size of a file. The bundles of operating systems have a quarter of a megabyte.
const MAX_BYTES: u64 = 8 << 20;
/// The maximum number of entries in a directory. Those of operating systems have some hundreds.
const MAX_ENTRIES: usize = 4096;

/// Adds the certificates of the process's environment to `store`.
pub(crate) fn add_environment_roots(store: &mut RootCertStore) -> Result<(), Error> {
    add(store, &variable)
}

fn add(store: &mut RootCertStore, variable: &Variable<'_>) -> Result<(), Error> {
    // As for all variables, a blank value counts as not set.
    let value =
        |name| variable(name).filter(|value: &OsString| !value.to_string_lossy().trim().is_empty());

    let file = value(FILE);
    if let Some(path) = &file {
        let path = Path::new(path);
        add_file(store, path).map_err(|error| unreadable(FILE, path, error))?;
    }

    let Some(directories) = value(DIRECTORIES) else {
        return Ok(());
    };

    let mut has_roots = file.is_some();
    let mut failed = None;
    for path in std::env::split_paths(&directories).filter(|path| !path.as_os_str().is_empty()) {
        match add_directory(store, &path) {
            Ok(()) => has_roots = true,
            Err(error) => failed = Some(unreadable(DIRECTORIES, &path, error)),
        }
    }

    // Lists often include directories that only some systems have.
    match failed {
        Some(error) if !has_roots => Err(error),
        _ => Ok(()),
    }
}

/// Adds the certificates of the regular files in a directory. Files without certificates are
/// skipped: keys, lists, notes.
fn add_directory(store: &mut RootCertStore, path: &Path) -> io::Result<()> {
    let before = store.len();
    for (index, entry) in path.read_dir()?.enumerate() {
        if index >= MAX_ENTRIES {
            let text = format!("it has more than {MAX_ENTRIES} entries");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
        }
        // `is_file` follows links: `openssl rehash` creates one for each certificate.
        let path = entry?.path();
        if path.is_file() {
            let _ = add_file(store, &path);
        }
    }

    if store.len() == before {
        return Err(no_certificate());
    }
    Ok(())
}

/// Adds the certificates of a PEM file, one or more.
fn add_file(store: &mut RootCertStore, path: &Path) -> io::Result<()> {
    let mut pem = Vec::new();
    let length = File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut pem)?;
    if length as u64 > MAX_BYTES {
        let text = format!("it has more than {MAX_BYTES} bytes");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, text));
    }

    // Bundles of operating systems contain certificates that rustls does not support.
    let certificates = CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok);
    match store.add_parsable_certificates(certificates) {
        (0, _) => Err(no_certificate()),
        _ => Ok(()),
    }
}

fn no_certificate() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        "it has no usable PEM certificate",
    )
}

fn unreadable(variable: &'static str, path: &Path, error: io::Error) -> Error {
    Error::of(Reason::RootsUnreadable {
        variable,
        path: path.to_owned(),
        error: Arc::new(error),
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A temporary directory, removed on drop.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("roots-{name}-{}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
            let path = self.0.join(name);
            std::fs::write(&path, content).unwrap();
            path
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn pem() -> String {
        let key = rcgen::KeyPair::generate().unwrap();
        let mut root = rcgen::CertificateParams::new(Vec::new()).unwrap();
        root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        root.self_signed(&key).unwrap().pem()
    }

    /// Returns the number of roots from the two variables.
    fn count(file: &str, directories: &str) -> Result<usize, String> {
        let mut store = RootCertStore::empty();
        let variable = |name: &str| Some(if name == FILE { file } else { directories }.into());
        add(&mut store, &variable).map_err(|error| error.to_string())?;
        Ok(store.len())
    }

    #[test]
    fn adds_certificates_of_files_and_directories() {
        let folder = Folder::new("good");
        let two = folder.file("two.pem", format!("# two\n{}\n{}", pem(), pem()));
        let two = two.display();
        let certificates = Folder::new("directory");
        certificates.file("a.0", pem());
        certificates.file(
            "b.crt",
            format!(
                "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n{}",
                pem()
            ),
        );
        certificates.file("README", "no certificate");
        std::fs::create_dir_all(certificates.0.join("nested")).unwrap();
        let list = std::env::join_paths([Path::new("/no/such"), &certificates.0]).unwrap();
        let list = list.to_str().unwrap();

        for (file, directories, roots) in [
            ("", " ", 0),
            (&*two.to_string(), "", 2),
            ("", list, 2),
            (&*two.to_string(), list, 4),
            (&*two.to_string(), "/no/such", 2),
        ] {
            assert_eq!(count(file, directories), Ok(roots), "{file} {directories}");
        }
    }

    #[test]
    fn errors_name_the_variable_and_its_path() {
        let folder = Folder::new("bad");
        let in_folder = |path: PathBuf| path.to_str().unwrap().to_owned();
        let empty = in_folder(folder.file("empty.pem", ""));
        let garbage = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let garbage = in_folder(folder.file("garbage.pem", garbage));
        let large = in_folder(folder.file("large.pem", vec![b'x'; (8 << 20) + 1]));
        let itself = in_folder(folder.0.clone());
        let missing = in_folder(folder.0.join("missing"));

        for (variable, path, cause) in [
            (FILE, &missing, ""),
            (FILE, &itself, ""),
            (FILE, &empty, "no usable PEM certificate"),
            (FILE, &garbage, "no usable PEM certificate"),
            (FILE, &large, "more than 8388608 bytes"),
            (DIRECTORIES, &missing, ""),
            (DIRECTORIES, &itself, "no usable PEM certificate"),
        ] {
            let (file, directories) = match variable {
                FILE => (path.as_str(), ""),
                _ => ("", path.as_str()),
            };
            let error = count(file, directories).unwrap_err();
            let beginning = format!("no certificates in {path}, from {variable}: ");
            assert!(
                error.starts_with(&beginning) && error.contains(cause),
                "{error}"
            );
        }
    }
}
