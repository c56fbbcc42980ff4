//! Keeping passages as new as what they are of. Triggers count the versions; here is caught up with them, when somebody asks.

use courses::course_section;
use kernel::{CourseId, Live, Result, Tx, allow};
use media::media_file;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Set,
    sea_query::{Expr, OnConflict},
};

use super::sources::{Piece, Words};
use crate::{policy::Tutor, tutor_passage, tutor_source};

/// So many sources are caught up with in one transaction.
pub const AT_ONCE: u64 = 50;

/// A source, and what it says by now.
#[derive(Clone, Debug)]
pub struct Indexed {
    pub source: tutor_source::Model,
    pub words: Option<Words>,
}

/// Sources of a course whose passages are of another version: some of them.
#[expect(clippy::disallowed_methods, reason = "a source is never soft-deleted")]
pub async fn outdated(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<tutor_source::Model>> {
    use tutor_source::Column::{CourseId as Course, Id, IndexedVersion, MediaId, SectionId, Version};
    let sections = course_section::Entity::live().filter(course_section::Column::CourseId.eq(course));
    let files = media_file::Entity::live().filter(media_file::Column::CourseId.eq(course));
    let within = Course
        .eq(course)
        .or(SectionId.in_subquery(sections.select_only().column(course_section::Column::Id).into_query()))
        .or(MediaId.in_subquery(files.select_only().column(media_file::Column::Id).into_query()));
    let outdated = tutor_source::Entity::find().filter(within);
    let outdated = outdated.filter(Version.into_simple_expr().ne(IndexedVersion.into_simple_expr()));
    Ok(outdated.order_by_asc(Id).limit(AT_ONCE).all(db).await?)
}

/// Puts these passages in the place of those that were. A source that has changed since it was read, or that somebody else
/// has caught up with, is left as it is.
pub async fn keep(tx: &mut Tx, all: Vec<Indexed>) -> Result<()> {
    let permit = allow::<Tutor, _>(&tx.viewer, tx.viewer.clone())?;
    for Indexed { source, words } in all {
        if !tx.put(&permit, caught_up(&source), unless_changed(&source)).await? {
            continue;
        }
        let before = tutor_passage::Column::SourceId.eq(source.id);
        tx.unlink::<_, _, tutor_passage::Entity>(&permit, before).await?;
        if let Some(words) = words {
            let rows = rows(tx, &source, words)?;
            tx.link(&permit, rows).await?;
        }
    }
    Ok(())
}

fn caught_up(source: &tutor_source::Model) -> tutor_source::ActiveModel {
    tutor_source::ActiveModel {
        id: Set(source.id),
        course_id: Set(source.course_id),
        section_id: Set(source.section_id),
        media_id: Set(source.media_id),
        caption_track_id: Set(source.caption_track_id),
        version: Set(source.version),
        indexed_version: Set(source.version),
    }
}

fn unless_changed(source: &tutor_source::Model) -> OnConflict {
    use tutor_source::{Column, Entity};
    let column = |column: Column| Expr::col((Entity, column));
    let mut conflict = OnConflict::column(Column::Id);
    conflict.update_column(Column::IndexedVersion);
    conflict.action_and_where(column(Column::Version).eq(source.version));
    conflict.action_and_where(column(Column::IndexedVersion).ne(source.version));
    conflict
}

fn rows(tx: &mut Tx, source: &tutor_source::Model, words: Words) -> Result<Vec<tutor_passage::ActiveModel>> {
    let Words { course, language, title, pieces } = words;
    let number = |at: usize| i32::try_from(at).unwrap_or(i32::MAX);
    let pieces = pieces.into_iter().enumerate();
    let row = |(position, Piece { kind, words, span }): (usize, Piece)| {
        Ok(tutor_passage::ActiveModel {
            id: Set(tx.new_id()?),
            source_id: Set(source.id),
            course_id: Set(course),
            kind: Set(kind),
            position: Set(number(position)),
            language: Set(language.clone()),
            title: Set(title.clone()),
            words: Set(words),
            starts_at: Set(span.map(|(start, _)| number(start))),
            ends_at: Set(span.map(|(_, end)| number(end))),
        })
    };
    pieces.map(row).collect()
}
