use assessment::{AttemptRow, AttemptStatus, reading};
use async_graphql::{Context, Enum, SimpleObject, Subscription};
use chrono::{DateTime, Duration, Utc};
use futures_util::{Stream, StreamExt, stream::iter};
use kernel::{AttemptId, Error, Viewer};

use super::QuizAttempt;
use crate::{
    app::App,
    graphql::{
        context::Req,
        error::Result,
        id::Id,
        polling::{Polled, poll},
    },
};

/// What has happened to an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum AttemptEventKind {
    /// Nothing new: where it stands when one begins to listen.
    State,
    /// It has another deadline: time was granted, or taken back.
    DeadlineMoved,
    /// Five minutes are left, or less. Told once to everybody who listens then: also to who begins to listen with so little
    /// left, or when the deadline is moved so near; once more when it was moved away meanwhile.
    ClosingSoon,
    /// It is handed in, by who sits it or by the clock. Comes before `GRADED`, also when it is marked at once.
    Closed,
    /// It is marked, and who listens may know the grade; or it has come to something else since, as by a regrade.
    Graded,
}

/// Something that has happened to an attempt.
#[derive(SimpleObject)]
pub struct AttemptEvent {
    /// What.
    kind: AttemptEventKind,
    /// The attempt as it is now.
    attempt: QuizAttempt,
    /// The time here.
    server_now: DateTime<Utc>,
}

#[derive(Default)]
pub struct AttemptSubscription;

#[Subscription]
impl AttemptSubscription {
    /// What happens to an attempt: where it stands, then a deadline that is moved, that it closes soon, that it is closed, that it
    /// is marked, and each time that it comes to something else. What comes together is told one after the other. After a cut,
    /// `quizAttempt` has the same state. An error with the code `NOT_FOUND` when there is no such attempt, or not for you (any
    /// more).
    async fn attempt_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which attempt.")] attempt_id: Id<AttemptId>,
    ) -> Result<impl Stream<Item = Result<AttemptEvent>> + use<>> {
        let looks = poll(ctx.req(), Sitting(attempt_id.at(&["attemptId"])?));
        Ok(looks.flat_map(|news| match news {
            Ok(events) => iter(events.into_iter().map(Ok).collect::<Vec<_>>()),
            Err(error) => iter(vec![Err(error)]),
        }))
    }
}

/// How far an attempt has come, as who listens may know it. The later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Open,
    Closing,
    Closed,
    Graded,
}

/// What of an attempt is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    phase: Phase,
    expires_at: Option<DateTime<Utc>>,
    /// Points that count, points there were to get, and whether that is enough: of what is graded.
    grade: Option<(i32, i32, bool)>,
}

const SOON: Duration = Duration::minutes(5);

impl State {
    fn of(row: &AttemptRow, viewer: &Viewer, now: DateTime<Utc>) -> Self {
        let is_hidden = row.is_held && viewer.is(row.user_id);
        let phase = match row.status {
            AttemptStatus::Graded if !is_hidden => Phase::Graded,
            AttemptStatus::InProgress if row.is_open(now) => match row.expires_at {
                Some(expires) if expires - now <= SOON => Phase::Closing,
                _ => Phase::Open,
            },
            _ => Phase::Closed,
        };
        let grade = (row.counted_score(), row.max_score, row.is_passed);
        Self { phase, expires_at: row.expires_at, grade: (phase == Phase::Graded).then_some(grade) }
    }

    /// What has happened since, in its order; the deadline of what is closed is no news.
    fn since(self, told: Option<Self>) -> Vec<AttemptEventKind> {
        use AttemptEventKind::{Closed, ClosingSoon, DeadlineMoved, Graded, State};
        let is_closing = self.phase == Phase::Closing;
        let Some(told) = told else {
            return [(true, State), (is_closing, ClosingSoon)].into_iter().filter_map(happened).collect();
        };
        let (is_over, was_over) = (self.phase >= Phase::Closed, told.phase >= Phase::Closed);
        let is_anew = told.phase != Phase::Graded || told.grade != self.grade;
        let events = [
            (!is_over && self.expires_at != told.expires_at, DeadlineMoved),
            (is_closing && told.phase == Phase::Open, ClosingSoon),
            (is_over && !was_over, Closed),
            (self.phase == Phase::Graded && is_anew, Graded),
        ];
        events.into_iter().filter_map(happened).collect()
    }
}

fn happened((has_happened, kind): (bool, AttemptEventKind)) -> Option<AttemptEventKind> {
    has_happened.then_some(kind)
}

/// Somebody's attempt.
struct Sitting(AttemptId);

/// The attempt at a moment, by the eyes of who listens.
struct Look {
    row: AttemptRow,
    state: State,
    server_now: DateTime<Utc>,
}

impl Polled for Sitting {
    type Seen = Look;
    type State = State;
    type Told = Vec<AttemptEvent>;

    async fn look(&self, app: &App, viewer: &Viewer) -> kernel::Result<Look> {
        let found = reading::attempts(app.db.read(), viewer, &[self.0]).await?.remove(&self.0);
        let (row, server_now) = (found.ok_or(Error::NotFound)?, app.world.now());
        Ok(Look { state: State::of(&row, viewer, server_now), row, server_now })
    }

    fn state(&self, seen: &Look, _: &App, _: &Viewer) -> State {
        seen.state
    }

    async fn tell(&self, seen: Look, before: Option<&State>, _: &App) -> kernel::Result<Option<Vec<AttemptEvent>>> {
        let kinds = seen.state.since(before.copied()).into_iter();
        let event = |kind| AttemptEvent { kind, attempt: seen.row.clone().into(), server_now: seen.server_now };
        Ok(Some(kinds.map(event).collect()))
    }

    /// What is marked may be marked anew.
    fn is_last(&self, _: &State) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn state(phase: Phase, hour: u32) -> State {
        let grade = (phase == Phase::Graded).then_some((100, 100, true));
        State { phase, expires_at: Utc.with_ymd_and_hms(2026, 7, 1, hour, 0, 0).single(), grade }
    }

    #[test]
    fn each_change_is_told_once_by_its_name() {
        use AttemptEventKind::{Closed, ClosingSoon, DeadlineMoved, Graded, State as First};
        let (open, later) = (state(Phase::Open, 12), state(Phase::Open, 13));
        let (closing, closed, graded) = (state(Phase::Closing, 12), state(Phase::Closed, 12), state(Phase::Graded, 12));
        for (told, now, kinds) in [
            (None, open, &[First][..]),
            (None, closing, &[First, ClosingSoon]),
            (None, graded, &[First]),
            (Some(open), open, &[]),
            (Some(open), later, &[DeadlineMoved]),
            (Some(open), closing, &[ClosingSoon]),
            // More time is given to who has little left, also no more than a little; or what was left is taken away.
            (Some(closing), later, &[DeadlineMoved]),
            (Some(closing), state(Phase::Closing, 13), &[DeadlineMoved]),
            (Some(later), closing, &[DeadlineMoved, ClosingSoon]),
            (Some(closing), closing, &[]),
            (Some(closing), closed, &[Closed]),
            (Some(open), graded, &[Closed, Graded]),
            (Some(closed), graded, &[Graded]),
            (Some(graded), graded, &[]),
            (Some(graded), State { grade: Some((50, 100, false)), ..graded }, &[Graded]),
            (Some(closed), state(Phase::Closed, 15), &[]),
        ] {
            assert_eq!(now.since(told), kinds, "{told:?} {now:?}");
        }
    }
}
