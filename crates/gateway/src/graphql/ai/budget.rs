//! What may be used of a language model, and what was.

use ai::budgeting::{
    Limits, next_day, next_month,
    reading::{Spent, Standing, UsedOn},
};
use async_graphql::{Context, Object, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::CourseId;

use crate::graphql::{
    courses::{Course, keys::CourseById},
    error::Result,
    learning::Date,
    node::one,
};

/// A group of fewer people is not told of: too many would know who is in it.
const FEWEST: i64 = 5;

fn shown(people: i64) -> Option<i64> {
    (people >= FEWEST).then_some(people)
}

/// What is left of a limit: what is kept for answers that are under way is not.
fn left(limit: i64, spent: Spent) -> i64 {
    Ord::max(limit - spent.used - spent.reserved, 0)
}

/// How many tokens of the language model a course may use, and what is left for you.
pub struct AiBudget {
    pub course: CourseId,
    pub model: Option<String>,
    pub standing: Standing,
    pub now: DateTime<Utc>,
}

/// How many tokens of the language model a course may use, and what is left for you. An answer takes as many tokens as are
/// asked and answered; the most that it may take is kept for it while it is under way. The built-in tutor takes none.
#[Object]
impl AiBudget {
    /// Which language model answers. Null when the built-in tutor does, which takes no tokens.
    async fn model(&self) -> Option<&str> {
        self.model.as_deref()
    }

    /// How many tokens each learner may use in a day, from midnight to midnight UTC.
    async fn learner_tokens_per_day(&self) -> i64 {
        self.limits().learner_daily_tokens
    }

    /// How many of them you have used today.
    async fn tokens_used(&self) -> i64 {
        self.standing.own_day.used
    }

    /// How many of them are left for you today. When the course has used all of its own there is no answer even so.
    async fn tokens_left(&self) -> i64 {
        left(self.limits().learner_daily_tokens, self.standing.own_day)
    }

    /// When your next day begins.
    async fn resets_at(&self) -> DateTime<Utc> {
        next_day(self.now)
    }

    /// What all learners together may use. Null for who does not work on the course.
    async fn of_course(&self) -> Option<AiCourseBudget> {
        let (month, limits) = (self.standing.month?, self.limits());
        let own = self.standing.own.as_ref();
        Some(AiCourseBudget {
            tokens_per_month: limits.course_monthly_tokens,
            tokens_used: month.used,
            tokens_left: left(limits.course_monthly_tokens, month),
            resets_at: next_month(self.now),
            own_learner_tokens_per_day: own.and_then(|own| own.learner_daily_tokens),
            own_tokens_per_month: own.and_then(|own| own.course_monthly_tokens),
        })
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.course))).await
    }
}

impl AiBudget {
    fn limits(&self) -> Limits {
        self.standing.limits
    }
}

/// How many tokens all learners of a course together may use in a calendar month, UTC.
#[derive(SimpleObject)]
pub struct AiCourseBudget {
    /// How many in a month.
    tokens_per_month: i64,
    /// How many of them were used this month.
    tokens_used: i64,
    /// How many of them are left this month.
    tokens_left: i64,
    /// When the next month begins.
    resets_at: DateTime<Utc>,
    /// What the course itself says of each learner's day. Null: as the school's settings say.
    own_learner_tokens_per_day: Option<i64>,
    /// What the course itself says of the month. Null: as the school's settings say.
    own_tokens_per_month: Option<i64>,
}

/// What was used of the language model in a course.
pub struct AiUsage {
    pub course: CourseId,
    pub days: Vec<UsedOn>,
    pub people: i64,
}

/// What was used of the language model in a course. Says how many people asked, from five on, and never who.
#[Object]
impl AiUsage {
    /// How many tokens in all.
    async fn tokens(&self) -> i64 {
        self.days.iter().map(|day| day.tokens).sum()
    }

    /// How many answers in all.
    async fn answers(&self) -> i64 {
        self.days.iter().map(|day| day.answers).sum()
    }

    /// How many people asked. Null for fewer than five.
    async fn learners(&self) -> Option<i64> {
        shown(self.people)
    }

    /// Day by day, in order; those on which nobody asked are left out.
    async fn days(&self) -> Vec<AiUsageDay> {
        self.days.iter().copied().map(AiUsageDay::from).collect()
    }

    /// The course. Null when you may not see it (any more).
    async fn course(&self, ctx: &Context<'_>) -> Option<Result<Course>> {
        one(ctx, Some(CourseById(self.course))).await
    }
}

/// What was used of the language model in a course on a day.
#[derive(SimpleObject)]
pub struct AiUsageDay {
    /// Which day, from midnight to midnight UTC.
    date: Date,
    /// How many tokens.
    tokens: i64,
    /// How many answers.
    answers: i64,
    /// How many people asked. Null for fewer than five.
    learners: Option<i64>,
}

impl From<UsedOn> for AiUsageDay {
    fn from(day: UsedOn) -> Self {
        let UsedOn { starts_at, tokens, answers, learners } = day;
        Self { date: Date(starts_at.date_naive()), tokens, answers, learners: shown(learners) }
    }
}
