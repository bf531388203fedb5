//! The software of an image, as a request describes it. UCloud's SDKs only.

use crate::wire::request::request;

request! {
    /// The software of an image that is created (`Softwares` of `CreateCompShareCustomImage`).
    pub object CustomImageSoftware {
        optional {
            /// The framework: `PyTorch`.
            framework: String = "Framework",
            /// The version of the framework: `2.6.0`.
            framework_version: String = "FrameworkVersion",
            /// The version of CUDA: `12.4`.
            cuda_version: String = "CUDAVersion",
        }
        lists {
            /// Programs: `ComfyUI`. In the singular, unlike [`PublishedSoftware`]'s.
            applications: String = "Application",
        }
    }
}

request! {
    /// The software of an image that is published (`Softwares` of `PublishCompShareImage`).
    pub object PublishedSoftware {
        optional {
            /// The framework: `PyTorch`.
            framework: String = "Framework",
            /// The version of the framework: `2.6.0`.
            framework_version: String = "FrameworkVersion",
            /// The version of CUDA: `12.4`.
            cuda_version: String = "CUDAVersion",
        }
        lists {
            /// Programs: `ComfyUI`.
            applications: String = "Applications",
        }
    }
}
