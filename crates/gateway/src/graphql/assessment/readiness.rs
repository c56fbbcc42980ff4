use std::borrow::Cow;

use assessment::{authoring::Readiness, warnings};
use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, parser::types::Field,
    registry::Registry,
};
use kernel::{Problem, Rule};

use crate::graphql::error::{ErrorCode, enum_of_rules};

/// What an author should know before publishing a quiz.
#[derive(SimpleObject)]
pub struct QuizPublishReadiness {
    /// Would `publishQuiz` publish it?
    ready: bool,
    /// What stands against it: what `publishQuiz` would answer as `userErrors`.
    blockers: Vec<QuizPublishBlocker>,
    /// What does not stand against it, but is worth a look.
    warnings: Vec<QuizPublishWarning>,
}

/// Something that keeps a quiz from being published.
#[derive(SimpleObject)]
pub struct QuizPublishBlocker {
    /// The rule that is broken.
    code: ErrorCode,
    /// What is wrong, in a sentence for people.
    message: String,
}

/// Something that an author may have forgotten.
#[derive(SimpleObject)]
pub struct QuizPublishWarning {
    /// Which kind of thing.
    code: QuizPublishWarningCode,
    /// What it is, in a sentence for people.
    message: String,
}

impl From<Readiness> for QuizPublishReadiness {
    fn from(readiness: Readiness) -> Self {
        let blocker =
            |problem: Problem| QuizPublishBlocker { code: problem.rule.into(), message: problem.message.into_owned() };
        let warning = |problem: Problem| QuizPublishWarning {
            code: QuizPublishWarningCode(problem.rule),
            message: problem.message.into_owned(),
        };
        Self {
            ready: readiness.blockers.is_empty(),
            blockers: readiness.blockers.into_iter().map(blocker).collect(),
            warnings: readiness.warnings.into_iter().map(warning).collect(),
        }
    }
}

/// A warning's code: the schema's enum is made from all there are.
pub struct QuizPublishWarningCode(Rule);

impl OutputType for QuizPublishWarningCode {
    fn type_name() -> Cow<'static, str> {
        "QuizPublishWarningCode".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enum_of_rules::<Self>(registry, "What an author of a quiz may have forgotten.", warnings::ALL)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(async_graphql::Name::new(self.0.code)))
    }
}
