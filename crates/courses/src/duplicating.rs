use kernel::{AuditRecord, CourseId, EntityId, Error, Event, Live, Permit, Result, SectionId, Tx, Viewer, allow};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::{
    CourseRow, CourseStatus, course, course_section, course_tag, draft::check_new_title, policy::Teach,
    slugs::insert_with_slug, tags::add_tags, taught::edit,
};

/// Begins a course as a copy of another that one may change: a draft of one's own with the same words, sections, tags,
/// files and quizzes. Learners, reviews, counters and versions are the original's.
pub async fn duplicate(tx: &mut Tx, id: CourseId, title: Option<String>) -> Result<CourseRow> {
    let instructor = tx.viewer.actor().ok_or(Error::Unauthenticated)?;
    let original = edit(tx, id).await?.into_row().course;
    let permit = allow::<Teach, _>(&tx.viewer, tx.viewer.clone())?;
    let title = match title {
        Some(title) => check_new_title(&title)?,
        None => copy_of(&original.title),
    };
    let row = course::ActiveModel {
        id: Set(tx.new_id()?),
        title: Set(title),
        instructor_id: Set(instructor),
        status: Set(CourseStatus::Draft),
        published_at: Set(None),
        version: Set(1),
        ..described_as(original)
    };
    let copy = insert_with_slug(tx, &permit, None, row).await?;
    add_tags(tx, &permit, copy.id, tags(tx, id).await?).await?;
    let sections = copy_sections(tx, &permit, id, copy.id).await?;
    tx.emit(Event::CourseDuplicated { from: id, to: copy.id, sections });
    let record = AuditRecord::new("course.duplicated", copy.id).with("originalId", id.to_wire());
    tx.record(record.with("title", &*copy.title)).await?;
    Ok(copy.into())
}

fn copy_of(title: &str) -> String {
    const SUFFIX: &str = " (copy)";
    let room = 255 - SUFFIX.len();
    format!("{}{SUFFIX}", title.chars().take(room).collect::<String>())
}

/// What is said of a course. What is counted is left out, and a discount: it was made for the original.
fn described_as(original: course::Model) -> course::ActiveModel {
    course::ActiveModel {
        description: Set(original.description),
        short_description: Set(original.short_description),
        thumbnail: Set(original.thumbnail),
        preview_video_url: Set(original.preview_video_url),
        category_id: Set(original.category_id),
        price: Set(original.price),
        currency: Set(original.currency),
        duration: Set(original.duration),
        difficulty: Set(original.difficulty),
        completion_policy: Set(original.completion_policy),
        language: Set(original.language),
        prerequisites: Set(original.prerequisites),
        learning_outcomes: Set(original.learning_outcomes),
        target_audience: Set(original.target_audience),
        course_structure: Set(original.course_structure),
        metadata: Set(original.metadata),
        seo_metadata: Set(original.seo_metadata),
        capacity: Set(original.capacity),
        has_waitlist: Set(original.has_waitlist),
        offer_hours: Set(original.offer_hours),
        access_days: Set(original.access_days),
        review_min_progress: Set(original.review_min_progress),
        ..Default::default()
    }
}

async fn tags(tx: &Tx, course: CourseId) -> Result<Vec<String>> {
    use course_tag::Column::{CourseId, Tag};
    let tags = course_tag::Entity::visible_to(&tx.viewer).filter(CourseId.eq(course)).select_only().column(Tag);
    Ok(tags.into_tuple().all(&tx.conn).await?)
}

/// Which section became which.
async fn copy_sections(
    tx: &mut Tx,
    permit: &Permit<Teach, Viewer>,
    from: CourseId,
    to: CourseId,
) -> Result<Vec<(SectionId, SectionId)>> {
    use course_section::Column::{CourseId, CreatedAt, Id, Order};
    let sections = course_section::Entity::live().filter(CourseId.eq(from));
    let sections = sections.order_by_asc(Order).order_by_asc(CreatedAt).order_by_asc(Id).all(&tx.conn).await?;
    let mut copied = vec![];
    for (order, section) in (0..).zip(sections) {
        let row = course_section::ActiveModel {
            id: Set(tx.new_id()?),
            course_id: Set(to),
            title: Set(section.title),
            description: Set(section.description),
            order: Set(order),
            is_published: Set(section.is_published),
            is_preview: Set(section.is_preview),
            ..Default::default()
        };
        copied.push((section.id, tx.insert(permit, row).await?.id));
    }
    Ok(copied)
}
