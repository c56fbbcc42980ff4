//! A course with recordings and documents, and those who take it.

use chrono::{DateTime, Duration, Utc};
use kernel::{CourseId, CourseVersionId, EntityId, Live, MediaId, World};
use learning::{EnrollmentStatus, enrollment};
use media::{FileType, media_file, storage::keys};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Set};
use serde_json::{Value, json};
use testkit::{Answer, Person, TestApp};

pub struct School {
    pub app: TestApp,
    pub tomas: Person,
    pub course: String,
    pub section: String,
    /// In order.
    pub files: Vec<String>,
}

pub const RECORD: &str = "mutation ($items: [PlaybackItemInput!]!) { recordPlayback(input: {items: $items}) {
    videoProgress { video { id } watchTimeSeconds lastPositionSeconds completionPercentage isCompleted }
    courseProgress { completionPercentage totalWatchTimeSeconds lastVideo { id } } userErrors { code field } } }";

impl School {
    /// A published course with one section: a film for each length in seconds, a document where there is none.
    pub async fn open(app: &TestApp, lengths: &[Option<i32>]) -> Self {
        let tomas = app.instructor("Tomas").await;
        Self::open_another(app, &tomas, lengths).await
    }

    /// Another one of the same teacher.
    pub async fn open_another(app: &TestApp, tomas: &Person, lengths: &[Option<i32>]) -> Self {
        let tomas = tomas.clone();
        let course = tomas.drafts("Rust").await;
        let section = tomas.adds_section(&course, "Lessons").await;
        let mut school = Self { app: app.clone(), tomas, course, section, files: vec![] };
        for length in lengths {
            let (section, course) = (school.section.clone(), school.course.clone());
            let file = school.places(&course, &section, *length).await;
            school.files.push(file);
        }
        school.publishes().await;
        school
    }

    /// A film or a document, as its upload and processing leave it, at the end of a section.
    pub async fn places(&self, course: &str, section: &str, length: Option<i32>) -> String {
        let mut tx = self.app.tx().await;
        let id: MediaId = tx.new_id().unwrap();
        let row = media_file::ActiveModel {
            id: Set(id),
            user_id: Set(self.tomas.id),
            course_id: Set(Some(EntityId::from_wire(course).unwrap())),
            section_id: Set(Some(EntityId::from_wire(section).unwrap())),
            file_name: Set("file".into()),
            file_type: Set(if length.is_some() { FileType::Video } else { FileType::Document }),
            mime_type: Set("application/octet-stream".into()),
            file_size: Set(1),
            duration: Set(length),
            order_index: Set(self.files.len() as i32),
            storage_path: Set(keys::source(id)),
            ..Default::default()
        };
        let row = tx.stamp(row, tx.now);
        tx.insert_all(vec![row]).await.unwrap();
        tx.commit().await.unwrap();
        id.to_wire()
    }

    pub async fn publishes(&self) {
        let query = "mutation ($id: ID!) { publishCourse(input: {id: $id}) { userErrors { code } } }";
        let done = self.tomas.ask_with(query, json!({"id": self.course})).await;
        assert_eq!(done.user_errors(), [""; 0]);
    }

    /// Takes the course out of the catalogue and publishes it as it is now.
    pub async fn publishes_again(&self) {
        let query = "mutation ($id: ID!) { unpublishCourse(input: {id: $id}) { userErrors { code } } }";
        self.tomas.ask_with(query, json!({"id": self.course})).await.data();
        self.publishes().await;
    }

    /// The last version.
    pub async fn version(&self) -> CourseVersionId {
        use courses::course_version::{Column, Entity};
        let versions = Entity::live().filter(Column::CourseId.eq(self.course_id())).order_by_desc(Column::Number);
        versions.one(self.app.db().read()).await.unwrap().unwrap().id
    }

    /// Thirty days ago, in the last version.
    pub async fn enrols(&self, person: &Person) {
        let version = self.version().await;
        self.enrols_in(person, Some(version), EnrollmentStatus::Active, None).await;
    }

    pub async fn enrols_in(
        &self,
        person: &Person,
        version: Option<CourseVersionId>,
        status: EnrollmentStatus,
        expires_at: Option<DateTime<Utc>>,
    ) {
        let mut tx = self.app.tx().await;
        let row = enrollment::ActiveModel {
            id: Set(tx.new_id().unwrap()),
            user_id: Set(person.id),
            course_id: Set(self.course_id()),
            course_version_id: Set(version),
            enrolled_at: Set(tx.now - Duration::days(30)),
            expires_at: Set(expires_at),
            status: Set(status),
            ..Default::default()
        };
        let row = tx.stamp(row, tx.now);
        tx.insert_all(vec![row]).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn enrolment(&self, person: &Person) -> enrollment::Model {
        use enrollment::Column::{CourseId, UserId};
        let own = enrollment::Entity::live().filter(UserId.eq(person.id)).filter(CourseId.eq(self.course_id()));
        own.one(self.app.db().read()).await.unwrap().unwrap()
    }

    fn course_id(&self) -> CourseId {
        EntityId::from_wire(&self.course).unwrap()
    }

    /// So many seconds after the enrolment.
    pub fn after(&self, seconds: i64) -> DateTime<Utc> {
        self.app.world.now() - Duration::days(30) + Duration::seconds(seconds)
    }

    /// That a piece of a film was watched, at its own speed, and when.
    pub fn packet(&self, film: usize, from: f64, to: f64, sequence: i64, after: i64) -> Value {
        json!({"mediaId": self.files[film], "fromSeconds": from, "toSeconds": to, "positionSeconds": to,
            "clientSequence": sequence, "at": self.after(after).to_rfc3339()})
    }
}

pub async fn records(person: &Person, items: &[Value]) -> Answer {
    person.ask_with(RECORD, json!({"items": items})).await
}

/// The same person on another device.
pub async fn another_session(app: &TestApp, person: &Person) -> Person {
    let mut tx = app.tx().await;
    let tokens = accounts::sign_in(&mut tx, person.id, accounts::Device::default()).await.unwrap();
    tx.take_events();
    tx.commit().await.unwrap();
    let mut other = person.clone();
    other.tokens = tokens;
    other.again().await
}
