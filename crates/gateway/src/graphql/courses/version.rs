use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use courses::versions::{FrozenSection, Placed, Snapshot, reading::VersionRow};
use kernel::{EntityId, MediaId, QuizId, SectionId};

use super::{
    Course,
    keys::{CourseById, DetailsOfVersion},
};
use crate::graphql::{
    accounts::PublicProfile,
    context::Req,
    error::Result,
    node::{node_type, one},
    scalars::texts,
};

node_type! {
    /// A version of a course.
    CourseVersion(VersionRow)
}

impl CourseVersion {
    async fn snapshot(&self, ctx: &Context<'_>) -> Result<Option<Snapshot>> {
        let details = ctx.req().loaders.load(DetailsOfVersion(self.0.id)).await?;
        Ok(details.map(|details| Snapshot::read(&details.snapshot)).transpose()?)
    }
}

/// A course as it was when it was published. Only for those who work on the course.
#[Object]
impl CourseVersion {
    /// Names this version among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// 1 is the first of the course.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// When the course was published so for the first time.
    async fn published_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Who published it so. Null when nobody in particular did, or the account is not active.
    async fn published_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// What it held. Null when it can't be read.
    async fn content(&self, ctx: &Context<'_>) -> Option<Result<CourseVersionContent>> {
        self.snapshot(ctx).await.map(|snapshot| snapshot.map(CourseVersionContent::from)).transpose()
    }

    // Edges.

    /// The course, as it is now. Null when that can't be read.
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.0.course_id))).await
    }
}

/// What a version of a course held.
#[derive(SimpleObject)]
pub struct CourseVersionContent {
    /// The title.
    title: String,
    /// What the course was about, in a sentence or two; may be empty.
    short_description: String,
    /// What the course was about, at length.
    description: String,
    /// What one should have known beforehand.
    prerequisites: Vec<String>,
    /// What one would be able to do.
    learning_outcomes: Vec<String>,
    /// For whom it was made.
    target_audience: Vec<String>,
    /// Its sections, in order.
    sections: Vec<CourseVersionSection>,
    /// The files that belonged to the course as a whole, in order.
    files: Vec<CourseVersionItem>,
    /// The quizzes that belonged to the course as a whole, in order.
    quizzes: Vec<CourseVersionItem>,
}

/// A section of a version of a course.
#[derive(SimpleObject)]
pub struct CourseVersionSection {
    /// The id of the section, which may have been deleted since.
    id: ID,
    /// The title.
    title: String,
    /// What the section was about; may be empty.
    description: String,
    /// Did learners see it?
    is_published: bool,
    /// Could people who were not enrolled open what was in it?
    is_preview: bool,
    /// Its files, in order.
    files: Vec<CourseVersionItem>,
    /// Its quizzes, in order.
    quizzes: Vec<CourseVersionItem>,
}

/// A file or a quiz of a version of a course.
#[derive(SimpleObject)]
pub struct CourseVersionItem {
    /// The id of the file or quiz, which may have been deleted since.
    id: ID,
    /// The file's name or the quiz's title at the time.
    title: String,
}

impl From<Snapshot> for CourseVersionContent {
    fn from(snapshot: Snapshot) -> Self {
        let (files, quizzes) = (&snapshot.files, &snapshot.quizzes);
        let section = |section: &FrozenSection| CourseVersionSection {
            id: ID(section.id.to_wire()),
            title: section.title.clone(),
            description: section.description.clone(),
            is_published: section.is_published,
            is_preview: section.is_preview,
            files: items::<MediaId>(files, Some(section.id)),
            quizzes: items::<QuizId>(quizzes, Some(section.id)),
        };
        Self {
            sections: snapshot.sections.iter().map(section).collect(),
            files: items::<MediaId>(files, None),
            quizzes: items::<QuizId>(quizzes, None),
            prerequisites: texts(&snapshot.prerequisites),
            learning_outcomes: texts(&snapshot.learning_outcomes),
            target_audience: texts(&snapshot.target_audience),
            title: snapshot.title,
            short_description: snapshot.short_description,
            description: snapshot.description,
        }
    }
}

fn items<I: EntityId>(things: &[Placed], section: Option<SectionId>) -> Vec<CourseVersionItem> {
    let here = things.iter().filter(|thing| thing.section == section);
    here.map(|thing| CourseVersionItem { id: ID(I::from(thing.id).to_wire()), title: thing.title.clone() }).collect()
}
