//! The program with its own home and mock gateway.

#![allow(dead_code, reason = "each test file uses a part of it")]

#[cfg(unix)]
pub(crate) mod pty;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use compshare_mock::MockGateway;
use serde_json::Value;
use tempfile::TempDir;

/// A private key that no output may contain.
pub(crate) const PRIVATE_KEY: &str = "hush-hush-0123456789";
pub(crate) const PUBLIC_KEY: &str = "public-key-of-tests";

pub(crate) struct Cli {
    pub(crate) home: TempDir,
    pub(crate) gateway: MockGateway,
}

impl Cli {
    pub(crate) fn new() -> Self {
        Self::with(compshare_mock::favorites())
    }

    /// Serves these favorites.
    pub(crate) fn with(images: Vec<Value>) -> Self {
        let gateway = MockGateway::builder()
            .keys(PUBLIC_KEY, PRIVATE_KEY)
            .images(images)
            .start()
            .unwrap();
        Self {
            home: TempDir::new().unwrap(),
            gateway,
        }
    }

    /// Serves the default data of the mock gateway.
    pub(crate) fn built_in() -> Self {
        let gateway = MockGateway::builder()
            .keys(PUBLIC_KEY, PRIVATE_KEY)
            .start()
            .unwrap();
        Self {
            home: TempDir::new().unwrap(),
            gateway,
        }
    }

    /// Returns a command without keys in an empty environment.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_compshare"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TZ", "CST-8")
            .env("COMPSHARE_BASE_URL", self.gateway.base_url())
            .stdin(Stdio::null());
        command
    }

    /// Returns a command with keys.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command
            .env("COMPSHARE_PUBLIC_KEY", PUBLIC_KEY)
            .env("COMPSHARE_PRIVATE_KEY", PRIVATE_KEY);
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    pub(crate) fn run_bare(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.bare(arguments))
    }

    pub(crate) fn config_file(&self) -> PathBuf {
        self.home.path().join(".config/compshare/config.json")
    }

    /// Stores the gateway's keys in a profile.
    pub(crate) fn store(&self, arguments: &[&str]) -> Ran {
        let mut command = self.bare(&[&["config", "set"], arguments].concat());
        Ran::with_input(&mut command, &format!("{PUBLIC_KEY}\n{PRIVATE_KEY}\n"))
    }
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().unwrap().into()
    }

    pub(crate) fn with_input(command: &mut Command, input: &str) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may exit before it reads.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    /// Asserts success and returns stdout.
    #[track_caller]
    pub(crate) fn ok(&self) -> &str {
        assert_eq!(self.status, Some(0), "{self:?}");
        self.is_discreet();
        &self.stdout
    }

    /// Asserts the status, an empty stdout and one line on stderr, which is returned.
    #[track_caller]
    pub(crate) fn failed(&self, status: i32) -> &str {
        assert_eq!(self.status, Some(status), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert_eq!(self.stderr.lines().count(), 1, "{self:?}");
        assert!(self.stderr.len() < 8192);
        self.is_discreet();
        self.stderr.trim_end()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(self.ok()).unwrap()
    }

    /// Asserts that the output contains no secret.
    #[track_caller]
    pub(crate) fn is_discreet(&self) {
        for text in [&self.stdout, &self.stderr] {
            assert!(!text.contains(PRIVATE_KEY), "{self:?}");
        }
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
