//! Stops all running instances of all regions, except those named `keep-…`.

use std::process::ExitCode;

use compshare_client::model::InstanceState;
use compshare_client::sync::Client;
use compshare_client::{Error, sanitize};

fn main() -> Result<ExitCode, Error> {
    let client = Client::from_env()?;
    let instances: Vec<_> = client.instances().list().collect::<Result<_, _>>()?;

    let mut exit_code = ExitCode::SUCCESS;
    for instance in instances {
        let is_running = instance.state == Some(InstanceState::Running);
        if !is_running || instance.name.starts_with("keep-") {
            continue;
        }
        // One failure must not keep the others running.
        let name = sanitize(&instance.name);
        match client.instances().stop(&instance) {
            Ok(_) => println!("{} {name}: stopping", instance.id),
            Err(error) => {
                eprintln!("{} {name}: {error}", instance.id);
                exit_code = ExitCode::FAILURE;
            }
        }
    }
    Ok(exit_code)
}
