use assessment::{
    question::Question,
    regrading::{Change, DropCredit, Effect, Further, Mark, RegradeRow, RegradedAttemptRow},
};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::EntityId;

use super::{
    Quiz, QuizAttempt,
    content::QuestionContent,
    enums::QuizAttemptStatus,
    keys::{AttemptById, AttemptCountOfRegrade, AttemptsOfRegrade, QuizById, RegradeById, UndoOfRegrade},
};
use crate::graphql::{
    accounts::PublicProfile,
    error::Result,
    node::{node_type, one},
    page::{Connection, edge},
    scalars::hundredths,
};

node_type! {
    /// A regrade of a quiz.
    QuizRegrade(RegradeRow)
}
node_type! {
    /// What a regrade made of an attempt.
    RegradedAttempt(RegradedAttemptRow)
}

/// That a quiz is graded otherwise than it was published, from then on and for what was handed in before. It lies over the
/// versions of the quiz, which stay as they are. Only for those who work on the course.
#[Object]
impl QuizRegrade {
    /// Names this regrade among all things. Opaque.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// 1 is the first of the quiz; the later one lies over the earlier.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Why. Learners whose attempts came to something else read it, too.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// When it was made.
    async fn regraded_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Who made it. Null when the account is not active.
    async fn regraded_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.created_by).await
    }

    /// What it counts otherwise; empty for one that takes another back. Null when that can't be read.
    async fn changes(&self) -> Option<Result<Vec<RegradeChange>>> {
        let changes =
            || Change::read(&self.0.changes)?.into_iter().map(RegradeChange::of).collect::<kernel::Result<_>>();
        Some(changes().map_err(Into::into))
    }

    /// How many attempts came to something else by it.
    async fn changed_count(&self) -> i32 {
        self.0.changed_count
    }

    // Edges.

    /// The quiz. Null when that can't be read.
    async fn quiz(&self, ctx: &Context<'_>) -> Option<Result<Quiz>> {
        one(ctx, Some(QuizById(self.0.quiz_id))).await
    }

    /// The one that this one takes back. Null when it takes none back.
    async fn undoes(&self, ctx: &Context<'_>) -> Option<Result<QuizRegrade>> {
        one(ctx, self.0.undoes_id.map(RegradeById)).await
    }

    /// The one that takes this one back. Null as long as it stands.
    async fn undone_by(&self, ctx: &Context<'_>) -> Option<Result<QuizRegrade>> {
        one(ctx, Some(UndoOfRegrade(self.0.id))).await
    }

    /// The attempts that came to something else by it. Null when they can't be read.
    async fn attempts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start; 20 when nothing is said, at most 100.")] first: Option<i32>,
        #[graphql(desc = "Only what comes after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many from the end, instead of `first`.")] last: Option<i32>,
        #[graphql(desc = "Only what comes before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<RegradedAttempt>>> {
        edge(ctx, self.0.id, (first, after, last, before), AttemptsOfRegrade, AttemptCountOfRegrade).await
    }
}

/// What a regrade made of an attempt, and what that was before.
#[Object]
impl RegradedAttempt {
    /// What it was.
    async fn before(&self) -> AttemptMark {
        before(&self.0)
    }

    /// What it came to.
    async fn after(&self) -> AttemptMark {
        after(&self.0)
    }

    /// The attempt as it is now. Null when you may not see it (any more).
    async fn attempt(&self, ctx: &Context<'_>) -> Option<Result<QuizAttempt>> {
        one(ctx, Some(AttemptById(self.0.attempt_id))).await
    }
}

/// That an attempt came to something else, and why: for who sat it.
#[derive(SimpleObject)]
pub struct AttemptRegrade {
    /// When.
    regraded_at: DateTime<Utc>,
    /// Why.
    reason: String,
    /// What it was.
    before: AttemptMark,
    /// What it came to.
    after: AttemptMark,
}

/// What an attempt comes to.
#[derive(SimpleObject)]
pub struct AttemptMark {
    /// Where it stands.
    status: QuizAttemptStatus,
    /// How many points count.
    score: f64,
    /// How many points there were to get.
    max_score: f64,
    /// How much that is of all points, from 0 to 100.
    percentage: f64,
    /// Is that enough?
    is_passed: bool,
}

/// What a regrade counts otherwise of a question.
#[derive(SimpleObject)]
pub struct RegradeChange {
    /// The question.
    question_id: ID,
    /// What it changes.
    kind: RegradeChangeKind,
    /// What is right, of another key. Null for other kinds.
    content: Option<QuestionContent>,
    /// What is right as well: texts, or keys of options. Empty for other kinds.
    accepted: Vec<FurtherAnswer>,
    /// What it is worth. Null for other kinds.
    points: Option<f64>,
}

/// What is right as well.
#[derive(SimpleObject)]
pub struct FurtherAnswer {
    /// In which gap. Null where there are none.
    gap: Option<String>,
    /// The text, or the key of an option.
    answer: String,
}

/// What a regrade changes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum RegradeChangeKind {
    /// Something else is right.
    Key,
    /// More is right than was.
    Accept,
    /// It is worth something else.
    Points,
    /// All get its points.
    FullPointsToAll,
    /// All who answered it get its points.
    FullPointsToWhoAnswered,
    /// It does not count any more, and all get its points.
    DroppedWithFullPoints,
    /// It does not count any more, and there is so much less to get.
    Excluded,
}

impl RegradeChange {
    fn of(change: Change) -> kernel::Result<Self> {
        let kind = match &change.effect {
            Effect::Key(_) => RegradeChangeKind::Key,
            Effect::Accept(_) => RegradeChangeKind::Accept,
            Effect::Points(_) => RegradeChangeKind::Points,
            Effect::FullPoints { only_answered: false } => RegradeChangeKind::FullPointsToAll,
            Effect::FullPoints { only_answered: true } => RegradeChangeKind::FullPointsToWhoAnswered,
            Effect::Drop(DropCredit::FullPoints) => RegradeChangeKind::DroppedWithFullPoints,
            Effect::Drop(DropCredit::Excluded) => RegradeChangeKind::Excluded,
        };
        let question_id = ID(change.question.to_wire());
        let bare = Self { question_id, kind, content: None, accepted: vec![], points: None };
        Ok(match change.effect {
            Effect::Key(stored) => Self { content: Some(Question::read(&stored)?.content.into()), ..bare },
            Effect::Accept(further) => Self { accepted: accepted(further), ..bare },
            Effect::Points(points) => Self { points: Some(hundredths(points)), ..bare },
            Effect::FullPoints { .. } | Effect::Drop(_) => bare,
        })
    }
}

fn accepted(further: Further) -> Vec<FurtherAnswer> {
    match further {
        Further::Texts(list) | Further::Options(list) => {
            list.into_iter().map(|answer| FurtherAnswer { gap: None, answer }).collect()
        }
        Further::Gaps(gaps) => {
            let gaps = gaps.into_iter().flat_map(|(gap, texts)| texts.into_iter().map(move |text| (gap.clone(), text)));
            gaps.map(|(gap, answer)| FurtherAnswer { gap: Some(gap), answer }).collect()
        }
    }
}

impl AttemptRegrade {
    pub fn of((row, reason): &(RegradedAttemptRow, String)) -> Self {
        Self { regraded_at: row.created_at, reason: reason.clone(), before: before(row), after: after(row) }
    }
}

fn before(row: &RegradedAttemptRow) -> AttemptMark {
    AttemptMark {
        status: row.status_before.into(),
        score: hundredths(row.score_before),
        max_score: hundredths(row.max_score_before),
        percentage: hundredths(row.percentage_before),
        is_passed: row.is_passed_before,
    }
}

fn after(row: &RegradedAttemptRow) -> AttemptMark {
    AttemptMark {
        status: row.status_after.into(),
        score: hundredths(row.score_after),
        max_score: hundredths(row.max_score_after),
        percentage: hundredths(row.percentage_after),
        is_passed: row.is_passed_after,
    }
}

impl From<Mark> for AttemptMark {
    fn from(mark: Mark) -> Self {
        Self {
            status: mark.status.into(),
            score: hundredths(mark.score),
            max_score: hundredths(mark.max_score),
            percentage: hundredths(mark.percentage),
            is_passed: mark.is_passed,
        }
    }
}
