use kernel::{CategoryId, Error, Event, Result, Tx, allow};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Set};
use serde_json::json;

use crate::{
    CompletionPolicy, CourseRow, CourseStatus, DifficultyLevel, course, course_category,
    draft::{CourseChange, Edited, NewCourse, Target},
    policy::Teach,
    pricing::reprice,
    rules::{COURSE_CATEGORY_NOT_FOUND, COURSE_NEEDS_DESCRIPTION},
    slugs::insert_with_slug,
    tags::{add_tags, set_tags},
    taught::edit,
    trail::{beginning, changes},
};

/// Starts a course: a draft that its author teaches.
pub async fn create(tx: &mut Tx, mut new: NewCourse) -> Result<CourseRow> {
    let instructor = tx.viewer.actor().ok_or(Error::Unauthenticated)?;
    let permit = allow::<Teach, _>(&tx.viewer, tx.viewer.clone())?;
    new.check()?;
    let mut row = course::ActiveModel {
        id: Set(tx.new_id()?),
        title: Set(new.title),
        description: Set(String::new()),
        short_description: Set(String::new()),
        preview_video_url: Set(String::new()),
        instructor_id: Set(instructor),
        price: Set(0),
        currency: Set("USD".into()),
        duration: Set(0),
        difficulty: Set(DifficultyLevel::Beginner),
        completion_policy: Set(CompletionPolicy::Automatic),
        language: Set("en".into()),
        prerequisites: Set(json!([])),
        learning_outcomes: Set(json!([])),
        target_audience: Set(json!([])),
        status: Set(CourseStatus::Draft),
        metadata: Set(json!({})),
        seo_metadata: Set(json!({})),
        version: Set(1),
        ..Default::default()
    };
    if let Some(price) = new.change.price.take() {
        (row.price, row.currency) = (Set(price.amount), Set(price.currency));
    }
    let tags = apply(tx, &mut row, new.change).await?.unwrap_or_default();
    let course = insert_with_slug(tx, &permit, new.slug, row).await?;
    add_tags(tx, &permit, course.id, tags.clone()).await?;
    tx.record(beginning(&course, &tags)).await?;
    Ok(course.into())
}

/// Changes a course. With an expected version that is not the current one nothing is changed.
pub async fn update(tx: &mut Tx, target: Target, mut change: CourseChange) -> Result<Edited> {
    let permit = edit(tx, target.course).await?;
    change.check()?;
    if target.expected_version.is_some_and(|expected| expected != permit.version) {
        return Ok(Edited::Stale(permit.into_row().course.into()));
    }
    if change.is_empty() {
        return Ok(Edited::Done(permit.into_row().course.into()));
    }
    let is_blank = change.description.as_ref().is_some_and(|text| text.trim().is_empty());
    if permit.is_published && is_blank {
        return Err(COURSE_NEEDS_DESCRIPTION.at("description").into());
    }
    let mut changed = course::ActiveModel { version: Set(permit.version + 1), ..Default::default() };
    if let Some(price) = change.price.take() {
        reprice(tx, &permit, &mut changed, price)?;
    }
    let tags = apply(tx, &mut changed, change).await?;
    if let Some(tags) = &tags {
        set_tags(tx, &permit, target.course, tags.clone()).await?;
    }
    let before = permit.course.clone();
    let course = tx
        .update(permit, |row: &mut course::ActiveModel| *row = course::ActiveModel { id: row.id.clone(), ..changed })
        .await?;
    if before.completion_policy != course.completion_policy {
        tx.emit(Event::CourseAsksLess { course: course.id });
    }
    tx.record(changes("course.updated", &before, &course).with("tags", tags)).await?;
    Ok(Edited::Done(course.into()))
}

/// Sets what is given, but for the price; hands back the tags, which live in a table of their own.
async fn apply(tx: &Tx, row: &mut course::ActiveModel, change: CourseChange) -> Result<Option<Vec<String>>> {
    if let Some(category) = change.category {
        row.category_id = Set(existing(tx, category).await?);
    }
    set(&mut row.title, change.title);
    set(&mut row.short_description, change.short_description);
    set(&mut row.description, change.description);
    set(&mut row.difficulty, change.difficulty);
    set(&mut row.completion_policy, change.completion_policy);
    set(&mut row.language, change.language);
    set(&mut row.prerequisites, change.prerequisites.map(|lines| json!(lines)));
    set(&mut row.learning_outcomes, change.learning_outcomes.map(|lines| json!(lines)));
    set(&mut row.target_audience, change.target_audience.map(|lines| json!(lines)));
    set(&mut row.review_min_progress, change.review_min_progress.map(|percent| percent * 100));
    set(&mut row.seo_metadata, change.seo.map(|seo| seo.to_json()));
    Ok(change.tags)
}

fn set<T: Into<sea_orm::Value>>(field: &mut sea_orm::ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *field = Set(value);
    }
}

/// It stays until the transaction ends: nobody deletes it meanwhile.
async fn existing(tx: &Tx, category: Option<CategoryId>) -> Result<Option<CategoryId>> {
    let Some(category) = category else {
        return Ok(None);
    };
    let found = course_category::Entity::visible_to(&tx.viewer).filter(course_category::Column::Id.eq(category));
    let found = found.lock_shared().one(&tx.conn).await?.ok_or(COURSE_CATEGORY_NOT_FOUND.at("categoryId"))?;
    Ok(Some(found.id))
}
