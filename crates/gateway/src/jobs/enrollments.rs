//! What follows when the time of enrolments and of offers is over, and when a course asks less than before.

use std::sync::Arc;

use kernel::Result;
use learning::{
    progress::{CatchUp, catch_up_with, to_catch_up},
    waitlist::SettleWaitlist,
};

use super::recurring::ExpireEnrollments;
use crate::app::App;

pub async fn settle_waitlist(app: &Arc<App>, job: SettleWaitlist) -> Result<()> {
    app.write_as_system(async |tx| learning::waitlist::settle_course(tx, job.course).await).await
}

/// A transaction for some learners at a time. Done twice it is done once.
pub async fn catch_up(app: &Arc<App>, job: CatchUp) -> Result<()> {
    let mut last = None;
    loop {
        let ids = to_catch_up(app.db.read(), &job, last, app.world.now()).await?;
        let Some(after) = ids.last().copied() else {
            return Ok(());
        };
        app.write_as_system(async |tx| catch_up_with(tx, &ids).await).await?;
        last = Some(after);
    }
}

/// A transaction for each course, and several for one where many end: nobody waits long for a seat meanwhile.
pub async fn expire(app: &Arc<App>, _: ExpireEnrollments) -> Result<()> {
    let mut expired = 0;
    loop {
        let courses = learning::expired_courses(app.db.read(), app.world.now()).await?;
        if courses.is_empty() {
            break;
        }
        for course in courses {
            expired += app.write_as_system(async |tx| learning::expire_enrollments(tx, course).await).await?;
        }
    }
    tracing::debug!(expired, "enrolments whose time is over");
    Ok(())
}
