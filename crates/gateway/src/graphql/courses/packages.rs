//! Courses as packages: made, fetched, and made into courses again.

use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use courses::{course_export, course_import, packaging::PackageContent as Content};
use kernel::EntityId;

use super::{Course, keys::CourseById};
use crate::graphql::{
    error::Result,
    node::{node_type, one},
    scalars::{Url, texts},
};

node_type! {
    /// A package of a course.
    CourseExport(course_export::Model)
}

node_type! {
    /// A package that is made into a course.
    CourseImport(course_import::Model)
}

/// How far the making of a package has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "course_export::ExportStatus")]
pub enum CourseExportStatus {
    /// It is being made.
    Running,
    /// It can be fetched.
    Ready,
    /// There is none; `error` says why.
    Failed,
    /// It has been taken away: ask for another one.
    Expired,
}

/// How far the making of a course has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "course_import::ImportStatus")]
pub enum CourseImportStatus {
    /// The package is being looked at.
    Running,
    /// The course is there; of a dry run, the package is in order.
    Done,
    /// Nothing was made of it; `error` says why.
    Refused,
}

/// A course as one file: a zip with `manifest.json` (everything its authors wrote, the keys of its questions too) and the
/// bytes of its files, captions and picture. Two packages of one course are the same bytes. You see those that you asked for, as long
/// as you may change the course.
#[Object]
impl CourseExport {
    /// Names this package among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How far it has come.
    async fn status(&self) -> CourseExportStatus {
        self.0.status.into()
    }

    /// Where the package is fetched, by GET and with your credential. A path on this server. Null when it is not ready or has
    /// expired.
    async fn download_url(&self) -> Option<Url> {
        let is_ready = self.0.status == course_export::ExportStatus::Ready;
        is_ready.then(|| Url(format!("/course-exports/{}", self.0.id.to_wire())))
    }

    /// How large the package is, in bytes; 0 before it is ready.
    async fn size_bytes(&self) -> i64 {
        self.0.size_bytes
    }

    /// Why there is no package. Null unless it failed.
    async fn error(&self) -> Option<&str> {
        Some(&*self.0.error).filter(|error| !error.is_empty())
    }

    /// The names of files that are not in it, because their bytes are not in the store.
    async fn left_out(&self) -> Vec<String> {
        texts(&self.0.left_out)
    }

    /// When you asked for it.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was ready. Null before.
    async fn ready_at(&self) -> Option<DateTime<Utc>> {
        self.0.ready_at
    }

    /// Until when it can be fetched. Null before it is ready.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// What it is a package of. Null when the course is gone.
    async fn course(&self, ctx: &async_graphql::Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}

/// A package that is made into a course, or only looked at. Only you see yours.
#[Object]
impl CourseImport {
    /// Names this import among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// How far it has come.
    async fn status(&self) -> CourseImportStatus {
        self.0.status.into()
    }

    /// Is the package only looked at?
    async fn is_dry_run(&self) -> bool {
        self.0.is_dry_run
    }

    /// Why nothing was made of the package, in sentences for people. Null unless it was refused.
    async fn error(&self) -> Option<&str> {
        Some(&*self.0.error).filter(|error| !error.is_empty())
    }

    /// What is in the package. Null before it has been looked at, and when it was refused.
    async fn content(&self) -> Option<PackageContent> {
        let content = self.0.content.clone().and_then(|content| serde_json::from_value::<Content>(content).ok());
        content.map(PackageContent::from)
    }

    /// What was made of it: a draft that you teach. Null before, of a dry run, and when the course is gone.
    async fn course(&self, ctx: &async_graphql::Context<'_>) -> Option<Result<Course>> {
        one(ctx, self.0.course_id.map(CourseById)).await
    }

    /// When you asked for it.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it came to an end. Null before.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}

/// What is in a package.
#[derive(SimpleObject)]
pub struct PackageContent {
    /// The course's title.
    title: String,
    /// How many sections.
    section_count: u64,
    /// How many files, without captions.
    file_count: u64,
    /// How large all of them are, in bytes.
    size_bytes: u64,
    /// How many quizzes.
    quiz_count: u64,
    /// How many questions in them.
    question_count: u64,
    /// The slugs of the category and of the prerequisite courses that the package names and this school does not have, or not
    /// for you: the course is made without them.
    left_out: Vec<String>,
}

impl From<Content> for PackageContent {
    fn from(content: Content) -> Self {
        Self {
            title: content.title,
            section_count: content.sections as u64,
            file_count: content.files as u64,
            size_bytes: content.bytes,
            quiz_count: content.quizzes as u64,
            question_count: content.questions as u64,
            left_out: content.left_out,
        }
    }
}
