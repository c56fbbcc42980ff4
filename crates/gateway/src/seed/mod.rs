//! A made-up school: people, courses, learning. Everything depends on the [`Size`] alone, the ids too, so that the same
//! size gives the same rows on every database on every day.

mod dice;
mod fields;
mod plan;
mod prose;
mod publishing;
mod rows;
mod samples;
mod summary;
#[cfg(test)]
mod tests;
mod words;
mod world;
mod writing;

use std::sync::Arc;

use kernel::{Db, Result, Tx, Viewer, World};
use media::Storage;

pub use summary::Summary;

use plan::School;
use world::FirstDay;

/// Who can be signed in as: role and e-mail.
pub const DEMO_LOGINS: [(&str, &str); 3] =
    [("admin", "admin@lectern.test"), ("instructor", "teacher@lectern.test"), ("student", "student@lectern.test")];

/// How large a school is wanted. All other numbers follow from these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub courses: usize,
    /// At least four.
    pub users: usize,
    /// At most what the people and courses allow: nobody takes a course twice.
    pub enrollments: usize,
    pub seed: u64,
}

impl Size {
    /// What an empty database is filled with.
    pub fn demo() -> Self {
        Self { courses: 24, users: 60, enrollments: 200, seed: 1 }
    }
}

/// Fills an empty database in one transaction. `password` is a hash that everybody gets.
pub async fn seed(db: &Db, size: &Size, password: &str) -> Result<Summary> {
    write(db, &School::plan(size), password).await
}

/// The same for the demo school, whose files can be opened: the store has something for each.
pub async fn seed_demo(db: &Db, storage: &Storage, password: &str) -> Result<Summary> {
    samples::keep(storage).await?;
    let school = School { samples_in: Some(storage.provider()), ..School::plan(&Size::demo()) };
    write(db, &school, password).await
}

async fn write(db: &Db, school: &School, password: &str) -> Result<Summary> {
    let world = Arc::new(FirstDay::new(school.seed));
    let mut tx = Tx::begin(db, &Viewer::System, world.now(), world).await?;
    accounts::install_roles(&mut tx).await?;
    let summary = writing::write(&mut tx, school, password).await?;
    tx.commit().await?;
    Ok(summary)
}
