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
    /// Sources differ on whether the price of the disks contains that of the system disk. As
    /// third-party clients report, it does, unless it is lower; see
    /// [`total_at_most`](Self::total_at_most).
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
        let (rest, disks, system_disk) = Self::sums(rows, charge_type)?;
        let is_contained = disks >= system_disk;
        Some(
            rest + disks
                + if is_contained {
                    Price::default()
                } else {
                    system_disk
                },
        )
    }

    /// Returns the highest sum that the rows can mean: with the price of the system disk beside that
    /// of the disks, as CompShare's documentation has it.
    ///
    /// ```
    /// use compshare_model::{ChargeType, PriceRow};
    ///
    /// let rows: Vec<PriceRow> = serde_json::from_str(
    ///     r#"[{"ChargeType": "Postpay", "Instance": 1.88, "Disks": 0.1, "SystemDisks": 0.05}]"#,
    /// )?;
    /// assert_eq!(PriceRow::total(&rows, &ChargeType::Postpay).unwrap().to_string(), "1.98");
    /// assert_eq!(PriceRow::total_at_most(&rows, &ChargeType::Postpay).unwrap().to_string(), "2.03");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn total_at_most(rows: &[Self], charge_type: &ChargeType) -> Option<Price> {
        let (rest, disks, system_disk) = Self::sums(rows, charge_type)?;
        Some(rest + disks + system_disk)
    }

    /// Returns the sums of instance and image, of the disks, and of the system disk.
    fn sums(rows: &[Self], charge_type: &ChargeType) -> Option<(Price, Price, Price)> {
        let sum = |part: fn(&Self) -> Option<Price>| {
            let rows = rows
                .iter()
                .filter(|row| row.charge_type.as_ref() == Some(charge_type));
            rows.filter_map(part).reduce(|sum, price| sum + price)
        };
        let rest = sum(|row| row.instance)? + sum(|row| row.image).unwrap_or_default();
        let disks = sum(|row| row.disks).unwrap_or_default();
        Some((rest, disks, sum(|row| row.system_disk).unwrap_or_default()))
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
            {"ChargeType": "Spot", "Instance": 0.1, "Disks": 0, "SystemDisks": 0.2},
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
        assert_eq!(total(&rows, &ChargeType::Spot).as_deref(), Some("0.30"));
        assert_eq!(total(&rows, &ChargeType::Dynamic), None);
    }
}
