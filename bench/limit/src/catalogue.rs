//! Q1, Q4, Q5 and Q6: lists of courses.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures_util::future::try_join;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    Answer, Asked, Failure,
    json::Json,
    pool::{Pool, Sql},
};

macro_rules! cards {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.title, c.slug, c.short_description, c.difficulty, c.rating_average, c.rating_count, ",
            "c.enrollment_count, c.completion_count, u.id, coalesce(nullif(u.display_name, ''), u.full_name), k.id, k.name ",
            "FROM courses c JOIN users u ON u.id = c.instructor_id LEFT JOIN course_categories k ON k.id = c.category_id ",
            "AND k.is_active AND k.is_deleted = FALSE ",
            $rest
        )
    };
}

pub const FIRST: &str = cards!(
    "WHERE c.is_published AND c.is_deleted = FALSE ORDER BY c.enrollment_count DESC, c.rating_score DESC, c.id DESC LIMIT 20"
);
pub const DEEP: &str = cards!(
    "WHERE c.is_published AND c.is_deleted = FALSE AND (c.enrollment_count, c.rating_score, c.id) < ($1, $2, $3) \
     ORDER BY c.enrollment_count DESC, c.rating_score DESC, c.id DESC LIMIT 20"
);
/// Columns and not rows: what surrounds a row costs more than what is in it.
pub const SECTIONS: &str = "SELECT array_agg(course_id), array_agg(id), array_agg(title), array_agg(\"order\") FROM \
    (SELECT course_id, id, title, \"order\" FROM course_sections WHERE course_id = ANY($1) AND is_published AND \
     is_deleted = FALSE ORDER BY \"order\", created_at, id) s";
pub const FILES: &str = "SELECT array_agg(section_id), array_agg(id), array_agg(file_name), array_agg(file_type), \
    array_agg(duration), array_agg(order_index) FROM (SELECT section_id, id, file_name, file_type, duration, order_index \
    FROM media_files WHERE section_id = ANY($1) AND is_deleted = FALSE ORDER BY order_index, created_at, id) f";
pub const SEARCH: &str = "SELECT id, title, rating_average, rating_count, difficulty FROM courses WHERE is_published AND \
    is_deleted = FALSE AND category_id = $1 AND difficulty = $2 AND currency = 'USD' AND price BETWEEN $3 AND $4 AND \
    id IN (SELECT id FROM course_search_found(ARRAY[$5])) ORDER BY rating_score DESC, id DESC LIMIT 20";
pub const SEARCH_COUNT: &str = "SELECT count(*) FROM courses WHERE is_published AND is_deleted = FALSE AND \
    category_id = $1 AND difficulty = $2 AND currency = 'USD' AND price BETWEEN $3 AND $4 AND \
    id IN (SELECT id FROM course_search_found(ARRAY[$5]))";
pub const FLAT: &str = "SELECT array_agg(id), array_agg(title), array_agg(slug), array_agg(short_description), \
    array_agg(difficulty), array_agg(status), array_agg(language), array_agg(enrollment_count), \
    array_agg(rating_average), array_agg(rating_count), array_agg(duration), array_agg(created_at) FROM (SELECT * FROM \
    courses WHERE is_published AND is_deleted = FALSE ORDER BY enrollment_count DESC, rating_score DESC, id DESC LIMIT 500) c";

pub async fn first_page(pool: &Pool, _: &Asked) -> Answer {
    let courses = pool.rows(Sql(0), &[]).await?;
    let ids: Vec<Uuid> = courses.iter().map(|row| row.get(0)).collect();
    let curriculum = Curriculum::read(pool, &ids).await?;
    let mut json = Json::with_room(160 << 10);
    json.raw(r#"{"data":{"courses":{"nodes":["#);
    for (place, row) in courses.iter().enumerate() {
        card(json.comma(place), row)?;
        json.raw(r#","sections":["#);
        curriculum.write(&mut json, row.get(0))?;
        json.raw("]}");
    }
    json.raw("]}}}");
    Ok(json.done())
}

pub async fn deep_page(pool: &Pool, asked: &Asked) -> Answer {
    let after: Uuid = asked.after.parse()?;
    let courses = pool.rows(Sql(3), &[&asked.learners, &asked.score, &after]).await?;
    let mut json = Json::with_room(16 << 10);
    json.raw(r#"{"data":{"courses":{"nodes":["#);
    for (place, row) in courses.iter().enumerate() {
        card(json.comma(place), row)?.raw("}");
    }
    json.raw("]}}}");
    Ok(json.done())
}

pub async fn search(pool: &Pool, asked: &Asked) -> Answer {
    let category: Uuid = asked.category.parse()?;
    let parameters: [&(dyn ToSql + Sync); 5] = [&category, &asked.difficulty, &asked.min, &asked.max, &asked.word];
    let both = try_join(pool.rows(Sql(4), &parameters), pool.rows(Sql(12), &parameters));
    let (found, count) = both.await?;
    let total: i64 = count.first().map_or(0, |row| row.get(0));
    let mut json = Json::with_room(8 << 10);
    json.raw(r#"{"data":{"courses":{"totalCount":"#).number(total)?.raw(r#","nodes":["#);
    for (place, row) in found.iter().enumerate() {
        json.comma(place).raw(r#"{"id":"#).id("course", row.get(0)).raw(r#","title":"#).text(row.get(1))?;
        rating(&mut json, row.get(2), row.get(3))?;
        json.raw(r#","difficulty":"#).constant(row.get(4)).raw("}");
    }
    json.raw("]}}}");
    Ok(json.done())
}

pub async fn flat(pool: &Pool, _: &Asked) -> Answer {
    let columns = pool.rows(Sql(5), &[]).await?;
    let columns = columns.first().ok_or("no row")?;
    let ids: Vec<Uuid> = columns.get(0);
    let text = |at: usize| -> Vec<&str> { columns.get(at) };
    let number = |at: usize| -> Vec<i32> { columns.get(at) };
    let (titles, slugs, descriptions, difficulties) = (text(1), text(2), text(3), text(4));
    let (states, languages, learners, averages) = (text(5), text(6), number(7), number(8));
    let (ratings, durations) = (number(9), number(10));
    let created: Vec<DateTime<Utc>> = columns.get(11);
    let mut json = Json::with_room(256 << 10);
    json.raw(r#"{"data":{"p0":{"nodes":["#);
    for (at, id) in ids.iter().enumerate() {
        // Five pages, as the API gives them.
        match at {
            0 => {}
            _ if at % 100 == 0 => {
                json.raw(r#"]},"p"#).number(at / 100)?.raw(r#"":{"nodes":["#);
            }
            _ => {
                json.raw(",");
            }
        }
        json.raw(r#"{"id":"#).id("course", *id).raw(r#","slug":"#).text(slugs[at])?.raw(r#","title":"#);
        json.text(titles[at])?.raw(r#","shortDescription":"#).text(descriptions[at])?.raw(r#","difficulty":"#);
        json.constant(difficulties[at]).raw(r#","status":"#).constant(states[at]).raw(r#","language":"#);
        json.text(languages[at])?.raw(r#","enrollmentCount":"#).number(learners[at])?;
        rating(&mut json, averages[at], ratings[at])?;
        json.raw(r#","ratingCount":"#).number(ratings[at])?.raw(r#","durationSeconds":"#).number(durations[at])?;
        json.raw(r#","createdAt":""#).number(created[at].format("%+"))?.raw("\"}");
    }
    json.raw("]}}}");
    Ok(json.done())
}

/// What every list shows of a course; its bracket stays open.
pub fn card<'a>(json: &'a mut Json, row: &Row) -> Result<&'a mut Json, Failure> {
    let (learners, completed): (i32, i32) = (row.get(7), row.get(8));
    json.raw(r#"{"id":"#).id("course", row.get(0)).raw(r#","title":"#).text(row.get(1))?.raw(r#","slug":"#);
    json.text(row.get(2))?.raw(r#","shortDescription":"#).text(row.get(3))?.raw(r#","difficulty":"#);
    json.constant(row.get(4));
    rating(json, row.get(5), row.get(6))?;
    json.raw(r#","enrollmentCount":"#).number(learners)?.raw(r#","activeEnrollmentCount":"#);
    json.number(learners - completed)?.raw(r#","instructor":{"id":"#).id("profile", row.get(9)).raw(r#","name":"#);
    json.text(row.get(10))?.raw(r#"},"category":"#);
    match row.get::<_, Option<Uuid>>(11) {
        Some(id) => json.raw(r#"{"id":"#).id("category", id).raw(r#","name":"#).text(row.get(12))?.raw("}"),
        None => json.raw("null"),
    };
    Ok(json)
}

pub fn rating(json: &mut Json, average: i32, count: i32) -> Result<(), Failure> {
    json.raw(r#","ratingAverage":"#).number_or_null((count > 0).then(|| f64::from(average) / 100.0))?;
    Ok(())
}

/// The sections of some courses with their files, in order.
pub struct Curriculum {
    sections: Vec<tokio_postgres::Row>,
    files: Vec<tokio_postgres::Row>,
}

impl Curriculum {
    pub async fn read(pool: &Pool, courses: &[Uuid]) -> Result<Self, Failure> {
        let sections = pool.rows(Sql(1), &[&courses]).await?;
        let ids: Vec<Uuid> = sections.first().map_or_else(Vec::new, |row| row.get(1));
        let files = pool.rows(Sql(2), &[&ids]).await?;
        Ok(Self { sections, files })
    }

    /// The elements of the list of one course's sections.
    pub fn write(&self, json: &mut Json, course: Uuid) -> Result<(), Failure> {
        let (Some(sections), Some(files)) = (self.sections.first(), self.files.first()) else {
            return Ok(());
        };
        let parents: Vec<Uuid> = sections.get(0);
        let (ids, titles, orders): (Vec<Uuid>, Vec<&str>, Vec<i32>) =
            (sections.get(1), sections.get(2), sections.get(3));
        let files = Files::of(files);
        let own = (0..ids.len()).filter(|at| parents[*at] == course);
        for (place, at) in own.enumerate() {
            json.comma(place).raw(r#"{"id":"#).id("section", ids[at]).raw(r#","title":"#).text(titles[at])?;
            json.raw(r#","order":"#).number(orders[at])?.raw(r#","mediaFiles":["#);
            files.write(json, ids[at])?;
            json.raw("]}");
        }
        Ok(())
    }
}

struct Files<'a> {
    by_section: HashMap<Uuid, Vec<usize>>,
    ids: Vec<Uuid>,
    names: Vec<&'a str>,
    types: Vec<&'a str>,
    durations: Vec<Option<i32>>,
    orders: Vec<i32>,
}

impl<'a> Files<'a> {
    fn of(row: &'a Row) -> Self {
        let parents: Vec<Uuid> = row.get::<_, Option<_>>(0).unwrap_or_default();
        let mut by_section: HashMap<Uuid, Vec<usize>> = HashMap::new();
        parents.iter().enumerate().for_each(|(at, section)| by_section.entry(*section).or_default().push(at));
        Self {
            by_section,
            ids: row.get::<_, Option<_>>(1).unwrap_or_default(),
            names: row.get::<_, Option<_>>(2).unwrap_or_default(),
            types: row.get::<_, Option<_>>(3).unwrap_or_default(),
            durations: row.get::<_, Option<_>>(4).unwrap_or_default(),
            orders: row.get::<_, Option<_>>(5).unwrap_or_default(),
        }
    }

    fn write(&self, json: &mut Json, section: Uuid) -> Result<(), Failure> {
        for (place, at) in self.by_section.get(&section).into_iter().flatten().enumerate() {
            json.comma(place)
                .raw(r#"{"id":"#)
                .id("media", self.ids[*at])
                .raw(r#","fileName":"#)
                .text(self.names[*at])?;
            json.raw(r#","fileType":"#).constant(self.types[*at]).raw(r#","durationSeconds":"#);
            json.number_or_null(self.durations[*at])?.raw(r#","orderIndex":"#).number(self.orders[*at])?.raw("}");
        }
        Ok(())
    }
}
