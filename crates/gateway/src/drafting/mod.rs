//! Many changes to one course in one call: all of them or none. They are the changes that can be made one by one, made by
//! the same functions; what is wrong with each is told by its row.

mod operation;
mod placing;
mod rows;

use std::collections::HashMap;

use courses::{CourseRow, NewCourse, rules};
use kernel::{CourseId, Error, Noted, Result, SectionId, Tx};

pub use operation::{Operation, Reference};
use rows::{Row, at_row};

use crate::{reactions, school::School};

/// More would hold the course for too long.
pub const MOST_OPERATIONS: usize = 200;

/// The changes, each read from the request, or why it could not be.
pub struct Draft {
    /// None: the first operation creates it.
    pub course: Option<CourseId>,
    pub expected_version: Option<i32>,
    pub operations: Vec<(&'static str, Result<Operation>)>,
}

/// What came of it.
pub enum Drafted {
    Done(Done),
    Stale(Box<CourseRow>),
}

/// All operations have been done.
pub struct Done {
    pub course: CourseId,
    /// The sections that were created under a name.
    pub named: Vec<(String, SectionId)>,
    /// What each operation did, in the words of the audit trail.
    pub changes: Vec<(usize, Noted)>,
}

/// What the operations before have left for those after.
pub struct Desk {
    course: Option<CourseId>,
    /// None: the operation that was to create it has failed.
    named: HashMap<String, Option<SectionId>>,
}

impl Desk {
    fn course(&self) -> Result<CourseId> {
        Ok(self.course.ok_or(rules::DRAFT_WITHOUT_COURSE)?)
    }
}

/// Does all operations; when one of them fails, the others are tried for what else is wrong, and nothing is done.
pub async fn apply(tx: &mut Tx, school: &School, draft: Draft) -> Result<Drafted> {
    if draft.operations.len() > MOST_OPERATIONS {
        return Err(rules::DRAFT_TOO_MANY_OPERATIONS.at("operations").into());
    }
    if let Some(stale) = begin(tx, &draft).await? {
        return Ok(Drafted::Stale(Box::new(stale)));
    }
    let mut desk = Desk { course: draft.course, named: HashMap::new() };
    let (mut problems, mut changes) = (vec![], vec![]);
    for (number, (name, operation)) in draft.operations.into_iter().enumerate() {
        let row = Row { number, name };
        match one(tx, school, (&mut desk, row), operation).await {
            Ok(()) => changes.extend(tx.take_noted().into_iter().map(|noted| (number, noted))),
            Err(Error::Broken(broken)) => problems.extend(broken),
            Err(error) => return Err(error),
        }
        // Nothing of it will be: another course stands in for the one that could not be created, so that the rest is tried.
        if desk.course.is_none() {
            match courses::create(tx, stand_in()).await {
                Ok(course) => desk.course = Some(course.id),
                // Who may begin no course has been told so.
                Err(_) => break,
            }
        }
    }
    if !problems.is_empty() {
        return Err(Error::Broken(problems));
    }
    let named = desk.named.iter().filter_map(|(name, section)| Some((name.clone(), (*section)?)));
    Ok(Drafted::Done(Done { course: desk.course()?, named: named.collect(), changes }))
}

fn stand_in() -> NewCourse {
    NewCourse { title: "?".into(), ..NewCourse::default() }
}

/// The course is locked from the beginning, so that no other change comes between two operations.
async fn begin(tx: &Tx, draft: &Draft) -> Result<Option<CourseRow>> {
    let creates = |place: usize| matches!(draft.operations.get(place), Some((_, Ok(Operation::CreateCourse(_)))));
    let first = creates(0);
    let later = (1..draft.operations.len()).any(creates);
    let malformed = matches!(draft.operations.first(), Some(("createCourse", Err(_))));
    if later || draft.course.is_some() == (first || malformed) {
        return Err(rules::DRAFT_WITHOUT_COURSE.at("courseId").into());
    }
    let Some(course) = draft.course else { return Ok(None) };
    let permit = courses::edit(tx, course).await?;
    let is_stale = draft.expected_version.is_some_and(|expected| expected != permit.version);
    Ok(is_stale.then(|| permit.into_row().course.into()))
}

/// One operation with all that follows from it; when it fails, it has not been.
async fn one(tx: &mut Tx, school: &School, (desk, row): (&mut Desk, Row), operation: Result<Operation>) -> Result<()> {
    let operation = operation.map_err(|error| at_row(error, row))?;
    if operation.hangs_on_what_failed(desk) {
        operation.fail(desk);
        return Ok(());
    }
    let done = tx.attempt(async |tx| {
        operation.run(tx, desk).await?;
        reactions::run(tx, school).await.map(|_| ())
    });
    let done = done.await;
    if done.is_err() {
        operation.fail(desk);
    }
    done.map_err(|error| at_row(error, row))
}
