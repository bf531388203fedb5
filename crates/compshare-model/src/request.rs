//! Requests: an action's parameters as a struct with a setter for each.
//!
//! One table per action, given to [`request!`], makes the struct, its constructor, its setters and its
//! [`Action`](crate::Action). Every request also has the common parameters `Region`, `Zone` and `ProjectId`.

/// Makes a request.
///
/// The groups, each of which may be missing: `required` parameters are given to `new`; `optional` ones are texts and ids,
/// whose setters take anything that becomes one; `values` are taken as they are; `lists` are sent as `Name.0`, `Name.1`.
macro_rules! request {
    (
        $(#[$docs:meta])*
        pub struct $name:ident: $effect:ident -> $response:ident { required { $($required:tt)* } $($rest:tt)* }
    ) => {
        $crate::request::request! {
            @build $(#[$docs])* $name $effect $response { $($required)* } $($rest)*
        }
    };
    (
        $(#[$docs:meta])*
        pub struct $name:ident: $effect:ident -> $response:ident { $($rest:tt)* }
    ) => {
        $crate::request::request! { @build $(#[$docs])* $name $effect $response {} $($rest)* }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (
        @build $(#[$docs:meta])* $name:ident $effect:ident $response:ident
        { $($(#[$required_docs:meta])* $required:ident: $required_type:ty = $required_wire:literal,)* }
        $(optional { $($optional:tt)* })?
        $(values { $($values:tt)* })?
        $(lists { $($lists:tt)* })?
    ) => {
        $crate::request::parameters! {
            $(#[$docs])*
            pub struct $name {
                required { $($(#[$required_docs])* $required: $required_type = $required_wire,)* }
                optional {
                    $($($optional)*)?
                    /// The region; the client's own if absent. CompShare's documentation requires one everywhere and
                    /// shows `cn-wlcb`; the platform's command-line tool leaves it out of most listings.
                    region: $crate::Region = "Region",
                    /// The zone; the client's own, if it has one. Sources differ on which actions need it.
                    zone: $crate::Zone = "Zone",
                    /// The project; the default one if absent. Sub-accounts must name one.
                    project_id: $crate::ProjectId = "ProjectId",
                }
                values { $($($values)*)? }
                lists { $($($lists)*)? }
            }
        }

        impl $crate::Action for $name {
            const NAME: &'static str = stringify!($name);
            const EFFECT: $crate::Effect = $crate::Effect::$effect;
            type Response = $response;
        }
    };
}

/// Makes a set of parameters: the struct, its constructor and its setters. Of use alone for an object inside a request.
macro_rules! parameters {
    (
        $(#[$docs:meta])*
        pub struct $name:ident {
            required { $($(#[$required_docs:meta])* $required:ident: $required_type:ty = $required_wire:literal,)* }
            optional { $($(#[$optional_docs:meta])* $optional:ident: $optional_type:ty = $optional_wire:literal,)* }
            values { $($(#[$value_docs:meta])* $value:ident: $value_type:ty = $value_wire:literal,)* }
            lists { $($(#[$list_docs:meta])* $list:ident: $list_type:ty = $list_wire:literal,)* }
        }
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
            $(
                $(#[$optional_docs])*
                #[doc = ""]
                #[doc = concat!("Wire name: `", $optional_wire, "`.")]
                #[serde(rename = $optional_wire, skip_serializing_if = "Option::is_none")]
                pub $optional: Option<$optional_type>,
            )*
            $(
                $(#[$value_docs])*
                #[doc = ""]
                #[doc = concat!("Wire name: `", $value_wire, "`.")]
                #[serde(rename = $value_wire, skip_serializing_if = "Option::is_none")]
                pub $value: Option<$value_type>,
            )*
            $(
                $(#[$list_docs])*
                #[doc = ""]
                #[doc = concat!("Wire names: `", $list_wire, ".0`, `", $list_wire, ".1` and so on.")]
                #[serde(rename = $list_wire, skip_serializing_if = "Vec::is_empty")]
                pub $list: Vec<$list_type>,
            )*
        }

        impl $name {
            /// The request with what is required, if anything is; all else is left to the service.
            pub fn new($($required: impl Into<$required_type>),*) -> Self {
                Self {
                    $($required: $required.into(),)*
                    $($optional: None,)*
                    $($value: None,)*
                    $($list: Vec::new(),)*
                }
            }

            $(
                $(#[$optional_docs])*
                pub fn $optional(mut self, $optional: impl Into<$optional_type>) -> Self {
                    self.$optional = Some($optional.into());
                    self
                }
            )*

            $(
                $(#[$value_docs])*
                pub fn $value(mut self, $value: $value_type) -> Self {
                    self.$value = Some($value);
                    self
                }
            )*

            $(
                $(#[$list_docs])*
                pub fn $list(mut self, $list: impl IntoIterator<Item = impl Into<$list_type>>) -> Self {
                    self.$list = $list.into_iter().map(Into::into).collect();
                    self
                }
            )*
        }
    };
}

pub(crate) use {parameters, request};

/// The parameters of a request as they are signed and sent, for tests.
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
