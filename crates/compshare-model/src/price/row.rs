//! Rows of prices.

use crate::wire::record::record;
use crate::{ChargeType, Price};

record! {
    /// One row of prices: of a charge type, or of a part of one (`PriceDetails`).
    ///
    /// For the whole period of the charge type; of `Dynamic`, `Postpay` and `Spot` for an hour. An
    /// absent part is unknown, not 0.
    pub struct PriceRow {
        /// How it is paid for.
        charge_type: Option<ChargeType> = "ChargeType",
        /// GPUs, cores and memory, in yuan.
        instance: Option<Price> = "Instance",
        /// The disks, in yuan: the data disks by CompShare's documentation, all disks as a
        /// third-party client reports.
        disks: Option<Price> = "Disks",
        /// The system disk, in yuan. CompShare's documentation only.
        system_disk: Option<Price> = "SystemDisks",
        /// The image, in yuan; for each GPU and hour by UCloud's documentation.
        image: Option<Price> = "CompShareImage",
        /// The price before discounts, in yuan. UCloud's SDKs only.
        original_price: Option<Price> = "OriginalPrice",
        /// The catalog's price, in yuan; sent as text. UCloud's SDKs only.
        list_price: Option<Price> = "ListPrice",
        /// The discount in force: 1 by night, 2 on holidays. So a price may change within the day.
        discount_type: Option<i64> = "InstanceDiscountType",
    }
}

impl PriceRow {
    /// Returns the sum of instance, image and disks of a charge type, over all rows that have it;
    /// `None` if no row has the price of the instance.
    ///
    /// The price of the system disk counts only where there is no price of disks, which contains it
    /// (reported by a third-party client; by CompShare's documentation it does not, and the sum is
    /// then too low by the system disk).
    ///
    /// ```
    /// use compshare_model::{ChargeType, PriceRow};
    ///
    /// let rows: Vec<PriceRow> = serde_json::from_str(
    ///     r#"[{"ChargeType": "Postpay", "Instance": 1.88, "SystemDisks": 0.05},
    ///         {"ChargeType": "Postpay", "CompShareImage": 0.2}]"#,
    /// )?;
    /// assert_eq!(PriceRow::total(&rows, &ChargeType::Postpay).unwrap().to_string(), "2.13");
    /// assert_eq!(PriceRow::total(&rows, &ChargeType::Month), None);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn total(rows: &[Self], charge_type: &ChargeType) -> Option<Price> {
        let sum = |part: fn(&Self) -> Option<Price>| {
            let rows = rows
                .iter()
                .filter(|row| row.charge_type.as_ref() == Some(charge_type));
            rows.filter_map(part).reduce(|sum, price| sum + price)
        };
        let instance = sum(|row| row.instance)?;
        let image = sum(|row| row.image).unwrap_or_default();
        let disks = sum(|row| row.disks).or_else(|| sum(|row| row.system_disk));
        Some(instance + image + disks.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn total(rows: &serde_json::Value, charge_type: &ChargeType) -> Option<String> {
        let rows: Vec<PriceRow> = serde_json::from_value(rows.clone()).unwrap();
        PriceRow::total(&rows, charge_type).map(|price| price.to_string())
    }

    #[test]
    fn total_adds_parts_without_rounding_or_guessing() {
        let rows = json!([
            {"ChargeType": "Postpay", "Instance": 0.1, "Disks": 0.2, "SystemDisks": 0.2},
            {"ChargeType": "Postpay", "CompShareImage": 0.7},
            {"ChargeType": "Month", "Instance": 1068.00, "SystemDisks": 120.00},
            {"ChargeType": "Day", "Disks": 1},
        ]);
        assert_eq!(total(&rows, &ChargeType::Postpay).as_deref(), Some("1.00"));
        assert_eq!(total(&rows, &ChargeType::Month).as_deref(), Some("1188.00"));
        assert_eq!(
            total(&rows, &ChargeType::Day),
            None,
            "without the instance there is no price"
        );
        assert_eq!(total(&rows, &ChargeType::Spot), None);
    }
}
