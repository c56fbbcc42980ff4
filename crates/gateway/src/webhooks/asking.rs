//! The query of a webhook: asked about each event, with the eyes of the webhook's owner.

use std::sync::Arc;

use async_graphql::{
    Request, Response, ServerError, Value, Variables,
    parser::{
        parse_query,
        types::{BaseType, OperationDefinition, OperationType},
    },
};
use kernel::{EntityId, EventId, Viewer};
use serde_json::json;
use uuid::Uuid;
use webhooks::rules::WEBHOOK_QUERY_INVALID;

use crate::{
    app::App,
    graphql::{Call, Caller, Origin, is_refused},
};

/// The variables that a query may have: the thing, the event, its type.
const VARIABLES: [(&str, &[&str]); 3] = [("id", &["ID"]), ("event", &["ID"]), ("type", &["String"])];

/// Errors that may pass: the query is fine, and is asked again.
const PASSING: [&str; 3] = ["INTERNAL_SERVER_ERROR", "OVERLOADED", "TIMEOUT"];

/// What came of a query.
pub enum Asked {
    Answered(Response),
    /// It can't be run, and never will be as it is.
    Refused(String),
    /// Something went wrong, and may go well the next time.
    Failed,
}

/// Asks the query as this person. What it costs is no part of what the person may ask for, but no query may cost more than any.
pub async fn ask(app: &Arc<App>, viewer: Viewer, query: &str, event: (&str, &str, &str)) -> Asked {
    let call = Call {
        app: app.clone(),
        caller: Caller::Known(viewer),
        origin: Origin::default(),
        request_id: event.1.to_string(),
    };
    let (id, event, kind) = event;
    let variables = Variables::from_json(json!({"id": id, "event": event, "type": kind}));
    let admitted = match call.admit_ours(Request::new(query).variables(variables)) {
        Ok(admitted) if admitted.operation == OperationType::Query => admitted,
        Ok(_) => return Asked::Refused("It has to be a query.".into()),
        Err(error) => return Asked::Refused(error.message),
    };
    let response = call.execute(admitted).await;
    let passes = |error: &ServerError| code(error).is_some_and(|code| PASSING.contains(&code));
    match response.errors.first() {
        Some(_) if response.errors.iter().any(passes) => Asked::Failed,
        Some(error) if is_refused(&response) => Asked::Refused(error.message.clone()),
        _ => Asked::Answered(response),
    }
}

fn code(error: &ServerError) -> Option<&str> {
    match error.extensions.as_ref()?.get("code")? {
        Value::String(code) => Some(code),
        _ => None,
    }
}

/// Sees whether the query can be run, by running it about something that is not there: whatever a query does, it changes
/// nothing.
pub async fn check_query(app: &Arc<App>, viewer: Viewer, query: &str) -> kernel::Result<()> {
    let refused = |why: String| kernel::Error::from(WEBHOOK_QUERY_INVALID.with("query", why));
    check_variables(query).map_err(refused)?;
    let nothing = EventId(Uuid::nil()).to_wire();
    match ask(app, viewer, query, (&nothing, &nothing, "webhook.test.v1")).await {
        Asked::Answered(_) => Ok(()),
        Asked::Refused(why) => Err(refused(why)),
        Asked::Failed => Err(refused("The query takes too long, or can't be run at this moment.".into())),
    }
}

/// One operation, with no variables but ours.
fn check_variables(query: &str) -> Result<(), String> {
    // What does not parse is refused by who runs it, in better words.
    let Ok(document) = parse_query(query) else { return Ok(()) };
    let operations: Vec<&OperationDefinition> =
        document.operations.iter().map(|(_, operation)| &operation.node).collect();
    let [operation] = operations[..] else {
        return Err("The query has to be one operation.".into());
    };
    for variable in &operation.variable_definitions {
        let (name, ty) = (variable.node.name.node.as_str(), &variable.node.var_type.node);
        let known = VARIABLES.iter().find(|(known, _)| *known == name);
        let (_, types) =
            known.ok_or_else(|| format!("There is no variable `${name}`: there are `$id`, `$event`, `$type`."))?;
        let fits = matches!(&ty.base, BaseType::Named(base) if types.contains(&base.as_str()));
        if !fits {
            return Err(format!("The variable `${name}` is of the type `{}`.", types.join("`, `")));
        }
    }
    Ok(())
}
