//! Every table with rows about people. A table that refers to `users` and is missing here fails
//! `tests/it/sweeps/owner.rs`.

use accounts::{
    account_deletion, api_token, data_export, held_address, idempotency_key, one_time_token, recovery_code,
    totp_secret, two_factor_challenge, user, user_role, user_session,
};
use ai::{ai_chat, ai_learner_day, ai_reservation, suggestion_run, tutor_conversation};
use assessment::{quiz_accommodation, quiz_answer, quiz_attempt, regraded_attempt, score_override};
use courses::{course, course_export, course_import, course_staff};
use futures_util::future::BoxFuture;
use kernel::{Db, Result, UserId, audit_event, personal_rows};
use learning::{
    certificate, course_progress, enrollment, enrollment_grant, item_completion, learning_hour, playback_session,
    video_progress, waitlist_entry,
};
use media::{media_file, upload};
use reviews::{review, review_moderation, review_reply, review_report, review_revision, review_vote};
use sea_orm::{ColumnTrait, ExprTrait};
use serde_json::Value;
use webhooks::{webhook, webhook_delivery};

/// A table, and how to read a person's rows of it.
pub struct Table {
    pub name: &'static str,
    /// The columns that say whose a row is, besides those of the audit trail.
    pub owners: &'static [&'static str],
    pub rows: fn(&Db, UserId) -> BoxFuture<'_, Result<Vec<Value>>>,
}

macro_rules! tables {
    ($($name:literal $entity:ident by $owners:tt without $hidden:tt: |$user:ident| $which:expr;)*) => {
        /// In the order of the copy.
        pub const TABLES: &[Table] = &[$(Table {
            name: $name,
            owners: &$owners,
            rows: |db, $user| Box::pin(async move {
                let hidden: &[$entity::Column] = &hidden!($entity $hidden);
                personal_rows::<$entity::Entity>(db.read(), $which, hidden).await
            }),
        }),*];
    };
}

macro_rules! hidden {
    ($entity:ident [$($column:ident),*]) => { [$($entity::Column::$column),*] };
}

// What lets one in is no part of the copy: passwords, tokens, secrets.
tables! {
    "users" user by ["id"] without [Password]: |user| user::Column::Id.eq(user);
    "user_roles" user_role by ["user_id", "assigned_by"] without []:
        |user| user_role::Column::UserId.eq(user).or(user_role::Column::AssignedBy.eq(user));
    "user_sessions" user_session by ["user_id"] without [SessionKey, AccessToken, RefreshToken]:
        |user| user_session::Column::UserId.eq(user);
    "api_tokens" api_token by ["user_id"] without [TokenHash]: |user| api_token::Column::UserId.eq(user);
    "totp_secrets" totp_secret by ["user_id"] without [Secret]: |user| totp_secret::Column::UserId.eq(user);
    "recovery_codes" recovery_code by ["user_id"] without [CodeHash]: |user| recovery_code::Column::UserId.eq(user);
    "two_factor_challenges" two_factor_challenge by ["user_id"] without [TokenHash]:
        |user| two_factor_challenge::Column::UserId.eq(user);
    "one_time_tokens" one_time_token by ["user_id"] without [TokenHash]: |user| one_time_token::Column::UserId.eq(user);
    "held_addresses" held_address by ["user_id"] without []: |user| held_address::Column::UserId.eq(user);
    "idempotency_keys" idempotency_key by ["user_id"] without [KeyHash, BodyMark, Answer]:
        |user| idempotency_key::Column::UserId.eq(user);
    "data_exports" data_export by ["user_id"] without [Archive]: |user| data_export::Column::UserId.eq(user);
    "account_deletions" account_deletion by ["user_id", "heir_id"] without []:
        |user| account_deletion::Column::UserId.eq(user);
    "audit_events" audit_event by ["actor_id"] without []: |user| audit_event::Column::ActorId.eq(user);
    "courses" course by ["instructor_id"] without []: |user| course::Column::InstructorId.eq(user);
    "course_staff" course_staff by ["user_id"] without []: |user| course_staff::Column::UserId.eq(user);
    "media_files" media_file by ["user_id"] without [StoragePath]: |user| media_file::Column::UserId.eq(user);
    "course_exports" course_export by ["user_id"] without []: |user| course_export::Column::UserId.eq(user);
    "course_imports" course_import by ["user_id"] without []: |user| course_import::Column::UserId.eq(user);
    "uploads" upload by ["user_id"] without [Multipart]: |user| upload::Column::UserId.eq(user);
    "enrollments" enrollment by ["user_id"] without []: |user| enrollment::Column::UserId.eq(user);
    "enrollment_grants" enrollment_grant by ["user_id"] without []: |user| enrollment_grant::Column::UserId.eq(user);
    "waitlist_entries" waitlist_entry by ["user_id"] without []: |user| waitlist_entry::Column::UserId.eq(user);
    "course_progress" course_progress by ["user_id"] without []: |user| course_progress::Column::UserId.eq(user);
    "video_progress" video_progress by ["user_id"] without []: |user| video_progress::Column::UserId.eq(user);
    "item_completions" item_completion by ["user_id"] without []: |user| item_completion::Column::UserId.eq(user);
    "playback_sessions" playback_session by ["user_id"] without []: |user| playback_session::Column::UserId.eq(user);
    "learning_hours" learning_hour by ["user_id"] without []: |user| learning_hour::Column::UserId.eq(user);
    "certificates" certificate by ["user_id"] without []: |user| certificate::Column::UserId.eq(user);
    "quiz_attempts" quiz_attempt by ["user_id"] without []:
        |user| quiz_attempt::Column::UserId.eq(user).and(quiz_attempt::Column::IsHeld.eq(false));
    // What is not released is no more in the copy than anywhere else.
    "quiz_attempts" quiz_attempt by ["user_id"] without [Score, Percentage, IsPassed, OverrideScore]:
        |user| quiz_attempt::Column::UserId.eq(user).and(quiz_attempt::Column::IsHeld.eq(true));
    "quiz_accommodations" quiz_accommodation by ["user_id"] without []:
        |user| quiz_accommodation::Column::UserId.eq(user);
    // What each is worth says which were right: that is for the quiz to show, when it does.
    "quiz_answers" quiz_answer by [] without [Points, NeedsPerson, IsManual]:
        |user| quiz_answer::Column::AttemptId.in_subquery(assessment::released_attempts(user));
    "quiz_answers" quiz_answer by [] without [Points, NeedsPerson, IsManual, Feedback]:
        |user| quiz_answer::Column::AttemptId.in_subquery(assessment::attempts(user))
            .and(quiz_answer::Column::AttemptId.not_in_subquery(assessment::released_attempts(user)));
    // Who regraded is not who sat.
    "regraded_attempts" regraded_attempt by [] without [CreatedBy, UpdatedBy, DeletedBy, Answers]:
        |user| regraded_attempt::Column::AttemptId.in_subquery(assessment::released_attempts(user));
    "score_overrides" score_override by [] without []:
        |user| score_override::Column::AttemptId.in_subquery(assessment::released_attempts(user));
    "reviews" review by ["user_id"] without []: |user| review::Column::UserId.eq(user);
    "review_revisions" review_revision by [] without []:
        |user| review_revision::Column::ReviewId.in_subquery(reviews::reviews_by(user));
    // Who moderated is not the author's.
    "review_moderations" review_moderation by [] without [CreatedBy, UpdatedBy, DeletedBy]:
        |user| review_moderation::Column::ReviewId.in_subquery(reviews::reviews_by(user));
    "review_replies" review_reply by ["user_id"] without []: |user| review_reply::Column::UserId.eq(user);
    "review_votes" review_vote by ["user_id"] without []: |user| review_vote::Column::UserId.eq(user);
    "review_reports" review_report by ["user_id"] without []: |user| review_report::Column::UserId.eq(user);
    "webhooks" webhook by ["user_id"] without [Secret, PreviousSecret]: |user| webhook::Column::UserId.eq(user);
    "webhook_deliveries" webhook_delivery by [] without []:
        |user| webhook_delivery::Column::WebhookId.in_subquery(webhooks::webhooks_of(user));
    "ai_chats" ai_chat by ["user_id"] without []: |user| ai_chat::Column::UserId.eq(user);
    "tutor_conversations" tutor_conversation by ["user_id"] without []:
        |user| tutor_conversation::Column::UserId.eq(user);
    "ai_learner_days" ai_learner_day by ["user_id"] without []: |user| ai_learner_day::Column::UserId.eq(user);
    "suggestion_runs" suggestion_run by ["user_id"] without []: |user| suggestion_run::Column::UserId.eq(user);
    "ai_reservations" ai_reservation by ["user_id"] without []: |user| ai_reservation::Column::UserId.eq(user);
}
