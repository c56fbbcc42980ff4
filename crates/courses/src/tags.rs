use kernel::{CourseId, Permit, Result, Tx};
use sea_orm::{ColumnTrait, Set};

use crate::course_tag::{ActiveModel, Column, Entity};

/// Makes these the course's tags and no others.
pub async fn set_tags<A, P>(tx: &Tx, permit: &Permit<A, P>, course: CourseId, tags: Vec<String>) -> Result<()> {
    tx.unlink::<_, _, Entity>(permit, Column::CourseId.eq(course)).await?;
    add_tags(tx, permit, course, tags).await
}

pub async fn add_tags<A, P>(tx: &Tx, permit: &Permit<A, P>, course: CourseId, tags: Vec<String>) -> Result<()> {
    let links = tags.into_iter().map(|tag| ActiveModel { course_id: Set(course), tag: Set(tag) });
    tx.link(permit, links.collect()).await
}
