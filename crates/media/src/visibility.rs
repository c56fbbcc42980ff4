//! Which rows a viewer may know of.

use courses::{course, course_section};
use kernel::{Live, Permission, Viewer};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr,
};

use crate::media_file;

impl media_file::Entity {
    /// The files of visible courses, but not those of a section that is not published; all files of courses one may
    /// edit; one's own uploads; everything for those who manage courses.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use media_file::Column::{CourseId, UserId};
        if viewer.has(Permission::CoursesManage) {
            return Self::live();
        }
        let shown = course::Entity::visible_ids(viewer, CourseId).and(in_the_open());
        let Some(user) = viewer.id() else {
            return Self::live().filter(shown);
        };
        let taught = course::Entity::editable_ids(viewer, CourseId);
        Self::live().filter(shown.or(taught).or(UserId.eq(user)))
    }
}

/// The file belongs to no section or to a published one. Asked per row: a list of all published sections is long.
fn in_the_open() -> Expr {
    use course_section::Column::{Id, IsPublished};
    use media_file::Column::SectionId;
    let published = course_section::Entity::live()
        .filter(IsPublished.eq(true))
        .filter(Expr::col((course_section::Entity, Id)).equals((media_file::Entity, SectionId)))
        .select_only()
        .column(Id);
    SectionId.is_null().or(Expr::exists(published.into_query()))
}
