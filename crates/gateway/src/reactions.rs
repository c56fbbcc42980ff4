//! What follows from what. Every event is answered here, in the transaction it happened in.

use kernel::{Event, Result, Tx, UserId};
use learning::{Sitter, progress::CatchUp};

use crate::{curriculum, privacy, school::School};

/// Answers whose sessions have ended: to be told when it is committed.
pub async fn run(tx: &mut Tx, school: &School) -> Result<Vec<UserId>> {
    let mut ended = vec![];
    loop {
        let events = tx.take_events();
        if events.is_empty() {
            return Ok(ended);
        }
        learning::mark_quizzes(tx, &sitters(&events, passed), &sitters(&events, failed)).await?;
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
        Event::SectionDeleted { course, section, force } => {
            curriculum::leave_section(tx, course, section, force).await?;
            tx.emit(Event::CourseAsksLess { course });
            Ok(())
        }
        Event::CourseLeft { user, course } => assessment::attempting::hand_in_of_learner(tx, user, course).await,
        Event::CourseAsksLess { course } => tx.enqueue(&CatchUp { course, enrollment: None }).await.map(|_| ()),
        // Answered above, all at once.
        Event::QuizPassed { .. } | Event::QuizFailed { .. } => Ok(()),
        Event::RatingMoved { course, from, to } => courses::count_rating(tx, course, from, to).await,
    }
}

/// Whose quizzes these events are about. What many people hand in at once is marked at once.
fn sitters(events: &[Event], of: impl Fn(&Event) -> Option<Sitter>) -> Vec<Sitter> {
    events.iter().filter_map(of).collect()
}

fn passed(event: &Event) -> Option<Sitter> {
    match *event {
        Event::QuizPassed { user, course, quiz } => Some(Sitter { user, course, quiz }),
        _ => None,
    }
}

fn failed(event: &Event) -> Option<Sitter> {
    match *event {
        Event::QuizFailed { user, course, quiz } => Some(Sitter { user, course, quiz }),
        _ => None,
    }
}
