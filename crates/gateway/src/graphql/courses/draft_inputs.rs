//! Input of bulk authoring: a list of operations, each one of several.

use async_graphql::{InputObject, MaybeUndefined, OneofObject};
use courses::SectionChange;
use kernel::{CourseId, Error, MediaId, QuizId, Result};

use super::inputs::{CourseDescription, CreateCourseInput};
use crate::{
    drafting::{Draft, Operation, Reference},
    graphql::{id::Id, scalars::cleared},
};

/// Changes to one course, made together or not at all.
#[derive(Debug, InputObject)]
pub struct ApplyCourseDraftInput {
    /// Which course. Left out, the first operation creates it.
    pub course_id: Option<Id<CourseId>>,
    /// The `version` you saw. When somebody changed the course since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current course. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// At most 200, done one after the other.
    pub operations: Vec<CourseDraftOperation>,
    /// Only tell what would be changed, and what is wrong; change nothing.
    #[graphql(default)]
    pub dry_run: bool,
}

/// One change: exactly one of these.
#[derive(Debug, OneofObject)]
pub enum CourseDraftOperation {
    /// Starts the course. Only as the first operation, without `courseId`.
    CreateCourse(CreateCourseInput),
    /// Changes what is said of the course.
    UpdateCourse(DraftCourseInput),
    /// Adds a section at the end.
    CreateSection(DraftNewSectionInput),
    /// Changes a section.
    UpdateSection(DraftSectionInput),
    /// Deletes a section.
    DeleteSection(DraftDeleteSectionInput),
    /// Moves a section among the others.
    MoveSection(DraftMoveSectionInput),
    /// Puts one of your files into the course.
    AttachMedia(DraftAttachMediaInput),
    /// Takes a file out of the course.
    DetachMedia(DraftDetachMediaInput),
    /// Moves a file within the course.
    MoveMedia(DraftMoveMediaInput),
    /// Moves a quiz within the course.
    MoveQuiz(DraftMoveQuizInput),
}

/// What to change of the course. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct DraftCourseInput {
    /// 1 to 255 characters.
    pub title: Option<String>,
    #[graphql(flatten)]
    pub description: CourseDescription,
}

/// A section to be.
#[derive(Debug, InputObject)]
pub struct DraftNewSectionInput {
    /// A name for the section, which the operations after this one may call it by: with `ref` `intro`, its id is
    /// `ref:intro`.
    #[graphql(name = "ref")]
    pub reference: Option<String>,
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
pub struct DraftSectionInput {
    /// Its id, or `ref:` and the `ref` of an operation before.
    pub id: String,
    /// 1 to 255 characters.
    pub title: Option<String>,
    /// What the section is about; null to say nothing.
    pub description: MaybeUndefined<String>,
    /// Do learners see it?
    pub is_published: Option<bool>,
    /// May people who are not enrolled open what is in it?
    pub is_preview: Option<bool>,
}

/// Which section to delete.
#[derive(Debug, InputObject)]
pub struct DraftDeleteSectionInput {
    /// Its id, or `ref:` and the `ref` of an operation before.
    pub id: String,
    /// Delete it even though it holds files or quizzes, which come to the course as a whole.
    #[graphql(default)]
    pub force: bool,
}

/// Where to move a section.
#[derive(Debug, InputObject)]
pub struct DraftMoveSectionInput {
    /// Its id, or `ref:` and the `ref` of an operation before.
    pub id: String,
    /// How many sections shall stand before it; beyond the end is the end.
    pub position: i32,
}

/// Where to put a file.
#[derive(Debug, InputObject)]
pub struct DraftAttachMediaInput {
    /// Which file: your own upload, or one of the course.
    pub media_id: Id<MediaId>,
    /// The section it goes into, at the end: its id, or `ref:` and the `ref` of an operation before. Left out, the file
    /// belongs to the course as a whole.
    pub section_id: Option<String>,
}

/// Which file to take out of the course.
#[derive(Debug, InputObject)]
pub struct DraftDetachMediaInput {
    /// Its id.
    pub media_id: Id<MediaId>,
}

/// Where to move a file.
#[derive(Debug, InputObject)]
pub struct DraftMoveMediaInput {
    /// Which file of the course.
    pub media_id: Id<MediaId>,
    /// The section it goes into: its id, or `ref:` and the `ref` of an operation before. Left out, the file belongs to the
    /// course as a whole.
    pub section_id: Option<String>,
    /// How many files shall stand before it there; beyond the end is the end.
    pub position: i32,
}

/// Where to move a quiz.
#[derive(Debug, InputObject)]
pub struct DraftMoveQuizInput {
    /// Which quiz of the course.
    pub quiz_id: Id<QuizId>,
    /// The section it goes into: its id, or `ref:` and the `ref` of an operation before. Left out, the quiz belongs to the
    /// course as a whole.
    pub section_id: Option<String>,
    /// How many quizzes shall stand before it there; beyond the end is the end.
    pub position: i32,
}

impl ApplyCourseDraftInput {
    pub fn into_domain(self) -> Result<Draft> {
        Ok(Draft {
            course: self.course_id.map(|id| id.at(&["input", "courseId"])).transpose()?,
            expected_version: self.expected_version,
            operations: self.operations.into_iter().map(CourseDraftOperation::into_domain).collect(),
        })
    }
}

impl CourseDraftOperation {
    /// What it is called, and what it is; what can't be read is told by its row.
    fn into_domain(self) -> (&'static str, Result<Operation>) {
        match self {
            Self::CreateCourse(input) => ("createCourse", input.into_domain().map(Operation::CreateCourse)),
            Self::UpdateCourse(input) => ("updateCourse", input.into_domain()),
            Self::CreateSection(input) => ("createSection", Ok(input.into_domain())),
            Self::UpdateSection(input) => ("updateSection", input.into_domain()),
            Self::DeleteSection(input) => ("deleteSection", input.into_domain()),
            Self::MoveSection(input) => ("moveSection", input.into_domain()),
            Self::AttachMedia(input) => ("attachMedia", input.into_domain()),
            Self::DetachMedia(input) => ("detachMedia", input.into_domain()),
            Self::MoveMedia(input) => ("moveMedia", input.into_domain()),
            Self::MoveQuiz(input) => ("moveQuiz", input.into_domain()),
        }
    }
}

impl DraftCourseInput {
    fn into_domain(self) -> Result<Operation> {
        let change = self.description.into_domain()?;
        Ok(Operation::UpdateCourse(courses::CourseChange { title: self.title, ..change }))
    }
}

impl DraftNewSectionInput {
    fn into_domain(self) -> Operation {
        let Self { reference: name, title, description, is_published, is_preview } = self;
        Operation::CreateSection { name, title, description, is_published, is_preview }
    }
}

impl DraftSectionInput {
    fn into_domain(self) -> Result<Operation> {
        let Self { id, title, description, is_published, is_preview } = self;
        let change = SectionChange { title, description: cleared(description), is_published, is_preview };
        Ok(Operation::UpdateSection { section: section_at("id", &id)?, change })
    }
}

impl DraftDeleteSectionInput {
    fn into_domain(self) -> Result<Operation> {
        Ok(Operation::DeleteSection { section: section_at("id", &self.id)?, force: self.force })
    }
}

impl DraftMoveSectionInput {
    fn into_domain(self) -> Result<Operation> {
        Ok(Operation::MoveSection { section: section_at("id", &self.id)?, position: position(self.position)? })
    }
}

impl DraftAttachMediaInput {
    fn into_domain(self) -> Result<Operation> {
        let section = self.section_id.as_deref().map(section).transpose()?;
        Ok(Operation::AttachMedia { media: self.media_id.at(&["mediaId"])?, section })
    }
}

impl DraftDetachMediaInput {
    fn into_domain(self) -> Result<Operation> {
        Ok(Operation::DetachMedia { media: self.media_id.at(&["mediaId"])? })
    }
}

impl DraftMoveMediaInput {
    fn into_domain(self) -> Result<Operation> {
        let section = self.section_id.as_deref().map(section).transpose()?;
        let (media, position) = (self.media_id.at(&["mediaId"])?, position(self.position)?);
        Ok(Operation::MoveMedia { media, section, position })
    }
}

impl DraftMoveQuizInput {
    fn into_domain(self) -> Result<Operation> {
        let section = self.section_id.as_deref().map(section).transpose()?;
        let (quiz, position) = (self.quiz_id.at(&["quizId"])?, position(self.position)?);
        Ok(Operation::MoveQuiz { quiz, section, position })
    }
}

fn section(text: &str) -> Result<Reference> {
    section_at("sectionId", text)
}

fn section_at(field: &'static str, text: &str) -> Result<Reference> {
    Reference::read(text).map_err(|message| Error::bad_input(field, message))
}

fn position(position: i32) -> Result<usize> {
    usize::try_from(position).map_err(|_| Error::bad_input("position", "`position` is 0 or more"))
}
