//! What somebody may have meant.

use kernel::{Result, Viewer, Words};
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};

use crate::{CourseFilter, count_catalogue, course::Column, filtering::narrowed};

/// How many letters of a word have to be right: the first ones, which people seldom mistype.
const BEGINNING: usize = 2;
/// The most courses whose words are looked at, the most popular first.
const MOST_COURSES: u64 = 200;

/// A search that finds something where this one finds nothing: each word that is nowhere replaced by the closest one in
/// titles and short descriptions. None when the search does find something, or nothing close does.
pub async fn suggest(db: &impl ConnectionTrait, viewer: &Viewer, search: &Words) -> Result<Option<String>> {
    if search.as_slice().is_empty() || finds(db, viewer, search).await? {
        return Ok(None);
    }
    let mut meant = vec![];
    for word in search.as_slice() {
        let word = word.to_lowercase();
        let known = finds(db, viewer, &Words::of(&word)).await?;
        let better = if known { None } else { closest(db, viewer, &word).await? };
        meant.push(better.unwrap_or(word));
    }
    let meant = meant.join(" ");
    Ok(finds(db, viewer, &Words::of(&meant)).await?.then_some(meant))
}

async fn finds(db: &impl ConnectionTrait, viewer: &Viewer, words: &Words) -> Result<bool> {
    let filter = CourseFilter { search: Some(words.clone()), ..CourseFilter::default() };
    Ok(count_catalogue(db, viewer, &filter).await? > 0)
}

/// The word that is the fewest mistakes away, of those that begin alike.
async fn closest(db: &impl ConnectionTrait, viewer: &Viewer, word: &str) -> Result<Option<String>> {
    let beginning: String = word.chars().take(BEGINNING).collect();
    let filter = CourseFilter { search: Some(Words::of(&beginning)), ..CourseFilter::default() };
    let texts: Vec<(String, String)> = narrowed(db.get_database_backend(), viewer, &filter)
        .select_only()
        .columns([Column::Title, Column::ShortDescription])
        .order_by_desc(Column::EnrollmentCount)
        .order_by_desc(Column::Id)
        .limit(MOST_COURSES)
        .into_tuple()
        .all(db)
        .await?;
    let words = texts.iter().flat_map(|(title, line)| [title, line]).flat_map(|text| words(text));
    let near = words.filter(|other| other.starts_with(&beginning)).map(|other| (mistakes(word, &other), other));
    let near = near.filter(|(mistakes, _)| *mistakes <= most_mistakes(word)).min_by_key(|(mistakes, _)| *mistakes);
    Ok(near.map(|(_, other)| other))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// In a short word a second mistake makes another word of it.
fn most_mistakes(word: &str) -> usize {
    if word.chars().count() < 6 { 1 } else { 2 }
}

/// How many letters have to be added, left out, replaced or swapped with their neighbour to make one word of the other.
fn mistakes(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
    for (i, letter) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in right.iter().enumerate() {
            let same = usize::from(letter != other);
            let mut best = (rows[i][j] + same).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == right[j - 1] && left[i - 1] == *other {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_counted() {
        for (left, right, expected) in [
            ("python", "python", 0),
            ("pyhton", "python", 1),
            ("pythn", "python", 1),
            ("pythoon", "python", 1),
            ("pithon", "python", 1),
            ("ptyhno", "python", 2),
            ("", "abc", 3),
            ("äpfel", "apfel", 1),
        ] {
            assert_eq!((mistakes(left, right), mistakes(right, left)), (expected, expected), "{left} {right}");
        }
    }
}
