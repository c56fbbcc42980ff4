//! Finished answers to what anybody may ask. Each belongs to a moment, which is the state of the data that it was read from
//! and a part of the question: when that changes, nobody asks for it any more, and it makes room for what is asked.

mod edges;
mod listening;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_graphql::{Request, Response, Value};
use chrono::{DateTime, Utc};
use kernel::Db;
use moka::{future::Cache, policy::EvictionPolicy};

use edges::{Edges, Moment};
pub use listening::listen;

/// How long an answer is given at most. What was committed in this process, or where it is heard, is shown at once; this is
/// for what nobody tells: other processes on one SQLite file. A discount that begins or ends is not waited out, see [`Edges`].
const KEPT_SECONDS: i64 = 30;

/// The root fields whose answers are kept: all that they lead to is the same for everybody who is not signed in. Beside each,
/// for how many seconds other caches may keep it: what is sold and counted changes sooner than what things are called.
const SHARED: [(&str, u32); 10] = [
    ("Query.categories", 300),
    ("Query.category", 60),
    ("Query.categoryTree", 300),
    ("Query.course", 30),
    ("Query.courseFacets", 60),
    ("Query.courseReviews", 60),
    ("Query.courseSearchSuggestion", 300),
    ("Query.courses", 30),
    ("Query.freeCourses", 30),
    ("Query.popularCourses", 60),
];

/// Is the answer to this root field the same for everybody who is not signed in?
pub fn is_shared(field: &str) -> bool {
    max_age(field).is_some()
}

/// For how many seconds a cache on the way may keep the answer to this root field.
pub fn max_age(field: &str) -> Option<u32> {
    SHARED.iter().find(|(name, _)| *name == field).map(|(_, seconds)| *seconds)
}

/// Tables that say nothing to who is not signed in. Answers stay when only these change; a table that is not here costs
/// kept answers, never a wrong one.
pub const QUIET: &[&str] = &[
    "account_deletions",
    "ai_budgets",
    "ai_chats",
    "ai_course_months",
    "ai_learner_days",
    "ai_reservations",
    "api_token_permissions",
    "api_tokens",
    "audit_events",
    "course_progress",
    "data_exports",
    "events",
    "enrollment_grants",
    "grading_claims",
    "held_addresses",
    "idempotency_keys",
    "item_completions",
    "jobs",
    "learning_hours",
    "one_time_tokens",
    "playback_sessions",
    "question_suggestions",
    "question_banks",
    "quiz_accommodations",
    "quiz_answers",
    "quiz_attempts",
    "quiz_regrades",
    "quiz_versions",
    "rate_buckets",
    "recovery_codes",
    "regraded_attempts",
    "review_moderations",
    "review_reports",
    "review_revisions",
    "review_votes",
    "score_overrides",
    "spent_refresh_tokens",
    "suggestion_runs",
    "throttles",
    "totp_secrets",
    "tutor_conversations",
    "tutor_passages",
    "tutor_policies",
    "tutor_sources",
    "two_factor_challenges",
    "webhook_deliveries",
    "webhooks",
    "write_marks",
    "user_sessions",
    "video_progress",
    "waitlist_entries",
];

/// The tables that say who shows a token, and what they may do. Callers are asked about anew when one of these changes.
pub const OF_ACCESS: &[&str] =
    &["api_token_permissions", "api_tokens", "role_permissions", "roles", "user_roles", "user_sessions", "users"];

/// What was asked, and when: whole texts and no hashes of them, so that no two questions are ever the same by chance.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Question {
    moment: Moment,
    query: String,
    operation: Option<String>,
    variables: String,
}

impl Question {
    fn new(moment: Moment, request: &Request) -> Option<Self> {
        Some(Self {
            moment,
            query: request.query.clone(),
            operation: request.operation_name.clone(),
            variables: serde_json::to_string(&request.variables).ok()?,
        })
    }
}

struct Kept {
    data: Value,
    bytes: usize,
}

/// Whoever read the answer got one that is nobody else's: the others need not wait.
struct NobodyElses;

/// The kept answers.
pub struct Answers {
    kept: Cache<Question, Arc<Kept>>,
    edges: Edges,
}

impl Answers {
    /// As many as have room in so many bytes. What was not asked for the longest time goes first: that it was asked often does
    /// not matter once its moment is over.
    pub fn new(most_bytes: usize) -> Self {
        let kept = Cache::builder().max_capacity(most_bytes as u64).eviction_policy(EvictionPolicy::lru());
        Self { kept: kept.weigher(weigh).build(), edges: Edges::default() }
    }

    /// The answer that is kept, or that of `run`, which is kept if it is whole. Who asks the same meanwhile waits for it.
    pub async fn answer<F>(&self, db: &Db, now: DateTime<Utc>, request: Request, run: impl Fn(Request) -> F) -> Response
    where
        F: Future<Output = Response>,
    {
        if !db.changes().is_heard() {
            return run(request).await;
        }
        let moment = self.edges.moment(db, now).await.ok();
        match moment.and_then(|moment| Question::new(moment, &request)) {
            Some(question) => self.kept_or_read(question, request, run).await,
            None => run(request).await,
        }
    }

    async fn kept_or_read<F>(&self, question: Question, request: Request, run: impl Fn(Request) -> F) -> Response
    where
        F: Future<Output = Response>,
    {
        let (mut own, mut request) = (None, Some(request));
        let read = async {
            let response = run(request.take().ok_or(NobodyElses)?).await;
            keep(own.insert(response)).ok_or(NobodyElses)
        };
        let kept = self.kept.try_get_with(question, read).await;
        match (own, kept, request) {
            (Some(response), ..) => response,
            (None, Ok(kept), _) => Response::new(kept.data.clone()),
            (None, Err(_), Some(request)) => run(request).await,
            (None, Err(_), None) => Response::new(Value::Null),
        }
    }
}

fn weigh(question: &Question, kept: &Arc<Kept>) -> u32 {
    let asked = size_of::<Question>() + question.query.len() + question.variables.len();
    u32::try_from(asked + kept.bytes).unwrap_or(u32::MAX)
}

/// Errors belong to the one who asked, and a header may be a cookie.
fn keep(response: &Response) -> Option<Arc<Kept>> {
    let is_whole = response.errors.is_empty() && response.extensions.is_empty() && response.http_headers.is_empty();
    let bytes = serde_json::to_vec(&response.data).ok()?.len();
    // A tree of values is larger than its text.
    is_whole.then(|| Arc::new(Kept { data: response.data.clone(), bytes: 4 * bytes }))
}
