//! Inputs and payloads of the course mutations.

use async_graphql::{InputObject, MaybeUndefined, SimpleObject};
use courses::{CourseChange, NewCourse, Price, Seo, Target};
use kernel::{CategoryId, CourseId, Result};

use super::{
    Course,
    enums::{CompletionPolicy, DifficultyLevel},
    seo::CourseSeoInput,
};
use crate::graphql::{
    error::UserError,
    id::Id,
    scalars::{Locale, MoneyInput, cleared},
};

/// A course to be.
#[derive(Debug, InputObject)]
pub struct CreateCourseInput {
    /// 1 to 255 characters.
    pub title: String,
    /// The name in addresses. Made from the title when none is given.
    pub slug: Option<String>,
    #[graphql(flatten)]
    pub description: CourseDescription,
}

/// What to change of a course. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UpdateCourseInput {
    /// Which course.
    pub id: Id<CourseId>,
    /// The `version` you saw. When somebody changed the course since, nothing is changed and the answer is
    /// `STALE_VERSION` with the current course. Left out, the last change wins.
    pub expected_version: Option<i32>,
    /// 1 to 255 characters.
    pub title: Option<String>,
    #[graphql(flatten)]
    pub description: CourseDescription,
}

/// What can be said of a course when it is created and later. What is left out stays as it is; null clears texts and
/// lists.
#[derive(Debug, InputObject)]
pub struct CourseDescription {
    /// At most 500 characters.
    pub short_description: MaybeUndefined<String>,
    /// What the course is about, at length.
    pub description: MaybeUndefined<String>,
    /// Where it stands in the catalogue; null for nowhere.
    pub category_id: MaybeUndefined<Id<CategoryId>>,
    /// What it costs, for its owner to say; a new course costs nothing until it is said. One that a discount is not below
    /// any more, or in another currency than that, is refused: end the discount first.
    pub price: Option<MoneyInput>,
    /// How much it asks for; `BEGINNER` until it is said.
    pub difficulty: Option<DifficultyLevel>,
    /// How learners complete what is in it; `AUTOMATIC` until it is said. What learners have completed stays so.
    pub completion_policy: Option<CompletionPolicy>,
    /// The language it is taught in; `en` until it is said.
    pub language: Option<Locale>,
    /// What it is found by: at most 20 tags of at most 50 characters, kept in lower case. All of them: tags that are not
    /// given are taken away.
    pub tags: MaybeUndefined<Vec<String>>,
    /// What one should know beforehand: at most 50 lines of at most 500 characters.
    pub prerequisites: MaybeUndefined<Vec<String>>,
    /// What one will be able to do: at most 50 lines of at most 500 characters.
    pub learning_outcomes: MaybeUndefined<Vec<String>>,
    /// For whom it is made: at most 50 lines of at most 500 characters.
    pub target_audience: MaybeUndefined<Vec<String>>,
    /// What search engines and those who share a link are told: all of it.
    pub seo: MaybeUndefined<CourseSeoInput>,
    /// How much of it, in percent, one has to have done before one reviews it: from 0 to 100; 10 until it is said.
    pub review_min_progress: Option<i32>,
}

/// What came of creating a course.
#[derive(SimpleObject)]
pub struct CreateCoursePayload {
    /// The new course, a draft. Null when the input was refused.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// What came of changing a course.
#[derive(SimpleObject)]
pub struct UpdateCoursePayload {
    /// The course as it is now; on `STALE_VERSION` as somebody else left it. Null when the input was refused otherwise.
    pub course: Option<Course>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl CreateCourseInput {
    pub fn into_domain(self) -> Result<NewCourse> {
        Ok(NewCourse { title: self.title, slug: self.slug, change: self.description.into_domain()? })
    }
}

impl UpdateCourseInput {
    pub fn into_domain(self) -> Result<(Target, CourseChange)> {
        let target = Target { course: self.id.at(&["input", "id"])?, expected_version: self.expected_version };
        Ok((target, CourseChange { title: self.title, ..self.description.into_domain()? }))
    }
}

impl CourseDescription {
    pub fn into_domain(self) -> Result<CourseChange> {
        let category = match self.category_id {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(id) => Some(Some(id.at(&["input", "categoryId"])?)),
        };
        Ok(CourseChange {
            title: None,
            short_description: cleared(self.short_description),
            description: cleared(self.description),
            category,
            price: self.price.map(price),
            difficulty: self.difficulty.map(Into::into),
            completion_policy: self.completion_policy.map(Into::into),
            language: self.language.map(|language| language.0),
            tags: cleared(self.tags),
            prerequisites: cleared(self.prerequisites),
            learning_outcomes: cleared(self.learning_outcomes),
            target_audience: cleared(self.target_audience),
            seo: match self.seo {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(Seo::default()),
                MaybeUndefined::Value(seo) => Some(seo.into()),
            },
            review_min_progress: self.review_min_progress,
        })
    }
}

pub fn price(money: MoneyInput) -> Price {
    Price { amount: money.minor(), currency: money.currency() }
}
