//! Responses: what an action's answer holds beside the envelope.

/// Makes a response: a record with the envelope's fields and those of the action.
macro_rules! response {
    (
        $(#[$docs:meta])*
        pub struct $name:ident $(, main $list:literal $($main:ident)+)? { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            $(#[$docs])*
            pub struct $name $(, main $list $($main)+)? {
                /// The action that answers, normally the request's with `Response` after it. Never checked: the service is
                /// known to answer with another action's name.
                action: Option<String> = "Action",
                /// 0 for success.
                ret_code: Option<$crate::RetCode> = "RetCode",
                /// What went wrong, for humans.
                message: Option<String> = "Message",
                $($fields)*
            }
        }
    };
}

pub(crate) use response;
