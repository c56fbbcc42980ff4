use async_graphql::{Context, ID, Object, SimpleObject};
use courses::{CourseRow, rules::STALE_VERSION};
use kernel::{EntityId, Noted};

use super::{Course, draft_inputs::ApplyCourseDraftInput, keys::CourseById};
use crate::{
    drafting::{self, Done, Drafted},
    graphql::{
        context::{Req, RequestContext},
        error::{Result, UserError, outcome},
        scalars::Json,
    },
};

#[derive(Default)]
pub struct DraftMutation;

#[Object]
impl DraftMutation {
    /// Makes many changes to one course at once: all of them or none. What is wrong is told for every operation, by its
    /// place in the list. A dry run tells what would be changed and changes nothing. Null when you may not.
    async fn apply_course_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: ApplyCourseDraftInput,
    ) -> Option<Result<ApplyCourseDraftPayload>> {
        Some(apply(ctx.req(), input).await)
    }
}

/// What came of many changes.
#[derive(Default, SimpleObject)]
pub struct ApplyCourseDraftPayload {
    /// The course as it is now; on `STALE_VERSION` as somebody else left it. Null when something was wrong otherwise, and
    /// for a course that was created in a dry run.
    course: Option<Course>,
    /// The sections that were created under a `ref`. Empty in a dry run: they are not there.
    created_sections: Vec<CourseDraftSection>,
    /// What was changed or, in a dry run, would be, in the order of the operations.
    changes: Vec<CourseDraftChange>,
    /// What is wrong with the input; empty when all went well. The `field` leads to the operation:
    /// `["input", "operations", "3", "createSection", "title"]`.
    user_errors: Vec<UserError>,
}

/// A section that was created under a name.
#[derive(SimpleObject)]
pub struct CourseDraftSection {
    /// The `ref` of the operation that created it.
    #[graphql(name = "ref")]
    reference: String,
    /// Its id.
    section_id: ID,
}

/// What an operation did.
#[derive(SimpleObject)]
pub struct CourseDraftChange {
    /// The place of the operation in the list, from 0.
    operation: i32,
    /// What was done: `section.created`, as in the audit trail.
    action: String,
    /// The id of what it was done to; in a dry run, that of something new is nothing's.
    target_id: ID,
    /// What the fields that differ were before; empty for something new.
    before: Json,
    /// What the fields that differ are after.
    after: Json,
}

async fn apply(req: &RequestContext, input: ApplyCourseDraftInput) -> Result<ApplyCourseDraftPayload> {
    let dry_run = input.dry_run;
    let draft = input.into_domain()?;
    let done = if dry_run {
        req.rehearse(async |tx| drafting::apply(tx, &req.app.school, draft).await).await
    } else {
        req.write(async |tx| drafting::apply(tx, &req.app.school, draft).await).await
    };
    match outcome(done)? {
        (Some(Drafted::Done(done)), _) => told(req, done, dry_run).await,
        (Some(Drafted::Stale(course)), _) => Ok(stale(*course)),
        (None, user_errors) => Ok(ApplyCourseDraftPayload { user_errors, ..Default::default() }),
    }
}

fn stale(course: CourseRow) -> ApplyCourseDraftPayload {
    let user_errors = vec![(&STALE_VERSION.at("expectedVersion")).into()];
    ApplyCourseDraftPayload { course: Some(course.into()), user_errors, ..Default::default() }
}

async fn told(req: &RequestContext, done: Done, dry_run: bool) -> Result<ApplyCourseDraftPayload> {
    let mut named = if dry_run { vec![] } else { done.named };
    named.sort();
    let section =
        |(reference, id): (String, kernel::SectionId)| CourseDraftSection { reference, section_id: ID(id.to_wire()) };
    Ok(ApplyCourseDraftPayload {
        course: req.loaders.load(CourseById(done.course)).await?.map(Course::from),
        created_sections: named.into_iter().map(section).collect(),
        changes: done.changes.into_iter().map(change).collect(),
        user_errors: vec![],
    })
}

fn change((operation, noted): (usize, Noted)) -> CourseDraftChange {
    CourseDraftChange {
        operation: operation as i32,
        action: noted.action.into(),
        target_id: ID(noted.target_id),
        before: Json(noted.before.into()),
        after: Json(noted.after.into()),
    }
}
