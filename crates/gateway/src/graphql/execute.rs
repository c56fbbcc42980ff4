//! One operation from its text to its answer, the same for HTTP, WebSocket and tests.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use async_graphql::{
    ErrorExtensionValues, Request, Response, ServerError, Value,
    parser::{
        parse_query,
        types::{ExecutableDocument, OperationDefinition, OperationType},
    },
};
use futures_util::{FutureExt, StreamExt, stream::BoxStream};
use kernel::{Db, Viewer};
use tracing::Instrument;

use super::{
    bill::bill,
    context::{Origin, RequestContext},
    gate::{asks_for_schema, is_open, is_open_to_rejected},
    guard::{Exceeded, Shape, scan, scan_variables, shape},
    values::check_values,
    watched::Watched,
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
    /// May it be answered from a copy of the database that is a moment behind?
    may_lag: bool,
    watched: Watched,
}

impl Call {
    /// As [`Self::admit`], for a request that may name its document instead of bringing it. What panics here is refused.
    pub async fn admit_named(&self, request: Request) -> Result<Admitted, ServerError> {
        let admitted = AssertUnwindSafe(self.named(request)).catch_unwind().instrument(self.span()).await;
        admitted.unwrap_or_else(|_| Err(panicked()))
    }

    async fn named(&self, mut request: Request) -> Result<Admitted, ServerError> {
        let sent = self.app.documents.complete(&mut request).await;
        let sent = sent.inspect_err(|error| Watched::begin(self).refuse(error))?;
        let admitted = self.admit(request)?;
        if let Some(sent) = sent {
            self.app.documents.keep(sent).await;
        }
        Ok(admitted)
    }

    /// Checks limits, syntax and who is asking, and takes the cost; nothing has run yet. What is refused comes with its error.
    pub fn admit(&self, request: Request) -> Result<Admitted, ServerError> {
        let mut watched = Watched::begin(self);
        match self.charged(request, &mut watched) {
            Ok(admit) => Ok(admit(watched)),
            Err(error) => {
                watched.refuse(&error);
                Err(error)
            }
        }
    }

    /// As [`Self::admit`], of what Lectern itself asks on somebody's behalf: it is nothing that they have asked for.
    pub fn admit_ours(&self, request: Request) -> Result<Admitted, ServerError> {
        let mut watched = Watched::begin(self);
        let checked = self.checked(request, &mut watched).map(|(_, admit)| admit);
        match checked {
            // It is asked because something has just happened.
            Ok(admit) => Ok(Admitted { may_lag: false, ..admit(watched) }),
            Err(error) => {
                watched.refuse(&error);
                Err(error)
            }
        }
    }

    fn charged(
        &self,
        request: Request,
        watched: &mut Watched,
    ) -> Result<impl FnOnce(Watched) -> Admitted + use<>, ServerError> {
        match self.checked(request, watched) {
            Ok((shape, admit)) => {
                let left = self.charge(shape.cost)?;
                let bill = self.origin.wants_cost.then(|| bill(&shape, &self.app.limits, left));
                Ok(move |watched| Admitted { bill, ..admit(watched) })
            }
            Err(error) => {
                // Also what is refused had to be read.
                self.charge(1)?;
                Err(error)
            }
        }
    }

    fn checked(
        &self,
        mut request: Request,
        watched: &mut Watched,
    ) -> Result<(Shape, impl FnOnce(Watched) -> Admitted + use<>), ServerError> {
        scan(&request.query, &self.app.limits).map_err(exceeded)?;
        scan_variables(&request.variables, &self.app.limits).map_err(exceeded)?;
        let document = parse_query(&request.query).map_err(syntax_error)?;
        let (name, operation) = select(&document, request.operation_name.as_deref())?;
        watched.know(operation.ty, name, self.known_as(&document, operation, name));
        let measure = (&self.app.weights, &self.app.limits);
        let shape = shape(&document, operation, &request.variables, measure).map_err(exceeded)?;
        watched.costs(shape.cost);
        check_values(&document, operation, &request.variables)?;
        if !self.app.limits.introspection && asks_for_schema(&document, operation) {
            return Err(coded(ServerError::new("Introspection is off here.", None), "FORBIDDEN"));
        }
        self.gate(&document, operation)?;
        let (ty, is_shared) = (operation.ty, self.is_shared(&document, operation));
        let max_age = if is_shared { self.app.gate.least(&document, operation, cache::max_age) } else { None };
        request.set_parsed_query(document);
        let may_lag = ty == OperationType::Query;
        let admit =
            move |watched| Admitted { request, operation: ty, is_shared, bill: None, max_age, may_lag, watched };
        Ok((shape, admit))
    }

    /// What the operation is counted as. Where only listed ones run that is the name they have there.
    fn known_as(&self, document: &ExecutableDocument, operation: &OperationDefinition, name: Option<&str>) -> String {
        match name {
            Some(name) if self.app.documents.are_trusted() => name.into(),
            _ => self.app.gate.field(document, operation),
        }
    }

    /// For what happens before it is known what is asked.
    fn span(&self) -> tracing::Span {
        tracing::error_span!("request", id = self.request_id)
    }

    /// Takes the cost from whoever asks.
    fn charge(&self, cost: u64) -> Result<Option<Left>, ServerError> {
        let Some(rates) = &self.app.rates else {
            return Ok(None);
        };
        rates.take(self.viewer(), &self.origin.ip, cost, self.app.world.now()).map_err(|seconds| {
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
        let Admitted { request, operation, is_shared, bill, may_lag, mut watched, .. } = admitted;
        let answering = self.answer(request, operation, is_shared, may_lag).instrument(watched.span());
        let mut response = kernel::counting(watched.statements.clone(), answering).await;
        watched.hear(&response);
        if let Some(bill) = bill {
            response.extensions.insert("cost".into(), bill);
        }
        response
    }

    async fn answer(&self, request: Request, operation: OperationType, is_shared: bool, may_lag: bool) -> Response {
        match &self.app.answers {
            Some(answers) if is_shared => {
                let has_run = AtomicBool::new(false);
                let run = |request| {
                    has_run.store(true, Relaxed);
                    self.run(request, &self.app.db, String::new())
                };
                let answer = answers.answer(&self.app.db, self.app.world.now(), request, run).await;
                self.app.metrics.count_cached(!has_run.load(Relaxed));
                answer
            }
            _ if may_lag && self.app.db.replica().is_some() => self.answer_by_copy(request).await,
            _ => {
                let body = if operation == OperationType::Mutation { body(&request) } else { String::new() };
                self.run(request, &self.app.db, body).await
            }
        }
    }

    pub(super) async fn run(&self, request: Request, db: &Db, body: String) -> Response {
        let mut context = self.context(db);
        context.body = body;
        let jar = context.jar.clone();
        let request = request.data(context);
        let running = AssertUnwindSafe(self.app.schema.execute(request)).catch_unwind();
        let response = match tokio::time::timeout(self.app.timeout, running).await {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => {
                tracing::error!("an operation panicked");
                refusal(panicked())
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
        let Admitted { request, mut watched, .. } = admitted;
        watched.goes_on();
        let answers = self.app.schema.execute_stream(request.data(self.context(&self.app.db)));
        let answers = AssertUnwindSafe(answers).catch_unwind();
        let answers = answers.map(move |answer| {
            let answer = answer.unwrap_or_else(|_| {
                tracing::error!(id = self.request_id, "a subscription panicked");
                refusal(panicked())
            });
            let answer = self.finish(answer);
            watched.hear(&answer);
            answer
        });
        answers.boxed()
    }

    /// Who asks, whatever came with it that is not good.
    pub(super) fn viewer(&self) -> &Viewer {
        match &self.caller {
            Caller::Known(viewer) => viewer,
            Caller::Rejected => &Viewer::Anonymous,
        }
    }

    fn context(&self, db: &Db) -> RequestContext {
        let mut context =
            RequestContext::reading(self.app.clone(), db.clone(), self.viewer().clone(), self.origin.clone());
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

/// All that is said of a panic; the log says where.
fn panicked() -> ServerError {
    coded(ServerError::new("Something went wrong on our side.", None), "INTERNAL_SERVER_ERROR")
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

/// The operation that is to run, and its name.
fn select<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<(Option<&'a str>, &'a OperationDefinition), ServerError> {
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
        .map(|(name, operation)| (name.map(|name| name.as_str()), &operation.node))
        .ok_or_else(|| coded(ServerError::new(error(), None), "OPERATION_RESOLUTION_FAILURE"))
}
