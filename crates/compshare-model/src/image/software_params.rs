//! The software of an image as a request parameter. UCloud's SDKs only.

use crate::wire::request::request;

request! {
    /// `Softwares` of [`CreateCompShareCustomImage`](crate::CreateCompShareCustomImage).
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
            /// Programs: `ComfyUI`. The wire name is in the singular, unlike that of
            /// [`PublishedSoftware`].
            applications: String = "Application",
        }
    }
}

request! {
    /// `Softwares` of [`PublishCompShareImage`](crate::PublishCompShareImage).
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
