//! What follows from what. Every event is answered here, in the transaction it happened in.

use kernel::{Event, Result, Tx};

pub async fn run(tx: &mut Tx) -> Result<()> {
    loop {
        let events = tx.take_events();
        if events.is_empty() {
            return Ok(());
        }
        for event in events {
            react(tx, event).await?;
        }
    }
}

async fn react(tx: &mut Tx, event: Event) -> Result<()> {
    match event {
        Event::CoursePublished { .. } => Ok(()),
        Event::EnrollmentsMoved { course, enrolled, completed } => {
            courses::count_learners(tx, course, enrolled, completed).await
        }
        Event::RatingMoved { course, from, to } => courses::count_rating(tx, course, from, to).await,
    }
}
