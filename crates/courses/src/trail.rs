//! What the audit trail keeps of a change to a course.

use kernel::{AuditRecord, EntityId};
use sea_orm::{
    ActiveEnum,
    prelude::{DateTimeUtc, Json},
};

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
        .change("completionPolicy", before.completion_policy.to_value(), after.completion_policy.to_value())
        .change("language", &*before.language, &*after.language)
        .change("prerequisites", before.prerequisites.clone(), after.prerequisites.clone())
        .change("learningOutcomes", before.learning_outcomes.clone(), after.learning_outcomes.clone())
        .change("targetAudience", before.target_audience.clone(), after.target_audience.clone())
        .change("seo", before.seo_metadata.clone(), after.seo_metadata.clone())
        .change("thumbnail", before.thumbnail.clone(), after.thumbnail.clone())
        .change("reviewMinProgress", before.review_min_progress / 100, after.review_min_progress / 100)
        .change("status", before.status.to_value(), after.status.to_value())
        .change("capacity", before.capacity, after.capacity)
        .change("hasWaitlist", before.has_waitlist, after.has_waitlist)
        .change("offerHours", before.offer_hours, after.offer_hours)
        .change("accessDays", before.access_days, after.access_days)
        .change("version", before.version, after.version)
}

/// What a new course begins with, as far as anything has been said of it.
pub fn beginning(course: &Model, tags: &[String]) -> AuditRecord {
    let text = |text: &str| if text.is_empty() { Json::Null } else { text.into() };
    let list = |list: &Json| match list {
        Json::Array(lines) if lines.is_empty() => Json::Null,
        Json::Object(members) if members.is_empty() => Json::Null,
        list => list.clone(),
    };
    AuditRecord::new("course.created", course.id)
        .with("title", &*course.title)
        .with("slug", &*course.slug)
        .with("shortDescription", text(&course.short_description))
        .with("description", text(&course.description))
        .with("categoryId", course.category_id.map(EntityId::to_wire))
        .with("price", course.price)
        .with("currency", &*course.currency)
        .with("difficulty", course.difficulty.to_value())
        .with("language", &*course.language)
        .with("tags", list(&tags.to_vec().into()))
        .with("prerequisites", list(&course.prerequisites))
        .with("learningOutcomes", list(&course.learning_outcomes))
        .with("targetAudience", list(&course.target_audience))
        .with("seo", list(&course.seo_metadata))
}
