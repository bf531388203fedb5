//! The baseline of the blocking client: ureq and `serde_json::from_slice`.

#[path = "../baseline.rs"]
mod baseline;
mod shared;
mod threads;

use compshare_sign::Credentials;
use shared::{Outcome, Tally, Task};
use ureq::Agent;

struct Bare {
    agent: Agent,
    credentials: Credentials,
    address: String,
    page_size: u32,
}

impl Bare {
    fn new(address: String, page_size: u32) -> Outcome<Self> {
        let credentials = Credentials::new(shared::PUBLIC_KEY, shared::PRIVATE_KEY)?;
        // One idle connection per thread: with ureq's default of three, most requests would
        // reconnect.
        let config = Agent::config_builder()
            .max_idle_connections(64)
            .max_idle_connections_per_host(64)
            .build();
        Ok(Self {
            agent: config.new_agent(),
            credentials,
            address,
            page_size,
        })
    }

    fn page(&self, offset: usize) -> Outcome<baseline::Page> {
        let form = shared::form(&self.credentials, offset, self.page_size)?;
        let request = self
            .agent
            .post(&self.address)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "application/json");
        let body = request
            .send(form)?
            .into_body()
            .into_with_config()
            .limit(u64::MAX)
            .read_to_vec()?;
        Ok(serde_json::from_slice(&body)?)
    }
}

fn run() -> Outcome<Tally> {
    match Task::from_arguments()? {
        Task::List {
            address, page_size, ..
        } => {
            let bare = Bare::new(address, page_size)?;
            let mut tally = Tally::default();
            let mut offset = 0;
            loop {
                let page = bare.page(offset)?;
                if page.image_set.is_empty() {
                    return Ok(tally);
                }
                offset += page.image_set.len();
                for image in &page.image_set {
                    tally.add(&image.comp_share_image_id);
                }
            }
        }
        Task::Calls {
            address,
            page_size,
            requests,
            in_flight,
        } => {
            let bare = Bare::new(address, page_size)?;
            threads::calls(requests, in_flight, || {
                let images = bare.page(0)?.image_set;
                Ok(images
                    .into_iter()
                    .map(|image| image.comp_share_image_id)
                    .collect())
            })
        }
    }
}

fn main() {
    shared::exit(run())
}
