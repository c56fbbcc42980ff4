//! Where questions are: in a quiz or in a bank, both of a course.

use courses::{Edit, Taught, edit};
use kernel::{BankId, CourseId, Error, Live, Permit, QuizId, Result, Tx};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, sea_query::Expr};

use crate::{question_bank, quiz, versions::ensure_frozen};

/// What a question stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    Quiz(QuizId),
    Bank(BankId),
}

/// What came of an edit: on a stale version the current state goes back to the author.
#[derive(Debug)]
pub enum Edited<T> {
    Done(T),
    Stale(T),
}

/// A quiz or a bank that may be changed. It and its course are locked until the transaction ends.
pub(crate) struct Opened {
    pub permit: Permit<Edit, Taught>,
    pub home: Home,
    pub version: i32,
}

impl Opened {
    pub fn course(&self) -> CourseId {
        self.permit.id
    }

    /// Has somebody changed it since the author saw it?
    pub fn is_stale(&self, expected: Option<i32>) -> bool {
        expected.is_some_and(|expected| expected != self.version)
    }
}

/// Locks the quiz or the bank, if the viewer may change it.
pub(crate) async fn open(tx: &mut Tx, home: Home) -> Result<Opened> {
    match home {
        Home::Quiz(id) => {
            let (permit, quiz) = open_quiz(tx, id).await?;
            Ok(Opened { permit, home, version: quiz.version })
        }
        Home::Bank(id) => {
            let (permit, bank) = open_bank(tx, id).await?;
            Ok(Opened { permit, home, version: bank.version })
        }
    }
}

/// What learners were given before versions were frozen is frozen before it changes.
pub(crate) async fn open_quiz(tx: &mut Tx, id: QuizId) -> Result<(Permit<Edit, Taught>, quiz::Model)> {
    use quiz::{Column::Id, Entity};
    let found = Entity::visible_to(&tx.viewer).filter(Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let permit = edit(tx, found.course_id).await?;
    // It may have gone while the course was waited for.
    let quiz = Entity::live().filter(Id.eq(id)).lock_exclusive().one(&tx.conn).await?.ok_or(Error::NotFound)?;
    if quiz.is_published {
        ensure_frozen(tx, &permit, &quiz).await?;
    }
    Ok((permit, quiz))
}

pub(crate) async fn open_bank(tx: &Tx, id: BankId) -> Result<(Permit<Edit, Taught>, question_bank::Model)> {
    use question_bank::{Column::Id, Entity};
    let found = Entity::visible_to(&tx.viewer).filter(Id.eq(id)).one(&tx.conn).await?.ok_or(Error::NotFound)?;
    let permit = edit(tx, found.course_id).await?;
    let bank = Entity::live().filter(Id.eq(id)).lock_exclusive().one(&tx.conn).await?.ok_or(Error::NotFound)?;
    Ok((permit, bank))
}

/// Counts an edit of the quiz or the bank, or of what is in it.
pub(crate) async fn count_on(tx: &Tx, opened: &Opened) -> Result<()> {
    match opened.home {
        Home::Quiz(id) => {
            use quiz::Column::{Id, Version};
            let next = vec![(Version, Expr::col(Version).add(1))];
            tx.change_where::<_, _, quiz::Entity>(&opened.permit, Id.eq(id), next).await?;
        }
        Home::Bank(id) => {
            use question_bank::Column::{Id, Version};
            let next = vec![(Version, Expr::col(Version).add(1))];
            tx.change_where::<_, _, question_bank::Entity>(&opened.permit, Id.eq(id), next).await?;
        }
    }
    Ok(())
}
