//! Enrolling many at once: each row as if it came alone, and one that is refused takes nothing from the others.

use chrono::{DateTime, Utc};
use courses::Taught;
use kernel::{CourseId, Error, Permit, Problem, Result, Tx, UserId, allow};

use crate::{
    EnrollmentRow, EnrollmentSource, Grant,
    granting::give,
    policy::Enrol,
    rules::{ENROLLMENT_EMAIL_UNKNOWN, ENROLLMENT_PERSON_UNNAMED},
};

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

/// How a row says who it is.
#[derive(Clone, Debug)]
pub enum Named {
    Id(UserId),
    Email(String),
    /// In no way or in two.
    Unclear,
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
            user: person(tx, &row.who).await?,
            source: order.source,
            reference: row.reference.clone(),
            expires_at: row.expires_at,
            over_capacity: order.over_capacity,
        };
        give(tx, permit, grant).await
    });
    match given.await {
        Ok(enrolled) => Ok(Ok(enrolled)),
        Err(Error::Broken(problems)) => Ok(Err(problems)),
        Err(error) => Err(error),
    }
}

async fn person(tx: &Tx, who: &Named) -> Result<UserId> {
    match who {
        Named::Id(user) => Ok(*user),
        Named::Email(email) => {
            accounts::check_email(email, "email")?;
            // Whether there is an account that has not verified it is nobody else's business.
            let found = accounts::active_by_email(tx, email).await?;
            found.ok_or_else(|| ENROLLMENT_EMAIL_UNKNOWN.at("email").into())
        }
        Named::Unclear => Err(ENROLLMENT_PERSON_UNNAMED.at("userId").into()),
    }
}
