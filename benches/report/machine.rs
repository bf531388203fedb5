//! What the measurements were made on, and with what.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// Crates that the figures are about, other than this library's.
const CRATES: [&str; 7] = [
    "sha1",
    "serde_json",
    "hyper",
    "ureq",
    "aws-sigv4",
    "rusty-s3",
    "criterion",
];

/// Each fact with its name, without those that this machine does not tell.
pub(crate) struct Machine(pub(crate) Vec<(&'static str, String)>);

impl Machine {
    /// This one, for the repository at `root`.
    pub(crate) fn here(root: &Path) -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let cpu = read("/proc/cpuinfo");
        let cores = std::thread::available_parallelism()
            .ok()
            .map(|cores| cores.to_string());
        let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap_or_default();
        let facts = [
            (
                "CPU",
                Some(
                    field(&cpu, "model name")
                        .unwrap_or(env::consts::ARCH)
                        .to_owned(),
                ),
            ),
            ("cores", cores),
            (
                "instructions for SHA-1",
                sha_instructions(&cpu).map(str::to_owned),
            ),
            ("memory", memory(&read("/proc/meminfo"))),
            ("system", Some(system(&read("/etc/os-release")))),
            ("compiler", output(root, "rustc", &["--version"])),
            (
                "crates",
                Some(versions(&lock)).filter(|versions| !versions.is_empty()),
            ),
            ("commit when this was written", commit(root)),
        ];
        Self(
            facts
                .into_iter()
                .filter_map(|(name, fact)| Some((name, fact?)))
                .collect(),
        )
    }
}

/// The first value of a field in a file of `/proc`.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = text.lines().filter_map(|line| line.split_once(':'));
    fields
        .find(|(field, _)| field.trim() == name)
        .map(|(_, value)| value.trim())
}

/// Whether the hash of the baselines runs in hardware, which divides its time by several.
fn sha_instructions(cpu: &str) -> Option<&'static str> {
    let flags = field(cpu, "flags").or_else(|| field(cpu, "Features"))?;
    Some(
        if flags
            .split(' ')
            .any(|flag| flag == "sha_ni" || flag == "sha1")
        {
            "yes"
        } else {
            "no"
        },
    )
}

fn memory(text: &str) -> Option<String> {
    let kib: u32 = field(text, "MemTotal")?.strip_suffix(" kB")?.parse().ok()?;
    Some(format!("{:.1} GiB", f64::from(kib) / f64::from(1 << 20)))
}

fn system(release: &str) -> String {
    let name = release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="));
    let name = name.map_or(env::consts::OS, |name| name.trim_matches('"'));
    format!("{name}, {}", env::consts::ARCH)
}

/// Those of [`CRATES`] in a `Cargo.lock`, with their versions.
fn versions(lock: &str) -> String {
    let value = |line: &'static str| {
        move |package: &&str| {
            package
                .lines()
                .find_map(|text| Some(text.strip_prefix(line)?.trim_matches('"').to_owned()))
        }
    };
    let (name, version) = (value("name = "), value("version = "));
    let packages: Vec<_> = lock
        .split("[[package]]")
        .filter_map(|package| Some((name(&package)?, version(&package)?)))
        .collect();
    let versions = CRATES
        .iter()
        .flat_map(|wanted| packages.iter().filter(move |(name, _)| name == wanted));
    versions
        .map(|(name, version)| format!("{name} {version}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn commit(root: &Path) -> Option<String> {
    let commit = output(root, "git", &["rev-parse", "--short", "HEAD"])?;
    // The report itself does not count.
    let changes = [
        "status",
        "--porcelain",
        "--",
        ".",
        ":!docs/performance.md",
        ":!docs/performance",
    ];
    let is_clean = output(root, "git", &changes)?.is_empty();
    Some(if is_clean {
        commit
    } else {
        format!("{commit} with uncommitted changes")
    })
}

/// What a program writes, if there is such a program and it succeeds.
fn output(root: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proc_is_read() {
        let cpu = "processor\t: 0\nmodel name\t: A CPU @ 2.50GHz\nflags\t\t: fpu sse2 sha_ni\n\nprocessor\t: 1\n";
        assert_eq!(field(cpu, "model name"), Some("A CPU @ 2.50GHz"));
        assert_eq!(sha_instructions(cpu), Some("yes"));
        assert_eq!(sha_instructions("flags : fpu sha_nix\n"), Some("no"));
        assert_eq!(sha_instructions(""), None);
        assert_eq!(
            memory("MemTotal:        8147268 kB\nMemFree: 1 kB\n").as_deref(),
            Some("7.8 GiB")
        );
        assert_eq!(memory("MemTotal: many"), None);
        assert!(system("NAME=\"Debian\"\nPRETTY_NAME=\"Debian 12\"\n").starts_with("Debian 12, "));
    }

    #[test]
    fn versions_are_those_of_the_lock_file() {
        let lock = "version = 4\n\n[[package]]\nname = \"ureq\"\nversion = \"3.5.0\"\ndependencies = [\n \"sha1\",\n]\n\n\
                    [[package]]\nname = \"other\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"hyper\"\nversion = \"1.8.0\"\n";
        assert_eq!(versions(lock), "hyper 1.8.0, ureq 3.5.0");
    }
}
