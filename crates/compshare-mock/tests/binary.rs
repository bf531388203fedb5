//! The `compshare-mock` program: arguments, output and exit status.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests wait for another thread or process"
)]

mod common;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use common::call;
use compshare_sign::Credentials;
use serde_json::Value;

/// A child process that is killed on drop.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_compshare-mock"));
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn start(args: &[&str]) -> (Running, String) {
    let mut running = Running(program(args).spawn().unwrap());
    let mut line = String::new();
    BufReader::new(running.0.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    (running, line)
}

fn run(args: &[&str]) -> Output {
    program(args).output().unwrap()
}

fn setting<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    line.strip_suffix('\n')?
        .strip_prefix("export ")?
        .split(' ')
        .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

#[test]
fn stdout_is_one_line_with_url_and_keys() {
    let (mut running, line) = start(&[]);
    let url = setting(&line, "COMPSHARE_BASE_URL").unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{line}");
    let public = setting(&line, "COMPSHARE_PUBLIC_KEY").unwrap();
    let credentials =
        Credentials::new(public, setting(&line, "COMPSHARE_PRIVATE_KEY").unwrap()).unwrap();
    let page = call(
        url,
        &credentials,
        &[("Action", "DescribeFavoriteImages"), ("Limit", "100")],
    );
    assert_eq!(page["ImageSet"], Value::from(compshare_mock::favorites()));
    let wrong = Credentials::new(public, "wrong").unwrap();
    assert_eq!(
        call(url, &wrong, &[("Action", "DescribeFavoriteImages")])["RetCode"],
        171
    );

    running.0.kill().unwrap();
    let mut rest = String::new();
    running
        .0
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut rest)
        .unwrap();
    assert_eq!(rest, "", "only one line is printed");
}

#[test]
fn keys_set_by_options_are_not_printed() {
    let (_running, line) = start(&[
        "--public-key",
        "my_public_key",
        "--private-key=my private key",
    ]);
    assert_eq!(line.split(' ').count(), 2, "{line}");
    let credentials = Credentials::new("my_public_key", "my private key").unwrap();
    let url = setting(&line, "COMPSHARE_BASE_URL").unwrap();
    assert_eq!(
        call(url, &credentials, &[("Action", "DescribeFavoriteImages")])["RetCode"],
        0
    );

    let (_running, line) = start(&["--public-key", "my_public_key"]);
    assert_eq!(setting(&line, "COMPSHARE_PUBLIC_KEY"), None);
    assert!(setting(&line, "COMPSHARE_PRIVATE_KEY").is_some());
}

#[test]
fn quirk_options_take_effect() {
    let args = [
        "--public-key",
        "pub",
        "--private-key",
        "key",
        "--production-as-reported",
        "--quirk",
        "page_cap=3",
    ];
    let (_running, line) = start(&args);
    let credentials = Credentials::new("pub", "key").unwrap();
    let url = setting(&line, "COMPSHARE_BASE_URL").unwrap();
    assert_eq!(
        call(url, &credentials, &[("Action", "DescribeFavoriteImages")])["RetCode"],
        161
    );
    let page = call(url, &credentials, &[("Action", "DescribeCommunityImages")]);
    assert_eq!(page["CompshareImageGroup"].as_array().unwrap().len(), 3);

    let (_running, line) = start(&[
        "--public-key",
        "pub",
        "--private-key",
        "key",
        "--documented-only",
    ]);
    let url = setting(&line, "COMPSHARE_BASE_URL").unwrap();
    for (action, code) in [
        ("DescribeFavoriteImages", 0),
        ("CreateCompShareImageFavorite", 161),
    ] {
        assert_eq!(
            call(url, &credentials, &[("Action", action)])["RetCode"],
            code
        );
    }
}

#[test]
fn usage_errors_exit_with_2_and_one_line() {
    for (args, text) in [
        (&["--listen", "0.0.0.0:0"][..], "--allow-remote"),
        (&["--listen", "here"], "127.0.0.1:0"),
        (&["--unknown"], "--unknown"),
        (&["--private-key", ""], "private key"),
        (&["--quirk", "page_cap=few"], "page_cap=few"),
        (&["--quirk", "page_limit=7"], "page_limit"),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.matches(text).count() == 1 && stderr.lines().count() == 1,
            "{stderr}"
        );
        assert_eq!(output.stdout, b"");
    }
}

#[test]
fn start_errors_exit_with_1_and_one_line() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let not_json = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    for (args, text) in [
        (["--listen", &address], address.as_str()),
        (["--images", "no such file"], "no such file"),
        (
            ["--images", not_json],
            "is not JSON: expected value at line 1",
        ),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(
            stderr.matches(text).count() == 1 && stderr.lines().count() == 1,
            "{stderr}"
        );
    }
}

#[test]
fn help_and_version_are_printed_to_stdout() {
    let output = run(&["--help"]);
    assert!(
        output.status.success()
            && String::from_utf8(output.stdout)
                .unwrap()
                .contains("--allow-remote")
    );
    assert_eq!(
        run(&["--version"]).stdout,
        concat!("compshare-mock ", env!("CARGO_PKG_VERSION"), "\n").as_bytes()
    );
}

#[cfg(unix)]
#[test]
fn signals_exit_with_0() {
    for signal in ["-INT", "-TERM"] {
        let (mut running, _) = start(&[]);
        let id = running.0.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(running.0.wait().unwrap().code(), Some(0), "{signal}");
    }
}

/// The gateway keeps serving if stdout is closed.
#[cfg(unix)]
#[test]
fn closed_stdout_does_not_panic() {
    let probe = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = probe.local_addr().unwrap().to_string();
    drop(probe);
    let mut child = program(&[
        "--listen",
        &address,
        "--public-key",
        "pub",
        "--private-key",
        "key",
    ])
    .spawn()
    .map(Running)
    .unwrap();
    drop(child.0.stdout.take());
    let credentials = Credentials::new("pub", "key").unwrap();
    let url = format!("http://{address}");
    // Poll until it is ready, since its output is not read.
    let responded = (0..400).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(25));
        let response = common::send(&url, &credentials, &[("Action", "DescribeFavoriteImages")]);
        response.is_ok_and(|(head, _)| head.starts_with("HTTP/1.1 200 "))
    });
    assert!(responded);
    assert!(
        Command::new("kill")
            .args(["-TERM", &child.0.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(child.0.wait().unwrap().code(), Some(0));
    let mut stderr = String::new();
    child
        .0
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut stderr)
        .unwrap();
    assert!(!stderr.contains("panicked"), "{stderr}");
}
