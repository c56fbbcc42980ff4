//! What follows when the time of enrolments and of offers is over.

use std::sync::Arc;

use kernel::Result;
use learning::waitlist::SettleWaitlist;

use super::recurring::ExpireEnrollments;
use crate::app::App;

pub async fn settle_waitlist(app: &Arc<App>, job: SettleWaitlist) -> Result<()> {
    app.write_as_system(async |tx| learning::waitlist::settle_course(tx, job.course).await).await
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
