//! What an author should know before publishing, from all contexts that keep something in the course.

use std::collections::HashSet;

use courses::{
    Readiness,
    warnings::{MEDIA_FAILED, MEDIA_UNFINISHED, SECTION_EMPTY},
};
use kernel::{CourseId, Db, Problem, Result, SectionId, Viewer};
use media::ProcessingStatus;

/// Only authors are told.
pub async fn publish_readiness(db: &Db, viewer: &Viewer, course: CourseId) -> Result<Readiness> {
    let mut readiness = courses::publish_readiness(db.read(), viewer, course).await?;
    let files = media::states(db.read(), course).await?;
    let mut filled: HashSet<Option<SectionId>> = files.iter().map(|(section, _)| *section).collect();
    filled.extend(assessment::published_in(db.read(), course).await?);
    let empty = readiness.sections.iter().filter(|section| !filled.contains(&Some(section.id)));
    let empty = empty.map(|section| {
        let message = format!("The section \"{}\" holds no file and no published quiz.", section.title);
        SECTION_EMPTY.with("id", message)
    });
    readiness.warnings.extend(empty);
    readiness.warnings.extend(of_files(&files));
    Ok(readiness)
}

fn of_files(files: &[(Option<SectionId>, ProcessingStatus)]) -> Vec<Problem> {
    let has = |wanted: &[ProcessingStatus]| files.iter().any(|(_, status)| wanted.contains(status));
    let unfinished = has(&[ProcessingStatus::Pending, ProcessingStatus::Processing]);
    let found = [(unfinished, MEDIA_UNFINISHED), (has(&[ProcessingStatus::Failed]), MEDIA_FAILED)];
    found.into_iter().filter(|(is_so, _)| *is_so).map(|(_, rule)| rule.at("id")).collect()
}
