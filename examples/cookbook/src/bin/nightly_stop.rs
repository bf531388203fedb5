//! Stops all running instances, except those with "keep" in their names.

use compshare_client::model::InstanceState;
use compshare_client::sync::Client;
use compshare_client::{Error, sanitize};

fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    for instance in client.instances().list() {
        let instance = instance?;
        if instance.state != Some(InstanceState::Running) || instance.name.contains("keep") {
            continue;
        }
        match client.instances().stop(&instance) {
            Ok(_) => println!("stopping {}", sanitize(&instance.name)),
            Err(error) => eprintln!("{error}"),
        }
    }
    Ok(())
}
