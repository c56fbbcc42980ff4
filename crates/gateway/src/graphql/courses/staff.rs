use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use courses::StaffRow;

use super::enums::CourseStaffRole;
use crate::graphql::{accounts::PublicProfile, error::Result};

/// Somebody who works on a course beside its owner.
pub struct CourseStaff(StaffRow);

impl From<StaffRow> for CourseStaff {
    fn from(row: StaffRow) -> Self {
        Self(row)
    }
}

/// Somebody who works on a course beside its owner.
#[Object]
impl CourseStaff {
    /// Who it is. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user_id)).await
    }

    /// What they do there.
    async fn role(&self) -> CourseStaffRole {
        self.0.role.into()
    }

    /// Since when.
    async fn added_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
