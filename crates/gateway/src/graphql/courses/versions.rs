use std::sync::Arc;

use async_graphql::{Context, Object};
use courses::{Target, versions::reading};
use kernel::{CourseId, Tx};

use super::{Course, CourseVersion, settled, version_inputs::*};
use crate::{
    curriculum,
    graphql::{
        context::{Req, RequestContext},
        error::{Result, outcome},
        id::Id,
        page::{Arguments, Connection, Total, page_request},
    },
};

#[derive(Default)]
pub struct VersionQuery;

#[Object]
impl VersionQuery {
    /// What a course was at each of its publications, the latest first. Publishing again what has not changed since makes
    /// no new version. Null when you may not edit the course.
    async fn course_versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] course_id: Id<CourseId>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<CourseVersion>>> {
        Some(versions(ctx.req(), course_id, (first, after, last, before)).await)
    }
}

#[derive(Default)]
pub struct VersionMutation;

#[Object]
impl VersionMutation {
    /// Begins a course as a copy of one that you may edit: a draft that you teach, with the same words, price, sections,
    /// tags, and with files and quizzes of its own. Files are pending until their bytes are copied. Learners, reviews, staff,
    /// discounts and versions stay the original's. Null when you may not.
    async fn duplicate_course(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which course.")] input: DuplicateCourseInput,
    ) -> Option<Result<DuplicateCoursePayload>> {
        Some(duplicate(ctx.req(), input).await)
    }

    /// Puts the curriculum of a course back as it was at a publication: sections deleted since are there again, those added
    /// since are deleted, and files and quizzes stand where they stood. What was detached or deleted since does not come
    /// back; what was added since stays in its section or, when that goes, comes to the course as a whole. The course's
    /// title and other words stay as they are. Null when you may not.
    async fn restore_course_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which version.")] input: RestoreCourseVersionInput,
    ) -> Option<Result<RestoreCourseVersionPayload>> {
        Some(restore(ctx.req(), input).await)
    }
}

async fn versions(
    req: &RequestContext,
    course: Id<CourseId>,
    arguments: Arguments,
) -> Result<Connection<CourseVersion>> {
    let (course, request) = (course.at(&["courseId"])?, page_request(arguments)?);
    let page = reading::versions_of(req.db().read(), &req.viewer(), course, &request).await?;
    let total: Total = Arc::new(move |req| {
        Box::pin(async move { Ok(reading::count_versions(req.db().read(), &req.viewer(), course).await?) })
    });
    Ok(Connection::new(page.map(CourseVersion::from), total))
}

async fn duplicate(req: &RequestContext, input: DuplicateCourseInput) -> Result<DuplicateCoursePayload> {
    let DuplicateCourseInput { id, title } = input;
    let id = id.at(&["input", "id"])?;
    let work = async |tx: &mut Tx| {
        let copy = courses::duplicate(tx, id, title).await?;
        media::make_room_for_copy(tx, id, &req.app.uploads).await?;
        Ok(copy)
    };
    let (course, user_errors) = outcome(req.write(work).await)?;
    Ok(DuplicateCoursePayload { course: course.map(Course::from), user_errors })
}

async fn restore(req: &RequestContext, input: RestoreCourseVersionInput) -> Result<RestoreCourseVersionPayload> {
    let RestoreCourseVersionInput { course_id, version_id, expected_version } = input;
    let (course, version) = (course_id.at(&["input", "courseId"])?, version_id.at(&["input", "versionId"])?);
    let target = Target { course, expected_version };
    let done = req.write(async |tx| curriculum::restore(tx, target, version).await).await;
    let (edited, mut user_errors) = outcome(done)?;
    Ok(RestoreCourseVersionPayload { course: settled(edited, &mut user_errors), user_errors })
}
