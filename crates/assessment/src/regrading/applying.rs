use std::collections::{BTreeSet, HashMap};

use courses::Taught;
use kernel::{
    AttemptId, AuditRecord, CertificateId, EntityId, Error, Live, Permit, QuestionId, QuizId, RegradeId, Result, Tx,
    UserId, dialect,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use serde_json::json;

use super::{
    Change, NewChange, RegradeRow, Seen, changes_of,
    checking::{Known, checked},
    marking::Marking,
};
use crate::{
    attempting::{Settled, answers_of, papers_of, settle},
    hand_grading::graded,
    policy::Grade,
    question::Question,
    quiz, quiz_attempt,
    quiz_regrade::{ActiveModel, Column, Entity},
    quiz_version,
    rules::QUIZ_NOT_PUBLISHED,
    versions::QuizSnapshot,
};

/// What to count otherwise of a quiz.
#[derive(Clone, Debug)]
pub struct Regrade {
    pub quiz: QuizId,
    pub changes: Vec<NewChange>,
    pub reason: String,
}

/// What an attempt comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub status: crate::AttemptStatus,
    /// The points that count, in hundredths.
    pub score: i32,
    pub max_score: i32,
    /// In hundredths of a percent.
    pub percentage: i32,
    pub is_passed: bool,
}

/// An attempt that comes to something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub attempt: AttemptId,
    pub attempt_number: i32,
    pub user: UserId,
    pub before: Mark,
    pub after: Mark,
}

/// What came of a regrade, or would.
#[derive(Clone, Debug)]
pub struct Regraded {
    pub regrade: RegradeRow,
    /// How many attempts were handed in, and so looked at.
    pub looked_at: usize,
    pub changed: Vec<Changed>,
    /// How many answers a person had graded: they stay.
    pub manual_answers: usize,
    /// How many attempts have a score that somebody set: that stays.
    pub overridden: usize,
    /// Who has passed the quiz now, and had not.
    pub passed: Vec<UserId>,
    /// Who had passed the quiz, and has not now.
    pub failed: Vec<UserId>,
    /// Certificates for the course of those who have not passed any more what has to be passed. They stay good: people decide.
    pub certificates: Vec<(CertificateId, UserId)>,
}

/// Grades what was handed in, and what will be, with these changes over the versions that were published.
pub async fn regrade_quiz(tx: &mut Tx, regrade: Regrade) -> Result<Regraded> {
    let (permit, quiz) = open(tx, regrade.quiz).await?;
    let known = questions_of(tx, quiz.id).await?;
    let (changes, reason) = checked(regrade.changes, &regrade.reason, &known)?;
    apply(tx, &permit, &quiz, (changes, reason, None)).await
}

/// The quiz, if the viewer may grade there. Regrades of it come one after the other; no row is locked for that, as who hands in
/// comes to quiz and course from the other side.
pub(super) async fn open(tx: &Tx, id: QuizId) -> Result<(Permit<Grade, Taught>, quiz::Model)> {
    let permit = graded(tx, id).await?;
    tx.take_turns_for(&[id]).await?;
    let quiz = quiz::Entity::live().filter(quiz::Column::Id.eq(id)).one(&tx.conn).await?;
    Ok((permit, quiz.ok_or(Error::NotFound)?))
}

/// Every question of the quiz's versions, as the latest of them has it with what regrades lay over it.
async fn questions_of(tx: &Tx, quiz: QuizId) -> Result<HashMap<QuestionId, Known>> {
    use quiz_version::{Column, Entity};
    let versions = Entity::live().filter(Column::QuizId.eq(quiz)).order_by_asc(Column::Number).all(&tx.conn).await?;
    if versions.is_empty() {
        return Err(QUIZ_NOT_PUBLISHED.at("quizId").into());
    }
    let last = versions.iter().map(|version| version.number).max().unwrap_or_default();
    let mut frozen = HashMap::new();
    for version in versions {
        let questions = QuizSnapshot::read(&version.snapshot)?.items;
        let questions = questions.iter().flat_map(|item| item.questions());
        frozen.extend(questions.map(|question| (question.id, (version.number, question.question.clone()))));
    }
    let changes = changes_of(&tx.conn, &[quiz]).await?.remove(&quiz).unwrap_or_default();
    let mut known = HashMap::new();
    for (id, (version, stored)) in frozen {
        let asked = Question::read(&stored)?;
        let mut question = asked.clone();
        for change in changes.iter().filter(|change| change.question == id) {
            if change.holds_for(version, &asked)? {
                change.alter(&mut question)?;
            }
        }
        known.insert(id, Known { question, seen: Seen { version: last, question: stored } });
    }
    Ok(known)
}

/// Writes the regrade and grades all attempts by what lies over the versions then.
pub(super) async fn apply(
    tx: &mut Tx,
    permit: &Permit<Grade, Taught>,
    quiz: &quiz::Model,
    (changes, reason, undoes): (Vec<Change>, String, Option<RegradeId>),
) -> Result<Regraded> {
    let last = Entity::live().filter(Column::QuizId.eq(quiz.id)).order_by_desc(Column::Number).one(&tx.conn).await?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        quiz_id: Set(quiz.id),
        number: Set(last.map_or(1, |last| last.number.saturating_add(1))),
        reason: Set(reason.clone()),
        changes: Set(Change::column(&changes)?),
        undoes_id: Set(undoes),
        ..Default::default()
    };
    let id = tx.insert(permit, row).await?.id;
    let marking = mark_all(tx, permit, quiz.id, id).await?;
    let settled = settle(tx, marking.changed.iter().map(|changed| (changed.user, quiz.id))).await?;
    let count = i32::try_from(marking.changed.len()).unwrap_or(i32::MAX);
    let counted = vec![(Column::ChangedCount, sea_orm::sea_query::Expr::val(count))];
    tx.change_where::<_, _, Entity>(permit, Column::Id.eq(id), counted).await?;
    tx.record(record(quiz.id, id, &changes, undoes).with("changedAttempts", count).reason(reason)).await?;
    report(tx, quiz, id, marking, settled).await
}

/// So many attempts are looked at together: the statements, and what is held in memory, are those for so many.
const AT_ONCE: usize = 500;

/// Grades all attempts that are handed in, a fixed number of statements for each [`AT_ONCE`] of them. Who has begun meanwhile is
/// looked at, too, until nobody has.
async fn mark_all(tx: &mut Tx, permit: &Permit<Grade, Taught>, quiz: QuizId, regrade: RegradeId) -> Result<Marking> {
    use quiz_attempt::{Column, Entity};
    let (mut marking, mut seen) = (Marking::new(regrade), BTreeSet::new());
    loop {
        let all = Entity::live().filter(Column::QuizId.eq(quiz)).order_by_asc(Column::Id).select_only();
        let all: Vec<AttemptId> = all.column(Column::Id).into_tuple().all(&tx.conn).await?;
        let new: Vec<AttemptId> = all.into_iter().filter(|id| seen.insert(*id)).collect();
        if new.is_empty() {
            return Ok(marking);
        }
        for ids in new.chunks(AT_ONCE) {
            mark_some(tx, permit, ids, &mut marking).await?;
        }
    }
}

async fn mark_some(
    tx: &mut Tx,
    permit: &Permit<Grade, Taught>,
    ids: &[AttemptId],
    marking: &mut Marking,
) -> Result<()> {
    use quiz_attempt::{Column, Entity};
    // Who hands in now waits, and is graded by what is laid over here.
    let which = dialect::any_of(tx.backend(), (Entity, Column::Id), ids);
    let attempts = Entity::live().filter(which).order_by_asc(Column::Id).lock_exclusive().all(&tx.conn).await?;
    let papers = papers_of(&tx.conn, &attempts).await?;
    let answers = answers_of(&tx.conn, ids).await?;
    marking.mark(tx, permit, (&attempts, &papers, &answers)).await
}

/// What was right and is stays out of the trail: more people read that than grade the quiz.
fn record(quiz: QuizId, id: RegradeId, changes: &[Change], undoes: Option<RegradeId>) -> AuditRecord {
    let action = if undoes.is_some() { "quiz.regrade_undone" } else { "quiz.regraded" };
    let questions: BTreeSet<String> = changes.iter().map(|change| change.question.to_wire()).collect();
    let record = AuditRecord::new(action, quiz).with("regradeId", id.to_wire());
    let record = record.with("questions", json!(questions));
    record.with("undoes", undoes.map(EntityId::to_wire))
}

async fn report(tx: &Tx, quiz: &quiz::Model, id: RegradeId, marking: Marking, settled: Settled) -> Result<Regraded> {
    let people = |sitters: Vec<(UserId, QuizId)>| sitters.into_iter().map(|(user, _)| user).collect::<Vec<_>>();
    let (passed, failed) = (people(settled.passed), people(settled.failed));
    let certificates = match quiz.is_required {
        true => learning::certificates::held_for(&tx.conn, quiz.course_id, &failed).await?,
        false => vec![],
    };
    let regrade = Entity::live().filter(Column::Id.eq(id)).into_partial_model().one(&tx.conn).await?;
    Ok(Regraded {
        regrade: regrade.ok_or(Error::NotFound)?,
        looked_at: marking.looked_at,
        changed: marking.changed,
        manual_answers: marking.manual_answers,
        overridden: marking.overridden,
        passed,
        failed,
        certificates,
    })
}
