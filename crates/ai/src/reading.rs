//! Batched reads: what loaders ask for.

use std::collections::HashMap;

use kernel::{ChatId, CourseId, Result, Scalar, Sort, UserId, Viewer, by_keys};
use sea_orm::ConnectionTrait;

use crate::{ChatDetails, ChatRow, ai_chat};

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

fn newest() -> Sort<ai_chat::Entity, ChatRow> {
    Sort::<_, ChatRow>::descending("newest")
        .by(ai_chat::Column::CreatedAt, |row| Scalar::Time(row.created_at))
        .by(ai_chat::Column::Id, |row| Scalar::Id(row.id.0))
}

kernel::edges! {
    /// What people asked the tutor, newest first.
    chats_of_users, count_chats_of_users: ChatRow => UserId, ai_chat::Entity, UserId, |row| row.user_id, newest;
    /// What was asked about courses, newest first.
    chats_of_courses, count_chats_of_courses: ChatRow => CourseId, ai_chat::Entity, CourseId, |row| row.course_id.unwrap_or(CourseId(row.id.0)), newest;
}
