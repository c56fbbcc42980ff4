use kernel::{CategoryId, CourseId, UserId};
use sea_orm::entity::prelude::*;

/// A course. Columns that the database generates are never set: `is_free`, `is_published`, `rating_average`,
/// `rating_score`.
#[kernel::audited]
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "courses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseId,
    pub title: String,
    /// Unique among the living.
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub short_description: String,
    pub thumbnail: Option<String>,
    pub preview_video_url: String,
    pub instructor_id: UserId,
    pub category_id: Option<CategoryId>,
    /// In minor units of `currency`.
    pub price: i64,
    /// In minor units of `currency`; less than `price`.
    pub discount_price: Option<i64>,
    /// From when on the discount holds; always when there is none.
    pub discount_starts_at: Option<DateTimeUtc>,
    /// Until when, that moment left out; for good when there is none.
    pub discount_ends_at: Option<DateTimeUtc>,
    /// ISO 4217.
    pub currency: String,
    /// Generated: `price` is 0.
    pub is_free: bool,
    /// In seconds.
    pub duration: i32,
    pub difficulty: DifficultyLevel,
    /// How learners complete what is in it.
    pub completion_policy: CompletionPolicy,
    pub language: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub prerequisites: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub learning_outcomes: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub target_audience: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub course_structure: Option<Json>,
    /// Enrolments that are active or completed.
    pub enrollment_count: i32,
    pub completion_count: i32,
    pub rating_sum: i64,
    pub rating_count: i32,
    pub rating_1: i32,
    pub rating_2: i32,
    pub rating_3: i32,
    pub rating_4: i32,
    pub rating_5: i32,
    /// Generated: hundredths of a star, 0 without ratings.
    pub rating_average: i32,
    /// Generated: ten-thousandths of a star, what the catalogue is ordered by: the mean as if ten more people had given
    /// three and a half.
    pub rating_score: i32,
    pub status: CourseStatus,
    /// Generated: `status` is published.
    pub is_published: bool,
    pub published_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub seo_metadata: Json,
    /// In hundredths of a percent: how much one has to have done before one reviews it.
    pub review_min_progress: i32,
    /// Counts edits, so that one author does not overwrite another's unseen.
    pub version: i32,
    /// How many enrolments there is room for. None: for all.
    pub capacity: Option<i32>,
    pub has_waitlist: bool,
    /// How long a seat is kept for who waited for it.
    pub offer_hours: i32,
    /// How long one has the course from the day on that one enrols. None: for ever.
    pub access_days: Option<i32>,
    /// Seats that are kept for those who waited.
    pub reserved_seats: i32,
}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum DifficultyLevel {
    #[sea_orm(string_value = "beginner")]
    Beginner,
    #[sea_orm(string_value = "intermediate")]
    Intermediate,
    #[sea_orm(string_value = "advanced")]
    Advanced,
    #[sea_orm(string_value = "all")]
    AllLevels,
}

/// How the items of a course are completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum CompletionPolicy {
    /// Recordings by being watched; what has no duration by the learner's word.
    #[default]
    #[sea_orm(string_value = "automatic")]
    Automatic,
    /// Everything by the learner's word.
    #[sea_orm(string_value = "manual")]
    Manual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))")]
pub enum CourseStatus {
    #[sea_orm(string_value = "draft")]
    Draft,
    #[sea_orm(string_value = "published")]
    Published,
    #[sea_orm(string_value = "unpublished")]
    Unpublished,
    #[sea_orm(string_value = "archived")]
    Archived,
}
