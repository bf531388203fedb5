//! The installed software of an image.

use crate::wire::record::record;

record! {
    /// The software of an image (`Softwares`). Absent if the image has only an operating system.
    pub struct Software {
        /// The framework: `PyTorch`.
        framework: Option<String> = "Framework",
        /// The framework's version.
        framework_version: Option<String> = "FrameworkVersion",
        /// The sort index of the framework's version; reported by a third-party client.
        framework_version_index: Option<i64> = "FrameworkVersionIndex",
        /// The version of CUDA.
        cuda_version: Option<String> = "CUDAVersion",
        /// Applications. The service is reported to omit them for customers.
        applications: Vec<String> = "Applications",
        /// The operating system's version; reported by a third-party client.
        os_version: Option<String> = "OsVersion",
        /// The version of Python; reported by a third-party client.
        python_version: Option<String> = "PythonVersion",
    }
}

record! {
    /// The listening port of a program in an image (`SoftwarePorts`).
    pub struct SoftwarePort {
        /// The program: `ComfyUI`.
        software: Option<String> = "Software",
        /// The port, documented as 1 to 65535. Other numbers are kept.
        port: Option<i64> = "Port",
    }
}
