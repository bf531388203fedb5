//! Zone lookup for requests that need one.

use std::sync::Arc;

use compshare_client::model::{DescribeCompShareSupportZone, Zone};
use compshare_client::sync::Client;
use compshare_client::{Error, Setting};

use crate::failure::requires_zone;
use crate::logging::LoggingTransport;
use crate::settings::Settings;

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
        let config = settings.config_in_zone(zone)?;
        let client = Client::with_transport(config, Arc::clone(transport));
        match call(&client) {
            Err(other) if other.is_not_found() => error = other,
            result => return result,
        }
    }
    Err(error)
}

/// Returns the zones of the client's region, or an empty list if the lookup fails.
fn zones(client: &Client) -> Vec<Zone> {
    let region = client.config().region();
    let response = client.send(&DescribeCompShareSupportZone::new());
    let zones = response.map(|response| response.zones).unwrap_or_default();
    zones
        .into_iter()
        .filter(|zone| region.is_none() || zone.region.as_ref() == region)
        .filter_map(|zone| zone.zone)
        .collect()
}
