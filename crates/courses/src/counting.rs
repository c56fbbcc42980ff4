//! The specification's signals `update_course_enrollment_count` and `update_course_rating`: counters move in SQL, in the
//! transaction of what they count, so that none is lost when many move them at once.

use kernel::{CourseId, Result, Tx};

use crate::course::{Column, Entity};

/// Moves the numbers of learners: `enrolled` counts the active and the completed.
pub async fn count_learners(tx: &Tx, course: CourseId, enrolled: i64, completed: i64) -> Result<()> {
    tx.add::<Entity, _>(
        (Column::Id, course),
        &[(Column::EnrollmentCount, enrolled), (Column::CompletionCount, completed)],
    )
    .await
}

/// Moves the sum, the count and the counts per star; the average is generated from them.
pub async fn count_rating(tx: &Tx, course: CourseId, from: Option<i32>, to: Option<i32>) -> Result<()> {
    if from == to {
        return Ok(());
    }
    let sum = i64::from(to.unwrap_or(0)) - i64::from(from.unwrap_or(0));
    let count = i64::from(to.is_some()) - i64::from(from.is_some());
    let mut amounts = vec![(Column::RatingSum, sum), (Column::RatingCount, count)];
    amounts.extend(from.and_then(star).map(|column| (column, -1)));
    amounts.extend(to.and_then(star).map(|column| (column, 1)));
    tx.add::<Entity, _>((Column::Id, course), &amounts).await
}

fn star(rating: i32) -> Option<Column> {
    match rating {
        1 => Some(Column::Rating1),
        2 => Some(Column::Rating2),
        3 => Some(Column::Rating3),
        4 => Some(Column::Rating4),
        5 => Some(Column::Rating5),
        _ => None,
    }
}
