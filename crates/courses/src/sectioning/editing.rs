use kernel::{AuditRecord, Error, Event, Result, SectionId, Tx};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{bump, check_title, keep_one_published};
use crate::{
    SectionRow,
    course_section::{Column, Entity, Model},
    taught::edit,
};

/// What to change; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionChange {
    pub title: Option<String>,
    pub description: Option<String>,
    pub is_published: Option<bool>,
    pub is_preview: Option<bool>,
}

/// What came of an edit: on a stale version the current state goes back to the author.
pub enum SectionEdited {
    Done(SectionRow),
    Stale(SectionRow),
}

/// Changes a section. The expected version is that of the course; when it is not the current one nothing is changed.
pub async fn update_section(
    tx: &mut Tx,
    section: SectionId,
    expected: Option<i32>,
    mut change: SectionChange,
) -> Result<SectionEdited> {
    let course = find(tx, section).await?.course_id;
    let permit = edit(tx, course).await?;
    // It may have gone while the course was waited for.
    let before = find(tx, section).await?;
    change.check()?;
    if expected.is_some_and(|expected| expected != permit.version) {
        return Ok(SectionEdited::Stale(before.into()));
    }
    let sets = change.sets();
    if sets.is_empty() {
        return Ok(SectionEdited::Done(before.into()));
    }
    tx.change_where::<_, _, Entity>(&permit, Column::Id.eq(section), sets).await?;
    keep_one_published(tx, &permit, "isPublished").await?;
    bump(tx, &permit, course).await?;
    let after = find(tx, section).await?;
    if before.is_published && !after.is_published {
        tx.emit(Event::CourseAsksLess { course });
    }
    tx.record(differences(&before, &after)).await?;
    Ok(SectionEdited::Done(after.into()))
}

pub(super) async fn find(tx: &Tx, section: SectionId) -> Result<Model> {
    let found = Entity::visible_to(&tx.viewer).filter(Column::Id.eq(section));
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}

impl SectionChange {
    fn check(&mut self) -> Result<()> {
        if let Some(title) = &mut self.title {
            *title = title.trim().to_string();
            check_title(title)?;
        }
        Ok(())
    }

    fn sets(self) -> Vec<(Column, Expr)> {
        let texts = [(Column::Title, self.title), (Column::Description, self.description)];
        let flags = [(Column::IsPublished, self.is_published), (Column::IsPreview, self.is_preview)];
        let texts = texts.into_iter().filter_map(|(column, text)| Some((column, Expr::val(text?))));
        texts.chain(flags.into_iter().filter_map(|(column, flag)| Some((column, Expr::val(flag?))))).collect()
    }
}

fn differences(before: &Model, after: &Model) -> AuditRecord {
    AuditRecord::new("section.updated", after.id)
        .change("title", &*before.title, &*after.title)
        .change("description", &*before.description, &*after.description)
        .change("isPublished", before.is_published, after.is_published)
        .change("isPreview", before.is_preview, after.is_preview)
}
