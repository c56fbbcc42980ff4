//! Finished answers to what anybody may ask. All belong to one moment, which is the state of the data that they were read
//! from: when that changes, all are forgotten, and what was still being read is given to nobody who asks afterwards.

mod listening;

use std::{
    collections::HashMap,
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use async_graphql::{Request, Response, Value};
use chrono::{DateTime, Utc};
use kernel::Db;
use tokio::sync::OnceCell;

pub use listening::listen;

/// How long an answer is given at most. What was committed in this process, or where it is heard, is shown at once; this is
/// for what nobody tells: other processes on one SQLite file, and the time that passes. Discounts begin and end at a whole
/// minute as a rule, and so do these periods.
const KEPT_SECONDS: i64 = 30;

/// The root fields whose answers are kept: all that they lead to is the same for everybody who is not signed in.
const SHARED: [&str; 8] = [
    "Query.categories",
    "Query.category",
    "Query.course",
    "Query.courseFacets",
    "Query.courseSearchSuggestion",
    "Query.courses",
    "Query.freeCourses",
    "Query.popularCourses",
];

/// Is the answer to this root field the same for everybody who is not signed in?
pub fn is_shared(field: &str) -> bool {
    SHARED.contains(&field)
}

/// Tables that say nothing to who is not signed in. Answers stay when only these change; a table that is not here costs
/// kept answers, never a wrong one.
pub const QUIET: &[&str] = &[
    "account_deletions",
    "ai_chats",
    "api_token_permissions",
    "api_tokens",
    "audit_events",
    "course_progress",
    "data_exports",
    "grading_claims",
    "held_addresses",
    "jobs",
    "one_time_tokens",
    "question_banks",
    "quiz_accommodations",
    "quiz_answers",
    "quiz_attempts",
    "quiz_versions",
    "recovery_codes",
    "score_overrides",
    "spent_refresh_tokens",
    "throttles",
    "totp_secrets",
    "two_factor_challenges",
    "user_sessions",
    "video_progress",
];

/// How many changes there have been, and which period it is. Grows.
type Moment = (u64, i64);

/// What was asked: whole texts and no hashes of them, so that no two questions are ever the same by chance.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Question {
    query: String,
    operation: Option<String>,
    variables: String,
}

impl Question {
    fn new(request: &Request) -> Option<Self> {
        Some(Self {
            query: request.query.clone(),
            operation: request.operation_name.clone(),
            variables: serde_json::to_string(&request.variables).ok()?,
        })
    }

    fn bytes(&self) -> usize {
        size_of::<Self>() + self.query.len() + self.variables.len()
    }
}

/// The answer to one question, once somebody has read it.
#[derive(Default)]
struct Slot {
    kept: OnceCell<Kept>,
    /// Whoever read it got one that is nobody else's: the others need not wait.
    is_nobody_elses: AtomicBool,
}

struct Kept {
    data: Value,
    bytes: usize,
}

#[derive(Default)]
struct Known {
    moment: Moment,
    slots: HashMap<Question, Arc<Slot>>,
    bytes: usize,
}

/// The kept answers.
pub struct Answers {
    most_bytes: usize,
    known: Mutex<Known>,
}

impl Answers {
    /// As many as have room in so many bytes. When there is none left, all are forgotten: they would be soon anyway.
    pub fn new(most_bytes: usize) -> Self {
        Self { most_bytes, known: Mutex::default() }
    }

    /// The answer that is kept, or that of `run`, which is kept if it is whole. Who asks the same meanwhile waits for it.
    pub async fn answer<F>(&self, db: &Db, now: DateTime<Utc>, request: Request, run: impl Fn(Request) -> F) -> Response
    where
        F: Future<Output = Response>,
    {
        // Before anything is read: what is read later may be newer, but not older.
        let moment = (db.changes().count(), now.timestamp().div_euclid(KEPT_SECONDS));
        let question = Question::new(&request).filter(|_| db.changes().is_heard());
        let Some(slot) = question.and_then(|question| self.slot(moment, question)) else {
            return run(request).await;
        };
        let (mut own, mut request) = (None, Some(request));
        let read = async {
            if !slot.is_nobody_elses.load(Relaxed)
                && let Some(request) = request.take()
            {
                own = Some(run(request).await);
            }
            let kept = own.as_ref().and_then(keep);
            slot.is_nobody_elses.store(kept.is_none(), Relaxed);
            kept.ok_or(())
        };
        let kept = slot.kept.get_or_try_init(|| read).await;
        match (own, kept, request) {
            (Some(response), kept, _) => {
                self.weigh(moment, kept.map_or(0, |kept| kept.bytes));
                response
            }
            (None, Ok(kept), _) => Response::new(kept.data.clone()),
            (None, Err(()), Some(request)) => run(request).await,
            (None, Err(()), None) => Response::new(Value::Null),
        }
    }

    /// Where the answer is, or will be. None for who began to ask before the last change.
    fn slot(&self, moment: Moment, question: Question) -> Option<Arc<Slot>> {
        let mut known = self.known();
        if moment > known.moment || known.bytes > self.most_bytes {
            let moment = moment.max(known.moment);
            drop(mem::replace(&mut *known, Known { moment, ..Known::default() }));
        }
        if moment < known.moment {
            return None;
        }
        if let Some(slot) = known.slots.get(&question) {
            return Some(slot.clone());
        }
        known.bytes += question.bytes();
        Some(known.slots.entry(question).or_default().clone())
    }

    fn weigh(&self, moment: Moment, bytes: usize) {
        let mut known = self.known();
        if known.moment == moment {
            known.bytes += bytes;
        }
    }

    /// A panic elsewhere does not make the map any less right: every change of it is complete.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Errors belong to the one who asked, and a header may be a cookie.
fn keep(response: &Response) -> Option<Kept> {
    let is_whole = response.errors.is_empty() && response.extensions.is_empty() && response.http_headers.is_empty();
    let bytes = serde_json::to_vec(&response.data).ok()?.len();
    // A tree of values is larger than its text.
    is_whole.then(|| Kept { data: response.data.clone(), bytes: 4 * bytes })
}
