use async_graphql::{Context, InputObject, Object, SimpleObject};
use kernel::{CourseExportId, CourseId, CourseImportId, MediaId, Tx};

use super::{
    keys::{ExportOfCourseById, ImportOfCourseById},
    packages::{CourseExport, CourseImport},
};
use crate::{
    graphql::{
        context::{Req, RequestContext},
        error::{Result, UserError, outcome},
        id::Id,
        node::one,
    },
    packages,
};

/// Of which course to make a package.
#[derive(InputObject)]
pub struct ExportCourseInput {
    /// Its id.
    course_id: Id<CourseId>,
}

/// What came of asking for a package.
#[derive(SimpleObject)]
pub struct ExportCoursePayload {
    /// The package that is being made. Null when one is under way already.
    export: Option<CourseExport>,
    /// Why there is none: `COURSE_EXPORT_UNDERWAY`.
    user_errors: Vec<UserError>,
}

/// Which package to make into a course.
#[derive(InputObject)]
pub struct ImportCourseInput {
    /// The file that its upload became: one of yours that is in no course, of the type `application/zip`.
    media_id: Id<MediaId>,
    /// Only look at it, and say what is in it or why it is refused?
    #[graphql(default)]
    dry_run: bool,
}

/// What came of handing in a package.
#[derive(SimpleObject)]
pub struct ImportCoursePayload {
    /// The import that is under way. Null when the input was refused.
    import: Option<CourseImport>,
    /// What is wrong with the input; empty when all went well.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct PackageQuery;

#[Object]
impl PackageQuery {
    /// A package that you asked for. Null when there is none, or not for you.
    async fn course_export(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The package's id.")] id: Id<CourseExportId>,
    ) -> Option<Result<CourseExport>> {
        match id.at(&["id"]) {
            Ok(id) => one(ctx, Some(ExportOfCourseById(id))).await,
            Err(error) => Some(Err(error.into())),
        }
    }

    /// An import that you asked for. Null when there is none, or not for you.
    async fn course_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: Id<CourseImportId>,
    ) -> Option<Result<CourseImport>> {
        match id.at(&["id"]) {
            Ok(id) => one(ctx, Some(ImportOfCourseById(id))).await,
            Err(error) => Some(Err(error.into())),
        }
    }
}

#[derive(Default)]
pub struct PackageMutation;

#[Object]
impl PackageMutation {
    /// Has a package made of a course that you may change, with everything that is in it: ask `courseExport` when it is
    /// ready. It is kept for a week; one is made at a time. Null when you may not.
    async fn export_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which course.")] input: ExportCourseInput,
    ) -> Option<Result<ExportCoursePayload>> {
        Some(export(ctx.req(), input).await)
    }

    /// Has a course made of a package, a draft that you teach: ask `courseImport` what came of it. All of it or nothing: a
    /// package with anything wrong in it is refused with the reason. Null when you may not.
    async fn import_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which package.")] input: ImportCourseInput,
    ) -> Option<Result<ImportCoursePayload>> {
        Some(import(ctx.req(), input).await)
    }
}

async fn export(req: &RequestContext, input: ExportCourseInput) -> Result<ExportCoursePayload> {
    let course = input.course_id.at(&["input", "courseId"])?;
    let asked = req.write(async |tx| courses::packaging::request_export(tx, course).await).await;
    let (export, user_errors) = outcome(asked)?;
    Ok(ExportCoursePayload { export: export.map(CourseExport::from), user_errors })
}

async fn import(req: &RequestContext, input: ImportCourseInput) -> Result<ImportCoursePayload> {
    let file = input.media_id.at(&["input", "mediaId"])?;
    let work = async |tx: &mut Tx| packages::request_import(tx, file, input.dry_run).await;
    let (import, user_errors) = outcome(req.write(work).await)?;
    Ok(ImportCoursePayload { import: import.map(CourseImport::from), user_errors })
}
