//! Zone lookup for requests that need one.

use std::sync::Arc;

use compshare_client::model::{Region, Untyped};
use compshare_client::sync::Client;
use compshare_client::{Error, Setting};
use serde_json::Value;

use crate::failure::requires_zone;
use crate::logging::LoggingTransport;
use crate::settings::Settings;

/// The action that lists all zones.
const ZONES: &str = "DescribeCompShareSupportZone";

/// Runs `call`. If no zone is set but the service requires one, retries in each zone of the region
/// until the image is found.
pub(super) fn in_any_zone<T>(
    settings: &Settings,
    client: &Client,
    transport: &Arc<LoggingTransport>,
    call: impl Fn(&Client) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut error = match call(client) {
        Err(error) if requires_zone(&error) && settings.value(Setting::Zone).is_none() => error,
        result => return result,
    };

    for zone in zones(client) {
        let config = settings.config_in_zone(&zone)?;
        let client = Client::with_transport(config, Arc::clone(transport));
        match call(&client) {
            Err(other) if other.is_not_found() => error = other,
            result => return result,
        }
    }
    Err(error)
}

/// Returns the zones of the client's region, or an empty list if the lookup fails.
fn zones(client: &Client) -> Vec<String> {
    let region = client.config().region().map(Region::as_str);
    let response = client.send(&Untyped::read(ZONES)).unwrap_or_default();
    let zones = response.get("ZoneInfo").and_then(Value::as_array);
    let zones = zones.into_iter().flatten().filter_map(|zone| {
        let text = |name: &str| zone.get(name).and_then(Value::as_str);
        text("Zone").filter(|_| region.is_none() || text("Region") == region)
    });
    zones.map(str::to_owned).collect()
}
