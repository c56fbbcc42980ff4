//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use courses::course;
use kernel::{
    ChatId, ConversationId, CourseId, Error, Page, PageRequest, Result, Scalar, Sort, UserId, Viewer, by_keys,
};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QueryTrait, Select};

use crate::{ChatDetails, ChatRow, ConversationRow, PolicyRow, ai_chat, tutor_conversation, tutor_policy};

/// Exchanges with the tutor by id.
pub async fn chats(db: &impl ConnectionTrait, viewer: &Viewer, ids: &[ChatId]) -> Result<HashMap<ChatId, ChatRow>> {
    by_keys(db, ai_chat::Entity::visible_to(viewer), ai_chat::Column::Id, ids, |row: &ChatRow| row.id).await
}

/// The heavy columns of exchanges.
pub async fn chat_details(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ChatId],
) -> Result<HashMap<ChatId, ChatDetails>> {
    by_keys(db, ai_chat::Entity::visible_to(viewer), ai_chat::Column::Id, ids, |row: &ChatDetails| row.id).await
}

/// Conversations by id.
pub async fn conversations(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, ConversationRow>> {
    use tutor_conversation::{Column::Id, Entity};
    by_keys(db, Entity::visible_to(viewer), Id, ids, |row: &ConversationRow| row.id).await
}

/// On which terms courses have a tutor; those that have said nothing are absent.
pub async fn policies(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    courses: &[CourseId],
) -> Result<HashMap<CourseId, PolicyRow>> {
    use tutor_policy::{Column::CourseId, Entity};
    by_keys(db, Entity::visible_to(viewer), CourseId, courses, |row: &PolicyRow| row.course_id).await
}

/// Which conversations a list has: one's own, or those with learners of a course that one works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    Own(Option<CourseId>),
    Learners(CourseId),
}

/// Does the viewer work on the course? Who only sees it is [`Error::Denied`].
pub async fn check_taught(db: &impl ConnectionTrait, viewer: &Viewer, id: CourseId) -> Result<()> {
    let this = course::Column::Id.eq(id);
    if course::Entity::taught_by(viewer).filter(this.clone()).count(db).await? > 0 {
        return Ok(());
    }
    let is_seen = course::Entity::visible_to(viewer).filter(this).count(db).await? > 0;
    Err(if is_seen { Error::Denied } else { Error::NotFound })
}

/// One page of conversations, the one in which somebody asked last first.
pub async fn conversation_list(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    whose: Whose,
    request: &PageRequest,
) -> Result<Page<ConversationRow>> {
    let latest = Sort::<_, ConversationRow>::descending("latest")
        .by(tutor_conversation::Column::LastAskedAt, |row| Scalar::Time(row.last_asked_at))
        .by(tutor_conversation::Column::Id, |row| Scalar::Id(row.id.0));
    kernel::page(db, listed(viewer, whose), &latest, request).await
}

/// How many there are.
pub async fn count_conversations(db: &impl ConnectionTrait, viewer: &Viewer, whose: Whose) -> Result<i64> {
    kernel::count(db, listed(viewer, whose)).await
}

fn listed(viewer: &Viewer, whose: Whose) -> Select<tutor_conversation::Entity> {
    use tutor_conversation::{Column, Entity};
    match whose {
        Whose::Own(course) => Entity::visible_to(viewer)
            .filter(Column::UserId.eq(viewer.id()))
            .apply_if(course, |own, course| own.filter(Column::CourseId.eq(course))),
        Whose::Learners(course) => Entity::of_learners(viewer).filter(Column::CourseId.eq(course)),
    }
}

fn newest() -> Sort<ai_chat::Entity, ChatRow> {
    Sort::<_, ChatRow>::descending("newest")
        .by(ai_chat::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(ai_chat::Column::Id, |row| Scalar::Id(row.id.0))
}

fn oldest() -> Sort<ai_chat::Entity, ChatRow> {
    Sort::<_, ChatRow>::ascending("oldest")
        .by(ai_chat::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(ai_chat::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// What people asked the tutor, newest first.
    chats_of_users, count_chats_of_users: ChatRow => UserId, ai_chat::Entity, UserId, |row| row.user_id, newest;
    /// What was asked about courses, newest first.
    chats_of_courses, count_chats_of_courses: ChatRow => CourseId, ai_chat::Entity, CourseId, |row| row.course_id.unwrap_or(CourseId(row.id.0)), newest;
    /// What was said in conversations, in its order.
    chats_of_conversations, count_chats_of_conversations: ChatRow => ConversationId, ai_chat::Entity, SessionId, |row| row.session_id, oldest;
}
