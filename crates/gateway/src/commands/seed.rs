use std::{sync::Arc, time::Instant};

use accounts::{Passwords, user};
use kernel::{Db, Live, SystemWorld};
use media::Storage;
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
    let summary = seed::seed(&db, &size, &hash().await?).await?;
    println!("Generated {summary} in {:.1} s. Everybody's password is {PASSWORD}.", start.elapsed().as_secs_f32());
    Ok(db.close().await?)
}

/// Fills an empty database with the demo school, and the store with what its files hold.
pub async fn fill_demo(db: &Db, storage: &Storage) -> Result<Summary, Failure> {
    Ok(seed::seed_demo(db, storage, &hash().await?).await?)
}

async fn hash() -> Result<String, Failure> {
    Ok(Passwords::new(Arc::new(SystemWorld), 1)?.hash(PASSWORD.into()).await?)
}

/// A database without accounts, deleted ones included, has never been used.
pub async fn is_empty(db: &Db) -> Result<bool, Failure> {
    let accounts = user::Entity::live().count(db.read()).await? + user::Entity::deleted().count(db.read()).await?;
    Ok(accounts == 0)
}
