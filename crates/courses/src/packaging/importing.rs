use kernel::{
    AuditRecord, Check, CourseId, CourseImportId, EntityId, Error, Job, Live, MediaId, Permit, Problem, Result,
    SectionId, Tx, UserId, Viewer, allow,
};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{PortableCourse, PortableSection, Resolved, resolving::require};
use crate::{
    CompletionPolicy, CourseStatus, DifficultyLevel, course,
    course_import::{ActiveModel, Column, Entity, ImportStatus, Model},
    course_section,
    draft::{CourseChange, NewCourse},
    policy::{Pack, Teach},
    pricing::Price,
    requiring::MOST,
    rules::{
        COURSE_COMPLETION_POLICY_UNKNOWN, COURSE_DIFFICULTY_UNKNOWN, COURSE_PACKAGE_FIELD_TOO_LARGE,
        COURSE_SEO_ADDRESS_INVALID, COURSE_TOO_MANY_PREREQUISITES, COURSE_TOO_MANY_SECTIONS,
    },
    sectioning::{MOST_SECTIONS, check_title},
    seo::{Seo, is_address},
    slugs::insert_with_slug,
    tags::add_tags,
};

/// What integrators and authoring tools keep with a course is small: this many bytes of JSON each.
const MAX_JSON: usize = 256 << 10;

/// Makes a course of a package, or only looks at it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportCourse {
    pub import: CourseImportId,
}

impl Job for ImportCourse {
    const KIND: &'static str = "import_course";
}

/// What is in a package.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PackageContent {
    pub title: String,
    pub sections: usize,
    pub files: usize,
    /// Of all files, in bytes.
    pub bytes: u64,
    pub quizzes: usize,
    pub questions: usize,
    /// What the package names and this school does not have.
    pub left_out: Vec<String>,
}

/// May the viewer begin courses at all?
pub fn check_may_import(viewer: &Viewer) -> Result<()> {
    allow::<Teach, _>(viewer, viewer.clone()).map(drop)
}

/// Has a file of the viewer's made into a course that they teach; the viewer may see the file.
pub async fn request_import(tx: &mut Tx, file: MediaId, is_dry_run: bool) -> Result<Model> {
    let user = tx.viewer.person()?;
    let permit = allow::<Teach, _>(&tx.viewer, tx.viewer.clone())?;
    let row = ActiveModel {
        id: Set(tx.new_id()?),
        user_id: Set(user),
        media_id: Set(file),
        is_dry_run: Set(is_dry_run),
        status: Set(ImportStatus::Running),
        error: Set(String::new()),
        ..Default::default()
    };
    let import = tx.insert(&permit, row).await?;
    let record = AuditRecord::new("course.import_requested", import.id).with("mediaId", file.to_wire());
    tx.record(record.with("isDryRun", is_dry_run)).await?;
    tx.enqueue(&ImportCourse { import: import.id }).await?;
    Ok(import)
}

/// An import that is still to be done.
pub async fn running_import(db: &impl ConnectionTrait, import: CourseImportId) -> Result<Option<Model>> {
    let running = Entity::live().filter(Column::Id.eq(import)).filter(Column::Status.eq(ImportStatus::Running));
    Ok(running.one(db).await?)
}

/// The right to carry out an import, which is locked; none when somebody else has done it meanwhile.
pub async fn to_import(tx: &Tx, import: CourseImportId) -> Result<Option<Permit<Pack, Model>>> {
    let found = Entity::live().filter(Column::Id.eq(import)).lock_exclusive().one(&tx.conn).await?;
    let running = found.filter(|import| import.status == ImportStatus::Running);
    running.map(|import| allow::<Pack, _>(&tx.viewer, import)).transpose()
}

/// Nothing was made of it, for this reason.
pub async fn refuse_import(tx: &mut Tx, import: CourseImportId, why: &str) -> Result<()> {
    let Some(permit) = to_import(tx, import).await? else {
        return Ok(());
    };
    end(tx, permit, |row| {
        row.status = Set(ImportStatus::Refused);
        row.error = Set(why.into());
    })
    .await
}

/// All of it is done; no course when it was only looked at.
pub async fn finish_import(
    tx: &mut Tx,
    permit: Permit<Pack, Model>,
    content: &PackageContent,
    course: Option<CourseId>,
) -> Result<()> {
    end(tx, permit, |row| {
        row.status = Set(ImportStatus::Done);
        row.content = Set(Some(json!(content)));
        row.course_id = Set(course);
    })
    .await
}

async fn end(tx: &mut Tx, permit: Permit<Pack, Model>, change: impl FnOnce(&mut ActiveModel)) -> Result<()> {
    let now = tx.now;
    tx.update(permit, |row: &mut ActiveModel| {
        row.finished_at = Set(Some(now));
        change(row);
    })
    .await?;
    Ok(())
}

/// Adds the course of a package, as a draft that is shown by this picture; answers its id and those of its sections, in
/// order.
pub async fn add_portable_course(
    tx: &mut Tx,
    permit: &Permit<Pack, Model>,
    (portable, resolved): (PortableCourse, Resolved),
    thumbnail: Option<String>,
) -> Result<(CourseId, Vec<SectionId>)> {
    let (teacher, import) = (permit.user_id, permit.id);
    let (row, tags, sections) = portable.into_rows(tx.new_id()?, teacher)?;
    let row = course::ActiveModel { category_id: Set(resolved.category), thumbnail: Set(thumbnail), ..row };
    let course = insert_with_slug(tx, permit, None, row).await?;
    add_tags(tx, permit, course.id, tags).await?;
    require(tx, permit, course.id, &resolved.prerequisites).await?;
    let mut ids = vec![];
    for (place, section) in (0..).zip(sections) {
        ids.push(add_section(tx, permit, course.id, (place, section)).await?);
    }
    let record = AuditRecord::new("course.created", course.id).with("title", &*course.title);
    tx.record(record.with("importId", import.to_wire()).by(teacher)).await?;
    Ok((course.id, ids))
}

async fn add_section(
    tx: &mut Tx,
    permit: &Permit<Pack, Model>,
    course: CourseId,
    (place, section): (i32, PortableSection),
) -> Result<SectionId> {
    let row = course_section::ActiveModel {
        id: Set(tx.new_id()?),
        course_id: Set(course),
        title: Set(section.title.trim().into()),
        description: Set(section.description),
        order: Set(place),
        is_published: Set(section.is_published),
        is_preview: Set(section.is_preview),
        ..Default::default()
    };
    Ok(tx.insert(permit, row).await?.id)
}

impl PortableCourse {
    /// As what authors type is looked at.
    pub fn check(&self) -> Result<()> {
        self.clone().into_new().check()?;
        self.sections.iter().try_for_each(PortableSection::check)?;
        let mut check = Check::new();
        check.require(self.level().is_some(), COURSE_DIFFICULTY_UNKNOWN.at("difficulty"));
        check.require(self.policy().is_some(), COURSE_COMPLETION_POLICY_UNKNOWN.at("completionPolicy"));
        check.require(
            self.preview_video_url.chars().count() <= 255,
            COURSE_PACKAGE_FIELD_TOO_LARGE.at("previewVideoUrl"),
        );
        let is_shown = self.preview_video_url.is_empty() || is_address(&self.preview_video_url);
        check.require(is_shown, COURSE_SEO_ADDRESS_INVALID.at("previewVideoUrl"));
        let required = self.prerequisite_courses.len();
        check.require(required <= MOST, COURSE_TOO_MANY_PREREQUISITES.at("prerequisiteCourses"));
        let kept = [("metadata", Some(&self.metadata)), ("courseStructure", self.course_structure.as_ref())];
        for (field, json) in kept.into_iter().chain([("seoMetadata", Some(&self.seo_metadata))]) {
            let is_small = json.is_none_or(|json| json.to_string().len() <= MAX_JSON);
            check.require(is_small, COURSE_PACKAGE_FIELD_TOO_LARGE.at(field));
        }
        check.require(self.sections.len() <= MOST_SECTIONS, COURSE_TOO_MANY_SECTIONS.at("sections"));
        check.done()
    }

    fn level(&self) -> Option<DifficultyLevel> {
        DifficultyLevel::try_from_value(&self.difficulty).ok()
    }

    fn policy(&self) -> Option<CompletionPolicy> {
        CompletionPolicy::try_from_value(&self.completion_policy).ok()
    }

    fn into_new(self) -> NewCourse {
        let (difficulty, completion_policy) = (self.level(), self.policy());
        NewCourse {
            title: self.title,
            slug: None,
            change: CourseChange {
                short_description: Some(self.short_description),
                description: Some(self.description),
                price: Some(Price { amount: self.price, currency: self.currency }),
                difficulty,
                completion_policy,
                language: Some(self.language),
                tags: Some(self.tags),
                prerequisites: Some(self.prerequisites),
                learning_outcomes: Some(self.learning_outcomes),
                target_audience: Some(self.target_audience),
                seo: Some(Seo::read(&self.seo_metadata)),
                ..Default::default()
            },
        }
    }

    fn into_rows(
        mut self,
        id: CourseId,
        teacher: UserId,
    ) -> Result<(course::ActiveModel, Vec<String>, Vec<PortableSection>)> {
        self.check()?;
        // As what authors type is kept: trimmed, tags in lower case and once.
        let mut typed = self.clone().into_new();
        typed.check()?;
        let (title, tags) = (typed.title, typed.change.tags.unwrap_or_default());
        let sections = std::mem::take(&mut self.sections);
        let difficulty = self.level().ok_or(COURSE_DIFFICULTY_UNKNOWN)?;
        let completion_policy = self.policy().ok_or(COURSE_COMPLETION_POLICY_UNKNOWN)?;
        let row = course::ActiveModel {
            id: Set(id),
            title: Set(title),
            description: Set(self.description),
            short_description: Set(self.short_description),
            preview_video_url: Set(self.preview_video_url),
            instructor_id: Set(teacher),
            price: Set(self.price),
            currency: Set(self.currency),
            duration: Set(0),
            difficulty: Set(difficulty),
            completion_policy: Set(completion_policy),
            language: Set(self.language),
            prerequisites: Set(json!(self.prerequisites)),
            learning_outcomes: Set(json!(self.learning_outcomes)),
            target_audience: Set(json!(self.target_audience)),
            course_structure: Set(self.course_structure),
            status: Set(CourseStatus::Draft),
            metadata: Set(self.metadata),
            seo_metadata: Set(self.seo_metadata),
            version: Set(1),
            ..Default::default()
        };
        Ok((row, tags, sections))
    }
}

impl PortableSection {
    fn check(&self) -> Result<()> {
        check_title(self.title.trim()).map_err(|error| match error {
            Error::Broken(problems) => Error::Broken(
                problems.into_iter().map(|problem| Problem { field: vec!["sections".into()], ..problem }).collect(),
            ),
            error => error,
        })
    }
}
