//! Where cargo keeps what it makes, and with it all that the benches keep.

use std::env;
use std::path::PathBuf;

/// Cargo's target directory: `CARGO_TARGET_DIR`, or the one that this program was built in.
pub fn directory() -> PathBuf {
    let named = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let named = named.or_else(|| {
        // `target/release/deps/sign-0123`, with one directory more for `--target`; cargo tags the outermost.
        let executable = env::current_exe().ok()?;
        executable
            .ancestors()
            .find(|directory| directory.join("CACHEDIR.TAG").is_file())
            .map(PathBuf::from)
    });
    named.unwrap_or_else(|| "target".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_test_was_built_in_it() {
        let directory = directory();
        let directory = directory.canonicalize().unwrap();
        assert!(
            env::current_exe()
                .unwrap()
                .canonicalize()
                .unwrap()
                .starts_with(&directory),
            "{}",
            directory.display()
        );
    }
}
