//! Every entity, as its Rust source describes it. The one list: a table without a line here fails `columns.rs`.

use std::collections::BTreeSet;

use kernel::Audited;
use sea_orm::{ColumnTrait, ColumnType, EntityTrait, IdenStatic, Iterable};

use super::dictionary::Column;

pub struct Entity {
    pub table: String,
    pub columns: BTreeSet<Column>,
    /// Its audit columns; none when it is not audited.
    pub audit: Option<[&'static str; 7]>,
}

pub fn entities() -> Vec<Entity> {
    vec![
        plain::<kernel::audit_event::Entity>(),
        plain::<kernel::events::event::Entity>(),
        audited::<webhooks::webhook::Entity>(),
        plain::<webhooks::webhook_delivery::Entity>(),
        audited::<accounts::user::Entity>(),
        audited::<accounts::role::Entity>(),
        plain::<accounts::role_permission::Entity>(),
        plain::<accounts::user_role::Entity>(),
        audited::<accounts::user_session::Entity>(),
        plain::<accounts::spent_refresh_token::Entity>(),
        plain::<accounts::throttle::Entity>(),
        audited::<accounts::totp_secret::Entity>(),
        audited::<accounts::recovery_code::Entity>(),
        audited::<accounts::two_factor_challenge::Entity>(),
        audited::<accounts::api_token::Entity>(),
        plain::<accounts::api_token_permission::Entity>(),
        plain::<accounts::one_time_token::Entity>(),
        plain::<accounts::held_address::Entity>(),
        plain::<accounts::idempotency_key::Entity>(),
        plain::<accounts::rate_bucket::Entity>(),
        plain::<kernel::write_mark::Entity>(),
        audited::<accounts::data_export::Entity>(),
        plain::<accounts::account_deletion::Entity>(),
        audited::<courses::course_category::Entity>(),
        audited::<courses::course::Entity>(),
        plain::<courses::course_prerequisite::Entity>(),
        audited::<courses::course_staff::Entity>(),
        plain::<courses::course_tag::Entity>(),
        audited::<courses::course_section::Entity>(),
        audited::<courses::course_version::Entity>(),
        audited::<courses::course_export::Entity>(),
        audited::<courses::course_import::Entity>(),
        audited::<media::media_file::Entity>(),
        audited::<media::caption_track::Entity>(),
        audited::<media::upload::Entity>(),
        audited::<learning::enrollment::Entity>(),
        audited::<learning::enrollment_grant::Entity>(),
        audited::<learning::waitlist_entry::Entity>(),
        audited::<learning::course_progress::Entity>(),
        audited::<learning::video_progress::Entity>(),
        plain::<learning::course_version_item::Entity>(),
        audited::<learning::item_completion::Entity>(),
        plain::<learning::playback_session::Entity>(),
        plain::<learning::learning_hour::Entity>(),
        audited::<learning::certificate::Entity>(),
        audited::<assessment::quiz::Entity>(),
        audited::<assessment::question_bank::Entity>(),
        audited::<assessment::quiz_question::Entity>(),
        audited::<assessment::quiz_draw::Entity>(),
        audited::<assessment::quiz_version::Entity>(),
        audited::<assessment::quiz_regrade::Entity>(),
        audited::<assessment::regraded_attempt::Entity>(),
        audited::<assessment::quiz_attempt::Entity>(),
        audited::<assessment::quiz_answer::Entity>(),
        audited::<assessment::quiz_accommodation::Entity>(),
        audited::<assessment::grading_claim::Entity>(),
        audited::<assessment::score_override::Entity>(),
        audited::<reviews::review::Entity>(),
        audited::<reviews::review_vote::Entity>(),
        audited::<reviews::review_report::Entity>(),
        audited::<reviews::review_revision::Entity>(),
        audited::<reviews::review_moderation::Entity>(),
        audited::<reviews::review_reply::Entity>(),
        audited::<ai::ai_chat::Entity>(),
        audited::<ai::tutor_conversation::Entity>(),
        audited::<ai::tutor_policy::Entity>(),
        plain::<ai::tutor_source::Entity>(),
        plain::<ai::tutor_passage::Entity>(),
        audited::<ai::ai_budget::Entity>(),
        plain::<ai::ai_learner_day::Entity>(),
        plain::<ai::ai_course_month::Entity>(),
        plain::<ai::ai_reservation::Entity>(),
        audited::<ai::suggestion_run::Entity>(),
        audited::<ai::question_suggestion::Entity>(),
        plain::<kernel::jobs::job::Entity>(),
    ]
}

fn plain<E: EntityTrait>() -> Entity {
    let table = E::default().table_name().to_string();
    let columns = E::Column::iter().map(|column| {
        let definition = column.def();
        Column {
            table: table.clone(),
            name: column.as_str().into(),
            kind: kind(definition.get_column_type()).into(),
            nullable: definition.is_null(),
        }
    });
    Entity { columns: columns.collect(), table, audit: None }
}

fn audited<E: Audited>() -> Entity {
    let audit =
        [E::CREATED_AT, E::CREATED_BY, E::UPDATED_AT, E::UPDATED_BY, E::IS_DELETED, E::DELETED_AT, E::DELETED_BY];
    Entity { audit: Some(audit.map(|column| column.as_str())), ..plain::<E>() }
}

/// The word that both databases' types are translated to as well.
fn kind(of: &ColumnType) -> &'static str {
    match of {
        ColumnType::Uuid => "uuid",
        ColumnType::Boolean => "boolean",
        ColumnType::Integer => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::TimestampWithTimeZone => "time",
        ColumnType::Text | ColumnType::String(_) => "text",
        ColumnType::JsonBinary => "json",
        other => panic!("no table has a column of the type {other:?} yet: give it a word here"),
    }
}
