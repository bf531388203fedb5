//! Requests: structs of parameters with a setter for each.

/// Creates a request, or an object in a request.
///
/// ```text
/// request! {
///     pub struct GetCompShareImageCreateProgress: Read -> GetCompShareImageCreateProgressResponse {
///         required { image_id: ImageId = "CompShareImageId", }
///     }
/// }
/// ```
///
/// Each group is optional:
///
/// - `required` parameters are arguments of `new`;
/// - `composed` parameters, in place of `required` ones, are arguments of a private `compose`, for
///   handwritten constructors;
/// - `optional` parameters are texts and ids, with setters for `impl Into`;
/// - `values` have setters for their type;
/// - `lists` are sent as `Name.0`, `Name.1`.
///
/// `struct Name: Effect -> Response` expands to the struct with its constructor and setters, the
/// common parameters `Region`, `Zone` and `ProjectId`, and [`Action`](crate::Action). `List<Item>`
/// in place of the effect is a read with `Offset` and `Limit`. It also implements
/// [`PagedAction`](crate::PagedAction); its response must implement
/// [`ListResponse`](crate::wire::paging::ListResponse). `object Name` expands to the struct only.
macro_rules! request {
    (
        $(#[$docs:meta])*
        pub struct $name:ident: List<$item:ident> -> $response:ident {
            $(optional { $($optional:tt)* })?
            $(values { $($values:tt)* })?
            $(lists { $($lists:tt)* })?
        }
    ) => {
        $crate::wire::request::request! {
            $(#[$docs])*
            pub struct $name: Read -> $response {
                $(optional { $($optional)* })?
                values {
                    $($($values)*)?
                    /// The number of rows to skip; 0 if absent.
                    offset: u64 = "Offset",
                    /// The maximum number of rows; 20 if absent. UCloud's SDKs allow 100.
                    limit: u32 = "Limit",
                }
                $(lists { $($lists)* })?
            }
        }

        impl $crate::PagedAction for $name {
            type Item = $item;

            const ADVANCES_BY_LIMIT: bool =
                <$response as $crate::wire::paging::ListResponse>::ADVANCES_BY_LIMIT;

            fn window(&self) -> $crate::Window {
                $crate::Window::new(self.offset.unwrap_or_default(), self.limit)
            }

            fn with_window(&self, window: $crate::Window) -> Self {
                Self { offset: Some(window.offset), limit: window.limit, ..self.clone() }
            }

            fn into_rows(response: $response) -> $crate::Rows<Self::Item> {
                response.into()
            }

            fn dedup(item: &mut $item, seen: &mut $crate::SeenIds) -> bool {
                <$response as $crate::wire::paging::ListResponse>::dedup(item, seen)
            }
        }
    };
    (
        $(#[$docs:meta])*
        pub struct $name:ident: $effect:ident $(as $format:ident)? -> $response:ident {
            $(required { $($required:tt)* })?
            $(composed { $($composed:tt)* })?
            $(optional { $($optional:tt)* })?
            $(values { $($values:tt)* })?
            $(lists { $($lists:tt)* })?
        }
    ) => {
        $crate::wire::request::request! {
            $(#[$docs])*
            pub object $name {
                $(required { $($required)* })?
                $(composed { $($composed)* })?
                optional {
                    $($($optional)*)?
                    /// The region; by default that of the client. CompShare's documentation
                    /// requires one for every action, such as `cn-wlcb`; the platform's
                    /// command-line tool omits it from most listings.
                    region: $crate::Region = "Region",
                    /// The zone; by default that of the client. Sources disagree on the actions
                    /// that require one.
                    zone: $crate::Zone = "Zone",
                    /// The project; the default project if absent. Required for sub-accounts.
                    project_id: $crate::ProjectId = "ProjectId",
                }
                $(values { $($values)* })?
                $(lists { $($lists)* })?
            }
        }

        impl $crate::Action for $name {
            const NAME: &'static str = stringify!($name);
            const EFFECT: $crate::Effect = $crate::Effect::$effect;
            $(const BODY_FORMAT: $crate::BodyFormat = $crate::BodyFormat::$format;)?
            type Response = $response;

            fn flatten(&self, sink: $crate::flatten::Sink<'_>) -> Result<(), $crate::FlattenError> {
                $crate::flatten(self, sink)
            }
        }
    };
    (
        $(#[$docs:meta])*
        pub object $name:ident { required { $($required:tt)* } $($rest:tt)* }
    ) => {
        $crate::wire::request::request! { @build $(#[$docs])* $name { $($required)* } $($rest)* }
        $crate::wire::request::request! { @new $name $($required)* }
    };
    (
        $(#[$docs:meta])*
        pub object $name:ident { composed { $($composed:tt)* } $($rest:tt)* }
    ) => {
        $crate::wire::request::request! { @build $(#[$docs])* $name { $($composed)* } $($rest)* }
    };
    (
        $(#[$docs:meta])*
        pub object $name:ident { $($rest:tt)* }
    ) => {
        $crate::wire::request::request! { @build $(#[$docs])* $name {} $($rest)* }
        $crate::wire::request::request! { @new $name }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@new $name:ident $($(#[$docs:meta])* $required:ident: $type:ty = $wire:literal,)*) => {
        impl $name {
            /// Creates the request with its required parameters. All others are absent.
            pub fn new($($required: impl Into<$type>),*) -> Self {
                Self::compose($($required.into()),*)
            }
        }
    };
    (
        @build $(#[$docs:meta])* $name:ident
        { $($(#[$required_docs:meta])* $required:ident: $required_type:ty = $required_wire:literal,)* }
        $(optional {
            $($(#[$optional_docs:meta])* $optional:ident: $optional_type:ty = $optional_wire:literal,)*
        })?
        $(values { $($(#[$value_docs:meta])* $value:ident: $value_type:ty = $value_wire:literal,)* })?
        $(lists { $($(#[$list_docs:meta])* $list:ident: $list_type:ty = $list_wire:literal,)* })?
    ) => {
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$required_docs])*
                #[doc = ""]
                #[doc = concat!("Wire name: `", $required_wire, "`; required.")]
                #[serde(rename = $required_wire)]
                pub $required: $required_type,
            )*
            $($(
                $(#[$optional_docs])*
                #[doc = ""]
                #[doc = concat!("Wire name: `", $optional_wire, "`.")]
                #[serde(rename = $optional_wire, skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$optional_type>,
            )*)?
            $($(
                $(#[$value_docs])*
                #[doc = ""]
                #[doc = concat!("Wire name: `", $value_wire, "`.")]
                #[serde(rename = $value_wire, skip_serializing_if = "Option::is_none")]
                pub $value: Option<$value_type>,
            )*)?
            $($(
                $(#[$list_docs])*
                #[doc = ""]
                #[doc = concat!("Wire names: `", $list_wire, ".0`, `", $list_wire, ".1` and so on.")]
                #[serde(rename = $list_wire, skip_serializing_if = "Vec::is_empty")]
                pub $list: Vec<$list_type>,
            )*)?
        }

        impl $name {
            fn compose($($required: $required_type),*) -> Self {
                Self {
                    $($required,)*
                    $($($optional: None,)*)?
                    $($($value: None,)*)?
                    $($($list: Vec::new(),)*)?
                }
            }

            $($(
                #[doc = concat!("Sets `", $optional_wire, "`.")]
                #[doc = ""]
                $(#[$optional_docs])*
                pub fn $optional(mut self, $optional: impl Into<$optional_type>) -> Self {
                    self.$optional = Some($optional.into());
                    self
                }
            )*)?

            $($(
                #[doc = concat!("Sets `", $value_wire, "`.")]
                #[doc = ""]
                $(#[$value_docs])*
                pub fn $value(mut self, $value: $value_type) -> Self {
                    self.$value = Some($value);
                    self
                }
            )*)?

            $($(
                #[doc = concat!("Sets `", $list_wire, "`, and replaces all previous items.")]
                #[doc = ""]
                $(#[$list_docs])*
                pub fn $list(mut self, $list: impl IntoIterator<Item = impl Into<$list_type>>) -> Self {
                    self.$list = $list.into_iter().map(Into::into).collect();
                    self
                }
            )*)?
        }
    };
}

pub(crate) use request;

/// Returns the flattened parameters of a request, for tests.
#[cfg(test)]
pub(crate) fn pairs(request: &impl serde::Serialize) -> Vec<String> {
    let mut pairs = Vec::new();
    crate::flatten(request, &mut |key, value| {
        pairs.push(format!("{key}={value}"));
        Ok(())
    })
    .unwrap();
    pairs
}
