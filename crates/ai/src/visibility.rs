//! Which rows a viewer may know of.

use courses::course;
use kernel::{Live, Viewer};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};

use crate::{ai_chat, tutor_conversation, tutor_policy};

impl tutor_conversation::Entity {
    /// One's own. Those with learners of courses one works on, when they were begun while the course said so, as long as it
    /// says so. Nobody else reads them, whatever their rights.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(own(viewer, tutor_conversation::Column::UserId).or(open_to(viewer)))
    }

    /// Those with others that the viewer may read.
    pub fn of_learners(viewer: &Viewer) -> Select<Self> {
        let own = own(viewer, tutor_conversation::Column::UserId);
        Self::live().filter(open_to(viewer)).filter(own.not())
    }
}

fn own(viewer: &Viewer, user: impl ColumnTrait) -> Expr {
    viewer.id().map_or_else(|| Expr::val(false), |own| user.eq(own))
}

fn open_to(viewer: &Viewer) -> Expr {
    use tutor_conversation::Column::{CourseId, IsOpenToStaff};
    if viewer.id().is_none() {
        return Expr::val(false);
    }
    let open = tutor_policy::Entity::live().filter(tutor_policy::Column::IsOpenToStaff.eq(true));
    let open = open.select_only().column(tutor_policy::Column::CourseId).into_query();
    let taught = course::Entity::taught_ids(viewer, CourseId);
    IsOpenToStaff.eq(true).and(CourseId.in_subquery(open)).and(taught)
}

impl ai_chat::Entity {
    /// One's own, and those of conversations that one may read.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use ai_chat::Column::{SessionId, UserId};
        let open = tutor_conversation::Entity::live().filter(open_to(viewer));
        let open: SelectStatement = open.select_only().column(tutor_conversation::Column::Id).into_query();
        Self::live().filter(own(viewer, UserId).or(SessionId.in_subquery(open)))
    }
}

impl tutor_policy::Entity {
    /// Those of visible courses: who asks has to know who reads along.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::names_visible(viewer, tutor_policy::Column::CourseId))
    }
}
