//! What is asked, of both servers alike.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Outcome,
    database::Database,
    http::{get, post},
    options::Options,
    people::{could_enrol, could_watch, sign_in, wire},
    rows::Row,
    server::Server,
};

const CARD: &str = "id title slug shortDescription difficulty ratingAverage enrollmentCount activeEnrollmentCount \
                    instructor { id name } category { id name }";
const SECTIONS: &str = "sections { id title order mediaFiles { id fileName fileType durationSeconds orderIndex } }";
const FLAT: &str = "nodes { id slug title shortDescription difficulty status language enrollmentCount ratingAverage \
                    ratingCount durationSeconds createdAt }";
/// A word that many courses have.
const WORD: &str = "the";

/// Which of the two servers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Gateway,
    Limit,
}

pub struct Requests {
    people: Vec<(Uuid, String)>,
    enrolling: Vec<(Uuid, Uuid)>,
    watching: Vec<(Uuid, Uuid, Uuid)>,
    /// Of one row, side by side.
    reads: Vec<(Row, Vec<u8>, Vec<u8>)>,
    writes: AtomicUsize,
    began: DateTime<Utc>,
}

impl Requests {
    pub async fn prepare(database: &Database, gateway: &Server, options: &Options) -> Outcome<Self> {
        let people = sign_in(database, if options.quick { 20 } else { 400 }).await?;
        let ids: Vec<Uuid> = people.iter().map(|(id, _)| *id).collect();
        let now = database.rows("SELECT now()", &[]).await?[0].get(0);
        let mut requests = Self {
            enrolling: could_enrol(database, &ids).await?,
            watching: could_watch(database, &ids).await?,
            people,
            reads: vec![],
            writes: AtomicUsize::new(0),
            began: now,
        };
        if requests.enrolling.is_empty() || requests.watching.is_empty() {
            return Err("the school is too small: nobody could enrol, or watch anything".into());
        }
        requests.reads = requests.reads(database, gateway).await?;
        Ok(requests)
    }

    /// The bytes of one request. Of writes no two are the same.
    pub fn bytes(&self, row: Row, side: Side) -> Vec<u8> {
        if row.is_write() {
            return self.write(row, side, self.writes.fetch_add(1, Relaxed));
        }
        let found = self.reads.iter().find(|(of, ..)| *of == row);
        found.map_or_else(Vec::new, |(_, gateway, limit)| match side {
            Side::Gateway => gateway.clone(),
            Side::Limit => limit.clone(),
        })
    }

    async fn reads(&self, database: &Database, gateway: &Server) -> Outcome<Vec<(Row, Vec<u8>, Vec<u8>)>> {
        let (user, token) = &self.people[0];
        let signed = |query: &str| post("/graphql", Some(token), &json!({ "query": query }).to_string());
        let first = format!(
            "{{ courses(first: 20, filter: {{status: PUBLISHED}}, sort: {{field: POPULARITY}}) {{ nodes {{ {CARD} {SECTIONS} }} }} }}"
        );
        let course = self.popular(database).await?;
        let page = format!(
            "{{ course(slug: \"{course}\") {{ {CARD} description {SECTIONS} reviews(first: 10) {{ nodes {{ id rating comment \
             author {{ id name }} }} }} quizzes(first: 20) {{ nodes {{ id title }} }} }} }}"
        );
        let mine = "{ myEnrollments(first: 20) { nodes { id status progressPercentage course { id title slug instructor \
                    { id name } } progress { id completionPercentage totalWatchTimeSeconds } } } }";
        let (deep, deep_path) = self.deep(database, gateway).await?;
        let (search, search_path) = self.search(database).await?;
        let flat = self.flat(database, gateway).await?;
        let anonymous = post("/graphql", None, &json!({ "query": first }).to_string());
        Ok(vec![
            (Row::Q1, signed(&first), get("/q1")),
            (Row::Q1a, anonymous, get("/q1")),
            (Row::Q2, signed(&page), get(&format!("/q2?slug={course}"))),
            (Row::Q3, signed(mine), get(&format!("/q3?user={user}"))),
            (Row::Q4, signed(&deep), get(&deep_path)),
            (Row::Q5, signed(&search), get(&search_path)),
            (Row::Q6, signed(&flat), get("/q6")),
        ])
    }

    async fn popular(&self, database: &Database) -> Outcome<String> {
        let sql =
            "SELECT slug FROM courses WHERE is_published AND NOT is_deleted ORDER BY enrollment_count DESC, id LIMIT 1";
        Ok(database.rows(sql, &[]).await?[0].get(0))
    }

    /// The last page that is full, but not beyond the two-hundredth.
    async fn deep(&self, database: &Database, gateway: &Server) -> Outcome<(String, String)> {
        let skipped = ((self.published(database).await? / 20).min(200) - 1).max(1) * 20;
        let sql = "SELECT id, enrollment_count, rating_score FROM courses WHERE is_published AND NOT is_deleted \
                   ORDER BY enrollment_count DESC, rating_score DESC, id DESC OFFSET $1 LIMIT 1";
        let row = &database.rows(sql, &[&(skipped - 1)]).await?[0];
        let (id, learners, score): (Uuid, i32, i32) = (row.get(0), row.get(1), row.get(2));
        let cursor = self.walk(gateway, skipped as usize).await?;
        let query = format!(
            "{{ courses(first: 20, filter: {{status: PUBLISHED}}, sort: {{field: POPULARITY}}, after: \"{cursor}\") {{ nodes {{ {CARD} }} }} }}"
        );
        Ok((query, format!("/q4?learners={learners}&score={score}&after={id}")))
    }

    /// The cursor of the row in that place, from 1.
    async fn walk(&self, gateway: &Server, place: usize) -> Outcome<String> {
        let (mut after, mut left) = (String::new(), place);
        while left > 0 {
            let first = left.min(100);
            let query = format!(
                "{{ courses(first: {first}, filter: {{status: PUBLISHED}}, sort: {{field: POPULARITY}}{after}) {{ pageInfo {{ endCursor }} }} }}"
            );
            let answer = gateway.ask(&self.signed(&query)).await?;
            let cursor = answer["data"]["courses"]["pageInfo"]["endCursor"].as_str().ok_or("a page without an end")?;
            after = format!(", after: \"{cursor}\"");
            left -= first;
            if left == 0 {
                return Ok(cursor.to_string());
            }
        }
        Err("no page".into())
    }

    /// In the category and difficulty that most courses have.
    async fn search(&self, database: &Database) -> Outcome<(String, String)> {
        let sql = "SELECT category_id, difficulty FROM courses WHERE is_published AND NOT is_deleted AND category_id IS NOT NULL \
                   AND difficulty <> 'all' AND currency = 'USD' AND discount_price IS NULL GROUP BY 1, 2 \
                   ORDER BY count(*) DESC, 1, 2 LIMIT 1";
        let row = &database.rows(sql, &[]).await?[0];
        let (category, difficulty): (Uuid, String) = (row.get(0), row.get(1));
        let query = format!(
            "{{ courses(first: 20, search: \"{WORD}\", sort: {{field: RATING}}, filter: {{status: PUBLISHED, categoryId: \"{}\", difficulty: {}, \
             minPrice: {{amount: \"0\", currency: \"USD\"}}, maxPrice: {{amount: \"500\", currency: \"USD\"}}}}) {{ totalCount \
             nodes {{ id title ratingAverage difficulty }} }} }}",
            wire("category", category),
            difficulty.to_uppercase(),
        );
        let path = format!("/q5?category={category}&difficulty={difficulty}&word={WORD}&min=0&max=50000");
        Ok((query, path))
    }

    async fn published(&self, database: &Database) -> Outcome<i64> {
        let sql = "SELECT count(*) FROM courses WHERE is_published AND NOT is_deleted";
        Ok(database.rows(sql, &[]).await?[0].get(0))
    }

    /// A page has at most a hundred rows, so there are five, each after the one before; fewer in a small school.
    async fn flat(&self, database: &Database, gateway: &Server) -> Outcome<String> {
        let mut pages = String::new();
        for page in 0..(self.published(database).await? + 99) / 100 {
            let after = match page {
                0 => String::new(),
                5.. => break,
                _ => format!(", after: \"{}\"", self.walk(gateway, page as usize * 100).await?),
            };
            pages += &format!(
                " p{page}: courses(first: 100, filter: {{status: PUBLISHED}}, sort: {{field: POPULARITY}}{after}) {{ {FLAT} }}"
            );
        }
        Ok(format!("{{{pages} }}"))
    }

    fn signed(&self, query: &str) -> Vec<u8> {
        post("/graphql", Some(&self.people[0].1), &json!({ "query": query }).to_string())
    }

    fn token(&self, user: Uuid) -> Option<&str> {
        self.people.iter().find(|(id, _)| *id == user).map(|(_, token)| token.as_str())
    }

    fn write(&self, row: Row, side: Side, number: usize) -> Vec<u8> {
        match row {
            Row::M1 => self.enrol(side, number),
            Row::M2 => self.watch(side, number, 1),
            _ => self.watch(side, number, 10),
        }
    }

    fn enrol(&self, side: Side, number: usize) -> Vec<u8> {
        let (user, course) = self.enrolling[number % self.enrolling.len()];
        if side == Side::Limit {
            return post(&format!("/m1?user={user}&course={course}"), None, "");
        }
        let query =
            "mutation($course: ID!) { enroll(input: {courseId: $course}) { enrollment { id } userErrors { code } } }";
        let body = json!({ "query": query, "variables": { "course": wire("course", course) } });
        post("/graphql", self.token(user), &body.to_string())
    }

    /// Ten seconds of a film each, one after the other.
    fn watch(&self, side: Side, number: usize, packets: usize) -> Vec<u8> {
        let (user, media, course) = self.watching[number % self.watching.len()];
        if side == Side::Limit {
            return post(&format!("/m2?user={user}&media={media}&course={course}&items={}", packets * 10), None, "");
        }
        let query = "mutation($items: [PlaybackItemInput!]!, $id: UUID) { recordPlayback(input: {playbackId: $id, items: $items}) \
                     { videoProgress { id watchTimeSeconds } userErrors { code } } }";
        let first = number * packets;
        let item = |at: usize| packet((media, course), first + at, self.began);
        let items: Vec<Value> = (0..packets).map(item).collect();
        // Whoever plays it goes on counting.
        let playback = Uuid::from_u128(user.as_u128() ^ media.as_u128());
        let body = json!({ "query": query, "variables": { "items": items, "id": playback.to_string() } });
        post("/graphql", self.token(user), &body.to_string())
    }
}

/// Ten seconds after the last, from a day ago on: faster than it can be watched is the rare case, and not measured here.
fn packet((media, course): (Uuid, Uuid), number: usize, began: DateTime<Utc>) -> Value {
    let from = number % 30 * 10;
    let at = began - Duration::days(1) + Duration::seconds(number as i64 % 8_640 * 10);
    json!({
        "mediaId": wire("media", media), "courseId": wire("course", course), "fromSeconds": from, "toSeconds": from + 10,
        "positionSeconds": from + 10, "clientSequence": number, "at": at.to_rfc3339_opts(SecondsFormat::Millis, true),
    })
}
