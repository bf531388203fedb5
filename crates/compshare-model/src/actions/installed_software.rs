//! What is installed in an image, as it is said when one is made or published. UCloud's SDKs only.

use crate::request::parameters;

/// The two spellings of one thing: making an image has the singular of `Applications`, publishing one the plural.
macro_rules! installed_software {
    ($($(#[$docs:meta])* $name:ident, $applications:literal;)*) => {$(
        parameters! {
            $(#[$docs])*
            pub struct $name {
                required {}
                optional {
                    /// The framework: `PyTorch`.
                    framework: String = "Framework",
                    /// Its version: `2.6.0`.
                    framework_version: String = "FrameworkVersion",
                    /// The version of CUDA: `12.4`.
                    cuda_version: String = "CUDAVersion",
                }
                values {}
                lists {
                    /// Programs: `ComfyUI`.
                    applications: String = $applications,
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    )*};
}

installed_software! {
    /// What is installed in an image that is made (`Softwares` of `CreateCompShareCustomImage`).
    CustomImageSoftware, "Application";
    /// What is installed in an image that is published (`Softwares` of `PublishCompShareImage`).
    PublishedSoftware, "Applications";
}
