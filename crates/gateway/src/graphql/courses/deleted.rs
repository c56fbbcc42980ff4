use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use courses::DeletedCourseRow;
use kernel::EntityId;

use super::enums::CourseStatus;
use crate::graphql::{accounts::PublicProfile, error::Result, node::node_type};

node_type! {
    /// A deleted course.
    DeletedCourse(DeletedCourseRow)
}

/// A deleted course, as far as one has to know it to bring it back.
#[Object]
impl DeletedCourse {
    /// The id of the course, for `restoreCourse`. Nothing else finds it by that. Opaque.
    async fn id(&self) -> ID {
        ID(self.0.id.to_wire())
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it stood, and will stand again.
    async fn status(&self) -> CourseStatus {
        self.0.status.into()
    }

    /// When it was deleted. Null when that is not known.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }

    /// Who deleted it. Null when nobody in particular did, or the account is not active.
    async fn deleted_by(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, self.0.deleted_by).await
    }
}
