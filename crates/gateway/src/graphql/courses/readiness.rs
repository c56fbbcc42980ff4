use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, SimpleObject, Value, parser::types::Field,
    registry::Registry,
};
use courses::warnings;
use kernel::{Problem, Rule};

use crate::graphql::error::{ErrorCode, enum_of_rules};

/// What an author should know before publishing a course.
#[derive(SimpleObject)]
pub struct PublishReadiness {
    /// Would `publishCourse` publish it?
    ready: bool,
    /// What stands against it: what `publishCourse` would answer as `userErrors`.
    blockers: Vec<PublishBlocker>,
    /// What does not stand against it, but is worth a look.
    warnings: Vec<PublishWarning>,
}

/// Something that keeps a course from being published.
#[derive(SimpleObject)]
pub struct PublishBlocker {
    /// The rule that is broken.
    code: ErrorCode,
    /// What is wrong, in a sentence for people.
    message: String,
}

/// Something that an author may have forgotten.
#[derive(SimpleObject)]
pub struct PublishWarning {
    /// Which kind of thing.
    code: PublishWarningCode,
    /// What it is, in a sentence for people.
    message: String,
}

impl From<courses::Readiness> for PublishReadiness {
    fn from(readiness: courses::Readiness) -> Self {
        let blocker =
            |problem: Problem| PublishBlocker { code: problem.rule.into(), message: problem.message.into_owned() };
        let warning = |problem: Problem| PublishWarning {
            code: PublishWarningCode(problem.rule),
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
pub struct PublishWarningCode(Rule);

impl OutputType for PublishWarningCode {
    fn type_name() -> Cow<'static, str> {
        "PublishWarningCode".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enum_of_rules::<Self>(registry, "What an author may have forgotten.", warnings::ALL)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(async_graphql::Name::new(self.0.code)))
    }
}
