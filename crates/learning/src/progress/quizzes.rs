//! What quizzes move in the courses that ask for them. Many people's at once, in a fixed number of statements, and those that
//! completing a course takes.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use kernel::{CourseId, EnrollmentId, Live, Permit, QuizId, Result, Tx, UserId, allow, dialect};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, OnConflict},
};

use super::{
    policy::Mark,
    refreshing::{Cause, refresh_all},
};
use crate::{
    EnrollmentRow, enrollment,
    item_completion::{ActiveModel, Column, Entity},
};

/// Somebody, and a quiz of a course that they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitter {
    pub user: UserId,
    pub course: CourseId,
    pub quiz: QuizId,
}

/// Which of these people are known here to have passed which of these quizzes.
pub async fn quizzes_passed(
    db: &impl ConnectionTrait,
    people: &[UserId],
    quizzes: &[QuizId],
) -> Result<BTreeSet<(UserId, QuizId)>> {
    let backend = db.get_database_backend();
    let which = dialect::any_of(backend, (Entity, Column::QuizId), quizzes);
    let passed = Entity::live().filter(which).filter(dialect::any_of(backend, (Entity, Column::UserId), people));
    let passed = passed.filter(Column::QuizId.is_not_null()).select_only().columns([Column::UserId, Column::QuizId]);
    Ok(passed.into_tuple().all(db).await?.into_iter().collect())
}

/// Who has passed, and who has not after all. A pass is kept whether or not one's time for the course goes on: the quiz was sat
/// in time. What is completed stays so: whether a certificate is still deserved, people decide. All turns are taken at once:
/// who waits for one has none that others wait for.
pub async fn mark_quizzes(tx: &mut Tx, passed: &[Sitter], failed: &[Sitter]) -> Result<()> {
    if passed.is_empty() && failed.is_empty() {
        return Ok(());
    }
    let learners = learners(tx, &[passed, failed].concat()).await?;
    keep(tx, &learners, passed).await?;
    take_back(tx, &learners, failed).await?;
    go_on(tx, &learners).await
}

type Learners = Permit<Mark, Vec<enrollment::Model>>;

async fn keep(tx: &mut Tx, learners: &Learners, passed: &[Sitter]) -> Result<()> {
    let mut rows = vec![];
    let those: HashSet<_> = learners.iter().map(|learner| (learner.user_id, learner.course_id)).collect();
    for sitter in passed.iter().filter(|sitter| those.contains(&(sitter.user, sitter.course))) {
        rows.push(ActiveModel {
            id: Set(tx.new_id()?),
            user_id: Set(sitter.user),
            course_id: Set(sitter.course),
            media_id: Set(None),
            quiz_id: Set(Some(sitter.quiz)),
            ..Default::default()
        });
    }
    // To the letter the condition of the unique index.
    let mut once = OnConflict::columns([Column::UserId, Column::CourseId, Column::QuizId]);
    once.target_and_where(Expr::cust("\"is_deleted\" = FALSE AND \"quiz_id\" IS NOT NULL")).do_nothing();
    tx.put_each(learners, rows, once).await?;
    Ok(())
}

async fn take_back(tx: &Tx, learners: &Learners, failed: &[Sitter]) -> Result<()> {
    let mut people: BTreeMap<(CourseId, QuizId), Vec<UserId>> = BTreeMap::new();
    for sitter in failed {
        people.entry((sitter.course, sitter.quiz)).or_default().push(sitter.user);
    }
    for ((course, quiz), users) in people {
        let users = dialect::any_of(tx.backend(), (Entity, Column::UserId), &users);
        let which = Column::CourseId.eq(course).and(Column::QuizId.eq(quiz)).and(users);
        tx.delete_where::<_, _, Entity>(learners, which).await?;
    }
    Ok(())
}

/// Their enrolments, with the turn for each.
async fn learners(tx: &Tx, sitters: &[Sitter]) -> Result<Learners> {
    use enrollment::{
        Column::{CourseId, Id, UserId},
        Entity,
    };
    let users: Vec<_> = sitters.iter().map(|sitter| sitter.user).collect();
    let courses: Vec<_> = sitters.iter().map(|sitter| sitter.course).collect();
    let of_users = dialect::any_of(tx.backend(), (Entity, UserId), &users);
    let of_courses = dialect::any_of(tx.backend(), (Entity, CourseId), &courses);
    let ids = Entity::live().filter(of_users).filter(of_courses).order_by_asc(Id).select_only().column(Id);
    let ids: Vec<EnrollmentId> = ids.into_tuple().all(&tx.conn).await?;
    tx.take_turns_for(&ids).await?;
    // As they are now that nobody else is at them.
    let mut learners = Entity::live().filter(dialect::any_of(tx.backend(), (Entity, Id), &ids)).all(&tx.conn).await?;
    let those: HashSet<_> = sitters.iter().map(|sitter| (sitter.user, sitter.course)).collect();
    learners.retain(|learner| those.contains(&(learner.user_id, learner.course_id)));
    allow::<Mark, _>(&tx.viewer, learners)
}

/// Where those stand now who may still learn.
async fn go_on(tx: &mut Tx, learners: &Learners) -> Result<()> {
    let may = |learner: &&enrollment::Model| EnrollmentRow::from((*learner).clone()).is_entitled(tx.now);
    let active: Vec<enrollment::Model> = learners.iter().filter(may).cloned().collect();
    refresh_all(tx, learners, &active, Cause::Learner).await.map(|_| ())
}
