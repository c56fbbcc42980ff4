//! A course as one file: a zip with `manifest.json` and the bytes of its files. Made of a course by a job, and a course made
//! of it by another. What is in a package depends on nothing but the course: two packages of one course are the same bytes.

mod archive;
mod exporting;
mod importing;
mod manifest;
mod refusal;
mod unpacking;

#[cfg(test)]
mod tests;

use courses::{course_import, packaging};
use kernel::{MediaId, Result, Tx};

pub use archive::{Bounds, Package, write};
pub use exporting::{export_course, purge_packages};
pub use importing::import_course;
pub use manifest::Manifest;
pub use refusal::Refusal;

/// Has a course made of a file of the viewer's.
pub async fn request_import(tx: &mut Tx, file: MediaId, is_dry_run: bool) -> Result<course_import::Model> {
    packaging::check_may_import(&tx.viewer)?;
    media::check_package(tx, file).await?;
    packaging::request_import(tx, file, is_dry_run).await
}
