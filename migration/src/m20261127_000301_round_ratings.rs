use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::indexes::{Index as Wanted, create_indexes, index};

const TABLE: &str = "courses";
const COLUMN: &str = "rating_average";

/// In hundredths of a star, a half rounded up: as people compute a mean.
const ROUNDED: &str = "CAST(CASE WHEN rating_count = 0 THEN 0 \
    ELSE (rating_sum * 200 + rating_count) / (rating_count * 2) END AS integer)";
const CUT_OFF: &str = "CAST(CASE WHEN rating_count = 0 THEN 0 ELSE rating_sum * 100 / rating_count END AS integer)";

/// All that stand on the column.
fn indexes() -> [Wanted; 6] {
    [
        index("rating_average"),
        index("rating_average, enrollment_count"),
        index("is_published, enrollment_count DESC, rating_average DESC, id DESC").living(),
        index("is_published, rating_average DESC, id DESC").living(),
        index("enrollment_count DESC, rating_average DESC, id DESC").living(),
        index("rating_average DESC, id DESC").living(),
    ]
}

const NAMES: [&str; 6] = [
    "courses_rating_average_idx",
    "courses_rating_average_enrollment_count_idx",
    "courses_is_published_enrollment_count_rating_average_id_idx",
    "courses_is_published_rating_average_id_idx",
    "courses_enrollment_count_rating_average_id_idx",
    "courses_rating_average_id_idx",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Averages are rounded. What a generated column is generated from can't be changed, so it is made anew.
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        generate(db, ROUNDED).await
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        generate(db, CUT_OFF).await
    }
}

async fn generate(db: &SchemaManager<'_>, expression: &'static str) -> Result<(), DbErr> {
    for name in NAMES {
        db.drop_index(Index::drop().name(name).table(TABLE).to_owned()).await?;
    }
    db.alter_table(Table::alter().table(TABLE).drop_column(COLUMN).take()).await?;
    // SQLite adds no column that it would have to compute for the rows that are there; an index keeps it all the same.
    let is_stored = db.get_database_backend() == DbBackend::Postgres;
    let column = integer(COLUMN).generated(Expr::cust(expression), is_stored).take();
    db.alter_table(Table::alter().table(TABLE).add_column(column).take()).await?;
    create_indexes(db, TABLE, indexes()).await
}
