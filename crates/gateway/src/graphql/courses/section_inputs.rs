//! Inputs and payloads of the mutations on sections.

use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject};
use courses::{NewSection, SectionChange, Target};
use kernel::{CourseId, EntityId, MediaId, QuizId, Result, SectionId};

use super::{Course, CourseSection};
use crate::{
    curriculum::SectionOrder,
    graphql::{error::UserError, id::Id, scalars::cleared},
};

/// A section to be.
#[derive(Debug, InputObject)]
pub struct CreateSectionInput {
    /// The course it goes into, at the end. A course has at most 500 sections.
    pub course_id: Id<CourseId>,
    /// 1 to 255 characters.
    pub title: String,
    /// What the section is about.
    #[graphql(default)]
    pub description: String,
    /// Do learners see it?
    #[graphql(default = true)]
    pub is_published: bool,
    /// May people who are not enrolled open what is in it?
    #[graphql(default)]
    pub is_preview: bool,
}

/// What to change of a section. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateSectionInput {
    /// Which section.
    pub id: Id<SectionId>,
    /// The `version` of the course that you saw. When somebody changed the course since, nothing is changed and the answer
    /// is `STALE_VERSION` with the current section. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// 1 to 255 characters.
    pub title: Option<String>,
    /// What the section is about; null to say nothing.
    pub description: MaybeUndefined<String>,
    /// Do learners see it? A published course keeps one section that they see.
    pub is_published: Option<bool>,
    /// May people who are not enrolled open what is in it?
    pub is_preview: Option<bool>,
}

/// Which section to delete.
#[derive(Debug, InputObject)]
pub struct DeleteSectionInput {
    /// Its id.
    pub id: Id<SectionId>,
    /// The `version` of the course that you saw. When somebody changed the course since, nothing is deleted and the answer
    /// is `STALE_VERSION` with the current course. Left out, it is deleted as it is.
    pub expected_version: Option<i32>,
    /// Delete it even though it holds files or quizzes. They are not deleted: they come to the course as a whole.
    #[graphql(default)]
    pub force: bool,
}

/// The whole curriculum of a course in its new order.
#[derive(Debug, InputObject)]
pub struct ReorderCurriculumInput {
    /// Which course.
    pub course_id: Id<CourseId>,
    /// All of its sections, each once, in their new order.
    pub order: Vec<SectionOrderInput>,
    /// The `version` of the course that you saw. When somebody changed the course since, nothing is changed and the answer
    /// is `STALE_VERSION` with the current course.
    pub expected_version: i32,
}

/// A section, and what stands in it.
#[derive(Debug, InputObject)]
pub struct SectionOrderInput {
    /// Which section.
    pub section_id: Id<SectionId>,
    /// Its files in their new order; some may come from other sections. Every file that stands in a section of the course
    /// has to be named once, by whichever section. Left out by all sections, the files stay where they are.
    pub media_ids: Option<Vec<Id<MediaId>>>,
    /// Its quizzes in their new order; the same goes for them as for files.
    pub quiz_ids: Option<Vec<Id<QuizId>>>,
}

/// What came of adding a section.
#[derive(SimpleObject)]
pub struct CreateSectionPayload {
    /// The new section. Null when the input was refused.
    pub section: Option<CourseSection>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a section.
#[derive(SimpleObject)]
pub struct UpdateSectionPayload {
    /// The section as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub section: Option<CourseSection>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of deleting a section.
#[derive(SimpleObject)]
pub struct DeleteSectionPayload {
    /// The id of the section that is gone. Null when it could not be deleted.
    pub deleted_section_id: Option<ID>,
    /// The course without the section; on `STALE_VERSION` as somebody else left it. Null when the input was refused
    /// otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of putting a curriculum in order.
#[derive(SimpleObject)]
pub struct ReorderCurriculumPayload {
    /// The course in its new order; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl CreateSectionInput {
    pub fn into_domain(self) -> Result<NewSection> {
        Ok(NewSection {
            course: self.course_id.at(&["input", "courseId"])?,
            title: self.title,
            description: self.description,
            is_published: self.is_published,
            is_preview: self.is_preview,
        })
    }
}

impl UpdateSectionInput {
    pub fn into_domain(self) -> Result<(SectionId, Option<i32>, SectionChange)> {
        let Self { id, expected_version, title, description, is_published, is_preview } = self;
        let change = SectionChange { title, description: cleared(description), is_published, is_preview };
        Ok((id.at(&["input", "id"])?, expected_version, change))
    }
}

impl ReorderCurriculumInput {
    pub fn into_domain(self) -> Result<(Target, Vec<SectionOrder>)> {
        let course = self.course_id.at(&["input", "courseId"])?;
        let order = self.order.into_iter().map(SectionOrderInput::into_domain).collect::<Result<_>>()?;
        Ok((Target { course, expected_version: Some(self.expected_version) }, order))
    }
}

impl SectionOrderInput {
    fn into_domain(self) -> Result<SectionOrder> {
        Ok(SectionOrder {
            section: self.section_id.at(&["input", "order", "sectionId"])?,
            media: ids(self.media_ids, "mediaIds")?,
            quizzes: ids(self.quiz_ids, "quizIds")?,
        })
    }
}

fn ids<I: EntityId>(ids: Option<Vec<Id<I>>>, field: &'static str) -> Result<Option<Vec<I>>> {
    let each = |ids: Vec<Id<I>>| ids.into_iter().map(|id| id.at(&["input", "order", field])).collect();
    ids.map(each).transpose()
}
