//! Migrations go up, down to nothing, and up again to the same: on a database of the test's own, empty and full.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait};
use sea_orm::DatabaseConnection;
use testkit::{TestApp, on_both};

use super::tables::{dictionary, rows};

/// All that a migration may change: what there is, its columns, and what those are computed from.
async fn seen(db: &DatabaseConnection) -> (BTreeSet<String>, BTreeSet<dictionary::Column>, BTreeSet<String>) {
    (dictionary::objects(db).await, dictionary::columns(db).await, dictionary::computed(db).await)
}

#[on_both]
async fn up_down_and_up_again_is_the_same(app: TestApp) {
    let db = app.db().write();
    let before = dictionary::shape(db).await;
    assert!(!before.columns.is_empty());
    // The built-in roles are in it.
    Migrator::down(db, None).await.unwrap();
    assert_eq!(dictionary::objects(db).await, BTreeSet::new());
    Migrator::up(db, None).await.unwrap();
    assert_eq!(dictionary::shape(db).await, before);
    Migrator::down(db, None).await.unwrap();
    assert_eq!(dictionary::objects(db).await, BTreeSet::new());
}

#[on_both]
async fn every_migration_is_undone_alone_with_rows_in_every_table(app: TestApp) {
    let db = app.db().write();
    let before = dictionary::shape(db).await;
    rows::one_of_each(app.db()).await;
    let mut left = seen(db).await;
    for migration in Migrator::migrations().iter().rev() {
        Migrator::down(db, Some(1)).await.unwrap();
        let now = seen(db).await;
        let name = migration.name();
        assert!(now.0.is_subset(&left.0) && now != left, "{name} undoes nothing");
        left = now;
    }
    assert_eq!(left.0, BTreeSet::new());
    for _ in Migrator::migrations() {
        Migrator::up(db, Some(1)).await.unwrap();
    }
    assert_eq!(dictionary::shape(db).await, before);
    rows::one_of_each(app.db()).await;
}
