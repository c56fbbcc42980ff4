//! The tutor, and what it may use.

use ai::{
    PassageKind, ReservationState, SuggestionKind, ai_budget, ai_course_month, ai_learner_day, ai_reservation,
    question_suggestion, suggestion_run, tutor_conversation, tutor_passage, tutor_policy, tutor_source,
};
use kernel::Tx;
use sea_orm::{ConnectionTrait, Set};

use super::{SOMEBODY, id, link, put};

pub(super) async fn add(tx: &Tx) {
    budgets(tx).await;
    let row = tutor_conversation::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(Some(id(1))),
        last_asked_at: Set(tx.now),
        ..Default::default()
    };
    put(tx, row).await;
    let row = tutor_policy::ActiveModel { id: Set(id(1)), course_id: Set(id(1)), ..Default::default() };
    put(tx, row).await;
    // Triggers have made some.
    tx.conn.execute_unprepared("DELETE FROM tutor_sources").await.unwrap();
    let row = tutor_source::ActiveModel {
        id: Set(id(1)),
        course_id: Set(Some(id(1))),
        section_id: Set(Some(id(1))),
        media_id: Set(Some(id(1))),
        caption_track_id: Set(Some(id(1))),
        ..Default::default()
    };
    link(tx, row).await;
    let row = tutor_passage::ActiveModel {
        id: Set(id(1)),
        source_id: Set(id(1)),
        course_id: Set(id(1)),
        kind: Set(PassageKind::Course),
        language: Set("en".into()),
        ..Default::default()
    };
    link(tx, row).await;
}

async fn budgets(tx: &Tx) {
    let row = suggestion_run::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        wanted: Set(5),
        ..Default::default()
    };
    put(tx, row).await;
    let row = question_suggestion::ActiveModel {
        id: Set(id(1)),
        run_id: Set(id(1)),
        course_id: Set(id(1)),
        position: Set(0),
        kind: Set(SuggestionKind::TrueFalse),
        question_text: Set("So?".into()),
        question_id: Set(Some(id(1))),
        ..Default::default()
    };
    put(tx, row).await;
    let row = ai_budget::ActiveModel { id: Set(id(1)), course_id: Set(id(1)), ..Default::default() };
    put(tx, row).await;
    let row = ai_learner_day::ActiveModel {
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        starts_at: Set(tx.now),
        ..Default::default()
    };
    link(tx, row).await;
    let row = ai_course_month::ActiveModel { course_id: Set(id(1)), starts_at: Set(tx.now), ..Default::default() };
    link(tx, row).await;
    let row = ai_reservation::ActiveModel {
        id: Set(id(1)),
        user_id: Set(id(SOMEBODY)),
        course_id: Set(id(1)),
        tokens: Set(10),
        state: Set(ReservationState::Open),
        reserved_at: Set(tx.now),
        ..Default::default()
    };
    link(tx, row).await;
}
