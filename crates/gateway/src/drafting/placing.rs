//! Moving one thing within a course. A position beyond the end is the end.

use courses::{Placement, Target, bump, edit, in_order};
use kernel::{CourseId, Error, MediaId, QuizId, Result, SectionId, Tx};

use super::operation::of_course;

/// The section, or none for the course as a whole, and how many stand before.
type Place = (Option<SectionId>, usize);

pub async fn move_section(tx: &mut Tx, course: CourseId, section: SectionId, position: usize) -> Result<()> {
    let mut sections = in_order(tx, course).await?;
    let from = sections.iter().position(|it| *it == section).ok_or(Error::NotFound)?;
    sections.remove(from);
    sections.insert(position.min(sections.len()), section);
    courses::reorder_sections(tx, Target { course, expected_version: None }, &sections).await.map(|_| ())
}

pub async fn move_file(tx: &mut Tx, course: CourseId, file: MediaId, place: Place) -> Result<()> {
    let at_present = media::placement(&tx.conn, course).await?;
    let wanted = moved(tx, course, at_present, file, place).await?;
    media::place(tx, course, &wanted).await?;
    count(tx, course).await
}

pub async fn move_quiz(tx: &mut Tx, course: CourseId, quiz: QuizId, place: Place) -> Result<()> {
    let at_present = assessment::placement(&tx.conn, course).await?;
    let wanted = moved(tx, course, at_present, quiz, place).await?;
    assessment::place(tx, course, &wanted).await?;
    count(tx, course).await
}

async fn moved<I: Copy + PartialEq>(
    tx: &Tx,
    course: CourseId,
    mut placement: Placement<I>,
    thing: I,
    (section, position): Place,
) -> Result<Placement<I>> {
    if let Some(section) = section {
        of_course(tx, course, section).await?;
    }
    let list = placement.values_mut().find(|things| things.contains(&thing)).ok_or(Error::NotFound)?;
    list.retain(|it| *it != thing);
    let list = placement.entry(section).or_default();
    list.insert(position.min(list.len()), thing);
    Ok(placement)
}

async fn count(tx: &Tx, course: CourseId) -> Result<()> {
    bump(tx, &edit(tx, course).await?, course).await
}
