//! All passages of a part of a course, for those who work on it.

use kernel::{CourseId, Live, MediaId, Result, SectionId, dialect};
use media::media_file;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationDef,
    sea_query::{Expr, IntoColumnRef},
};

use super::Passage;
use crate::{tutor_passage, tutor_source};

/// So many are read at most.
const MOST: u64 = 400;

/// A part of a course: these sections with the files in them, and these files; all of it when nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    pub sections: Vec<SectionId>,
    pub media: Vec<MediaId>,
}

/// Its passages with words in them, as they are indexed. Asks nobody whether they may: whoever calls it has.
#[expect(clippy::disallowed_methods, reason = "a passage is never soft-deleted")]
pub async fn collect(db: &impl ConnectionTrait, course: CourseId, about: &About) -> Result<Vec<Passage>> {
    use tutor_passage::Column;
    let all = tutor_passage::Entity::find()
        .join(JoinType::InnerJoin, source())
        .filter(Column::CourseId.eq(course))
        .filter(Column::Words.ne(""));
    let is_whole = about.sections.is_empty() && about.media.is_empty();
    let some = if is_whole { all } else { all.filter(within(db, about)) };
    let some = some
        .select_only()
        .columns([Column::SourceId, Column::Kind, Column::Title, Column::Words, Column::StartsAt, Column::EndsAt])
        .column_as(tutor_source::Column::IndexedVersion, "version")
        .columns([tutor_source::Column::SectionId, tutor_source::Column::MediaId])
        .order_by_asc(Column::SourceId)
        .order_by_asc(Column::Position)
        .limit(MOST);
    Ok(some.into_model().all(db).await?)
}

fn within(db: &impl ConnectionTrait, about: &About) -> Expr {
    use tutor_source::Column::{MediaId, SectionId};
    let backend = db.get_database_backend();
    let of_sections = dialect::any_of(backend, media_file::Column::SectionId.into_column_ref(), &about.sections);
    let files = media_file::Entity::live().filter(of_sections).select_only().column(media_file::Column::Id);
    dialect::any_of(backend, (tutor_source::Entity, SectionId).into_column_ref(), &about.sections)
        .or(dialect::any_of(backend, (tutor_source::Entity, MediaId).into_column_ref(), &about.media))
        .or(MediaId.in_subquery(files.into_query()))
}

fn source() -> RelationDef {
    tutor_passage::Entity::belongs_to(tutor_source::Entity)
        .from(tutor_passage::Column::SourceId)
        .to(tutor_source::Column::Id)
        .into()
}
