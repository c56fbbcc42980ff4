//! Which rows a viewer may know of.

use courses::course;
use kernel::{Live, Permission, UserId, Viewer};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};

use crate::{review, review_moderation, review_reply, review_report, review_revision, review_vote};

impl review::Entity {
    /// The reviews of visible courses that no moderator has hidden; one's own; all for those who moderate.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use review::Column::{CourseId, IsHidden, UserId};
        if viewer.has(Permission::ReviewsModerate) {
            return Self::live();
        }
        let shown = IsHidden.eq(false).and(course::Entity::names_visible(viewer, CourseId));
        let Some(user) = viewer.id() else {
            return Self::live().filter(shown);
        };
        Self::live().filter(shown.or(UserId.eq(user)))
    }
}

impl review_reply::Entity {
    /// Where the review is seen.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let reviews = review::Entity::visible_to(viewer).select_only().column(review::Column::Id);
        Self::live().filter(review_reply::Column::ReviewId.in_subquery(reviews.into_query()))
    }
}

impl review_vote::Entity {
    /// One's own.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(review_vote::Column::UserId.eq(viewer.id()))
    }
}

impl review_revision::Entity {
    /// Those of one's own reviews; all for those who moderate.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        of_author(viewer, review_revision::Column::ReviewId)
    }
}

impl review_moderation::Entity {
    /// Those of one's own reviews; all for those who moderate.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        of_author(viewer, review_moderation::Column::ReviewId)
    }
}

impl review_report::Entity {
    /// All for those who moderate: nobody is told who reported them, or that somebody did.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(Expr::val(viewer.has(Permission::ReviewsModerate)))
    }
}

fn of_author<E: Live>(viewer: &Viewer, review: E::Column) -> Select<E> {
    if viewer.has(Permission::ReviewsModerate) {
        return E::live();
    }
    match viewer.id() {
        Some(user) => E::live().filter(review.in_subquery(reviews_by(user))),
        None => E::live().filter(Expr::val(false)),
    }
}

/// The ids of all reviews that a person wrote, those that are deleted, too.
#[expect(clippy::disallowed_methods, reason = "what is deleted is theirs as well")]
pub fn reviews_by(user: UserId) -> SelectStatement {
    let own = review::Entity::find().filter(review::Column::UserId.eq(user));
    own.select_only().column(review::Column::Id).into_query()
}
