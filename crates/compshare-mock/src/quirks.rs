//! How the gateway departs from its documentation, if it does.

/// Departures from the documented behaviour, each seen in the wild or feared. The default has none of them.
///
/// Every field has a setter of its name.
///
/// ```
/// use compshare_mock::{Quirks, Total};
///
/// let quirks = Quirks::default().page_cap(7).total(Total::PageLocal).null_empty_list(true);
/// assert_eq!(quirks.page_cap, Some(7));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "independent switches, not a state")]
pub struct Quirks {
    /// No page has more rows than this, whatever `Limit` says. Unset, it is 100: the maximum of the documented sister
    /// actions, since none is stated for `DescribeFavoriteImages`.
    pub page_cap: Option<u64>,
    /// A greater `Limit` is refused with RetCode 220.
    pub limit_refused_above: Option<u64>,
    /// What `TotalCount` says.
    pub total: Total,
    /// An empty list is sent as `null`.
    pub null_empty_list: bool,
    /// `RetCode` is sent as text.
    pub text_ret_code: bool,
    /// Every integer inside the rows is sent as text.
    pub numbers_as_text: bool,
    /// Every page is the first page.
    pub ignore_offset: bool,
    /// An `Offset` past the end gives the last page again.
    pub clamp_offset: bool,
    /// At most so many rows in one page after the other, starting over at the end; 0 gives an empty page amid the
    /// list. Empty: pages are full.
    pub short_pages: Vec<u64>,
    /// Each page begins with the last row of the page before, as if a row had been put in front of the list in
    /// between. For pages of two rows or more; no row is lost, whether a caller advances by the rows it received or by
    /// those that were new.
    pub repeat_rows: bool,
    /// The key of the list.
    pub list_key: ListKey,
    /// The three documented favourite actions do not exist (RetCode 161), as CompShare's own command-line tool
    /// reports of production.
    pub production_as_reported: bool,
}

macro_rules! setters {
    ($($name:ident: $type:ty),+ $(,)?) => {$(
        #[doc = concat!("Sets [`", stringify!($name), "`](Self#structfield.", stringify!($name), ").")]
        pub fn $name(mut self, $name: $type) -> Self {
            self.$name = $name.into();
            self
        }
    )+};
}

impl Quirks {
    setters! {
        page_cap: u64,
        limit_refused_above: u64,
        total: Total,
        null_empty_list: bool,
        text_ret_code: bool,
        numbers_as_text: bool,
        ignore_offset: bool,
        clamp_offset: bool,
        short_pages: Vec<u64>,
        repeat_rows: bool,
        list_key: ListKey,
        production_as_reported: bool,
    }
}

/// What `TotalCount` says in the answer to a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Total {
    /// Nothing: it is not there, as documented for `DescribeFavoriteImages`.
    #[default]
    Absent,
    /// How many rows the list has.
    True,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum ListKey {
    /// `ImageSet`, as documented for `DescribeFavoriteImages`.
    #[default]
    ImageSet,
    /// `CompshareImageGroup`.
    CompshareImageGroup,
    /// `ImageSetGroup`.
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
