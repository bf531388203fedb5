//! The commands of `compshare instance` at a terminal.

#![cfg(unix)]

mod common;

use common::Cli;
use common::pty::{end, terminal};

const SERVICE: &str = "uhost-6f5e4d3c2b1a";

fn state(cli: &Cli, id: &str) -> String {
    let instances = cli.gateway.state().instances();
    let found = instances.iter().find(|instance| instance["UHostId"] == id);
    found.unwrap()["State"].as_str().unwrap().to_owned()
}

#[test]
fn the_list_fits_80_columns() {
    let cli = Cli::built_in();
    let (shown, status) = end(terminal(
        &cli,
        80,
        &["instance", "list", "--color", "never"],
    ));
    assert_eq!(status, 0);
    let title = shown.lines().find(|line| line.starts_with("ID ")).unwrap();
    let titles: Vec<&str> = title.split_whitespace().collect();
    assert_eq!(
        titles,
        ["ID", "NAME", "STATE", "GPU", "SIZE", "PRICE", "ADDRESS"]
    );
    assert!(
        shown.contains("columns left out: ZONE, CHARGE; "),
        "{shown}"
    );
}

#[test]
fn start_shows_the_cost_asks_and_waits() {
    let cli = Cli::built_in();
    let question = "Start 推理服务 (uhost-6f5e4d3c2b1a), 2×4090 32C 128G: ¥3.76/h? [y/N] ";
    let start = ["instance", "start", SERVICE, "--interval", "0"];
    for (answer, status) in [("n", 1), ("y", 0)] {
        let mut session = terminal(&cli, 100, &start);
        let bytes: String = question.bytes().map(char::from).collect();
        session.exp_string(&bytes).unwrap();
        session.send_line(answer).unwrap();
        let (rest, found) = end(session);
        assert_eq!(found, status, "{rest}");
        assert_eq!(rest.contains("is now Running"), status == 0, "{rest}");
    }
    assert_eq!(state(&cli, SERVICE), "Running");
}

#[test]
fn several_instances_are_named_before_one_question() {
    let cli = Cli::built_in();
    let stop = ["instance", "stop", "trainer", "comfyui", "--no-wait"];
    let mut session = terminal(&cli, 100, &stop);
    session
        .exp_string("trainer (uhost-1a2b3c4d5e6f), 1")
        .unwrap();
    session
        .exp_string("comfyui (cpod-0a1b2c3d4e5f), 1")
        .unwrap();
    session
        .exp_string("Stop these 2 instances? [y/N] ")
        .unwrap();
    session.send_line("yes").unwrap();
    let (rest, status) = end(session);
    assert_eq!(status, 0, "{rest}");
    assert!(
        rest.contains("Stopping comfyui") && !rest.contains("is now"),
        "{rest}"
    );
}

#[test]
fn passwords_are_asked_for_twice_without_echo() {
    let cli = Cli::built_in();
    for (again, status) in [("Hush-hush-8", 2), ("Hush-hush-9", 0)] {
        let mut session = terminal(&cli, 100, &["instance", "password", "trainer"]);
        session.exp_string("New password (not shown): ").unwrap();
        session.send_line("Hush-hush-9").unwrap();
        session.exp_string("Again: ").unwrap();
        session.send_line(again).unwrap();
        if status == 0 {
            session.exp_string("Set a new password: trainer").unwrap();
            session.send_line("y").unwrap();
        }
        let (rest, found) = end(session);
        assert_eq!(found, status, "{rest}");
        assert!(!rest.contains("Hush"), "{rest}");
    }
    let instances = cli.gateway.state().instances();
    assert_eq!(instances[0]["Password"], "SHVzaC1odXNoLTk=");
}

#[test]
fn an_interrupted_wait_names_the_command_that_resumes_it() {
    let cli = Cli::built_in();
    let wait = ["instance", "wait", "推理服务", "--interval", "1"];
    let mut session = terminal(&cli, 200, &wait);
    session.exp_string("Stopped").unwrap();
    session.send_control('c').unwrap();
    let (rest, status) = end(session);
    assert_eq!(status, 130, "{rest}");
    let expected = "interrupted; the instance goes on changing: \
         `compshare instance wait uhost-6f5e4d3c2b1a --state Running` keeps waiting";
    assert!(rest.contains(expected), "{rest}");
}
