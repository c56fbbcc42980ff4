//! A course as it travels from one school to another: what its authors wrote.

use kernel::{CategoryId, CourseId, Live, Result, SectionId, Viewer, dialect};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, prelude::Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{CompletionPolicy, course, course_category, course_section, course_tag, reading::prerequisites_of};

/// No ids, no people, nothing that was counted; and no discount, which is one school's at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableCourse {
    pub title: String,
    pub short_description: String,
    pub description: String,
    pub preview_video_url: String,
    /// In minor units of the currency.
    pub price: i64,
    pub currency: String,
    pub difficulty: String,
    /// Packages from before there was a choice say nothing.
    #[serde(default = "automatic")]
    pub completion_policy: String,
    pub language: String,
    /// By its slug: a school that has none of it leaves the course without.
    #[serde(default)]
    pub category: Option<String>,
    pub tags: Vec<String>,
    pub prerequisites: Vec<String>,
    /// By their slugs, as far as a school has them.
    #[serde(default)]
    pub prerequisite_courses: Vec<String>,
    pub learning_outcomes: Vec<String>,
    pub target_audience: Vec<String>,
    pub course_structure: Option<Json>,
    pub metadata: Json,
    pub seo_metadata: Json,
    pub sections: Vec<PortableSection>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PortableSection {
    pub title: String,
    pub description: String,
    pub is_published: bool,
    pub is_preview: bool,
}

/// The course, and which section is which, in order. `None` when the course is gone.
pub async fn portable_course(
    db: &impl ConnectionTrait,
    course: CourseId,
) -> Result<Option<(PortableCourse, Vec<SectionId>)>> {
    let Some(row) = course::Entity::live().filter(course::Column::Id.eq(course)).one(db).await? else {
        return Ok(None);
    };
    let of = course_section::Entity::live().filter(course_section::Column::CourseId.eq(course));
    let sections = of.order_by_asc(course_section::Column::Order).order_by_asc(course_section::Column::Id);
    let sections = sections.all(db).await?;
    let tags = course_tag::Entity::visible_to(&Viewer::System).filter(course_tag::Column::CourseId.eq(course));
    let tags = tags.order_by_asc(course_tag::Column::Tag).all(db).await?;
    let ids = sections.iter().map(|section| section.id).collect();
    let portable = PortableCourse {
        title: row.title,
        short_description: row.short_description,
        description: row.description,
        preview_video_url: row.preview_video_url,
        price: row.price,
        currency: row.currency,
        difficulty: row.difficulty.to_value(),
        completion_policy: row.completion_policy.to_value(),
        language: row.language,
        category: category(db, row.category_id).await?,
        tags: tags.into_iter().map(|tag| tag.tag).collect(),
        prerequisites: texts(&row.prerequisites),
        prerequisite_courses: prerequisites(db, course).await?,
        learning_outcomes: texts(&row.learning_outcomes),
        target_audience: texts(&row.target_audience),
        course_structure: row.course_structure,
        metadata: row.metadata,
        seo_metadata: row.seo_metadata,
        sections: sections.into_iter().map(PortableSection::from).collect(),
    };
    Ok(Some((portable, ids)))
}

async fn category(db: &impl ConnectionTrait, id: Option<CategoryId>) -> Result<Option<String>> {
    let Some(id) = id else {
        return Ok(None);
    };
    let found = course_category::Entity::live().filter(course_category::Column::Id.eq(id)).one(db).await?;
    Ok(found.map(|category| category.slug))
}

/// The slugs of the living, in their order.
async fn prerequisites(db: &impl ConnectionTrait, of: CourseId) -> Result<Vec<String>> {
    let required = prerequisites_of(db, &Viewer::System, &[of]).await?.remove(&of).unwrap_or_default();
    let named = dialect::any_of(db.get_database_backend(), (course::Entity, course::Column::Id), &required);
    let courses = course::Entity::live().filter(named).all(db).await?;
    let slug = |id: CourseId| courses.iter().find(|course| course.id == id).map(|course| course.slug.clone());
    Ok(required.into_iter().filter_map(slug).collect())
}

fn automatic() -> String {
    CompletionPolicy::Automatic.to_value()
}

fn texts(list: &Json) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(String::from).collect()
}

impl From<course_section::Model> for PortableSection {
    fn from(section: course_section::Model) -> Self {
        let course_section::Model { title, description, is_published, is_preview, .. } = section;
        Self { title, description, is_published, is_preview }
    }
}
