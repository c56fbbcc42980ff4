//! One operation from its text to its answer, the same for HTTP, WebSocket and tests.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::{
    ErrorExtensionValues, Request, Response, ServerError, Value,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationDefinition, OperationType},
    },
};
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use kernel::Viewer;
use tracing::Instrument;

use super::{
    bill::bill,
    context::{Origin, RequestContext},
    gate::{asks_for_schema, is_open, is_open_to_rejected},
    guard::{Exceeded, Shape, scan, scan_variables, shape},
    values::check_values,
};
use crate::{app::App, cache, http::cookies, rates::Left};

/// The most errors that one answer carries.
const MAX_ERRORS: usize = 20;
const MAX_MESSAGE: usize = 500;

/// Who is calling, as far as the credential tells.
#[derive(Clone, Debug)]
pub enum Caller {
    Known(Viewer),
    /// Came with a credential that is not good (any more): may only sign in.
    Rejected,
}

/// A request with all that surrounds it.
pub struct Call {
    pub app: Arc<App>,
    pub caller: Caller,
    pub origin: Origin,
    /// Shown to the client with internal errors, and in the log.
    pub request_id: String,
}

/// An operation that may run.
pub struct Admitted {
    request: Request,
    pub operation: OperationType,
    /// Is the answer the same for everybody who may ask?
    is_shared: bool,
    /// What is said of the cost to those who want to know.
    bill: Option<Value>,
    /// How many seconds a cache may keep the answer, if it may.
    pub max_age: Option<u32>,
}

impl Call {
    /// As [`Self::admit`], for a request that may name its document instead of bringing it.
    pub async fn admit_named(&self, mut request: Request) -> Result<Admitted, ServerError> {
        let sent = self.app.documents.complete(&mut request).await?;
        let admitted = self.admit(request)?;
        if let Some(sent) = sent {
            self.app.documents.keep(sent).await;
        }
        Ok(admitted)
    }

    /// Checks limits, syntax and who is asking, and takes the cost; nothing has run yet. What is refused comes with its error.
    pub fn admit(&self, request: Request) -> Result<Admitted, ServerError> {
        let (mut admitted, shape) = match self.look_at(request) {
            Ok(found) => found,
            Err(error) => {
                // Also what is refused had to be read.
                self.charge(1)?;
                return Err(error);
            }
        };
        let left = self.charge(shape.cost)?;
        admitted.bill = self.origin.wants_cost.then(|| bill(&shape, &self.app.limits, left));
        Ok(admitted)
    }

    fn look_at(&self, mut request: Request) -> Result<(Admitted, Shape), ServerError> {
        scan(&request.query, &self.app.limits).map_err(exceeded)?;
        scan_variables(&request.variables, &self.app.limits).map_err(exceeded)?;
        let document = parse_query(&request.query).map_err(syntax_error)?;
        let operation = select(&document, request.operation_name.as_deref())?;
        let measure = (&self.app.weights, &self.app.limits);
        let shape = shape(&document, operation, &request.variables, measure).map_err(exceeded)?;
        check_values(&document, operation, &request.variables)?;
        if !self.app.limits.introspection && asks_for_schema(&document, operation) {
            return Err(coded(ServerError::new("Introspection is off here.", None), "FORBIDDEN"));
        }
        self.gate(&document, operation)?;
        let (ty, is_shared) = (operation.ty, self.is_shared(&document, operation));
        let max_age = if is_shared { self.app.gate.least(&document, operation, cache::max_age) } else { None };
        request.set_parsed_query(document);
        Ok((Admitted { request, operation: ty, is_shared, bill: None, max_age }, shape))
    }

    /// Takes the cost from whoever asks.
    fn charge(&self, cost: u64) -> Result<Option<Left>, ServerError> {
        let Some(rates) = &self.app.rates else {
            return Ok(None);
        };
        let viewer = match &self.caller {
            Caller::Known(viewer) => viewer,
            Caller::Rejected => &Viewer::Anonymous,
        };
        rates.take(viewer, &self.origin.ip, cost, self.app.world.now()).map_err(|seconds| {
            let message = format!("Too much was asked for at once: try again in {seconds} s.");
            let mut error = coded(ServerError::new(message, None), "RATE_LIMITED");
            error.extensions.get_or_insert_default().set("retryAfterSeconds", seconds);
            error
        })
    }

    fn gate(&self, document: &ExecutableDocument, operation: &OperationDefinition) -> Result<(), ServerError> {
        let (may_pass, message): (fn(&str) -> bool, _) = match &self.caller {
            Caller::Known(Viewer::Anonymous) => (is_open, "Sign in first"),
            Caller::Known(_) => return Ok(()),
            Caller::Rejected => {
                (is_open_to_rejected, "The token is expired, revoked or unknown: refresh it or sign in")
            }
        };
        match self.app.gate.first_closed(document, operation, may_pass) {
            Some(field) => Err(coded(ServerError::new(format!("{message} (`{field}`)."), None), "UNAUTHENTICATED")),
            None => Ok(()),
        }
    }

    fn is_shared(&self, document: &ExecutableDocument, operation: &OperationDefinition) -> bool {
        matches!(self.caller, Caller::Known(Viewer::Anonymous))
            && operation.ty == OperationType::Query
            && self.app.gate.first_closed(document, operation, cache::is_shared).is_none()
    }

    /// Runs a query or mutation to its end, unless its answer is known.
    pub async fn execute(&self, admitted: Admitted) -> Response {
        let bill = admitted.bill.clone();
        let mut response = self.answer(admitted).await;
        if let Some(bill) = bill {
            response.extensions.insert("cost".into(), bill);
        }
        response
    }

    async fn answer(&self, admitted: Admitted) -> Response {
        let Admitted { request, operation, is_shared, .. } = admitted;
        match &self.app.answers {
            Some(answers) if is_shared => {
                let run = |request| self.run(request, String::new());
                answers.answer(&self.app.db, self.app.world.now(), request, run).await
            }
            _ => {
                let body = if operation == OperationType::Mutation { body(&request) } else { String::new() };
                self.run(request, body).await
            }
        }
    }

    async fn run(&self, request: Request, body: String) -> Response {
        let mut context = self.context();
        context.body = body;
        let jar = context.jar.clone();
        let request = request.data(context);
        let span = tracing::error_span!("request", id = self.request_id);
        let running = AssertUnwindSafe(self.app.schema.execute(request)).catch_unwind().instrument(span);
        let response = match tokio::time::timeout(self.app.timeout, running).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => {
                tracing::error!(request = self.request_id, "an operation panicked");
                refusal(coded(ServerError::new("Something went wrong on our side.", None), "INTERNAL_SERVER_ERROR"))
            }
            Err(_) => refusal(coded(
                ServerError::new(format!("The operation took longer than {} s.", self.app.timeout.as_secs()), None),
                "TIMEOUT",
            )),
        };
        let mut response = self.finish(response);
        // Even when the rest went wrong: what has been committed can't be shown again.
        if let Some(change) = jar.take() {
            cookies::set(&mut response.http_headers, &change, self.app.world.now());
        }
        response
    }

    /// Runs any operation; a subscription answers many times.
    pub fn stream(self, admitted: Admitted) -> BoxStream<'static, Response> {
        if admitted.operation != OperationType::Subscription {
            return futures_util::stream::once(async move { self.execute(admitted).await }).boxed();
        }
        let request = admitted.request.data(self.context());
        let answers = self.app.schema.execute_stream(request);
        answers.map(move |response| self.finish(response)).boxed()
    }

    fn context(&self) -> RequestContext {
        let viewer = match &self.caller {
            Caller::Known(viewer) => viewer.clone(),
            Caller::Rejected => Viewer::Anonymous,
        };
        let mut context = RequestContext::new(self.app.clone(), viewer, self.origin.clone());
        context.request_id = self.request_id.clone();
        context
    }

    /// Sees to it that every error has a code, and internal ones the request's id and nothing else.
    pub fn finish(&self, mut response: Response) -> Response {
        response.errors.truncate(MAX_ERRORS);
        for error in &mut response.errors {
            shorten(&mut error.message);
            // Our resolvers set a code; what has none comes from the library.
            let default = if error.path.is_empty() { "GRAPHQL_VALIDATION_FAILED" } else { "BAD_USER_INPUT" };
            let field = wrong_argument(&error.message);
            let extensions = error.extensions.get_or_insert_default();
            if let Some(field) = field {
                extensions.set("field", field);
            }
            if extensions.get("code").is_none() {
                extensions.set("code", default);
            }
            if extensions.get("code") == Some(&Value::from("INTERNAL_SERVER_ERROR")) {
                extensions.set("requestId", self.request_id.as_str());
            }
        }
        response
    }
}

/// All that makes a request another one.
fn body(request: &Request) -> String {
    let variables = serde_json::to_string(&request.variables).unwrap_or_default();
    [request.operation_name.as_deref().unwrap_or_default(), &request.query, &variables].join("\0")
}

/// The path of the argument that validation found wrong: the library has it only in the message.
fn wrong_argument(message: &str) -> Option<Vec<String>> {
    let (path, _) = message.strip_prefix("Invalid value for argument \"")?.split_once('"')?;
    Some(path.split('.').map(str::to_string).collect())
}

/// Messages quote what was sent, however long that was.
fn shorten(message: &mut String) {
    if message.len() > MAX_MESSAGE {
        message.truncate(message.floor_char_boundary(MAX_MESSAGE));
        message.push_str(" ...");
    }
}

/// Did nothing run at all?
pub fn is_refused(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// An answer that is one error.
pub fn refusal(error: ServerError) -> Response {
    Response::from_errors(vec![error])
}

/// Gives an error its code.
pub fn coded(mut error: ServerError, code: &str) -> ServerError {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
    error
}

/// The parser draws a picture of the place; the last line says what it is about, and the place is in `locations`.
fn syntax_error(error: async_graphql::parser::Error) -> ServerError {
    let mut error = coded(error.into(), "GRAPHQL_PARSE_FAILED");
    let reason = error.message.lines().last().unwrap_or_default().trim_start_matches([' ', '=']).to_string();
    error.message = format!("Syntax error: {reason}.");
    error
}

fn exceeded(what: Exceeded) -> ServerError {
    let mut error = coded(ServerError::new(what.message(), None), what.code);
    if let Some(extensions) = &mut error.extensions {
        extensions.set("limit", what.limit);
        extensions.set("allowed", what.allowed);
        extensions.set("found", what.found);
    }
    error
}

fn select<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Result<&'a OperationDefinition, ServerError> {
    let mut operations = document.operations.iter();
    let found = match name {
        Some(wanted) => operations.find(|(name, _)| name.is_some_and(|name| name.as_str() == wanted)),
        None => operations.next().filter(|_| document.operations.iter().count() == 1),
    };
    let error = || match name {
        Some(name) => format!("The document has no operation named \"{name}\"."),
        None => "The document has several operations: say which one by `operationName`.".to_string(),
    };
    found
        .map(|(_, operation)| &operation.node)
        .ok_or_else(|| coded(ServerError::new(error(), None), "OPERATION_RESOLUTION_FAILURE"))
}
