//! Requests and suggestions, for those who work on their course: they hold what is right.

use std::collections::HashMap;

use courses::course;
use kernel::{
    CourseId, Live, Page, PageRequest, QuestionSuggestionId, Result, Scalar, Sort, SuggestionRunId, Viewer, by_keys,
    lists_of,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryTrait, Select};

use super::{RunRow, SuggestionRow};
use crate::{SuggestionStatus, question_suggestion, suggestion_run};

impl suggestion_run::Entity {
    /// Those of courses that one works on.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::taught_ids(viewer, suggestion_run::Column::CourseId))
    }
}

impl question_suggestion::Entity {
    /// Those for courses that one works on.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::taught_ids(viewer, question_suggestion::Column::CourseId))
    }
}

/// Requests by id.
pub async fn runs(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[SuggestionRunId],
) -> Result<HashMap<SuggestionRunId, RunRow>> {
    by_keys(db, suggestion_run::Entity::visible_to(viewer), suggestion_run::Column::Id, ids, |row: &RunRow| row.id)
        .await
}

/// Suggestions by id.
pub async fn suggestions_by_id(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[QuestionSuggestionId],
) -> Result<HashMap<QuestionSuggestionId, SuggestionRow>> {
    use question_suggestion::{Column, Entity};
    by_keys(db, Entity::visible_to(viewer), Column::Id, ids, |row: &SuggestionRow| row.id).await
}

/// What came of requests, in order: a few of each.
pub async fn suggestions_of_runs(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[SuggestionRunId],
) -> Result<HashMap<SuggestionRunId, Vec<SuggestionRow>>> {
    use question_suggestion::{Column, Entity};
    let all = Entity::visible_to(viewer);
    lists_of(db, all, (Column::RunId, |row: &SuggestionRow| row.run_id), ids, &[Column::Position]).await
}

/// Which suggestions of a course.
#[derive(Clone, Copy, Debug)]
pub struct SuggestionList {
    pub course: CourseId,
    /// Only those that stand so.
    pub status: Option<SuggestionStatus>,
}

/// One page of them, newest first.
pub async fn suggestions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    list: SuggestionList,
    request: &PageRequest,
) -> Result<Page<SuggestionRow>> {
    let sort = Sort::<_, SuggestionRow>::descending("newest")
        .by(question_suggestion::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(question_suggestion::Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, narrowed(viewer, list), &sort, request).await
}

/// How many there are.
pub async fn count_suggestions(db: &impl ConnectionTrait, viewer: &Viewer, list: SuggestionList) -> Result<i64> {
    kernel::count(db, narrowed(viewer, list)).await
}

fn narrowed(viewer: &Viewer, list: SuggestionList) -> Select<question_suggestion::Entity> {
    use question_suggestion::Column::{CourseId, Status};
    let of_course = question_suggestion::Entity::visible_to(viewer).filter(CourseId.eq(list.course));
    of_course.apply_if(list.status, |select, status| select.filter(Status.eq(status)))
}
