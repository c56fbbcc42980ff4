//! Which rows a viewer may know of.

use courses::{course, course_section};
use kernel::{Live, Permission, Viewer};
use sea_orm::{ColumnTrait, ExprTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait, Select, sea_query::Expr};

use crate::{
    question_bank, quiz, quiz_accommodation, quiz_answer, quiz_attempt, quiz_draw, quiz_question, quiz_regrade,
    quiz_version, regraded_attempt,
};

impl quiz::Entity {
    /// The published quizzes of visible courses, but not those of a section that is not published, and all quizzes of
    /// courses one works on.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use quiz::Column::{CourseId, IsPublished, SectionId};
        if viewer.has(Permission::CoursesManage) {
            return Self::taught_by(viewer);
        }
        let of_open_section = SectionId.is_null().or(course_section::Entity::names_published(SectionId));
        let shown = IsPublished.eq(true).and(course::Entity::names_visible(viewer, CourseId)).and(of_open_section);
        if viewer.id().is_none() {
            return Self::live().filter(shown);
        }
        Self::live().filter(shown.or(course::Entity::taught_ids(viewer, CourseId)))
    }

    /// The deleted quizzes of the courses that the viewer works on: for those who read what came of them.
    pub fn deleted_for(viewer: &Viewer) -> Select<Self> {
        Self::deleted().filter(course::Entity::taught_ids(viewer, quiz::Column::CourseId))
    }

    /// The quizzes of the courses that the viewer works on.
    pub fn taught_by(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::taught_ids(viewer, quiz::Column::CourseId))
    }

    /// Those rows of another table whose `column` names a quiz of a course that the viewer works on.
    pub fn taught_ids(viewer: &Viewer, column: impl IntoSimpleExpr) -> Expr {
        let ids = Self::taught_by(viewer).select_only().column(quiz::Column::Id);
        column.into_simple_expr().in_subquery(ids.into_query())
    }
}

impl quiz_question::Entity {
    /// The questions of quizzes and banks of courses one works on, and no others: each carries its key.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use quiz_question::Column::{BankId, QuizId};
        let banks = question_bank::Entity::visible_to(viewer).select_only().column(question_bank::Column::Id);
        let of_bank = BankId.into_simple_expr().in_subquery(banks.into_query());
        Self::live().filter(quiz::Entity::taught_ids(viewer, QuizId).or(of_bank))
    }
}

impl question_bank::Entity {
    /// The banks of courses one works on.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(course::Entity::taught_ids(viewer, question_bank::Column::CourseId))
    }
}

impl quiz_draw::Entity {
    /// The draws of quizzes of courses one works on.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(quiz::Entity::taught_ids(viewer, quiz_draw::Column::QuizId))
    }
}

impl quiz_version::Entity {
    /// The versions of quizzes of courses one works on: each carries keys.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(quiz::Entity::taught_ids(viewer, quiz_version::Column::QuizId))
    }
}

impl quiz_regrade::Entity {
    /// The regrades of quizzes of courses one works on: each carries keys.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        Self::live().filter(quiz::Entity::taught_ids(viewer, quiz_regrade::Column::QuizId))
    }
}

impl regraded_attempt::Entity {
    /// What came of visible attempts, but not of one's own whose grade is not known yet.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use quiz_attempt::Column::{Id, IsHeld, UserId};
        let attempts = quiz_attempt::Entity::visible_to(viewer).filter(IsHeld.eq(false).or(UserId.ne(viewer.id())));
        let attempts = attempts.select_only().column(Id);
        Self::live().filter(regraded_attempt::Column::AttemptId.in_subquery(attempts.into_query()))
    }
}

impl quiz_attempt::Entity {
    /// One's own; those at quizzes of courses one works on; all for those who may read everybody's learning.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use quiz_attempt::Column::{QuizId, UserId};
        if viewer.has(Permission::LearningRead) {
            return Self::live();
        }
        let own = UserId.eq(viewer.id());
        if viewer.id().is_none() {
            return Self::live().filter(own);
        }
        Self::live().filter(own.or(quiz::Entity::taught_ids(viewer, QuizId)))
    }
}

impl quiz_accommodation::Entity {
    /// One's own; those at quizzes of courses one works on; all for those who may read everybody's learning.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        use quiz_accommodation::Column::{QuizId, UserId};
        if viewer.has(Permission::LearningRead) {
            return Self::live();
        }
        let own = UserId.eq(viewer.id());
        if viewer.id().is_none() {
            return Self::live().filter(own);
        }
        Self::live().filter(own.or(quiz::Entity::taught_ids(viewer, QuizId)))
    }
}

impl quiz_answer::Entity {
    /// The answers of visible attempts.
    pub fn visible_to(viewer: &Viewer) -> Select<Self> {
        let attempts = quiz_attempt::Entity::visible_to(viewer).select_only().column(quiz_attempt::Column::Id);
        Self::live().filter(quiz_answer::Column::AttemptId.in_subquery(attempts.into_query()))
    }
}
