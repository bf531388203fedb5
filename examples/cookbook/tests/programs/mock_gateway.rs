//! The tests of a function that lists favorites.

use compshare_client::sync::Client;
use compshare_client::{Config, Error, RetryPolicy};
use compshare_mock::{Catalog, Fault, MockGateway, Quirks};
use serde_json::json;

/// The function under test.
fn free_favorites(client: &Client) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for favorite in client.favorites() {
        let favorite = favorite?;
        if favorite.image.price == Some(0.0) {
            names.push(favorite.name);
        }
    }
    Ok(names)
}

fn gateway() -> MockGateway {
    let catalog = Catalog::empty().favorites(vec![
        json!({"CompShareImageId": "compshareImage-1", "Name": "ComfyUI", "Price": 0}),
        json!({"CompShareImageId": "compshareImage-2", "Name": "Qwen", "Price": 0.5}),
        json!({"CompShareImageId": "compshareImage-3", "Name": "Whisper", "Price": 0}),
    ]);
    MockGateway::builder().catalog(catalog).start().unwrap()
}

fn client(gateway: &MockGateway) -> Client {
    let config = Config::builder()
        .keys(gateway.public_key(), gateway.private_key())
        .base_url(gateway.base_url());
    Client::new(config.build().unwrap())
}

#[test]
fn free_favorites_omits_paid_images() {
    let gateway = gateway();
    let names = free_favorites(&client(&gateway)).unwrap();
    assert_eq!(names, ["ComfyUI", "Whisper"]);
}

#[test]
fn free_favorites_accepts_deviations_and_lost_connections() {
    let gateway = gateway();
    let client = client(&gateway);
    let expected = free_favorites(&client).unwrap();

    // One row per page, numbers as text, and no documented favorite actions.
    let quirks = Quirks::default().page_cap(1).numbers_as_text(true);
    gateway.set_quirks(quirks.production_as_reported(true));
    gateway.push_fault(Fault::Disconnect);
    assert_eq!(free_favorites(&client).unwrap(), expected);
}

#[test]
fn free_favorites_reports_rejected_keys() {
    let gateway = gateway();
    let config = Config::builder()
        .keys(gateway.public_key(), "another key")
        .base_url(gateway.base_url())
        .retry(RetryPolicy::never());
    let error = free_favorites(&Client::new(config.build().unwrap())).unwrap_err();
    assert_eq!(error.ret_code().unwrap().0, 171);
    assert_eq!(gateway.actions(), ["DescribeFavoriteImages"]);
}
