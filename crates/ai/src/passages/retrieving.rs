//! The passages that answer a question, of what the learner may open at this moment: the statement itself leaves out all else.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use courses::{course, course_section};
use kernel::{CourseId, Result, TutorSourceId, Viewer, dialect};
use learning::{open_files, open_sections};
use media::media_file;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IntoSimpleExpr, JoinType, Order,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationDef, Select,
    sea_query::{Expr, IntoColumnRef, Query, SelectStatement, UnionType},
};

use super::AskedWords;
use crate::{PassageKind, tutor_passage, tutor_source};

const INDEX: &str = "tutor_search";
const FOUND: &str = "found";
/// So many are looked at more closely.
const MOST: u64 = 40;
/// So many say what all of a course is about.
const MOST_OF_ALL: u64 = 6;
/// What unspaced words are looked for in.
const TEXT: &str = "title || ' ' || words";

/// A passage, and where it is from.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Passage {
    pub source_id: TutorSourceId,
    /// Of the source, when the passage was taken from it.
    pub version: i32,
    pub section_id: Option<kernel::SectionId>,
    pub media_id: Option<kernel::MediaId>,
    pub kind: PassageKind,
    pub title: String,
    pub words: String,
    pub starts_at: Option<i32>,
    pub ends_at: Option<i32>,
}

/// What of a course has any of the words, the likeliest first; without any word, what is said of it as a whole.
pub async fn likely(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    (course, now): (CourseId, DateTime<Utc>),
    words: &AskedWords,
) -> Result<Vec<Passage>> {
    use tutor_passage::Column;
    if words.as_slice().is_empty() {
        return about_all(db, viewer, (course, now)).await;
    }
    let mut select = listed(viewer, (course, now));
    let same = Expr::col((FOUND, "id")).eq(Column::Id.into_simple_expr());
    QueryTrait::query(&mut select).join_subquery(JoinType::InnerJoin, found(db, course, words), FOUND, same);
    let select = select.order_by(Expr::col((FOUND, "rank")), Order::Desc).order_by_asc(Column::Id).limit(MOST);
    Ok(select.into_model().all(db).await?)
}

/// The course's own description, then how its parts begin.
async fn about_all(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    (course, now): (CourseId, DateTime<Utc>),
) -> Result<Vec<Passage>> {
    use tutor_passage::Column;
    let of_course = Column::Kind.eq(PassageKind::Course);
    let of_parts = Column::Kind.eq(PassageKind::Section).and(Column::Position.eq(0));
    let select = listed(viewer, (course, now)).filter(Column::Words.ne("")).filter(of_course.or(of_parts));
    let select = select.order_by_asc(Column::Kind).order_by_asc(Column::SourceId).order_by_asc(Column::Position);
    Ok(select.limit(MOST_OF_ALL).into_model().all(db).await?)
}

/// By the index of words; and within the texts what stands between no spaces.
fn found(db: &impl ConnectionTrait, course: CourseId, words: &AskedWords) -> SelectStatement {
    let (backend, unspaced) = (db.get_database_backend(), words.unspaced());
    let found = dialect::likely(backend, INDEX, course, words.as_slice());
    if unspaced.is_empty() {
        return found;
    }
    let mut either = found;
    either.union(UnionType::All, dialect::holding(backend, (tutor_passage::Entity, TEXT), course, &unspaced));
    let best = Expr::col("rank").max();
    Query::select().column("id").expr_as(best, "rank").from_subquery(either, "either").group_by_col("id").take()
}

fn listed(viewer: &Viewer, (course, now): (CourseId, DateTime<Utc>)) -> Select<tutor_passage::Entity> {
    use tutor_passage::Column;
    open_passages(viewer, course, now)
        .select_only()
        .columns([Column::SourceId, Column::Kind, Column::Title, Column::Words, Column::StartsAt, Column::EndsAt])
        .column_as(tutor_source::Column::IndexedVersion, "version")
        .columns([tutor_source::Column::SectionId, tutor_source::Column::MediaId])
}

/// Which of these sources the viewer may open at this moment.
#[expect(clippy::disallowed_methods, reason = "a source is never soft-deleted")]
pub async fn citable(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    (course, now): (CourseId, DateTime<Utc>),
    sources: &[TutorSourceId],
) -> Result<Vec<TutorSourceId>> {
    let named = dialect::any_of(db.get_database_backend(), tutor_source::Column::Id.into_column_ref(), sources);
    let open = tutor_source::Entity::find().filter(named).filter(is_open(viewer, course, now));
    Ok(open.all(db).await?.into_iter().map(|source| source.id).collect())
}

#[expect(clippy::disallowed_methods, reason = "a passage is never soft-deleted")]
fn open_passages(viewer: &Viewer, course: CourseId, now: DateTime<Utc>) -> Select<tutor_passage::Entity> {
    tutor_passage::Entity::find()
        .join(JoinType::InnerJoin, source())
        .filter(tutor_passage::Column::CourseId.eq(course))
        .filter(is_open(viewer, course, now))
}

/// Which version of their words these sources have, of those that the viewer may open at this moment, whatever the course.
#[expect(clippy::disallowed_methods, reason = "a source is never soft-deleted")]
pub async fn versions(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    now: DateTime<Utc>,
    ids: &[TutorSourceId],
) -> Result<HashMap<TutorSourceId, i32>> {
    use tutor_source::Column::{CourseId, Id, MediaId, SectionId, Version};
    let named = dialect::any_of(db.get_database_backend(), Id.into_column_ref(), ids);
    // So that no more is looked at than what they name.
    let these = |column: tutor_source::Column| {
        let these = tutor_source::Entity::find().filter(named.clone()).filter(column.is_not_null());
        these.select_only().column(column).into_query()
    };
    let sections = open_sections(viewer, now).filter(course_section::Column::Id.in_subquery(these(SectionId)));
    let files = open_files(viewer, now).filter(media_file::Column::Id.in_subquery(these(MediaId)));
    let of_course = CourseId.is_not_null().and(course::Entity::names_visible(viewer, CourseId));
    let open = of_course
        .or(SectionId.in_subquery(ids_of(sections, course_section::Column::Id)))
        .or(MediaId.in_subquery(ids_of(files, media_file::Column::Id)));
    let found = tutor_source::Entity::find().filter(named.clone()).filter(open);
    let found = found.select_only().columns([Id, Version]).into_tuple::<(TutorSourceId, i32)>().all(db).await?;
    Ok(found.into_iter().collect())
}

/// The description of a course is open to who sees the course; what is in it to who may learn there, or is a preview. Where a
/// thing is now decides, not where it was when its passages were taken.
fn is_open(viewer: &Viewer, course: CourseId, now: DateTime<Utc>) -> Expr {
    use tutor_source::Column::{CourseId, MediaId, SectionId};
    let sections = open_sections(viewer, now).filter(course_section::Column::CourseId.eq(course));
    let files = open_files(viewer, now).filter(media_file::Column::CourseId.eq(course));
    let of_course = CourseId.eq(course).and(course::Entity::names_visible(viewer, CourseId));
    of_course
        .or(SectionId.in_subquery(ids_of(sections, course_section::Column::Id)))
        .or(MediaId.in_subquery(ids_of(files, media_file::Column::Id)))
}

fn ids_of<E: EntityTrait>(rows: Select<E>, id: E::Column) -> SelectStatement {
    rows.select_only().column(id).into_query()
}

fn source() -> RelationDef {
    tutor_passage::Entity::belongs_to(tutor_source::Entity)
        .from(tutor_passage::Column::SourceId)
        .to(tutor_source::Column::Id)
        .into()
}
