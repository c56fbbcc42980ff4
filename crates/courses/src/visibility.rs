//! Which rows a viewer may know of.

use kernel::{Live, Permission, UserId, Viewer, enrolled};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, IntoSimpleExpr, JoinType, QueryFilter, QuerySelect, QueryTrait, RelationDef,
    Select,
    sea_query::{Expr, UnionType},
};

use crate::{
    CourseStatus, course, course_category, course_export, course_import, course_prerequisite, course_section,
    course_staff, course_tag,
};

impl course::Entity {
    /// Published courses; those one works on in any status, and those one is enrolled in; all for those who manage courses.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        if viewer.has(Permission::CoursesManage) {
            return Self::live();
        }
        let Some(user) = viewer.id() else {
            return Self::published();
        };
        let own = staffed(course::Column::Id, user).or(enrolled(user, course::Column::Id));
        // Not `= TRUE`: SQLite would take an index for each part, and then sort all that there is.
        Self::live().filter(course::Column::IsPublished.into_simple_expr().or(own))
    }

    /// The specification's manager `published`.
    pub fn published() -> Select<Self> {
        Self::live().filter(course::Column::IsPublished.eq(true))
    }

    /// The specification's manager `free_courses`: published and without a price.
    pub fn free_courses() -> Select<Self> {
        Self::published().filter(course::Column::IsFree.eq(true))
    }

    /// The specification's manager `by_instructor`, as far as the viewer may see.
    pub fn by_instructor(viewer: &Viewer, instructor: UserId) -> Select<Self> {
        Self::visible_to(viewer).filter(course::Column::InstructorId.eq(instructor))
    }

    /// The courses of which the viewer sees everything: those they own or are on the staff of, in whatever role; all for
    /// those who manage courses.
    pub fn taught_by(viewer: &Viewer) -> Select<Self> {
        if viewer.has(Permission::CoursesManage) {
            return Self::live();
        }
        match viewer.id() {
            Some(user) => Self::staffed_by(user),
            None => Self::live().filter(Expr::val(false)),
        }
    }

    /// The courses that this person owns or is on the staff of.
    pub fn staffed_by(user: UserId) -> Select<Self> {
        Self::live().filter(staffed(course::Column::Id, user))
    }

    /// Those rows of another table whose `column` names a visible course.
    pub fn names_visible(viewer: &Viewer, column: impl IntoSimpleExpr) -> Expr {
        there_is(Self::visible_to(viewer).filter(course::Column::Id.into_simple_expr().eq(column.into_simple_expr())))
    }

    /// Those rows of another table whose `column` names a course of which the viewer sees everything.
    pub fn taught_ids(viewer: &Viewer, column: impl IntoSimpleExpr) -> Expr {
        if viewer.has(Permission::CoursesManage) {
            let ids = Self::live().select_only().column(course::Column::Id);
            return column.into_simple_expr().in_subquery(ids.into_query());
        }
        viewer.id().map_or_else(|| Expr::val(false), |user| staffed(column, user))
    }
}

/// True of a row for which `select` finds one; it finds at most one, by its key. A value, and neither `IN` nor `EXISTS`: of those
/// PostgreSQL may make the list of all that are visible, to look into it for a handful of rows, and does so inside every `OR`.
fn there_is<E: EntityTrait>(select: Select<E>) -> Expr {
    Expr::SubQuery(None, Box::new(select.select_only().expr(Expr::cust("TRUE")).into_query().into()))
}

/// `column` names a living course that this person owns or is on the staff of. A union, because both databases find each
/// half by its index, and neither does so for an `OR` of the two.
fn staffed(column: impl IntoSimpleExpr, user: UserId) -> Expr {
    let owned = course::Entity::live().filter(course::Column::InstructorId.eq(user));
    let helped = course_staff::Entity::live()
        .join(JoinType::InnerJoin, course_of_staff())
        .filter(course_staff::Column::UserId.eq(user))
        .filter(course::Column::IsDeleted.eq(false));
    let mut ids = owned.select_only().column(course::Column::Id).into_query();
    ids.union(UnionType::All, helped.select_only().column(course_staff::Column::CourseId).into_query());
    column.into_simple_expr().in_subquery(ids)
}

fn course_of_staff() -> RelationDef {
    course_staff::Entity::belongs_to(course::Entity).from(course_staff::Column::CourseId).to(course::Column::Id).into()
}

impl CourseStatus {
    /// The stated transitions: draft -> published <-> unpublished -> archived.
    pub fn may_become(self, next: Self) -> bool {
        use CourseStatus::{Archived, Draft, Published, Unpublished};
        matches!((self, next), (Draft | Unpublished, Published) | (Published, Unpublished) | (Unpublished, Archived))
    }
}

impl course_category::Entity {
    /// Active categories; all for those who manage courses.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        if viewer.has(Permission::CoursesManage) {
            return Self::live();
        }
        Self::live().filter(course_category::Column::IsActive.eq(true))
    }
}

impl course_section::Entity {
    /// The published sections of visible courses, and all sections of those one works on.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use course_section::Column::{CourseId, IsPublished};
        let visible = course::Entity::names_visible(viewer, CourseId);
        if viewer.has(Permission::CoursesManage) {
            return Self::live().filter(visible);
        }
        if viewer.id().is_none() {
            return Self::live().filter(IsPublished.eq(true)).filter(visible);
        }
        let own = course::Entity::taught_ids(viewer, CourseId);
        Self::live().filter(visible).filter(IsPublished.eq(true).or(own))
    }
}

impl course_section::Entity {
    /// Those rows of another table whose `column` names a published section; that of a course which the viewer sees,
    /// whoever asks has to see to.
    pub fn names_published(column: impl IntoSimpleExpr) -> Expr {
        let named = course_section::Column::Id.into_simple_expr().eq(column.into_simple_expr());
        there_is(Self::live().filter(course_section::Column::IsPublished.eq(true)).filter(named))
    }
}

impl course_staff::Entity {
    /// The staff of visible courses: who teaches is part of what a course is.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::names_visible(viewer, course_staff::Column::CourseId))
    }
}

impl course_prerequisite::Entity {
    /// What visible courses ask for; whether one sees the courses asked for is another question.
    #[expect(clippy::disallowed_methods, reason = "a link is never soft-deleted: there is nothing to leave out")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::find().filter(course::Entity::names_visible(viewer, course_prerequisite::Column::CourseId))
    }
}

impl course_tag::Entity {
    /// The tags of visible courses.
    #[expect(clippy::disallowed_methods, reason = "a link is never soft-deleted: there is nothing to leave out")]
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::find().filter(course::Entity::names_visible(viewer, course_tag::Column::CourseId))
    }
}

impl course_export::Entity {
    /// One's own, as long as one works on the course: the keys of its questions are in it.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use course_export::Column::{CourseId, UserId};
        let editable = Self::live().filter(course::Entity::taught_ids(viewer, CourseId));
        if viewer.has(Permission::CoursesManage) { editable } else { editable.filter(UserId.eq(viewer.actor())) }
    }
}

impl course_import::Entity {
    /// One's own.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course_import::Column::UserId.eq(viewer.actor()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn the_stated_transitions_and_no_others() {
        let all = || CourseStatus::iter();
        let allowed: Vec<_> =
            all().flat_map(|from| all().map(move |to| (from, to))).filter(|(from, to)| from.may_become(*to)).collect();
        use CourseStatus::{Archived, Draft, Published, Unpublished};
        assert_eq!(
            allowed,
            [(Draft, Published), (Published, Unpublished), (Unpublished, Published), (Unpublished, Archived)]
        );
    }
}
