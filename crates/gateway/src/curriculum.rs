//! What is done to a course and to what several contexts keep in it, in one transaction.

use std::collections::BTreeSet;

use courses::{
    Edited, Placement, Target, holds_the_same, put_back,
    rules::{CURRICULUM_ORDER_INCOMPLETE, SECTION_NOT_EMPTY},
    versions::{Restored, Snapshot, freeze as keep, restore_sections},
};
use kernel::{CourseId, CourseVersionId, Error, Event, MediaId, QuizId, Result, SectionId, Tx};

/// How a section and what is in it shall stand.
#[derive(Clone, Debug)]
pub struct SectionOrder {
    pub section: SectionId,
    /// Left out in all sections, every file stays where it is; the same for quizzes.
    pub media: Option<Vec<MediaId>>,
    pub quizzes: Option<Vec<QuizId>>,
}

/// Puts the whole curriculum in order: all sections, and where they are named, all that stands in sections.
pub async fn reorder(tx: &mut Tx, target: Target, order: &[SectionOrder]) -> Result<Edited> {
    let sections: Vec<_> = order.iter().map(|order| order.section).collect();
    let edited = courses::reorder_sections(tx, target, &sections).await?;
    if matches!(edited, Edited::Stale(_)) {
        return Ok(edited);
    }
    if let Some(wanted) = named(order, |order| order.media.as_ref()) {
        let at_present = media::placement(&tx.conn, target.course).await?;
        check_complete(at_present, &wanted)?;
        media::place(tx, target.course, &wanted).await?;
    }
    if let Some(wanted) = named(order, |order| order.quizzes.as_ref()) {
        let at_present = assessment::placement(&tx.conn, target.course).await?;
        check_complete(at_present, &wanted)?;
        assessment::place(tx, target.course, &wanted).await?;
    }
    asks_less(tx, order, target.course);
    Ok(edited)
}

/// What was moved into a section that learners don't find is nothing they have left to do.
fn asks_less(tx: &mut Tx, order: &[SectionOrder], course: CourseId) {
    if order.iter().any(|order| order.media.is_some() || order.quizzes.is_some()) {
        tx.emit(Event::CourseAsksLess { course });
    }
}

/// What the order says of one kind of things. A section that names none holds none, unless no section names any.
fn named<I: Clone>(order: &[SectionOrder], of: impl Fn(&SectionOrder) -> Option<&Vec<I>>) -> Option<Placement<I>> {
    order.iter().any(|order| of(order).is_some()).then(|| {
        let lists = order.iter().map(|order| (Some(order.section), of(order).cloned().unwrap_or_default()));
        lists.collect()
    })
}

/// What belongs to the course as a whole has no place among the sections.
fn check_complete<I: Ord + Copy>(mut at_present: Placement<I>, wanted: &Placement<I>) -> Result<()> {
    at_present.remove(&None);
    if !holds_the_same(&at_present, wanted) {
        return Err(CURRICULUM_ORDER_INCOMPLETE.at("order").into());
    }
    Ok(())
}

/// What stood in a deleted section comes to the end of what belongs to the course as a whole.
pub async fn leave_section(tx: &mut Tx, course: CourseId, section: SectionId, force: bool) -> Result<()> {
    let (files, quizzes) = (media::placement(&tx.conn, course).await?, assessment::placement(&tx.conn, course).await?);
    let is_empty = !files.contains_key(&Some(section)) && !quizzes.contains_key(&Some(section));
    if !is_empty && !force {
        return Err(Error::from(SECTION_NOT_EMPTY.at("id")));
    }
    if let Some(wanted) = without(files, section) {
        media::place(tx, course, &wanted).await?;
    }
    if let Some(wanted) = without(quizzes, section) {
        assessment::place(tx, course, &wanted).await?;
    }
    Ok(())
}

fn without<I>(mut placement: Placement<I>, section: SectionId) -> Option<Placement<I>> {
    let left = placement.remove(&Some(section))?;
    let mut whole = placement.remove(&None).unwrap_or_default();
    whole.extend(left);
    Some(Placement::from([(None, whole)]))
}

/// Keeps a course as it is published, with all that is in it.
pub async fn freeze(tx: &mut Tx, course: CourseId) -> Result<()> {
    let (files, quizzes) = (media::contents(&tx.conn, course).await?, assessment::contents(&tx.conn, course).await?);
    let version = keep(tx, course, files, quizzes).await?;
    let required = assessment::required_in(&tx.conn, course).await?;
    learning::freeze_items(tx, course, version, &required).await
}

/// Puts the curriculum back as it was at a publication: the sections, and what the course still has of what was in them.
pub async fn restore(tx: &mut Tx, target: Target, version: CourseVersionId) -> Result<Edited> {
    let (course, then) = match restore_sections(tx, target, version).await? {
        Restored::Stale(course) => return Ok(Edited::Stale(course)),
        Restored::Done(course, then) => (course, then),
    };
    let sections: BTreeSet<SectionId> = then.sections.iter().map(|section| section.id).collect();
    let at_present = media::placement(&tx.conn, course.id).await?;
    let wanted = put_back(&at_present, &Snapshot::placement::<MediaId>(&then.files), &sections);
    media::place(tx, course.id, &wanted).await?;
    let at_present = assessment::placement(&tx.conn, course.id).await?;
    let wanted = put_back(&at_present, &Snapshot::placement::<QuizId>(&then.quizzes), &sections);
    assessment::place(tx, course.id, &wanted).await?;
    tx.emit(Event::CourseAsksLess { course: course.id });
    Ok(Edited::Done(course))
}
