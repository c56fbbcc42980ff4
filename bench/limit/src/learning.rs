//! Q3: one person's enrolments.

use uuid::Uuid;

use crate::{
    Answer, Asked,
    json::Json,
    pool::{Pool, Sql},
};

pub const MINE: &str = "SELECT e.id, e.status, e.progress_percentage, c.id, c.title, c.slug, u.id, \
    coalesce(nullif(u.display_name, ''), u.full_name), p.id, p.completion_percentage, p.total_watch_time \
    FROM enrollments e JOIN courses c ON c.id = e.course_id AND c.is_deleted = FALSE JOIN users u ON u.id = c.instructor_id \
    LEFT JOIN course_progress p ON p.user_id = e.user_id AND p.course_id = e.course_id AND p.section_id IS NULL AND \
    p.is_deleted = FALSE WHERE e.user_id = $1 AND e.is_deleted = FALSE ORDER BY e.enrolled_at DESC, e.id DESC LIMIT 20";

pub async fn mine(pool: &Pool, asked: &Asked) -> Answer {
    let user: Uuid = asked.user.parse()?;
    let rows = pool.rows(Sql(9), &[&user]).await?;
    let mut json = Json::with_room(16 << 10);
    json.raw(r#"{"data":{"myEnrollments":{"nodes":["#);
    for (place, row) in rows.iter().enumerate() {
        json.comma(place).raw(r#"{"id":"#).id("enrollment", row.get(0)).raw(r#","status":"#).constant(row.get(1));
        json.raw(r#","progressPercentage":"#).number(f64::from(row.get::<_, i32>(2)) / 100.0)?;
        json.raw(r#","course":{"id":"#).id("course", row.get(3)).raw(r#","title":"#).text(row.get(4))?;
        json.raw(r#","slug":"#).text(row.get(5))?.raw(r#","instructor":{"id":"#).id("profile", row.get(6));
        json.raw(r#","name":"#).text(row.get(7))?.raw(r#"}},"progress":"#);
        match row.get::<_, Option<Uuid>>(8) {
            Some(id) => {
                json.raw(r#"{"id":"#).id("course_progress", id).raw(r#","completionPercentage":"#);
                json.number(f64::from(row.get::<_, i32>(9)) / 100.0)?.raw(r#","totalWatchTimeSeconds":"#);
                json.number(row.get::<_, i32>(10))?.raw("}");
            }
            None => {
                json.raw("null");
            }
        }
        json.raw("}");
    }
    json.raw("]}}}");
    Ok(json.done())
}
