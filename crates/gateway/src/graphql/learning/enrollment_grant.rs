use async_graphql::Object;
use chrono::{DateTime, Utc};
use learning::GrantRow;

use super::enums::EnrollmentSource;

/// That somebody was given a course once: by a shop, or by those who run it.
pub struct EnrollmentGrant(GrantRow);

impl From<GrantRow> for EnrollmentGrant {
    fn from(row: GrantRow) -> Self {
        Self(row)
    }
}

/// That somebody was given a course once: by a shop, or by those who run it. Only for those who work on the course or see
/// everybody's enrolments.
#[Object]
impl EnrollmentGrant {
    /// Was it bought, or given?
    async fn source(&self) -> EnrollmentSource {
        self.0.source.into()
    }

    /// The order or other reference that it came by. Null without one.
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// Until when the person had the course after that. Null without an end.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was given.
    async fn granted_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
