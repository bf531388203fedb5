//! What is installed in an image.

use crate::wire::record::record;

record! {
    /// The software of an image (`Softwares`). Absent for an operating system alone.
    pub struct Software {
        /// The framework: `PyTorch`.
        framework: Option<String> = "Framework",
        /// The framework's version.
        framework_version: Option<String> = "FrameworkVersion",
        /// The place of the framework's version in the platform's order; reported by a third-party client.
        framework_version_index: Option<i64> = "FrameworkVersionIndex",
        /// The version of CUDA.
        cuda_version: Option<String> = "CUDAVersion",
        /// Applications. The service is reported to leave them out for customers.
        applications: Vec<String> = "Applications",
        /// The operating system's version; reported by a third-party client.
        os_version: Option<String> = "OsVersion",
        /// The version of Python; reported by a third-party client.
        python_version: Option<String> = "PythonVersion",
    }
}

record! {
    /// A port that a program in the image listens on (`SoftwarePorts`).
    pub struct SoftwarePort {
        /// The program: `ComfyUI`.
        software: Option<String> = "Software",
        /// The port, 1 to 65535 by the documentation; any number is kept.
        port: Option<i64> = "Port",
    }
}
