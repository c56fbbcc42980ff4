use kernel::{CategoryId, CourseId, Live, Permit, Result, Tx, UserId};
use sea_orm::{ColumnTrait, QueryFilter, Set};

use super::PortableCourse;
use crate::{course, course_category, course_import, course_prerequisite::ActiveModel as Prerequisite, policy::Pack};

/// What a package only names, as far as it is here.
#[derive(Debug, Default)]
pub struct Resolved {
    pub(super) category: Option<CategoryId>,
    pub(super) prerequisites: Vec<CourseId>,
    /// The names of what is not, or not for the teacher to see.
    pub left_out: Vec<String>,
}

/// Looks for the category and the courses that a package names, for the one who is to teach it.
pub async fn resolve(tx: &Tx, teacher: UserId, portable: &PortableCourse) -> Result<Resolved> {
    let mut resolved = Resolved::default();
    if let Some(slug) = &portable.category {
        let named = course_category::Entity::live().filter(course_category::Column::Slug.eq(slug));
        resolved.category = named.one(&tx.conn).await?.map(|category| category.id);
        resolved.left_out.extend(resolved.category.is_none().then(|| slug.clone()));
    }
    for slug in &portable.prerequisite_courses {
        match seen_by(tx, teacher, slug).await? {
            Some(course) if !resolved.prerequisites.contains(&course) => resolved.prerequisites.push(course),
            Some(_) => {}
            None => resolved.left_out.push(slug.clone()),
        }
    }
    Ok(resolved)
}

async fn seen_by(tx: &Tx, teacher: UserId, slug: &str) -> Result<Option<CourseId>> {
    let named = course::Column::Slug.eq(slug);
    let found = match course::Entity::published().filter(named.clone()).one(&tx.conn).await? {
        Some(course) => Some(course),
        None => course::Entity::staffed_by(teacher).filter(named).one(&tx.conn).await?,
    };
    Ok(found.map(|course| course.id))
}

/// A course that nobody knows of yet is on no circle: nobody else has to wait.
pub(super) async fn require(
    tx: &Tx,
    permit: &Permit<Pack, course_import::Model>,
    course: CourseId,
    prerequisites: &[CourseId],
) -> Result<()> {
    let links = (0..).zip(prerequisites).map(|(order, prerequisite)| Prerequisite {
        course_id: Set(course),
        prerequisite_id: Set(*prerequisite),
        order: Set(order),
    });
    tx.link(permit, links.collect()).await
}
