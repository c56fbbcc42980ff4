//! Queries that are answered from a copy of the database.

use async_graphql::{Request, Response, Value};
use kernel::Db;

use super::execute::Call;

impl Call {
    /// Answers a query from the copy, if that has all that the caller may expect: what they have just written, above all. A
    /// copy that can't answer, because it ends or takes back rows that are being read, is not the caller's trouble.
    pub(super) async fn answer_by_copy(&self, request: Request) -> Response {
        let Some(copy) = self.copy().await else {
            self.app.metrics.count_read("database");
            return self.run(request, &self.app.db, String::new()).await;
        };
        let once_more = same(&request);
        let answer = self.run(request, &copy, String::new()).await;
        if !has_failed(&answer) {
            self.app.metrics.count_read("replica");
            return answer;
        }
        self.app.metrics.count_read("failed");
        self.run(once_more, &self.app.db, String::new()).await
    }

    async fn copy(&self) -> Option<Db> {
        let copy = self.app.db.copy_for(self.viewer(), self.app.world.now()).await;
        copy.inspect_err(|error| tracing::warn!(%error, "the replica can't be asked")).ok().flatten()
    }
}

/// The same question.
fn same(request: &Request) -> Request {
    let mut same = Request::new(&request.query).variables(request.variables.clone());
    same.operation_name.clone_from(&request.operation_name);
    same
}

/// Has something gone wrong that nobody has asked for?
fn has_failed(answer: &Response) -> bool {
    let codes = answer.errors.iter().filter_map(|error| error.extensions.as_ref()?.get("code"));
    let failed = Value::from("INTERNAL_SERVER_ERROR");
    codes.into_iter().any(|code| *code == failed)
}
