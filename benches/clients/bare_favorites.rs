//! The baseline of the start-up of the command line: one signed request by ureq, printed as JSON
//! lines.
//!
//! Reads the settings that `compshare image favorites` reads: `COMPSHARE_BASE_URL` and the keys.

use std::env;
use std::io::{self, Write};

use compshare_sign::{Credentials, Params};
use ureq::Agent;

#[allow(
    clippy::disallowed_methods,
    reason = "the settings are in the environment"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let credentials = Credentials::new(
        env::var("COMPSHARE_PUBLIC_KEY")?,
        env::var("COMPSHARE_PRIVATE_KEY")?,
    )?;
    let params = Params::from_pairs([
        ("Action", "DescribeFavoriteImages"),
        ("Region", "cn-wlcb"),
        ("Offset", "0"),
        ("Limit", "20"),
    ])?;
    let form = credentials.sign(params).to_form();

    let agent = Agent::config_builder().build().new_agent();
    let text = agent
        .post(env::var("COMPSHARE_BASE_URL")?)
        .header("content-type", "application/x-www-form-urlencoded")
        .send(form)?
        .into_body()
        .read_to_string()?;

    let response: serde_json::Value = serde_json::from_str(&text)?;
    let images = response["ImageSet"].as_array().ok_or("no ImageSet")?;
    for image in images {
        writeln!(io::stdout(), "{image}")?;
    }
    Ok(())
}
