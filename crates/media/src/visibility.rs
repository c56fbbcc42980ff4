//! Which rows a viewer may know of.

use courses::{course, course_section};
use kernel::{ApiTokenId, Live, Permission, Viewer};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr};

use crate::{caption_track, media_file, upload};

impl media_file::Entity {
    /// The files of visible courses, but not those of a section that is not published; all files of courses one
    /// works on; one's own uploads, of a program what it has brought itself; everything for those who manage courses.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use media_file::Column::{CourseId, SectionId, UserId};
        if viewer.has(Permission::CoursesManage) {
            return Self::live();
        }
        let of_open_section = SectionId.is_null().or(course_section::Entity::names_published(SectionId));
        let shown = course::Entity::names_visible(viewer, CourseId).and(of_open_section);
        let files = Self::live();
        if let Viewer::Service(service) = viewer {
            return files.filter(shown.or(brought_by(service.token)));
        }
        let Some(user) = viewer.id() else {
            return files.filter(shown);
        };
        let taught = course::Entity::taught_ids(viewer, CourseId);
        files.filter(shown.or(taught).or(UserId.eq(user)))
    }
}

fn brought_by(program: ApiTokenId) -> Expr {
    let brought = upload::Entity::live().filter(upload::Column::ApiTokenId.eq(program));
    media_file::Column::Id.in_subquery(brought.select_only().column(upload::Column::MediaId).into_query())
}

impl caption_track::Entity {
    /// The captions of visible files.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let files = media_file::Entity::visible_to(viewer).select_only().column(media_file::Column::Id);
        Self::live().filter(caption_track::Column::MediaId.in_subquery(files.into_query()))
    }
}

impl upload::Entity {
    /// One's own, of a program what it has begun itself; all for the system, which looks at what arrives.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        match viewer {
            Viewer::System => Self::live(),
            Viewer::Service(service) => Self::live().filter(upload::Column::ApiTokenId.eq(service.token)),
            viewer => Self::live().filter(upload::Column::UserId.eq(viewer.id())),
        }
    }
}
