//! Deviations of the gateway from its documentation.

use parse::FieldValue;

mod parse;

pub use parse::QuirkError;

/// Declares [`Quirks`] with a setter and a text parser for each field.
macro_rules! quirks {
    ($(#[$attribute:meta])* pub struct Quirks { $($(#[$doc:meta])* pub $name:ident: $type:ty = $argument:ty,)+ }) => {
        $(#[$attribute])*
        pub struct Quirks {
            $($(#[$doc])* pub $name: $type,)+
        }

        impl Quirks {
            /// The names of all fields, for [`with`](Self::with).
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// Sets one field from its name and value; see [`with`](Self::with).
            fn set(mut self, name: &str, value: Option<&str>) -> Option<Self> {
                match name {
                    $(stringify!($name) => self.$name = FieldValue::parse(value)?,)+
                    _ => return None,
                }
                Some(self)
            }

            $(
                #[doc = concat!("Sets [`", stringify!($name), "`](Self#structfield.", stringify!($name), ").")]
                pub fn $name(mut self, $name: $argument) -> Self {
                    self.$name = $name.into();
                    self
                }
            )+
        }
    };
}

quirks! {
    /// Deviations from the documented behavior, each one reported by a third party or plausible.
    ///
    /// The default has none. They can be combined, and each applies to every action that it makes
    /// sense for. Each field has a setter of the same name.
    ///
    /// ```
    /// use compshare_mock::{Quirks, Total};
    ///
    /// let quirks = Quirks::default().page_cap(7).total(Total::PageLocal).null_empty_list(true);
    /// assert_eq!(quirks.page_cap, Some(7));
    /// ```
    ///
    /// # Available actions
    ///
    /// [`production_as_reported`](Self#structfield.production_as_reported),
    /// [`documented_only`](Self#structfield.documented_only).
    ///
    /// # Request validation
    ///
    /// [`limit_refused_above`](Self#structfield.limit_refused_above),
    /// [`unknown_parameters_refused`](Self#structfield.unknown_parameters_refused),
    /// [`json_lists_refused`](Self#structfield.json_lists_refused),
    /// [`region_required`](Self#structfield.region_required),
    /// [`zone_required`](Self#structfield.zone_required),
    /// [`platform_types_refused`](Self#structfield.platform_types_refused).
    ///
    /// # Listed rows
    ///
    /// [`page_cap`](Self#structfield.page_cap), [`ignore_offset`](Self#structfield.ignore_offset),
    /// [`clamp_offset`](Self#structfield.clamp_offset),
    /// [`short_pages`](Self#structfield.short_pages),
    /// [`repeat_rows`](Self#structfield.repeat_rows), [`row_nulls`](Self#structfield.row_nulls),
    /// [`all_platform_types`](Self#structfield.all_platform_types),
    /// [`platform_type_ignored`](Self#structfield.platform_type_ignored),
    /// [`foreign_ids_empty`](Self#structfield.foreign_ids_empty),
    /// [`custom_scope_ignored`](Self#structfield.custom_scope_ignored).
    ///
    /// # The account and the stock
    ///
    /// [`sold_out`](Self#structfield.sold_out), [`sold_out_code`](Self#structfield.sold_out_code),
    /// [`capacity_always_enough`](Self#structfield.capacity_always_enough),
    /// [`instance_quota`](Self#structfield.instance_quota),
    /// [`arrears`](Self#structfield.arrears),
    /// [`balance_too_low`](Self#structfield.balance_too_low),
    /// [`unverified`](Self#structfield.unverified),
    /// [`unpaid_order`](Self#structfield.unpaid_order).
    ///
    /// # States of instances
    ///
    /// [`install_fails`](Self#structfield.install_fails),
    /// [`stuck_states`](Self#structfield.stuck_states), [`state`](Self#structfield.state),
    /// [`install_word`](Self#structfield.install_word),
    /// [`create_hidden_listings`](Self#structfield.create_hidden_listings),
    /// [`disks_detach_slowly`](Self#structfield.disks_detach_slowly).
    ///
    /// # Representation of responses
    ///
    /// All other fields.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    #[non_exhaustive]
    #[allow(clippy::struct_excessive_bools, reason = "independent switches, not a state")]
    pub struct Quirks {
        /// Maximum number of rows in a page, even if `Limit` is larger. The default is 100: the
        /// documented maximum of most lists. `DescribeFavoriteImages` documents no maximum.
        pub page_cap: Option<u64> = u64,
        /// A larger `Limit` is an error with RetCode 220.
        pub limit_refused_above: Option<u64> = u64,
        /// The value of `TotalCount`. The default is the number of rows in the list. It is absent
        /// from `DescribeFavoriteImages`, as documented, and 0 for a platform image by its id, as
        /// reported.
        pub total: Option<Total> = Total,
        /// An empty list is sent as `null`.
        pub null_empty_list: bool = bool,
        /// An empty list is sent as `{}`, as in some samples of UCloud's API documents.
        /// `null_empty_list` takes precedence.
        pub object_empty_list: bool = bool,
        /// A list of one row is sent as that row instead of an array.
        pub single_row_as_object: bool = bool,
        /// A `null` precedes every three rows of a list, and the versions of a group. It counts as
        /// a row for `Offset` and `Limit`, not for totals.
        pub row_nulls: bool = bool,
        /// `RetCode` is sent as text.
        pub text_ret_code: bool = bool,
        /// Integers inside rows are sent as text.
        pub numbers_as_text: bool = bool,
        /// `CreateTime`, `UpdateTime`, `PubTime` and the times of instances are sent as text, as
        /// older official SDKs declare some of them.
        pub timestamps_as_text: bool = bool,
        /// `CreatedCount`, `FavoritesCount`, `RecommendCount` and `ImageUseTime` are sent as text,
        /// as older official SDKs declare some of them.
        pub counters_as_text: bool = bool,
        /// `AccountId`, and the numbers of `InvalidAccounts`, are sent as text, as the official
        /// SDKs declare the former.
        pub account_ids_as_text: bool = bool,
        /// `TotalDuration` and `RemainingDuration` are sent as text, as the official SDKs declare
        /// them.
        pub durations_as_text: bool = bool,
        /// Booleans are sent as text.
        pub booleans_as_text: Option<BooleanText> = BooleanText,
        /// `Container` is sent as a boolean, as recorded by a third party.
        pub container_as_boolean: bool = bool,
        /// The tags of an image are sent as one text, joined by full-width commas.
        pub compound_tags: bool = bool,
        /// Images have `ImageId` in place of `CompShareImageId`, as in some official samples.
        pub image_id_key: bool = bool,
        /// Every page is the first page.
        pub ignore_offset: bool = bool,
        /// An `Offset` past the end returns the last page again.
        pub clamp_offset: bool = bool,
        /// The maximum sizes of consecutive pages, as a repeating cycle. A 0 produces an empty page
        /// in the middle of the list. If this is empty, pages are full.
        pub short_pages: Vec<u64> = Vec<u64>,
        /// Each page of two or more rows begins with the last row of the previous page, as if a row
        /// had been inserted before the list in between. No row is lost, whether a caller advances
        /// by all received rows or only by new ones.
        pub repeat_rows: bool = bool,
        /// The key of a list of images. The default is the platform's: `CompshareImageGroup` for
        /// community lists, else `ImageSet`.
        ///
        /// With [`ListKey::ImageSet`], community lists contain versions, as the official SDKs
        /// expect. `Offset`, `Limit` and totals then count versions, and each row has the `GroupId`
        /// of its group and its own `IsFavorite`. Favorites, platform, custom and shared images are
        /// flat rows under any key.
        pub list_key: Option<ListKey> = ListKey,
        /// `DescribeFavoriteImages` returns groups with their favorite versions, as
        /// [`ListKey::CompshareImageGroup`]. Its rows are documented only by an example.
        pub favorites_grouped: bool = bool,
        /// The `Action` of every response.
        pub response_action: Option<String> = String,
        /// The body also has the request id, as `request_uuid`.
        pub request_uuid_in_body: bool = bool,
        /// The three documented favorite actions and `GetSoftwareURL` do not exist (RetCode 161), as
        /// CompShare's own command-line tool reports about production.
        pub production_as_reported: bool = bool,
        /// `CreateCompShareImageFavorite`, `DeleteCompShareImageFavorite`, `DescribeCompshareDisk`
        /// and `SwitchChargeType` do not exist (RetCode 161). They are undocumented, and used only
        /// by CompShare's own command-line tool and third parties.
        pub documented_only: bool = bool,
        /// An undocumented parameter of an action, such as `ExcludeReadme`, is an error with
        /// RetCode 230 `Params [X] not available`.
        pub unknown_parameters_refused: bool = bool,
        /// A list in a JSON body is an error with RetCode 230
        /// `Params [api.<Action>.Request.<field>] not available`, as reported by a third party.
        pub json_lists_refused: bool = bool,
        /// `Region` is required (RetCode 210), as documented, except by actions without a region.
        pub region_required: bool = bool,
        /// `Zone` is required (RetCode 210) by the actions for which the official SDKs require it.
        pub zone_required: bool = bool,
        /// Without `ImageType`, `DescribeCompShareImages` lists all types, as reported by a third
        /// party. The documented default is `System`.
        pub all_platform_types: bool = bool,
        /// `DescribeCompShareImages` ignores `ImageType` and lists all types.
        pub platform_type_ignored: bool = bool,
        /// `DescribeCompShareImages` returns RetCode 230 for these types, such as the undocumented
        /// `Game` and `Other`.
        pub platform_types_refused: Vec<String> = Vec<String>,
        /// `DescribeCompShareImages` returns an empty list instead of RetCode 230 for the id of
        /// another kind of image. A third party has recorded both.
        pub foreign_ids_empty: bool = bool,
        /// `DescribeCompShareCustomImages` by id also returns images of other accounts, as reported
        /// by a third party.
        pub custom_scope_ignored: bool = bool,
        /// The types of GPU that are sold out in every zone.
        pub sold_out: Vec<String> = Vec<String>,
        /// The RetCode of a sold-out type. The default is 226604; 8357 is reported as well.
        pub sold_out_code: Option<i64> = i64,
        /// `CheckCompShareResourceCapacity` reports all sizes as available.
        pub capacity_always_enough: bool = bool,
        /// The maximum number of instances; creating more fails with RetCode 226608.
        pub instance_quota: Option<u64> = u64,
        /// The account is in arrears: creating and starting instances fails with RetCode 226601.
        pub arrears: bool = bool,
        /// Purchases fail with RetCode 520.
        pub balance_too_low: bool = bool,
        /// The account is not verified: creating instances fails with RetCode 226606.
        pub unverified: bool = bool,
        /// An order is unpaid: creating instances fails with RetCode 8917.
        pub unpaid_order: bool = bool,
        /// The creation of instances ends in the state `Install Fail`.
        pub install_fails: bool = bool,
        /// Instances remain in transitional states such as `Starting`.
        pub stuck_states: bool = bool,
        /// `State` of instances. The default is the documented one.
        pub state: Option<StateQuirk> = StateQuirk,
        /// `State` is `Install` in place of `Initializing`.
        pub install_word: bool = bool,
        /// Spot instances cannot be stopped. By default, they are with `Force`.
        pub spot_never_stops: bool = bool,
        /// The number of listings that omit a new instance.
        pub create_hidden_listings: u64 = u64,
        /// `CreateCompShareInstance` sends the id of a single instance as `UHostId`.
        pub create_single_id: bool = bool,
        /// `CreateCompShareInstance` sends the password.
        pub create_sends_password: bool = bool,
        /// Instances are listed without their `Remark`, which the official SDKs do not have.
        pub remark_dropped: bool = bool,
        /// Passwords are listed as plain text. They are documented as base64.
        pub passwords_as_plain_text: bool = bool,
        /// The prices of an instance are listed only if it is requested by its id.
        pub prices_by_id_only: bool = bool,
        /// Instances lack the fields that are in no document, such as `Region` and `IsSpot`.
        pub instance_fields_documented: bool = bool,
        /// Instances have `StopSchedulerTime` in place of `SchedulerStopTime`, as in the official
        /// SDKs.
        pub stop_scheduler_time_key: bool = bool,
        /// `DescribeCompShareInstance` also returns other instances than the requested ones.
        pub instance_ids_ignored: bool = bool,
        /// A page of instances has up to `Limit` VMs and up to `Limit` container instances, each
        /// from `Offset` on.
        pub instance_stores_joined: bool = bool,
        /// Prices have `PriceDetail`, `OriginalPriceDetail` and `ListPriceDetail` in place of
        /// `PriceDetails` etc., as in the official SDKs.
        pub singular_price_keys: bool = bool,
        /// Prices have one row for each part, such as `Instance` and `Disks`.
        pub price_rows_by_part: bool = bool,
        /// `Disks` of a price also contains `SystemDisks`.
        pub disk_price_includes_system: bool = bool,
        /// Prices without `ChargeType` are those of `Month`, as in the official SDKs, not of all
        /// charge types.
        pub price_of_month_only: bool = bool,
        /// Responses lack the prices.
        pub prices_absent: bool = bool,
        /// Prices are sent as text.
        pub prices_as_text: bool = bool,
        /// A refund has `ErrMessage` in place of `Message`, as in the official SDKs.
        pub refund_err_message: bool = bool,
        /// The key and type of the stock. The default is an object as `GpuInventory`.
        pub inventory: Option<InventoryForm> = InventoryForm,
        /// The stock of container zones is 0 unless `Zone` is one of them, and vice versa.
        pub inventory_of_one_backend: bool = bool,
        /// `DescribeAvailableCompShareInstanceTypes` ignores `Region` and `Zone`.
        pub types_of_all_zones: bool = bool,
        /// `MachineTypes` is a list of texts, as in the official SDKs.
        pub machine_types_as_text: bool = bool,
        /// Zones have only the documented `Region`, `Zone` and `Describe`.
        pub zone_fields_documented: bool = bool,
        /// `GetCompShareInstanceMonitor` accepts a form, as documented.
        pub monitor_by_form: bool = bool,
        /// Container instances in the monitor have `PodId` and a list of metrics, as VMs have.
        pub pod_metrics_as_list: bool = bool,
        /// `SwitchChargeType` with a low balance fails and changes `ChargeType` nevertheless.
        pub charge_switched_unpaid: bool = bool,
        /// Disks of running instances can be grown, as one of two documents says.
        pub disks_grow_online: bool = bool,
        /// The first deletion of a detached disk fails with RetCode 8434.
        pub disks_detach_slowly: bool = bool,
    }
}

/// `State` in a list of instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateQuirk {
    /// Empty in every second listing, as if the query had timed out.
    Blank,
    /// The previous state in every second listing.
    Stale,
    /// In lower case.
    LowerCase,
    /// `Pending` in place of every transitional state.
    Undocumented,
}

/// The key and type of the stock in `DescribeCompShareGpuInventory`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum InventoryForm {
    /// An object as `GpuInventoryByZone`.
    ByZone,
    /// A text as `GpuInventoryByZone`, as in the official SDKs.
    Text,
}

/// The value of `TotalCount` in the response to a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Total {
    /// No `TotalCount`, as documented for `DescribeFavoriteImages`.
    Absent,
    /// The number of rows in the list.
    True,
    /// The number of rows in the list, as `Total` in place of `TotalCount`.
    Renamed,
    /// The number of images in a list of groups. The documents do not define which one is counted.
    Versions,
    /// The number of rows in the page.
    PageLocal,
    /// Always 0.
    Zero,
    /// Always this number.
    Fixed(u64),
    /// The number of rows in the list, as text.
    Text,
}

/// The key of a list of images, as spelled in the documents and SDKs of UCloud and CompShare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListKey {
    /// `ImageSet`, as documented for flat lists.
    ImageSet,
    /// `CompshareImageGroup`, as documented by the platform for community lists.
    CompshareImageGroup,
    /// `ImageSetGroup`, as used by the official SDKs for two community lists.
    ImageSetGroup,
}

impl ListKey {
    /// Returns the key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ImageSet => "ImageSet",
            Self::CompshareImageGroup => "CompshareImageGroup",
            Self::ImageSetGroup => "ImageSetGroup",
        }
    }
}

/// The spelling of a boolean sent as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BooleanText {
    /// `"True"` and `"False"`, as Python writes them.
    Capital,
    /// `"true"` and `"false"`.
    Lower,
}

impl BooleanText {
    pub(crate) fn render(self, flag: bool) -> &'static str {
        match (self, flag) {
            (Self::Capital, true) => "True",
            (Self::Capital, false) => "False",
            (Self::Lower, true) => "true",
            (Self::Lower, false) => "false",
        }
    }
}
