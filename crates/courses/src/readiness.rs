//! What stands between a course and its publication, and what its author may have forgotten. Publishing asks the same.

use kernel::{CourseId, Live, Problem, Result, SectionId, Viewer, allow};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, DerivePartialModel, QueryFilter, QueryOrder};

use crate::{
    CourseStatus, course, course_section,
    policy::Edit,
    rules::{COURSE_NEEDS_DESCRIPTION, COURSE_NEEDS_SECTION, COURSE_TRANSITION_INVALID},
    taught::look,
    warnings::*,
};

/// What an author should know before publishing.
#[derive(Clone, Debug)]
pub struct Readiness {
    /// With one of these the course is not published.
    pub blockers: Vec<Problem>,
    /// With these it is, though it had better not be.
    pub warnings: Vec<Problem>,
    /// What learners would find, for those who know what is in it.
    pub sections: Vec<PublishedSection>,
}

/// A section that learners would see.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "course_section::Entity")]
pub struct PublishedSection {
    pub id: SectionId,
    pub title: String,
}

/// Only authors are told.
pub async fn publish_readiness(db: &impl ConnectionTrait, viewer: &Viewer, course: CourseId) -> Result<Readiness> {
    let course = allow::<Edit, _>(viewer, look(db, viewer, course).await?)?;
    let (blockers, sections) = (blockers(db, &course).await?, published_sections(db, course.id).await?);
    Ok(Readiness { blockers, warnings: warnings(&course), sections })
}

/// Why the course can't be published as it is; nothing when it can.
pub(crate) async fn blockers(db: &impl ConnectionTrait, course: &course::Model) -> Result<Vec<Problem>> {
    let mut blockers = vec![];
    if !course.status.may_become(CourseStatus::Published) {
        blockers.push(out_of_reach(course.status, CourseStatus::Published));
    }
    if course.description.trim().is_empty() {
        blockers.push(COURSE_NEEDS_DESCRIPTION.at("id"));
    }
    if published_sections(db, course.id).await?.is_empty() {
        blockers.push(COURSE_NEEDS_SECTION.at("id"));
    }
    Ok(blockers)
}

/// Names both: an author sees one button, and not the states behind it.
pub(crate) fn out_of_reach(from: CourseStatus, to: CourseStatus) -> Problem {
    let (from, to) = (from.to_value(), to.to_value());
    COURSE_TRANSITION_INVALID.with("id", format!("The course is {from}: from there it can't become {to}."))
}

async fn published_sections(db: &impl ConnectionTrait, course: CourseId) -> Result<Vec<PublishedSection>> {
    use course_section::Column::{CourseId, IsPublished, Order};
    let sections = course_section::Entity::live().filter(CourseId.eq(course)).filter(IsPublished.eq(true));
    Ok(sections.order_by_asc(Order).into_partial_model().all(db).await?)
}

fn warnings(course: &course::Model) -> Vec<Problem> {
    let is_empty = |list: &sea_orm::prelude::Json| list.as_array().is_none_or(Vec::is_empty);
    let missing = [
        (course.thumbnail.is_none(), COURSE_WITHOUT_PICTURE),
        (course.category_id.is_none(), COURSE_WITHOUT_CATEGORY),
        (course.short_description.trim().is_empty(), COURSE_WITHOUT_SHORT_DESCRIPTION),
        (is_empty(&course.learning_outcomes), COURSE_WITHOUT_LEARNING_OUTCOMES),
    ];
    missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, rule)| rule.at("id")).collect()
}
