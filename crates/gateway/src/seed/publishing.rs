use std::collections::HashMap;

use kernel::{CourseId, CourseVersionId, Live, Result, Tx};
use sea_orm::QueryOrder;

use super::{dice::time, plan::School};
use crate::curriculum;

/// The version of each course that was ever published.
pub type Versions = HashMap<CourseId, CourseVersionId>;

/// Keeps each published course as a publication does, on the day on which it was.
pub async fn publish(tx: &mut Tx, school: &School) -> Result<Versions> {
    use courses::course_version::{Column, Entity};
    let today = tx.now;
    for course in &school.courses {
        if let Some(published) = course.published {
            tx.now = time(published);
            curriculum::freeze(tx, course.id).await?;
        }
    }
    tx.now = today;
    let all = Entity::live().order_by_asc(Column::Number).all(&tx.conn).await?;
    Ok(all.into_iter().map(|version| (version.course_id, version.id)).collect())
}
