use ai::{
    passages::About,
    questions::{NewRun, SuggestionRow},
};
use async_graphql::{InputObject, SimpleObject};
use kernel::{CourseId, MediaId, QuestionSuggestionId, QuizId, Result, SectionId};

use super::suggestion::{QuestionSuggestion, SuggestionRun};
use crate::graphql::{assessment::AuthoredQuestion, error::UserError, id::Id, scalars::check_length};

/// What questions are wanted about, and how many. Sections and files may be named together; nothing named is the whole course.
#[derive(InputObject)]
pub struct SuggestQuestionsInput {
    /// The course.
    course_id: Id<CourseId>,
    /// Sections of it, with the files in them; at most 100.
    #[graphql(default)]
    section_ids: Vec<Id<SectionId>>,
    /// Files of it, at most 100.
    #[graphql(default)]
    media_ids: Vec<Id<MediaId>>,
    /// How many at most, from 1 to 20.
    #[graphql(default = 5)]
    count: i32,
}

impl SuggestQuestionsInput {
    pub fn into_domain(self) -> Result<NewRun> {
        check_length("sectionIds", self.section_ids.len())?;
        check_length("mediaIds", self.media_ids.len())?;
        let sections = self.section_ids.into_iter().map(|id| id.at(&["input", "sectionIds"]));
        let media = self.media_ids.into_iter().map(|id| id.at(&["input", "mediaIds"]));
        let about = About { sections: sections.collect::<Result<_>>()?, media: media.collect::<Result<_>>()? };
        Ok(NewRun { course: self.course_id.at(&["input", "courseId"])?, about, count: self.count })
    }
}

/// What came of asking.
#[derive(SimpleObject)]
pub struct SuggestQuestionsPayload {
    /// What is being made: ask `suggestionRun` until it is `READY` or `FAILED`. Null when the input was refused.
    pub run: Option<SuggestionRun>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// Which suggestion is to be in which quiz.
#[derive(InputObject)]
pub struct AcceptSuggestionInput {
    /// The suggestion.
    pub id: Id<QuestionSuggestionId>,
    /// A quiz of its course.
    pub quiz_id: Id<QuizId>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct AcceptSuggestionPayload {
    /// The suggestion. Null when the input was refused.
    pub suggestion: Option<QuestionSuggestion>,
    /// The question that it has become, at the end of the quiz. Null when the input was refused.
    pub question: Option<AuthoredQuestion>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

/// Which suggestion is not wanted.
#[derive(InputObject)]
pub struct RejectSuggestionInput {
    /// The suggestion.
    pub id: Id<QuestionSuggestionId>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct RejectSuggestionPayload {
    /// The suggestion. Null when the input was refused.
    pub suggestion: Option<QuestionSuggestion>,
    /// What is wrong with the input; empty when all went well.
    pub user_errors: Vec<UserError>,
}

impl RejectSuggestionPayload {
    pub fn new((done, user_errors): (Option<SuggestionRow>, Vec<UserError>)) -> Self {
        Self { suggestion: done.map(QuestionSuggestion::from), user_errors }
    }
}
