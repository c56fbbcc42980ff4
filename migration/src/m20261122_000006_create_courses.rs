use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    audited::{audited, create_audited},
    columns::{
        References, blank, bytewise, count, drop_tables, generated, json_list, json_object, not_negative, one_of,
        positive,
    },
    indexes::{Index, index, unique},
};

const DIFFICULTY: [&str; 4] = ["beginner", "intermediate", "advanced", "all"];
const STATUS: [&str; 4] = ["draft", "published", "unpublished", "archived"];

/// Hundredths of a star.
const RATING_AVERAGE: &str =
    "CAST(CASE WHEN rating_count = 0 THEN 0 ELSE rating_sum * 100 / rating_count END AS integer)";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let mut table = audited("courses");
        describe(db, &mut table);
        price(&mut table);
        counters(&mut table);
        let indexes = specified().into_iter().chain(catalogue());
        create_audited(db, "courses", &table, indexes).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(db, &["courses"]).await
    }
}

fn describe(db: &SchemaManager, table: &mut TableCreateStatement) {
    table
        .col(bytewise(db, string_len("title", 255)))
        .col(string_len("slug", 255))
        .col(text("description"))
        .col(blank("short_description", 500))
        .col(string_len_null("thumbnail", 500))
        .col(blank("preview_video_url", 500))
        .belongs_to("instructor_id", "users")
        .may_belong_to("category_id", "course_categories")
        .col(count("duration"))
        .col(one_of("difficulty", &DIFFICULTY).default("beginner"))
        .col(string_len("language", 10).default("en"))
        .col(json_list("prerequisites"))
        .col(json_list("learning_outcomes"))
        .col(json_list("target_audience"))
        .col(json_binary_null("course_structure"))
        .col(one_of("status", &STATUS).default("draft"))
        .col(generated(boolean("is_published"), "status = 'published'"))
        .col(timestamp_with_time_zone_null("published_at"))
        .col(json_object("metadata"))
        .col(json_object("seo_metadata"))
        .col(positive(integer("version")).default(1));
}

/// In minor units of the currency.
fn price(table: &mut TableCreateStatement) {
    table
        .col(not_negative(big_integer("price")).default(0))
        .col(not_negative(big_integer_null("discount_price")))
        .col(string_len("currency", 3).default("USD"))
        .col(generated(boolean("is_free"), "price = 0"))
        .check(Expr::cust("discount_price < price"));
}

fn counters(table: &mut TableCreateStatement) {
    table
        .col(count("enrollment_count"))
        .col(count("completion_count"))
        .col(not_negative(big_integer("rating_sum")).default(0))
        .col(count("rating_count"))
        .col(count("rating_1"))
        .col(count("rating_2"))
        .col(count("rating_3"))
        .col(count("rating_4"))
        .col(count("rating_5"))
        .col(generated(integer("rating_average"), RATING_AVERAGE));
}

fn specified() -> [Index; 14] {
    [
        unique("slug").living(),
        index("title"),
        index("instructor_id"),
        index("is_free"),
        index("difficulty"),
        index("enrollment_count"),
        index("rating_average"),
        index("status"),
        index("is_published"),
        index("title, status, is_published"),
        index("instructor_id, status"),
        index("category_id, status, is_published"),
        index("rating_average, enrollment_count"),
        index("price, is_free, status"),
    ]
}

/// Filter, sort and tie-break of each order that the catalogue can be read in.
fn catalogue() -> [Index; 5] {
    [
        index("is_published, enrollment_count DESC, rating_average DESC, id DESC").living(),
        index("is_published, rating_average DESC, id DESC").living(),
        index("is_published, created_at DESC, id DESC").living(),
        index("is_published, price, id").living(),
        index("is_published, title, id").living(),
    ]
}
