//! Behavior at a terminal.

#![cfg(unix)]

mod common;

use std::process::Command;
use std::time::Duration;

use common::pty::{end, shell, spawn, terminal, terminal_command, terminal_with};
use common::{Cli, PRIVATE_KEY, PUBLIC_KEY};
use compshare_mock::{Fault, Quirks};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr as _;

fn images(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!({"CompShareImageId": format!("image-{n:04}"), "Name": "镜像名称".repeat(20), "Status": "Available"})).collect()
}

/// Removes color sequences.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once('m').map_or(part, |(_, rest)| rest));
    }
    plain
}

#[test]
fn tables_fit_and_are_colored() {
    let cli = Cli::with(images(3));
    for columns in [100, 60, 30] {
        let (shown, status) = end(terminal(&cli, columns, &["image", "favorites"]));
        assert_eq!(status, 0);
        assert!(shown.contains("\u{1b}[1mID\u{1b}[0m"), "{shown:?}");
        let mut lines = kept(&shown);
        // It is on stderr and independent of the width.
        lines.retain(|line| !line.starts_with("columns left out: "));
        let text = lines.join("\n");
        assert_eq!(lines.len(), 4, "{text}");
        for line in &lines {
            assert!(line.width() <= columns as usize, "{columns}: {line:?}");
        }
        assert!(
            text.contains("image-0002"),
            "the identifier is whole: {text}"
        );
        assert!(text.contains('…'), "{text}");
    }
}

/// Returns the text that remains on a terminal, without colors and cleared lines.
fn kept(text: &str) -> Vec<String> {
    let lines = plain(&text.replace("\u{1b}[2K", ""));
    let lines = lines
        .lines()
        .map(|line| line.rsplit('\r').next().unwrap_or_default().trim_end());
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the lines on stdout at a terminal.
fn shown(cli: &Cli, columns: u32, arguments: &[&str]) -> Vec<String> {
    let (shown, status) = end(terminal(cli, columns, arguments));
    assert_eq!(status, 0, "{shown}");
    kept(&shown)
}

#[test]
fn narrow_tables_name_the_omitted_columns() {
    let cli = Cli::built_in();
    let list = ["image", "list", "--source", "community", "--query", "vLLM"];
    let lines = shown(&cli, 80, &list);
    assert_eq!(
        lines[0],
        "ID                           NAME                    STATUS     PRICE  VERSION"
    );
    assert!(
        lines
            .iter()
            .any(|line| line.contains("vLLM 0.8 OpenAI server") && line.ends_with("v0.7.3")),
        "{lines:#?}"
    );
    assert_eq!(
        lines.last().unwrap(),
        "columns left out: TYPE, AUTHOR, TAGS, GROUP; -o wide shows all of them"
    );

    let own = shown(&cli, 80, &["image", "list", "--source", "custom"]);
    assert!(
        own[0].ends_with("AUTHOR      STATUS       PRICE"),
        "{own:#?}"
    );
    assert!(
        own.last()
            .unwrap()
            .starts_with("columns left out: TYPE, VERSION, TAGS;"),
        "columns without any value go first: {own:#?}"
    );

    let wide = shown(&cli, 80, &[&list[..], &["-o", "wide"]].concat());
    assert!(wide[0].ends_with("TAGS              GROUP"), "{wide:#?}");
    assert!(
        !wide
            .iter()
            .any(|line| line.contains('…') || line.contains("left out"))
    );

    let chosen = shown(
        &cli,
        40,
        &[&list[..], &["--columns", "tags,author,id"]].concat(),
    );
    assert!(
        chosen[0].starts_with("TAGS") && chosen[0].ends_with("ID"),
        "{chosen:#?}"
    );
    assert!(
        !chosen.iter().any(|line| line.contains("left out")),
        "{chosen:#?}"
    );
    for line in &chosen {
        assert!(line.width() <= 40, "{line:?}");
    }
}

#[test]
fn indents_json() {
    let cli = Cli::with(images(20));
    cli.gateway.set_quirks(Quirks::default().page_cap(10));
    for arguments in [
        &["image", "favorites", "--json"][..],
        &["config", "list", "--json"],
        &["image", "tags", "--json"],
    ] {
        let lines = shown(&cli, 80, arguments);
        let text = lines.join("\n");
        let document: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            text,
            serde_json::to_string_pretty(&document).unwrap(),
            "{text}"
        );
    }
}

#[test]
fn option_and_variables_switch_colors() {
    let cli = Cli::with(images(1));
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = cli.command(&[&["image", "favorites"], arguments].concat());
        command.envs(variables.iter().copied());
        end(terminal_with(&command, 80)).0.contains("\u{1b}[1m")
    };
    assert!(colored(&[], &[]));
    assert!(!colored(&["--color", "never"], &[]));
    assert!(!colored(&[], &[("NO_COLOR", "1")]));
    assert!(!colored(&[], &[("CLICOLOR", "0")]));
    assert!(colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(colored(&[], &[("NO_COLOR", ""), ("CLICOLOR", "1")]));

    let piped = |arguments: &[&str], variable: &str| {
        let mut command = cli.command(&[&["image", "favorites"], arguments].concat());
        command.env(variable, "1");
        common::Ran::of(&mut command).ok().contains("\u{1b}[1m")
    };
    assert!(!piped(&[], "X"));
    assert!(piped(&[], "CLICOLOR_FORCE"));
    assert!(piped(&["--color=always"], "X"));
    assert!(!piped(&["--color=never"], "CLICOLOR_FORCE"));
}

#[test]
fn progress_is_shown_and_cleared() {
    let cli = Cli::with(images(30));
    cli.gateway.set_quirks(Quirks::default().page_cap(10));
    let (shown, status) = end(terminal(&cli, 80, &["image", "favorites", "-o", "ids"]));
    assert_eq!(status, 0);
    assert!(
        shown.contains("10 rows so far") && shown.contains("30 rows so far"),
        "{shown:?}"
    );
    let last = shown.rfind("so far").unwrap();
    assert!(shown[last..].ends_with("\r\u{1b}[2K"), "{shown:?}");
    let ran = cli.run(&["image", "favorites", "-o", "ids"]);
    assert_eq!(ran.stderr, "", "there is none without a terminal");
}

#[test]
fn shows_the_waiting_line_after_a_second() {
    let cli = Cli::new();
    let list = ["image", "favorites", "--limit", "1", "-o", "ids"];
    cli.gateway.push_faults([
        Fault::Delay(Duration::from_millis(1500)),
        Fault::Status {
            status: 503,
            headers: vec![("Retry-After".to_owned(), "1".to_owned())],
            body: String::new(),
        },
    ]);
    let waiting = |attempt: u32| format!("waiting for 127.0.0.1 … (attempt {attempt} of 3)");
    let (shown, status) = end(terminal(&cli, 80, &list));
    assert_eq!(status, 0, "{shown}");
    assert!(
        shown.contains(&waiting(1)) && !shown.contains(&waiting(2)),
        "{shown:?}"
    );
    assert_eq!(
        kept(&shown).len(),
        2,
        "the id, and that there is more: {shown:?}"
    );

    let (shown, _) = end(terminal(&cli, 80, &list));
    assert!(
        shown.contains("retrying in 1 s (attempt 2 of 3)"),
        "{shown:?}"
    );
    assert_eq!(kept(&shown).len(), 2, "{shown:?}");

    // A write has no known number of attempts. Fast responses show no line.
    cli.gateway
        .push_fault(Fault::Delay(Duration::from_millis(1500)));
    let (shown, _) = end(terminal(&cli, 80, &["call", "ModifyX", "--lang", "zh"]));
    assert!(shown.contains("正在等待 127.0.0.1 …"), "{shown:?}");
    let (shown, _) = end(terminal(&cli, 80, &["call", "ModifyX"]));
    assert!(!shown.contains("waiting"), "{shown:?}");

    // A terminal that cannot clear the line shows none.
    cli.gateway
        .push_faults(Fault::Delay(Duration::from_millis(1500)).times(2));
    let ran = cli.run(&list);
    assert_eq!((ran.ok().lines().count(), ran.stderr.as_str()), (1, ""));
    let mut dumb = cli.command(&list);
    dumb.env("TERM", "dumb");
    let mut shell = terminal_command(&dumb, 80);
    shell.env("TERM", "dumb");
    let (shown, _) = end(spawn(shell));
    assert!(!shown.contains("waiting"), "{shown:?}");
}

#[test]
fn clears_the_waiting_line_before_other_output() {
    let cli = Cli::new();
    cli.gateway
        .push_faults(Fault::Delay(Duration::from_millis(1300)).times(3));
    let arguments = ["call", "DescribeX", "--timeout", "2", "-v"];
    let (shown, status) = end(terminal(&cli, 80, &arguments));
    assert_eq!(status, 1, "{shown}");
    let lines = kept(&shown);
    assert!(
        lines[0].starts_with("DescribeX: attempt 1: HTTP 200"),
        "{lines:#?}"
    );
    assert!(
        lines[1].starts_with("error: DescribeX: RetCode 161"),
        "{lines:#?}"
    );
    assert_eq!(lines.len(), 2, "{shown:?}");
}

#[test]
fn ctrl_c_ends_a_request_immediately() {
    let cli = Cli::new();
    cli.gateway
        .push_faults(Fault::Delay(Duration::from_secs(20)).times(3));
    let mut session = terminal(&cli, 80, &["call", "DescribeX", "-vv"]);
    session.exp_string("> Signature = ****").unwrap();
    session.send_control('c').unwrap();
    let (rest, status) = end(session);
    assert_eq!(status, 130, "{rest}");
}

#[test]
fn prompts_for_keys_without_echo() {
    let cli = Cli::new();
    let mut session = terminal_with(&cli.bare(&["config", "set", "--name", "asked"]), 80);
    session
        .exp_string("https://console.compshare.cn/uaccount/api_manage\r\n")
        .unwrap();
    // The prompt is repeated after empty input.
    session.exp_string("Public key: ").unwrap();
    session.send_line(" ").unwrap();
    session.exp_string("Please enter a value.").unwrap();
    session.exp_string("Public key: ").unwrap();
    session.send_line(PUBLIC_KEY).unwrap();
    session.exp_string(PUBLIC_KEY).unwrap();
    session.exp_string("Private key (not shown): ").unwrap();
    session.send_line(PRIVATE_KEY).unwrap();
    let (rest, status) = end(session);
    assert_eq!(status, 0, "{rest}");
    assert!(
        rest.contains("Stored the profile asked") && !rest.contains(PRIVATE_KEY),
        "{rest:?}"
    );
    assert!(
        rest.ends_with("Run `compshare doctor` to check the keys.\r\n"),
        "{rest:?}"
    );
    assert!(
        std::fs::read_to_string(cli.config_file())
            .unwrap()
            .contains(PRIVATE_KEY)
    );
}

#[test]
fn enter_keeps_the_keys_of_a_profile() {
    let cli = Cli::new();
    cli.store(&["--region", "cn-a"]).ok();
    let before = std::fs::read_to_string(cli.config_file()).unwrap();
    let mut session = terminal_with(&cli.bare(&["config", "set"]), 80);
    session
        .exp_string(&format!("Public key [{PUBLIC_KEY}]: "))
        .unwrap();
    session.send_line("").unwrap();
    session
        .exp_string("Private key (not shown) [****]: ")
        .unwrap();
    session.send_line("").unwrap();
    let (rest, status) = end(session);
    assert_eq!(status, 0, "{rest}");
    assert_eq!(std::fs::read_to_string(cli.config_file()).unwrap(), before);

    // A new public key requires a new private key.
    let mut session = terminal_with(&cli.bare(&["config", "set"]), 80);
    session.exp_string("]: ").unwrap();
    session.send_line("another").unwrap();
    for _ in 0..3 {
        session.exp_string("Private key (not shown): ").unwrap();
        session.send_line("").unwrap();
    }
    let (rest, status) = end(session);
    assert!(status == 1 && rest.contains("nothing was done"), "{rest}");
    assert_eq!(std::fs::read_to_string(cli.config_file()).unwrap(), before);
}

#[test]
fn interrupted_question_leaves_a_clean_line() {
    let cli = Cli::new();
    for control in ['c', 'd'] {
        let mut session = terminal_with(&cli.bare(&["config", "set"]), 80);
        session.exp_string("Public key: ").unwrap();
        session.send_control(control).unwrap();
        let (rest, status) = end(session);
        assert_eq!(status, if control == 'c' { 130 } else { 1 }, "{rest}");
        assert!(rest.ends_with("\r\n"), "{rest:?}");
    }
    assert!(!cli.config_file().exists());
}

#[test]
fn notes_profile_settings_with_other_keys_at_a_terminal() {
    let cli = Cli::new();
    cli.store(&["--region", "cn-a"]).ok();
    let arguments = ["call", "DescribeX", "--dry-run"];
    let (shown, status) = end(terminal(&cli, 100, &arguments));
    assert_eq!(status, 0, "{shown}");
    let note = "note: region from the profile default, keys from the environment\r\n";
    assert_eq!(shown.matches(note).count(), 1, "{shown:?}");
}

#[test]
fn interrupted_prompt_restores_echo() {
    for by_signal in [false, true] {
        let cli = Cli::new();
        let program = cli.bare(&["config", "set"]);
        let mut shell = shell();
        // The shell continues and shows the terminal settings.
        shell
            .args(["-c", "stty echo; trap : INT TERM; echo group $$; \"$1\" config set; echo status $?; stty -a", "sh"])
            .arg(program.get_program())
            .env_clear()
            .envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))))
            .env("PATH", "/usr/local/bin:/usr/bin:/bin");
        let mut session = spawn(shell);
        session.exp_string("group ").unwrap();
        let group = session.read_line().unwrap();
        session.exp_string("Public key: ").unwrap();
        session.send_line(PUBLIC_KEY).unwrap();
        session.exp_string("(not shown): ").unwrap();
        if by_signal {
            // Signals the process group, as a closing terminal does.
            let group = format!("-{}", group.trim());
            assert!(
                Command::new("kill")
                    .args(["-TERM", "--", &group])
                    .status()
                    .unwrap()
                    .success()
            );
        } else {
            session.send_control('c').unwrap();
        }
        let rest = session.exp_eof().unwrap();
        assert!(rest.contains("status 130"), "{rest}");
        assert!(
            rest.contains(" echo ") && rest.contains("isig icanon"),
            "{rest}"
        );
        assert!(!cli.config_file().exists());
    }
}

#[test]
fn destructive_commands_ask() {
    let cli = Cli::new();
    for (answer, status, sent) in [("n", 1, 0), ("", 1, 0), ("y", 1, 1)] {
        let mut session = terminal(&cli, 80, &["call", "TerminateX", "-p", "Id=1"]);
        session
            .exp_string("Send TerminateX, which may not be undone? [y/N] ")
            .unwrap();
        session.send_line(answer).unwrap();
        let (rest, found) = end(session);
        assert_eq!(found, status, "{rest}");
        assert_eq!(rest.contains("nothing was done"), sent == 0, "{rest}");
        assert_eq!(cli.gateway.requests(), sent);
    }
}

#[test]
fn repeats_the_question_after_an_unclear_answer() {
    let cli = Cli::new();
    let mut session = terminal(&cli, 80, &["call", "TerminateX"]);
    for _ in 0..3 {
        session.exp_string("[y/N] ").unwrap();
        session.send_line("perhaps").unwrap();
        session.exp_string("Please answer y or n.").unwrap();
    }
    assert_eq!(end(session).1, 1);
    assert_eq!(cli.gateway.requests(), 0);
}
