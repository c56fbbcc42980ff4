//! What is read of a table at a time: lists carry no heavy columns.

use kernel::{CategoryId, CourseId, CourseStaffId, InOrder, SectionId, UserId};
use sea_orm::{
    DerivePartialModel,
    prelude::{DateTimeUtc, Json},
};

use crate::{
    CompletionPolicy, CourseStatus, DifficultyLevel, StaffRole, course, course_category, course_section, course_staff,
};

/// A course as lists show it.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "course::Entity", from_query_result = "false")]
pub struct CourseRow {
    pub id: CourseId,
    pub title: String,
    pub slug: String,
    pub short_description: String,
    pub thumbnail: Option<String>,
    pub preview_video_url: String,
    pub instructor_id: UserId,
    pub category_id: Option<CategoryId>,
    /// In minor units of `currency`.
    pub price: i64,
    pub discount_price: Option<i64>,
    pub discount_starts_at: Option<DateTimeUtc>,
    pub discount_ends_at: Option<DateTimeUtc>,
    pub currency: String,
    pub is_free: bool,
    /// In seconds.
    pub duration: i32,
    pub difficulty: DifficultyLevel,
    pub completion_policy: CompletionPolicy,
    pub language: String,
    pub enrollment_count: i32,
    pub completion_count: i32,
    pub rating_count: i32,
    /// In hundredths of a star.
    pub rating_average: i32,
    /// What the catalogue is ordered by.
    pub rating_score: i32,
    pub rating_1: i32,
    pub rating_2: i32,
    pub rating_3: i32,
    pub rating_4: i32,
    pub rating_5: i32,
    /// In hundredths of a percent.
    pub review_min_progress: i32,
    pub status: CourseStatus,
    pub is_published: bool,
    pub published_at: Option<DateTimeUtc>,
    pub version: i32,
    pub capacity: Option<i32>,
    pub has_waitlist: bool,
    pub offer_hours: i32,
    pub access_days: Option<i32>,
    pub reserved_seats: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub created_by: Option<UserId>,
    pub updated_by: Option<UserId>,
}

/// The heavy columns of a course (the specification's `defer`), read when a query asks for one of them.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "course::Entity")]
pub struct CourseDetails {
    pub id: CourseId,
    pub instructor_id: UserId,
    pub description: String,
    pub prerequisites: Json,
    pub learning_outcomes: Json,
    pub target_audience: Json,
    pub course_structure: Option<Json>,
    pub metadata: Json,
    pub seo_metadata: Json,
}

/// A category.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "course_category::Entity", from_query_result = "false")]
pub struct CategoryRow {
    pub id: CategoryId,
    pub name: String,
    pub slug: String,
    pub description: String,
    pub parent_id: Option<CategoryId>,
    pub icon: String,
    pub order: i32,
    pub is_active: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// A section.
#[derive(Clone, Debug, DerivePartialModel, InOrder)]
#[sea_orm(entity = "course_section::Entity", from_query_result = "false")]
pub struct SectionRow {
    pub id: SectionId,
    pub course_id: CourseId,
    pub title: String,
    pub description: String,
    pub order: i32,
    pub is_published: bool,
    pub is_preview: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// That the viewer sees everything of a course.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "course::Entity")]
pub struct TaughtRow {
    pub id: CourseId,
}

/// Somebody on the staff of a course.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "course_staff::Entity")]
pub struct StaffRow {
    pub id: CourseStaffId,
    pub course_id: CourseId,
    pub user_id: UserId,
    pub role: StaffRole,
    pub created_at: DateTimeUtc,
}

impl From<course::Model> for CourseRow {
    fn from(row: course::Model) -> Self {
        Self {
            id: row.id,
            title: row.title,
            slug: row.slug,
            short_description: row.short_description,
            thumbnail: row.thumbnail,
            preview_video_url: row.preview_video_url,
            instructor_id: row.instructor_id,
            category_id: row.category_id,
            price: row.price,
            discount_price: row.discount_price,
            discount_starts_at: row.discount_starts_at,
            discount_ends_at: row.discount_ends_at,
            currency: row.currency,
            is_free: row.is_free,
            duration: row.duration,
            difficulty: row.difficulty,
            completion_policy: row.completion_policy,
            language: row.language,
            enrollment_count: row.enrollment_count,
            completion_count: row.completion_count,
            rating_count: row.rating_count,
            rating_average: row.rating_average,
            rating_score: row.rating_score,
            rating_1: row.rating_1,
            rating_2: row.rating_2,
            rating_3: row.rating_3,
            rating_4: row.rating_4,
            rating_5: row.rating_5,
            review_min_progress: row.review_min_progress,
            status: row.status,
            is_published: row.is_published,
            published_at: row.published_at,
            version: row.version,
            capacity: row.capacity,
            has_waitlist: row.has_waitlist,
            offer_hours: row.offer_hours,
            access_days: row.access_days,
            reserved_seats: row.reserved_seats,
            created_at: row.created_at,
            updated_at: row.updated_at,
            created_by: row.created_by,
            updated_by: row.updated_by,
        }
    }
}

impl From<course_category::Model> for CategoryRow {
    fn from(row: course_category::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            slug: row.slug,
            description: row.description,
            parent_id: row.parent_id,
            icon: row.icon,
            order: row.order,
            is_active: row.is_active,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl From<course_section::Model> for SectionRow {
    fn from(row: course_section::Model) -> Self {
        Self {
            id: row.id,
            course_id: row.course_id,
            title: row.title,
            description: row.description,
            order: row.order,
            is_published: row.is_published,
            is_preview: row.is_preview,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}
