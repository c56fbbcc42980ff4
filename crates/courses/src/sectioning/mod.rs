//! The sections of a course, and where what is in them stands. Whoever changes them has changed the course: its version
//! counts on.

mod adding;
mod deleting;
mod editing;
mod ordering;
mod placing;

pub(crate) use adding::MOST_SECTIONS;
pub use adding::{NewSection, add_section};
pub use deleting::delete_section;
pub use editing::{SectionChange, SectionEdited, update_section};
pub use ordering::{in_order, reorder_sections};
pub use placing::{Placement, holds_the_same, moved, put_back};

use kernel::{Check, CourseId, Permit, Result, Tx, is_name};
use sea_orm::{
    ColumnTrait, ExprTrait, IntoSimpleExpr, PaginatorTrait, QueryFilter,
    sea_query::{Expr, Func, Query},
};

use crate::{
    CourseRow, course, course_section,
    rules::{COURSE_NEEDS_SECTION, SECTION_TITLE_REQUIRED, SECTION_TITLE_TOO_LONG, SECTION_TITLE_UNREADABLE},
};
use kernel::{Error, Live};

/// Where the section stands that this column of another table names; what belongs to the course as a whole comes before
/// all of them.
pub fn place_of_section(column: impl IntoSimpleExpr) -> Expr {
    use course_section::{
        Column::{Id, Order},
        Entity,
    };
    let mut place = Query::select();
    place.column((Entity, Order)).from(Entity).and_where(Expr::col((Entity, Id)).eq(column.into_simple_expr()));
    Func::coalesce([Expr::from(place), Expr::cust("-1")]).into()
}

/// Counts an edit of what is in the course, for every context that keeps something there.
pub async fn bump<A, P>(tx: &Tx, permit: &Permit<A, P>, course: CourseId) -> Result<()> {
    use course::Column::{Id, Version};
    let next = vec![(Version, Expr::col(Version).add(1))];
    tx.change_where::<_, _, course::Entity>(permit, Id.eq(course), next).await?;
    Ok(())
}

/// The course as the transaction has made it.
pub(crate) async fn now(tx: &Tx, course: CourseId) -> Result<CourseRow> {
    let found = course::Entity::live().filter(course::Column::Id.eq(course)).into_partial_model();
    found.one(&tx.conn).await?.ok_or(Error::NotFound)
}

/// What everybody reads has something to be read in it.
pub(crate) async fn keep_one_published(tx: &Tx, course: &course::Model, field: &'static str) -> Result<()> {
    if course.is_published && published(tx, course.id).await? == 0 {
        return Err(COURSE_NEEDS_SECTION.at(field).into());
    }
    Ok(())
}

async fn published(tx: &Tx, course: CourseId) -> Result<u64> {
    use course_section::Column::{CourseId, IsPublished};
    let sections = course_section::Entity::live().filter(CourseId.eq(course)).filter(IsPublished.eq(true));
    Ok(sections.count(&tx.conn).await?)
}

/// Of a section, trimmed.
pub(crate) fn check_title(title: &str) -> Result<()> {
    let mut check = Check::new();
    check.require(!title.is_empty(), SECTION_TITLE_REQUIRED.at("title"));
    check.require(title.is_empty() || is_name(title), SECTION_TITLE_UNREADABLE.at("title"));
    check.require(title.chars().count() <= 255, SECTION_TITLE_TOO_LONG.at("title"));
    check.done()
}
