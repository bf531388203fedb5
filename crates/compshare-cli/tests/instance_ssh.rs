//! `compshare instance ssh`, with a script in place of `ssh`.

#![cfg(unix)]

mod common;

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use common::pty::{end, terminal_command};
use common::{Cli, Ran};
use compshare_mock::Fault;
use serde_json::json;

const TRAINER: &str = "uhost-1a2b3c4d5e6f";
const PASSWORD: &str = "mock-password";
/// The password as it is sent.
const ENCODED: &str = "bW9jay1wYXNzd29yZA==";

/// Prints its arguments and the replies of `SSH_ASKPASS` to `$PROMPT`, and exits with status 7.
const SSH: &str = r#"#!/bin/sh
for word; do printf '<%s>' "$word"; done
echo
env | grep -c "$SECRETS"
test -z "$PROMPT" || printf 'reply: %s\n' "$("$SSH_ASKPASS" "$PROMPT")"
echo "$SSH_ASKPASS_REQUIRE"
exit 7
"#;

/// Returns a command that finds the script as `ssh`. It prompts with `prompt`.
fn command(cli: &Cli, arguments: &[&str], prompt: &str) -> Command {
    let folder: PathBuf = cli.home.path().join("bin");
    fs::create_dir_all(&folder).unwrap();
    let ssh = folder.join("ssh");
    fs::write(&ssh, SSH).unwrap();
    fs::set_permissions(&ssh, fs::Permissions::from_mode(0o755)).unwrap();

    let mut command = cli.command(arguments);
    command
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .env("SECRETS", format!("{PASSWORD}\\|{ENCODED}$"))
        .env("PROMPT", prompt);
    command
}

fn run(cli: &Cli, arguments: &[&str], prompt: &str) -> Ran {
    Ran::of(&mut command(cli, arguments, prompt))
}

/// Pushes a response with the built-in instance, running with this login command.
fn answer(cli: &Cli, login: &str) {
    answer_with(cli, "Running", login);
}

fn answer_with(cli: &Cli, state: &str, login: &str) {
    let instance = json!({"UHostId": TRAINER, "Name": "trainer", "State": state,
        "SshLoginCommand": login, "Password": ENCODED});
    let body = json!({"Action": "DescribeCompShareInstanceResponse", "RetCode": 0,
        "TotalCount": 1, "UHostSet": [instance]});
    cli.gateway.push_fault(Fault::Malformed(body.to_string()));
}

#[test]
fn runs_ssh_with_the_password_by_askpass() {
    let cli = Cli::built_in();
    for prompt in ["root@127.0.0.1's password: ", "(root@127.0.0.1) Password: "] {
        let ran = run(&cli, &["instance", "ssh", "trainer"], prompt);
        let lines: Vec<&str> = ran.stdout.lines().collect();
        assert_eq!(
            lines,
            [
                "<-oNumberOfPasswordPrompts=1><-p><23><root@127.0.0.1>",
                // Only the variable `SECRETS` itself.
                "1",
                "reply: mock-password",
                "force"
            ],
            "{ran:?}"
        );
        assert_eq!((ran.status, ran.stderr.as_str()), (Some(7), ""));
    }
}

#[test]
fn askpass_uses_the_options_of_the_command() {
    let cli = Cli::built_in();
    cli.store(&["--name", "other"]).ok();
    let url = cli.gateway.base_url();
    let arguments = [
        "instance",
        "ssh",
        TRAINER,
        "--profile",
        "other",
        "--base-url",
        &url,
    ];
    let mut command = command(&cli, &arguments, "root@127.0.0.1's password: ");
    for name in [
        "COMPSHARE_PUBLIC_KEY",
        "COMPSHARE_PRIVATE_KEY",
        "COMPSHARE_BASE_URL",
    ] {
        command.env_remove(name);
    }
    let ran = Ran::of(&mut command);
    assert!(ran.stdout.contains("reply: mock-password\n"), "{ran:?}");

    // Each warning is printed once, by several commands and requests.
    let readable = fs::Permissions::from_mode(0o644);
    fs::set_permissions(cli.config_file(), readable).unwrap();
    let warnings = |ran: Ran| ran.stderr.matches("readable by other users").count();
    assert_eq!(warnings(Ran::of(&mut command)), 1);
    let create = "instance create --gpu 4090 --count 1 --cpu 16 --memory 64GB --zone cn-wlcb-01 --image compshareImage-mpbwdv1hp829 --charge Day --dry-run";
    for arguments in [
        create,
        "disk create --instance trainer --size 100 --charge Day --dry-run",
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let mut command = cli.bare(&[&arguments[..], &["--profile", "other"]].concat());
        assert_eq!(warnings(Ran::of(&mut command)), 1, "{arguments:?}");
    }
}

/// Only Linux has `setsid`.
#[cfg(target_os = "linux")]
#[test]
fn askpass_gives_the_password_to_no_other_prompt() {
    let cli = Cli::built_in();
    for prompt in [
        "root@jump-host's password: ",
        "Enter passphrase for key '/home/me/.ssh/id_ed25519': ",
        "Are you sure you want to continue connecting (yes/no/[fingerprint])? ",
    ] {
        // A session of its own has no terminal.
        let mut session = Command::new("setsid");
        let inner = command(&cli, &["instance", "ssh", TRAINER], prompt);
        session
            .arg("-w")
            .arg(inner.get_program())
            .args(inner.get_args())
            .env_clear()
            .envs(
                inner
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            );
        let ran = Ran::of(&mut session);
        assert!(ran.stdout.contains("reply: \n"), "{prompt}: {ran:?}");
        assert!(!ran.stdout.contains(PASSWORD), "{prompt}: {ran:?}");
        assert!(ran.stderr.starts_with("error: "), "{prompt}: {ran:?}");
    }
    // A single word is a command, with or without the variable.
    let mut doctor = cli.command(&["version"]);
    doctor.env("COMPSHARE_ASKPASS", "uhost-1 root@h");
    assert!(Ran::of(&mut doctor).ok().starts_with("0."));
}

#[test]
fn other_prompts_are_shown_at_the_terminal() {
    let cli = Cli::built_in();
    let path = format!("{}:/usr/bin:/bin", cli.home.path().join("bin").display());
    let ask = |prompt: &str| {
        let program = command(&cli, &["instance", "ssh", TRAINER], prompt);
        let mut shell = terminal_command(&program, 80);
        shell.env("PATH", &path);
        common::pty::spawn(shell)
    };

    let mut session =
        ask("The authenticity of host 'h' can't be established.\nContinue (yes/no)? ");
    session
        .exp_string("established.\r\nContinue (yes/no)? ")
        .unwrap();
    session.send_line("yes").unwrap();
    let (rest, status) = end(session);
    assert!(rest.contains("reply: yes\r\n"), "{rest}");
    assert_eq!(status, 7);

    let mut session = ask("Enter passphrase for key \u{1b}[2Jx: ");
    session.exp_string(r"key \u{1b}[2Jx: ").unwrap();
    session.send_line("open sesame").unwrap();
    let (rest, _) = end(session);
    assert!(rest.contains("reply: open sesame"), "{rest}");
}

#[test]
fn passes_remote_commands_and_options() {
    let cli = Cli::built_in();
    let ran = run(
        &cli,
        &["instance", "ssh", TRAINER, "--", "nvidia-smi", "-L", "a b"],
        "",
    );
    assert!(
        ran.stdout
            .contains("<root@127.0.0.1><--><nvidia-smi -L 'a b'>"),
        "{ran:?}"
    );
    let arguments = [
        "instance",
        "ssh",
        TRAINER,
        "--accept-new",
        "--connect-timeout",
        "5",
        "--no-auto-password",
        "--",
        "cd /data && ls",
    ];
    let ran = run(&cli, &arguments, "");
    let line = "<-oConnectTimeout=5><-oStrictHostKeyChecking=accept-new><-p><23><root@127.0.0.1><--><cd /data && ls>";
    assert_eq!(ran.stdout.lines().next(), Some(line), "{ran:?}");
    assert!(!ran.stdout.contains("force"), "{ran:?}");
}

#[test]
fn prints_the_command() {
    let cli = Cli::built_in();
    let print =
        |more: &[&str]| cli.run(&[&["instance", "ssh", "comfyui", "--print"], more].concat());
    assert_eq!(print(&[]).ok(), "ssh -p 30022 root@127.0.0.1\n");
    assert_eq!(
        print(&["--", "ls", "it's"]).ok(),
        "ssh -p 30022 root@127.0.0.1 -- 'ls '\\''it'\\''\\'\\'''\\''s'\\'''\n"
    );
    assert_eq!(
        print(&["--json"]).json()["data"],
        json!({"UHostId": "cpod-0a1b2c3d4e5f", "command": ["ssh", "-p", "30022", "root@127.0.0.1"]})
    );
}

#[test]
fn no_output_has_the_password() {
    let cli = Cli::built_in();
    for more in [
        &["--print", "-vv"][..],
        &["--print", "--json", "-vv"],
        &["-vv"],
    ] {
        let arguments = [&["instance", "ssh", TRAINER], more].concat();
        let mut command = command(&cli, &arguments, "");
        let ran = Ran::of(command.env("RUST_LOG", "trace"));
        for secret in [PASSWORD, ENCODED] {
            let shown = [&ran.stdout, &ran.stderr]
                .iter()
                .any(|text| text.contains(secret));
            assert!(!shown, "{more:?}: {ran:?}");
        }
        assert!(ran.stderr.contains("DescribeCompShareInstance"), "{ran:?}");
    }
}

#[test]
fn waits_for_the_instance_and_its_port() {
    let cli = Cli::built_in();
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    answer_with(&cli, "Starting", "");
    for _ in 0..2 {
        answer_with(&cli, "Running", &format!("ssh -p {port} root@127.0.0.1"));
    }
    let arguments = ["instance", "ssh", TRAINER, "--wait", "--interval", "1"];
    let ran = run(&cli, &arguments, "");
    assert!(
        ran.stdout
            .contains(&format!("<-p><{port}><root@127.0.0.1>")),
        "{ran:?}"
    );
    assert!(
        ran.stderr.contains("trainer (uhost-1a2b3c4d5e6f): Running"),
        "{ran:?}"
    );

    drop(server);
    answer_with(&cli, "Running", &format!("ssh -p {port} root@127.0.0.1"));
    cli.gateway.push_fault(Fault::Pass);
    let ran = run(
        &cli,
        &[&arguments[..], &["--wait-timeout", "0"]].concat(),
        "",
    );
    assert!(
        ran.failed(3)
            .contains("does not accept connections after 0 s"),
        "{ran:?}"
    );
}

#[test]
fn refuses_instances_without_a_plain_login() {
    let cli = Cli::built_in();
    let stopped = cli.run(&["instance", "ssh", "推理服务"]);
    assert_eq!(
        stopped.failed(1),
        "error: 推理服务 (uhost-6f5e4d3c2b1a) is not running: Stopped; start it with `compshare instance start uhost-6f5e4d3c2b1a`"
    );
    for login in [
        "ssh -o ProxyCommand=id root@h",
        "ssh root@h; reboot\u{1b}[2J",
        "ssh root@-oProxyCommand=id",
    ] {
        answer(&cli, login);
        let ran = run(&cli, &["instance", "ssh", TRAINER], "");
        let line = ran.failed(1);
        assert!(
            line.starts_with(
                "error: the login command of trainer (uhost-1a2b3c4d5e6f) is not plain: ssh "
            ),
            "{line}"
        );
        assert!(!line.contains('\u{1b}'), "{line}");
    }
    answer(&cli, " ");
    let ran = run(&cli, &["instance", "ssh", TRAINER], "");
    assert!(ran.failed(1).contains("has no login command"), "{ran:?}");

    let ran = cli.run(&["instance", "ssh", TRAINER, "--json"]);
    assert!(ran.failed(2).contains("invalid value 'json'"), "{ran:?}");
    let mut without = cli.command(&["instance", "ssh", TRAINER]);
    without.env("PATH", "/nowhere");
    assert!(
        Ran::of(&mut without)
            .failed(2)
            .contains("ssh cannot be run: ")
    );
}
