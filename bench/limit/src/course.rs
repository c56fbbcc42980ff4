//! Q2: one course with all that its page shows.

use futures_util::future::try_join3;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    Answer, Asked, Failure,
    catalogue::{Curriculum, card},
    json::Json,
    pool::{Pool, Sql},
};

pub const COURSE: &str = "SELECT c.id, c.title, c.slug, c.short_description, c.difficulty, c.rating_average, \
    c.rating_count, c.enrollment_count, c.completion_count, u.id, coalesce(nullif(u.display_name, ''), u.full_name), \
    k.id, k.name, c.description FROM courses c JOIN users u ON u.id = c.instructor_id LEFT JOIN course_categories k \
    ON k.id = c.category_id AND k.is_active AND k.is_deleted = FALSE \
    WHERE c.slug = $1 AND c.is_published AND c.is_deleted = FALSE";
pub const REVIEWS: &str = "SELECT r.id, r.rating, r.comment, u.id, coalesce(nullif(u.display_name, ''), u.full_name) FROM \
    reviews r LEFT JOIN users u ON u.id = r.user_id AND u.is_active AND u.status = 'active' AND u.is_deleted = FALSE \
    WHERE r.course_id = $1 AND r.is_deleted = FALSE AND r.is_hidden = FALSE \
    ORDER BY r.created_at DESC, r.id DESC LIMIT 10";
pub const QUIZZES: &str = "SELECT q.id, q.title FROM quizzes q LEFT JOIN course_sections s ON s.id = q.section_id \
    WHERE q.course_id = $1 AND q.is_published AND q.is_deleted = FALSE \
    AND (q.section_id IS NULL OR (s.is_published AND s.is_deleted = FALSE)) \
    ORDER BY coalesce(s.\"order\", -1), q.order_index, q.created_at, q.id LIMIT 20";

pub async fn page(pool: &Pool, asked: &Asked) -> Answer {
    let course = pool.rows(Sql(6), &[&asked.slug]).await?;
    let course = course.first().ok_or("no such course")?;
    let id: Uuid = course.get(0);
    let (ids, parameters): (_, [&(dyn ToSql + Sync); 1]) = ([id], [&id]);
    let (reviews, quizzes) = (pool.rows(Sql(7), &parameters), pool.rows(Sql(8), &parameters));
    let (curriculum, reviews, quizzes) = try_join3(Curriculum::read(pool, &ids), reviews, quizzes).await?;
    let mut json = Json::with_room(24 << 10);
    json.raw(r#"{"data":{"course":"#);
    card(&mut json, course)?.raw(r#","description":"#).text(course.get(13))?.raw(r#","sections":["#);
    curriculum.write(&mut json, id)?;
    json.raw(r#"],"reviews":{"nodes":["#);
    write_reviews(&mut json, &reviews)?;
    json.raw(r#"]},"quizzes":{"nodes":["#);
    for (place, row) in quizzes.iter().enumerate() {
        json.comma(place).raw(r#"{"id":"#).id("quiz", row.get(0)).raw(r#","title":"#).text(row.get(1))?.raw("}");
    }
    json.raw("]}}}}");
    Ok(json.done())
}

fn write_reviews(json: &mut Json, reviews: &[Row]) -> Result<(), Failure> {
    for (place, row) in reviews.iter().enumerate() {
        json.comma(place)
            .raw(r#"{"id":"#)
            .id("review", row.get(0))
            .raw(r#","rating":"#)
            .number(row.get::<_, i32>(1))?;
        json.raw(r#","comment":"#).text(row.get(2))?.raw(r#","author":"#);
        match row.get::<_, Option<Uuid>>(3) {
            Some(id) => json.raw(r#"{"id":"#).id("profile", id).raw(r#","name":"#).text(row.get(4))?.raw("}}"),
            None => json.raw("null}"),
        };
    }
    Ok(())
}
