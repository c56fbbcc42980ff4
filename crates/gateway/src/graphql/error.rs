//! The one place where an error of ours becomes an error on the wire.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContextSelectionSet, ErrorExtensions, OutputType, Positioned, ServerResult, SimpleObject, Value,
    parser::types::Field,
    registry::{MetaEnumValue, MetaType, MetaTypeId, Registry},
};
use kernel::{Problem, Rule};

/// What a resolver fails with. Not `Display`: the blanket conversion that comes with it would lose the code.
#[derive(Clone)]
pub struct Error(Arc<kernel::Error>);

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<kernel::Error> for Error {
    fn from(error: kernel::Error) -> Self {
        Self(Arc::new(error))
    }
}

impl From<Arc<kernel::Error>> for Error {
    fn from(error: Arc<kernel::Error>) -> Self {
        Self(error)
    }
}

impl From<Error> for async_graphql::Error {
    fn from(Error(error): Error) -> Self {
        use kernel::Error::{
            BadInput, Broken, Db, Denied, Exhausted, Internal, NotAPerson, NotFound, Refused, Unauthenticated,
        };
        let (code, message) = match &*error {
            NotFound => ("NOT_FOUND", "There is no such thing, or not for you.".to_string()),
            Denied => ("FORBIDDEN", "You may not do this.".to_string()),
            NotAPerson => ("FORBIDDEN", "An API token can't do this: sign in as a person.".to_string()),
            Unauthenticated => ("UNAUTHENTICATED", "Sign in first.".to_string()),
            BadInput { message, .. } => ("BAD_USER_INPUT", message.clone()),
            Exhausted { code, message, .. } => (*code, message.clone()),
            Refused { code, message } => (*code, message.to_string()),
            // A rule broken where there is no payload to say so: a query.
            Broken(_) => ("BAD_USER_INPUT", error.to_string()),
            Db(_) | Internal(_) => {
                tracing::error!(error = %error, "internal error");
                ("INTERNAL_SERVER_ERROR", "Something went wrong on our side.".to_string())
            }
        };
        Self::new(message).extend_with(|_, extensions| {
            extensions.set("code", code);
            if let BadInput { field, .. } = &*error {
                extensions.set("field", path(field));
            }
            if let Exhausted { retry_after: Some(seconds), .. } = &*error {
                extensions.set("retryAfterSeconds", *seconds);
            }
        })
    }
}

fn path(field: &[Cow<'static, str>]) -> Vec<String> {
    field.iter().map(|part| part.to_string()).collect()
}

/// Something in the input that a person can mend.
#[derive(Clone, SimpleObject)]
pub struct UserError {
    /// The broken rule.
    code: ErrorCode,
    /// The path of the input field that broke it, from the mutation's arguments down: `["input", "title"]`. Null when no
    /// one field is to blame.
    field: Option<Vec<String>>,
    /// What is wrong, in a sentence for people.
    message: String,
}

impl From<&Problem> for UserError {
    fn from(problem: &Problem) -> Self {
        let field = (!problem.field.is_empty())
            .then(|| std::iter::once("input".to_string()).chain(path(&problem.field)).collect());
        Self { code: ErrorCode(problem.rule), field, message: problem.message.to_string() }
    }
}

/// Splits the result of a write: what a person can mend goes into the payload, the rest becomes a GraphQL error.
pub fn outcome<T>(result: kernel::Result<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match result {
        Ok(done) => Ok((Some(done), vec![])),
        Err(kernel::Error::Broken(problems)) => Ok((None, problems.iter().map(UserError::from).collect())),
        Err(error) => Err(error.into()),
    }
}

/// A rule's code: the schema's enum is made from the rules of all crates, so that it can't forget one.
#[derive(Clone, Copy)]
pub struct ErrorCode(Rule);

fn rules() -> impl Iterator<Item = &'static Rule> {
    let contexts = [
        accounts::rules::ALL,
        ai::rules::ALL,
        courses::rules::ALL,
        media::rules::ALL,
        assessment::rules::ALL,
        reviews::rules::ALL,
        webhooks::rules::ALL,
    ];
    let of_learning = [learning::rules::ALL, learning::progress::rules::ALL, learning::certificates::rules::ALL];
    let contexts = contexts.into_iter().chain(of_learning);
    contexts.chain([kernel::jobs::rules::ALL]).flatten()
}

impl OutputType for ErrorCode {
    fn type_name() -> Cow<'static, str> {
        "ErrorCode".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enum_of_rules::<Self>(registry, "The rules that an input can break.", rules())
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Enum(async_graphql::Name::new(self.0.code)))
    }
}

impl From<Rule> for ErrorCode {
    fn from(rule: Rule) -> Self {
        Self(rule)
    }
}

/// An enum of the schema whose values are the codes of these rules, and whose descriptions are their sentences.
pub fn enum_of_rules<'a, T: OutputType>(
    registry: &mut Registry,
    description: &str,
    rules: impl IntoIterator<Item = &'a Rule>,
) -> String {
    let rules: Vec<&Rule> = rules.into_iter().collect();
    registry.create_output_type::<T, _>(MetaTypeId::Enum, |_| MetaType::Enum {
        name: T::type_name().into_owned(),
        description: Some(description.into()),
        enum_values: rules.iter().map(|rule| (rule.code.to_string(), value(rule))).collect(),
        visible: None,
        inaccessible: false,
        tags: vec![],
        rust_typename: Some(std::any::type_name::<T>()),
        directive_invocations: vec![],
        requires_scopes: vec![],
    })
}

fn value(rule: &Rule) -> MetaEnumValue {
    MetaEnumValue { description: Some(rule.says.into()), ..MetaEnumValue::new(rule.code) }
}
