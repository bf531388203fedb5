//! The programs of `docs/cookbook.md` with the mock gateway.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use compshare_mock::MockGateway;

/// Returns a command in the environment of the gateway only.
fn command(program: &str, gateway: &MockGateway) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("COMPSHARE_PUBLIC_KEY", gateway.public_key())
        .env("COMPSHARE_PRIVATE_KEY", gateway.private_key())
        .env("COMPSHARE_BASE_URL", gateway.base_url());
    command
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn favorite_to_instance_creates_runs_and_stops() {
    let gateway = MockGateway::start().unwrap();
    gateway.state().set_state_listings(0);
    let program = env!("CARGO_BIN_EXE_favorite_to_instance");
    let printed = run(&mut command(program, &gateway));
    assert!(printed.contains(" is running: true\n"), "{printed}");
    let actions = gateway.actions();
    let creates = actions
        .iter()
        .filter(|action| *action == "CreateCompShareInstance");
    assert_eq!(creates.count(), 1);
    assert_eq!(actions.last().unwrap(), "StopCompShareInstance");
}

#[test]
fn nightly_stop_stops_running_instances() {
    let gateway = MockGateway::start().unwrap();
    gateway.state().set_state_listings(0);
    let program = env!("CARGO_BIN_EXE_nightly_stop");
    let printed = run(&mut command(program, &gateway));
    assert_eq!(printed, "stopping trainer\nstopping comfyui\n");
    assert_eq!(run(&mut command(program, &gateway)), "");
}

#[test]
fn replay_prints_the_recorded_listing() {
    let gateway = MockGateway::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_record_and_replay");
    let recorded = run(command(program, &gateway).arg("record").arg(folder.path()));
    assert_eq!(recorded.lines().count(), compshare_mock::favorites().len());

    let requests = gateway.requests();
    let replayed = run(command(program, &gateway).arg("replay").arg(folder.path()));
    assert_eq!(replayed, recorded);
    assert_eq!(gateway.requests(), requests);
}

#[test]
fn signing_proxy_signs_reads_only() {
    let gateway = MockGateway::start().unwrap();
    let mut proxy = command(env!("CARGO_BIN_EXE_signing_proxy"), &gateway)
        .arg("127.0.0.1:0")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    let mut output = BufReader::new(proxy.stdout.take().unwrap());
    output.read_line(&mut address).unwrap();
    let post = |body: &str| {
        let mut stream = TcpStream::connect(address.trim().trim_start_matches("http://")).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut response = String::new();
        stream.read_to_string(&mut response).unwrap();
        response
    };

    let read = post("Action=DescribeCompShareInstance&Limit=1");
    let write = post("Action=StopCompShareInstance&UHostId=uhost-1a2b3c4d5e6f");
    proxy.kill().unwrap();
    proxy.wait().unwrap();
    assert!(read.contains("200 OK") && read.contains("uhost-"), "{read}");
    assert!(write.contains("only actions that read"), "{write}");
    assert!(!read.contains(gateway.private_key()), "{read}");
    assert_eq!(gateway.actions(), ["DescribeCompShareInstance"]);
}
