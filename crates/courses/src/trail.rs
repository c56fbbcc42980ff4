//! What the audit trail keeps of a change to a course.

use kernel::{AuditRecord, EntityId};
use sea_orm::{ActiveEnum, prelude::DateTimeUtc};

use crate::course::Model;

/// The fields that differ.
pub fn changes(action: &'static str, before: &Model, after: &Model) -> AuditRecord {
    let category = |course: &Model| course.category_id.map(EntityId::to_wire);
    let time = |time: Option<DateTimeUtc>| time.map(|time| time.to_rfc3339());
    AuditRecord::new(action, after.id)
        .change("title", &*before.title, &*after.title)
        .change("shortDescription", &*before.short_description, &*after.short_description)
        .change("description", &*before.description, &*after.description)
        .change("categoryId", category(before), category(after))
        .change("price", before.price, after.price)
        .change("discountPrice", before.discount_price, after.discount_price)
        .change("discountStartsAt", time(before.discount_starts_at), time(after.discount_starts_at))
        .change("discountEndsAt", time(before.discount_ends_at), time(after.discount_ends_at))
        .change("currency", &*before.currency, &*after.currency)
        .change("difficulty", before.difficulty.to_value(), after.difficulty.to_value())
        .change("language", &*before.language, &*after.language)
        .change("prerequisites", before.prerequisites.clone(), after.prerequisites.clone())
        .change("learningOutcomes", before.learning_outcomes.clone(), after.learning_outcomes.clone())
        .change("targetAudience", before.target_audience.clone(), after.target_audience.clone())
        .change("seo", before.seo_metadata.clone(), after.seo_metadata.clone())
        .change("thumbnail", before.thumbnail.clone(), after.thumbnail.clone())
        .change("reviewMinProgress", before.review_min_progress / 100, after.review_min_progress / 100)
        .change("status", before.status.to_value(), after.status.to_value())
        .change("version", before.version, after.version)
}
