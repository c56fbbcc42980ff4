//! Which rows a viewer may know of. For everything here it is the same: one's own; those of courses one works on; all
//! for those who may read everybody's learning.

use courses::course;
use kernel::{CourseId, Live, Permission, UserId, Viewer};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, Select};

use crate::{
    EnrollmentStatus, certificate, course_progress, enrollment, enrollment_grant, video_progress, waitlist_entry,
};

impl enrollment::Entity {
    /// One's own; those in courses one works on; all for those who may read everybody's learning or enrol everybody.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use enrollment::Column::{CourseId, UserId};
        if viewer.has(Permission::EnrollmentsManage) {
            return Self::live();
        }
        of_learners(viewer, UserId, CourseId)
    }

    /// The specification's manager `active`, as far as the viewer may see.
    pub fn active(viewer: &Viewer) -> Select<Self> {
        Self::visible_to(viewer).filter(enrollment::Column::Status.eq(EnrollmentStatus::Active))
    }

    /// The specification's manager `completed`, as far as the viewer may see.
    pub fn completed(viewer: &Viewer) -> Select<Self> {
        Self::visible_to(viewer).filter(enrollment::Column::Status.eq(EnrollmentStatus::Completed))
    }

    /// The specification's manager `by_user`, as far as the viewer may see.
    pub fn by_user(viewer: &Viewer, user: UserId) -> Select<Self> {
        Self::visible_to(viewer).filter(enrollment::Column::UserId.eq(user))
    }

    /// The specification's manager `by_course`, as far as the viewer may see.
    pub fn by_course(viewer: &Viewer, course: CourseId) -> Select<Self> {
        Self::visible_to(viewer).filter(enrollment::Column::CourseId.eq(course))
    }
}

impl enrollment_grant::Entity {
    /// Those in courses one works on; all for those who may read everybody's learning or enrol everybody. Not one's own: the
    /// orders of a shop are between the shop and the school.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use enrollment_grant::Column::CourseId;
        if viewer.has(Permission::EnrollmentsManage) || viewer.has(Permission::LearningRead) {
            return Self::live();
        }
        Self::live().filter(course::Entity::taught_ids(viewer, CourseId))
    }
}

impl waitlist_entry::Entity {
    /// One's own; those of courses one works on; all for those who may read everybody's learning or enrol everybody.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use waitlist_entry::Column::{CourseId, UserId};
        if viewer.has(Permission::EnrollmentsManage) {
            return Self::live();
        }
        of_learners(viewer, UserId, CourseId)
    }
}

impl course_progress::Entity {
    /// One's own; that in courses one works on; all for those who may read everybody's learning.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use course_progress::Column::{CourseId, UserId};
        of_learners(viewer, UserId, CourseId)
    }
}

impl video_progress::Entity {
    /// One's own; that in courses one works on; all for those who may read everybody's learning.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use video_progress::Column::{CourseId, UserId};
        of_learners(viewer, UserId, CourseId)
    }
}

impl certificate::Entity {
    /// One's own; those of courses one works on; all for those who may read everybody's learning.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use certificate::Column::{CourseId, UserId};
        of_learners(viewer, UserId, CourseId)
    }
}

/// Nothing for those who are not signed in.
fn of_learners<E: Live>(viewer: &Viewer, user: E::Column, course: E::Column) -> Select<E> {
    if viewer.has(Permission::LearningRead) {
        return E::live();
    }
    let own = user.eq(viewer.id());
    if viewer.id().is_none() {
        return E::live().filter(own);
    }
    E::live().filter(own.or(course::Entity::taught_ids(viewer, course)))
}
