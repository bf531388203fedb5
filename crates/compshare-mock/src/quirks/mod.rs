//! How the gateway departs from its documentation, if it does.

use words::Setting;

mod words;

pub use words::QuirkError;

/// Declares [`Quirks`] and, for each field, a setter of its name, and what sets it by a text.
macro_rules! quirks {
    ($(#[$attribute:meta])* pub struct Quirks { $($(#[$doc:meta])* pub $name:ident: $type:ty = $given:ty,)+ }) => {
        $(#[$attribute])*
        pub struct Quirks {
            $($(#[$doc])* pub $name: $type,)+
        }

        impl Quirks {
            /// The names of all fields, for [`with`](Self::with).
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// As [`with`](Self::with), once name and value are apart.
            fn set(mut self, name: &str, value: Option<&str>) -> Option<Self> {
                match name {
                    $(stringify!($name) => self.$name = Setting::read(value)?,)+
                    _ => return None,
                }
                Some(self)
            }

            $(
                #[doc = concat!("Sets [`", stringify!($name), "`](Self#structfield.", stringify!($name), ").")]
                pub fn $name(mut self, $name: $given) -> Self {
                    self.$name = $name.into();
                    self
                }
            )+
        }
    };
}

quirks! {
    /// Departures from the documented behaviour, each seen in the wild or feared. The default has none of them; all can
    /// be used together, and each counts for every list and answer that it makes sense for.
    ///
    /// Every field has a setter of its name.
    ///
    /// ```
    /// use compshare_mock::{Quirks, Total};
    ///
    /// let quirks = Quirks::default().page_cap(7).total(Total::PageLocal).null_empty_list(true);
    /// assert_eq!(quirks.page_cap, Some(7));
    /// ```
    ///
    /// # Which actions there are
    ///
    /// [`production_as_reported`](Self#structfield.production_as_reported),
    /// [`documented_only`](Self#structfield.documented_only).
    ///
    /// # Which requests are refused
    ///
    /// [`limit_refused_above`](Self#structfield.limit_refused_above),
    /// [`unknown_parameters_refused`](Self#structfield.unknown_parameters_refused),
    /// [`json_lists_refused`](Self#structfield.json_lists_refused),
    /// [`region_required`](Self#structfield.region_required),
    /// [`zone_required`](Self#structfield.zone_required),
    /// [`platform_types_refused`](Self#structfield.platform_types_refused).
    ///
    /// # Which rows are listed
    ///
    /// [`page_cap`](Self#structfield.page_cap), [`ignore_offset`](Self#structfield.ignore_offset),
    /// [`clamp_offset`](Self#structfield.clamp_offset), [`short_pages`](Self#structfield.short_pages),
    /// [`repeat_rows`](Self#structfield.repeat_rows), [`row_nulls`](Self#structfield.row_nulls),
    /// [`all_platform_types`](Self#structfield.all_platform_types),
    /// [`platform_type_ignored`](Self#structfield.platform_type_ignored),
    /// [`foreign_ids_empty`](Self#structfield.foreign_ids_empty),
    /// [`custom_scope_ignored`](Self#structfield.custom_scope_ignored).
    ///
    /// # How an answer is spelt
    ///
    /// The others.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    #[non_exhaustive]
    #[allow(clippy::struct_excessive_bools, reason = "independent switches, not a state")]
    pub struct Quirks {
        /// No page has more rows than this, whatever `Limit` says. Unset, it is 100: the maximum that is documented for
        /// most lists, and none is stated for `DescribeFavoriteImages`.
        pub page_cap: Option<u64> = u64,
        /// A greater `Limit` is refused with RetCode 220.
        pub limit_refused_above: Option<u64> = u64,
        /// What `TotalCount` says. Unset, it is as documented: absent from `DescribeFavoriteImages`, 0 for a platform
        /// image by its id (as reported), and else how many rows the list has.
        pub total: Option<Total> = Total,
        /// An empty list is sent as `null`.
        pub null_empty_list: bool = bool,
        /// An empty list is sent as `{}`, as samples in UCloud's API documents show some lists. `null_empty_list` goes before.
        pub object_empty_list: bool = bool,
        /// A list of one row is sent as that row, without the list around it.
        pub single_row_as_object: bool = bool,
        /// `null` stands in place of the first of every four rows of a list, and before the versions of a group. It
        /// counts as a row in `Offset` and `Limit`, not in totals.
        pub row_nulls: bool = bool,
        /// `RetCode` is sent as text.
        pub text_ret_code: bool = bool,
        /// Every integer inside the rows is sent as text.
        pub numbers_as_text: bool = bool,
        /// `CreateTime`, `UpdateTime` and `PubTime` are sent as text, as older official SDKs declare them.
        pub timestamps_as_text: bool = bool,
        /// `CreatedCount`, `FavoritesCount`, `RecommendCount` and `ImageUseTime` are sent as text, as older official SDKs
        /// declare some of them.
        pub counters_as_text: bool = bool,
        /// `AccountId`, and the numbers of `InvalidAccounts`, are sent as text, as the official SDKs declare the former.
        pub account_ids_as_text: bool = bool,
        /// `TotalDuration` and `RemainingDuration` are sent as text, as the official SDKs declare them.
        pub durations_as_text: bool = bool,
        /// Every boolean is sent as text.
        pub booleans_as_text: Option<BooleanText> = BooleanText,
        /// `Container` is sent as a boolean, as a third party has recorded it.
        pub container_as_boolean: bool = bool,
        /// All tags of an image stand in one text, joined by full-width commas.
        pub compound_tags: bool = bool,
        /// Images have `ImageId` in place of `CompShareImageId`, as some samples of the official documents show.
        pub image_id_key: bool = bool,
        /// Every page is the first page.
        pub ignore_offset: bool = bool,
        /// An `Offset` past the end gives the last page again.
        pub clamp_offset: bool = bool,
        /// At most so many rows in one page after the other, starting over at the end; 0 gives an empty page amid the
        /// list. Empty: pages are full.
        pub short_pages: Vec<u64> = Vec<u64>,
        /// Each page begins with the last row of the page before, as if a row had been put in front of the list in
        /// between. For pages of two rows or more; no row is lost, whether a caller advances by the rows it received or by
        /// those that were new.
        pub repeat_rows: bool = bool,
        /// The key of a list of images. Unset, it is as the platform documents it: `CompshareImageGroup` for the
        /// lists of the community, else `ImageSet`. With [`ListKey::ImageSet`], the lists of the community are lists of
        /// versions, as the official SDKs expect them: `Offset`, `Limit` and totals count versions, and each row has
        /// the `GroupId` of its group, and an `IsFavorite` of its own. Favourites, platform, own and shared images
        /// are flat rows under any key.
        pub list_key: Option<ListKey> = ListKey,
        /// `DescribeFavoriteImages` answers with groups, each with those of its versions that are favourites, in
        /// [`ListKey::CompshareImageGroup`]: its rows are documented by an example alone.
        pub favorites_grouped: bool = bool,
        /// The answer's `Action` is this, whatever was asked.
        pub response_action: Option<String> = String,
        /// The request id stands in the body too, as `request_uuid`.
        pub request_uuid_in_body: bool = bool,
        /// The three documented favourite actions do not exist (RetCode 161), as CompShare's own command-line tool
        /// reports of production.
        pub production_as_reported: bool = bool,
        /// `CreateCompShareImageFavorite` and `DeleteCompShareImageFavorite` do not exist (RetCode 161): no document has
        /// them, CompShare's own command-line tool alone uses them.
        pub documented_only: bool = bool,
        /// A parameter that no document names for the action is refused with RetCode 230 `Params [X] not available`:
        /// `ExcludeReadme`, above all.
        pub unknown_parameters_refused: bool = bool,
        /// A list inside a JSON body is refused with RetCode 230 `Params [api.<Action>.Request.<field>] not available`,
        /// as a third party reports.
        pub json_lists_refused: bool = bool,
        /// `Region` is required (RetCode 210), as the platform documents it, but for `DescribeCompShareImageTags`.
        pub region_required: bool = bool,
        /// `Zone` is required (RetCode 210) wherever the official SDKs require it.
        pub zone_required: bool = bool,
        /// Without `ImageType`, `DescribeCompShareImages` lists all types, as a third party reports; documented is
        /// `System`.
        pub all_platform_types: bool = bool,
        /// `DescribeCompShareImages` lists all types, whatever `ImageType` says.
        pub platform_type_ignored: bool = bool,
        /// `DescribeCompShareImages` refuses these types with RetCode 230: `Game` and `Other`, say, which no document
        /// names.
        pub platform_types_refused: Vec<String> = Vec<String>,
        /// `DescribeCompShareImages` by an id that is no platform image's gives an empty list, not RetCode 230; a third
        /// party has recorded both.
        pub foreign_ids_empty: bool = bool,
        /// `DescribeCompShareCustomImages` by id gives images that are not the account's own too, as a third party
        /// warns.
        pub custom_scope_ignored: bool = bool,
    }
}

/// What `TotalCount` says in the answer to a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Total {
    /// Nothing: it is not there, as documented for `DescribeFavoriteImages`.
    Absent,
    /// How many rows the list has.
    True,
    /// How many rows the list has, under `Total` in place of `TotalCount`.
    Renamed,
    /// How many images the list has, where its rows are groups of them: no document says which is counted.
    Versions,
    /// How many rows this page has.
    PageLocal,
    /// Always 0.
    Zero,
    /// Always this number.
    Fixed(u64),
    /// How many rows the list has, as text.
    Text,
}

/// Under which key a list stands: the spellings that UCloud's and CompShare's documents and SDKs use between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListKey {
    /// `ImageSet`, as documented for flat lists.
    ImageSet,
    /// `CompshareImageGroup`, as the platform documents the lists of the community.
    CompshareImageGroup,
    /// `ImageSetGroup`, as the official SDKs have it for two of them.
    ImageSetGroup,
}

impl ListKey {
    /// The key itself.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ImageSet => "ImageSet",
            Self::CompshareImageGroup => "CompshareImageGroup",
            Self::ImageSetGroup => "ImageSetGroup",
        }
    }
}

/// How a boolean is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BooleanText {
    /// `"True"` and `"False"`, as Python writes them.
    Capital,
    /// `"true"` and `"false"`.
    Lower,
}

impl BooleanText {
    pub(crate) fn of(self, flag: bool) -> &'static str {
        match (self, flag) {
            (Self::Capital, true) => "True",
            (Self::Capital, false) => "False",
            (Self::Lower, true) => "true",
            (Self::Lower, false) => "false",
        }
    }
}
