//! Which rows a viewer may know of.

use courses::course;
use kernel::{Live, Permission, Viewer};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, Select};

use crate::review;

impl review::Entity {
    /// The reviews of visible courses that no moderator has hidden; one's own; all for those who moderate.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use review::Column::{CourseId, IsHidden, UserId};
        if viewer.has(Permission::ReviewsModerate) {
            return Self::live();
        }
        let shown = IsHidden.eq(false).and(course::Entity::visible_ids(viewer, CourseId));
        let Some(user) = viewer.id() else {
            return Self::live().filter(shown);
        };
        Self::live().filter(shown.or(UserId.eq(user)))
    }
}
