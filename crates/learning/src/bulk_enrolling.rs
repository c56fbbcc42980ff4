//! Enrolling many at once: each row as if it came alone, and one that is refused takes nothing from the others.

use chrono::{DateTime, Utc};
use courses::Taught;
use kernel::{CourseId, Error, Permit, Problem, Result, Tx, allow};

use crate::{EnrollmentRow, EnrollmentSource, Grant, Named, granting::give, policy::Enrol, waitlist};

/// Whom to enrol, and what to do about those who can't be.
#[derive(Clone, Debug)]
pub struct BulkOrder {
    pub rows: Vec<BulkRow>,
    pub source: EnrollmentSource,
    pub over_capacity: bool,
    pub error_policy: ErrorPolicy,
}

#[derive(Clone, Debug)]
pub struct BulkRow {
    pub who: Named,
    pub reference: Option<String>,
    /// `None`: for as long as the course is usually given; `Some(None)`: for ever.
    pub expires_at: Option<Option<DateTime<Utc>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorPolicy {
    SkipBadRows,
    AllOrNothing,
}

/// What came of a row.
pub type BulkResult = std::result::Result<EnrollmentRow, Vec<Problem>>;

/// Enrols them in the order of the rows. With `AllOrNothing`, nobody is enrolled when one of them can't be; the results
/// still say what would have come of each row.
pub async fn bulk_enroll(tx: &mut Tx, course: CourseId, order: BulkOrder) -> Result<Vec<BulkResult>> {
    let permit = allow::<Enrol, _>(&tx.viewer, courses::hold(tx, course).await?)?;
    waitlist::settle(tx, &permit).await?;
    let mut results = Vec::with_capacity(order.rows.len());
    let all = tx.attempt(async |tx| {
        for row in &order.rows {
            results.push(enrol_row(tx, &permit, &order, row).await?);
        }
        let is_void =
            order.error_policy == ErrorPolicy::AllOrNothing && results.iter().any(std::result::Result::is_err);
        if is_void { Err(Error::Broken(vec![])) } else { Ok(()) }
    });
    match all.await {
        Ok(()) | Err(Error::Broken(_)) => Ok(results),
        Err(error) => Err(error),
    }
}

async fn enrol_row(
    tx: &mut Tx,
    permit: &Permit<Enrol, Taught>,
    order: &BulkOrder,
    row: &BulkRow,
) -> Result<BulkResult> {
    let given = tx.attempt(async |tx| {
        let grant = Grant {
            user: row.who.person(tx).await?,
            source: order.source,
            reference: row.reference.clone(),
            expires_at: row.expires_at,
            over_capacity: order.over_capacity,
        };
        row.who.told(give(tx, permit, grant).await)
    });
    match given.await {
        Ok(enrolled) => Ok(Ok(enrolled)),
        Err(Error::Broken(problems)) => Ok(Err(problems)),
        Err(error) => Err(error),
    }
}
