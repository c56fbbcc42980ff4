use sea_orm_migration::{
    prelude::*,
    sea_orm::{DbBackend, Statement},
};

const ON_SQLITE: &str = include_str!("search/sqlite.sql");
const ON_POSTGRES: &str = include_str!("search/postgres.sql");

const OFF_SQLITE: &str = "
    DROP TRIGGER course_search_add; DROP TRIGGER course_search_change; DROP TRIGGER course_search_remove;
    DROP TRIGGER course_search_tag; DROP TRIGGER course_search_retag; DROP TRIGGER course_search_untag;
    DROP TRIGGER course_search_person;
    DROP VIEW course_search_documents; DROP TABLE course_search; DROP TABLE course_search_ids";

const OFF_POSTGRES: &str = "
    DROP FUNCTION course_search_found; DROP FUNCTION course_search_query;
    DROP FUNCTION course_search_courses_added CASCADE; DROP FUNCTION course_search_course_changed CASCADE;
    DROP FUNCTION course_search_tags_changed CASCADE; DROP FUNCTION course_search_person_changed CASCADE;
    DROP FUNCTION course_search_write; DROP FUNCTION course_search_vector; DROP FUNCTION course_search_config;
    DROP FUNCTION course_search_fold; DROP TABLE course_search";

/// Collations that know the letters of all scripts, the best first. With none of them, only letters that the language of
/// the database knows are folded.
const COLLATIONS: [&str; 4] = ["und-x-icu", "pg_c_utf8", "C.utf8", "C.UTF-8"];

/// The full-text index over courses. Triggers keep it: no mutation, job or seed can forget to.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let sql = match db.get_database_backend() {
            DbBackend::Postgres => ON_POSTGRES.replace("{collation}", &collation(db).await?),
            _ => ON_SQLITE.into(),
        };
        db.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    async fn down(&self, db: &SchemaManager) -> Result<(), DbErr> {
        let sql = if db.get_database_backend() == DbBackend::Postgres { OFF_POSTGRES } else { OFF_SQLITE };
        db.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}

async fn collation(db: &SchemaManager<'_>) -> Result<String, DbErr> {
    let known = "SELECT collname::text AS name FROM pg_collation WHERE collnamespace = 'pg_catalog'::regnamespace";
    let known = db.get_connection().query_all_raw(Statement::from_string(DbBackend::Postgres, known)).await?;
    let known: Vec<String> = known.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?;
    let best = COLLATIONS.into_iter().find(|name| known.iter().any(|known| known == name));
    Ok(best.map_or_else(String::new, |name| format!("COLLATE \"{name}\"")))
}
