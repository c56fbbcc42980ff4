use std::collections::BTreeSet;

use chrono::Duration;
use courses::{Edit, Taught, course_section};
use kernel::{AuditRecord, Check, CourseId, EntityId, Error, Job, Live, Permit, Result, SuggestionRunId, Tx, dialect};
use media::media_file;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, Select, Set,
    sea_query::{Expr, IntoColumnRef},
};
use serde::{Deserialize, Serialize};

use super::RunRow;
use crate::{
    RunStatus,
    passages::About,
    rules::{SUGGESTION_COUNT_INVALID, SUGGESTIONS_UNDERWAY},
    suggestion_run::{ActiveModel, Column, Entity},
};

/// How many questions are made at a time.
pub const MOST_WANTED: i32 = 20;
/// One that takes longer was lost.
const LOST_AFTER: Duration = Duration::hours(1);

/// What an author asks for.
#[derive(Clone, Debug)]
pub struct NewRun {
    pub course: CourseId,
    pub about: About,
    /// How many questions at most.
    pub count: i32,
}

/// Makes the questions that were asked for.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestQuestions {
    pub run: SuggestionRunId,
}

impl Job for SuggestQuestions {
    const KIND: &'static str = "suggest_questions";
}

/// Has questions made about a part of a course that one may change. One such request is under way at a time.
pub async fn request(tx: &mut Tx, new: NewRun) -> Result<RunRow> {
    let user = tx.viewer.person()?;
    let permit = courses::edit(tx, new.course).await?;
    let mut check = Check::new();
    check.require((1..=MOST_WANTED).contains(&new.count), SUGGESTION_COUNT_INVALID.at("count"));
    check.done()?;
    check_there(tx, &new).await?;
    give_up_lost(tx, &permit).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        course_id: Set(new.course),
        section_ids: Set(written(&new.about.sections)?),
        media_ids: Set(written(&new.about.media)?),
        wanted: Set(new.count),
        status: Set(RunStatus::Running),
        ..Default::default()
    };
    let run = tx.insert_unless_taken(&permit, row).await?.ok_or_else(|| SUGGESTIONS_UNDERWAY.at("courseId"))?;
    tx.enqueue(&SuggestQuestions { run: run.id }).await?;
    tx.record(AuditRecord::new("course.questions_suggested", new.course).with("count", new.count)).await?;
    Ok(run.into())
}

/// What is named has to be of the course.
async fn check_there(tx: &Tx, new: &NewRun) -> Result<()> {
    let sections = course_section::Entity::live().filter(course_section::Column::CourseId.eq(new.course));
    all_there(tx, sections, course_section::Column::Id, &new.about.sections).await?;
    let files = media_file::Entity::live().filter(media_file::Column::CourseId.eq(new.course));
    all_there(tx, files, media_file::Column::Id, &new.about.media).await
}

async fn all_there<E, I>(tx: &Tx, of_course: Select<E>, column: E::Column, ids: &[I]) -> Result<()>
where
    E: EntityTrait,
    E::Model: Send + Sync,
    E::Column: IntoColumnRef,
    I: EntityId,
{
    let wanted: BTreeSet<I> = ids.iter().copied().collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let found = of_course.filter(dialect::any_of(tx.backend(), column, ids)).count(&tx.conn).await?;
    if found == wanted.len() as u64 { Ok(()) } else { Err(Error::NotFound) }
}

/// Its job has died with nobody to say so.
async fn give_up_lost(tx: &Tx, permit: &Permit<Edit, Taught>) -> Result<()> {
    let lost = Column::CourseId.eq(permit.id).and(Column::Status.eq(RunStatus::Running));
    let lost = lost.and(Column::CreatedAt.lte(tx.now - LOST_AFTER));
    let failed =
        vec![(Column::Status, Expr::val(RunStatus::Failed)), (Column::Error, Expr::val("It was interrupted."))];
    tx.change_where::<_, _, Entity>(permit, lost, failed).await?;
    Ok(())
}

fn written<I: Serialize>(ids: &[I]) -> Result<serde_json::Value> {
    serde_json::to_value(ids).map_err(|error| Error::Internal(format!("ids can't be written: {error}")))
}
