//! Who is signed in, and what they can do.

use uuid::Uuid;

use crate::{Outcome, database::Database};

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// An id as the API has it.
pub fn wire(prefix: &str, id: Uuid) -> String {
    let bits = id.as_u128();
    let digits: String = (0..26).rev().map(|digit| DIGITS[(bits >> (digit * 5)) as usize & 31] as char).collect();
    format!("{prefix}_{digits}")
}

/// Signs the first users in who may nothing in particular, without their passwords: hashing some hundred takes a minute.
pub async fn sign_in(database: &Database, people: i64) -> Outcome<Vec<(Uuid, String)>> {
    let sql = "INSERT INTO user_sessions (id, created_at, updated_at, user_id, session_key, access_token, refresh_token, \
        expires_at, refresh_expires_at, last_activity) \
        SELECT gen_random_uuid(), now(), now(), u.id, 'bench-' || u.id, encode(sha256(('bench-' || u.id)::bytea), 'hex'), \
        'bench-' || u.id, now() + interval '1 day', now() + interval '1 day', now() + interval '1 hour' \
        FROM (SELECT u.id FROM users u JOIN enrollments e ON e.user_id = u.id AND e.status = 'active' AND e.expires_at IS NULL \
        AND e.suspended_at IS NULL WHERE u.is_active AND u.status = 'active' AND NOT EXISTS (SELECT FROM user_roles r JOIN roles \
        ON roles.id = r.role_id JOIN role_permissions p ON p.role_id = roles.id WHERE r.user_id = u.id) \
        GROUP BY u.id ORDER BY count(*) DESC, u.id LIMIT $1) u RETURNING user_id";
    let rows = database.rows(sql, &[&people]).await?;
    let signed_in = |id: Uuid| (id, format!("bench-{id}"));
    Ok(rows.iter().map(|row| signed_in(row.get(0))).collect())
}

/// Who could enrol in which course: it costs nothing, has room, asks for nothing, and they don't work on it.
pub async fn could_enrol(database: &Database, people: &[Uuid]) -> Outcome<Vec<(Uuid, Uuid)>> {
    let sql = "SELECT u.id, c.id FROM unnest($1::uuid[]) u(id) CROSS JOIN courses c WHERE c.is_published AND NOT c.is_deleted \
        AND c.price = 0 AND c.capacity IS NULL AND c.instructor_id <> u.id \
        AND NOT EXISTS (SELECT FROM enrollments e WHERE e.user_id = u.id AND e.course_id = c.id) \
        AND NOT EXISTS (SELECT FROM course_staff s WHERE s.course_id = c.id AND s.user_id = u.id) \
        AND NOT EXISTS (SELECT FROM course_prerequisites p WHERE p.course_id = c.id) ORDER BY md5(u.id::text || c.id)";
    let rows = database.rows(sql, &[&people]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Who could watch which film of which course.
pub async fn could_watch(database: &Database, people: &[Uuid]) -> Outcome<Vec<(Uuid, Uuid, Uuid)>> {
    let sql = "SELECT e.user_id, m.id, e.course_id FROM enrollments e JOIN courses c ON c.id = e.course_id AND c.is_published \
        JOIN course_sections s ON s.course_id = c.id AND s.is_published AND NOT s.is_deleted \
        JOIN media_files m ON m.section_id = s.id AND m.file_type = 'video' AND NOT m.is_deleted \
        WHERE e.user_id = ANY($1) AND e.status = 'active' AND e.expires_at IS NULL AND e.suspended_at IS NULL AND NOT e.is_deleted \
        ORDER BY md5(e.id::text || m.id) LIMIT 2000";
    let rows = database.rows(sql, &[&people]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}
