//! What follows from what. Every event is answered here, in the transaction it happened in.

use kernel::{Event, Result, Tx, UserId};

use crate::{curriculum, privacy, school::School};

/// Answers whose sessions have ended: to be told when it is committed.
pub async fn run(tx: &mut Tx, school: &School) -> Result<Vec<UserId>> {
    let mut ended = vec![];
    loop {
        let events = tx.take_events();
        if events.is_empty() {
            return Ok(ended);
        }
        for event in events {
            match event {
                Event::SessionsEnded { user } => ended.push(user),
                event => react(tx, school, event).await?,
            }
        }
    }
}

async fn react(tx: &mut Tx, school: &School, event: Event) -> Result<()> {
    match event {
        Event::AccountErased { user, heir } => privacy::erase(tx, user, heir).await,
        Event::CoursePublished { course, .. } => {
            curriculum::freeze(tx, course).await?;
            learning::waitlist::settle_course(tx, course).await
        }
        Event::CourseDuplicated { from, to, sections } => {
            media::copy_files(tx, from, to, &sections).await?;
            ai::copy_terms(tx, from, to).await?;
            assessment::copy_quizzes(tx, from, to, &sections).await
        }
        Event::SessionsEnded { .. } => Ok(()),
        Event::CourseCompleted { enrollment, .. } => {
            learning::certificates::issue(tx, enrollment, &school.name).await.map(|_| ())
        }
        Event::EnrollmentsMoved { course, enrolled, completed } => {
            courses::count_learners(tx, course, enrolled, completed).await
        }
        Event::SectionDeleted { course, section, force } => curriculum::leave_section(tx, course, section, force).await,
        Event::RatingMoved { course, from, to } => courses::count_rating(tx, course, from, to).await,
    }
}
