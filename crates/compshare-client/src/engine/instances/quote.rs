//! Stock and price of instances before they are created.

use compshare_model::{
    CheckCompShareResourceCapacity, CreateCompShareInstance, GetCompShareInstancePrice,
    InstancePrices, Price, PriceRow, SizeStock,
};

use crate::Error;
use crate::engine::sequence::Calls;

/// Stock and price of instances before they are created.
///
/// Neither is reserved: both can have changed a moment later.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quote {
    /// Whether the zone has enough resources for one instance of the size. `None` if the service
    /// does not list the size: it is probably not sold there.
    pub is_available: Option<bool>,
    /// The price of **one** instance with image and disks in yuan, for one period of the charge
    /// type: an hour for `Postpay`, `Dynamic` and `Spot`. `None` if the service sent none, which
    /// does not mean 0.
    pub price: Option<Price>,
    /// The highest price that the response can mean, since sources differ on whether the price of
    /// the disks contains that of the system disk. Compare limits with it.
    pub max_price: Option<Price>,
    /// The same as `price` before discounts.
    pub original_price: Option<Price>,
    /// All prices that the service sent.
    pub prices: InstancePrices,
    /// The stock of all sizes with this type of GPU.
    pub sizes: Vec<SizeStock>,
}

/// Queries stock and price of the instances of `request`.
pub(super) async fn quote(calls: Calls, request: CreateCompShareInstance) -> Result<Quote, Error> {
    let stock = calls
        .send(&CheckCompShareResourceCapacity::from(&request))
        .await?;
    let prices = calls
        .send(&GetCompShareInstancePrice::from(&request))
        .await?;

    let size = |size: &&SizeStock| {
        size.gpu == Some(request.gpu.into())
            && size.cpu == Some(request.cpu.into())
            && size.memory.map(Into::into) == Some(request.memory)
    };
    Ok(Quote {
        is_available: stock
            .sizes
            .iter()
            .find(size)
            .and_then(|size| size.is_available),
        price: prices.total(&request.charge_type),
        max_price: prices.total_at_most(&request.charge_type),
        original_price: PriceRow::total(&prices.original_prices, &request.charge_type),
        prices,
        sizes: stock.sizes,
    })
}
