//! A course as a file: what goes into it, and the exports and imports that there are. How the file is made is known where
//! all contexts are: the gateway.

mod exporting;
mod importing;
mod portable;
mod resolving;

pub use exporting::{
    ExportCourse, Exported, check_ready, fail_export, finish_export, forget_export, old_exports, request_export,
    running_export,
};
pub use importing::{
    ImportCourse, PackageContent, add_portable_course, check_may_import, finish_import, refuse_import, request_import,
    running_import, to_import,
};
pub use portable::{PortableCourse, PortableSection, portable_course};
pub use resolving::{Resolved, resolve};
