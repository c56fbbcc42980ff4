use std::{sync::Arc, time::Instant};

use accounts::{Passwords, user};
use kernel::{Db, Live, SystemWorld};
use sea_orm::PaginatorTrait;

use super::{Failure, prepare};
use crate::{
    config,
    seed::{self, Size, Summary},
};

/// The password of everybody in a generated school.
pub const PASSWORD: &str = "lectern-demo";

pub async fn run(options: config::Seed) -> Result<(), Failure> {
    let db = prepare(&options.database).await?;
    if !is_empty(&db).await? {
        return Err("the database is not empty: a school is generated into an empty one only".into());
    }
    let size =
        Size { courses: options.courses, users: options.users, enrollments: options.enrollments, seed: options.seed };
    let start = Instant::now();
    let summary = fill(&db, &size).await?;
    println!("Generated {summary} in {:.1} s. Everybody's password is {PASSWORD}.", start.elapsed().as_secs_f32());
    Ok(db.close().await?)
}

pub async fn fill(db: &Db, size: &Size) -> Result<Summary, Failure> {
    let password = Passwords::new(Arc::new(SystemWorld), 1)?.hash(PASSWORD.into()).await?;
    Ok(seed::seed(db, size, &password).await?)
}

/// A database without accounts, deleted ones included, has never been used.
pub async fn is_empty(db: &Db) -> Result<bool, Failure> {
    let accounts = user::Entity::live().count(db.read()).await? + user::Entity::deleted().count(db.read()).await?;
    Ok(accounts == 0)
}
