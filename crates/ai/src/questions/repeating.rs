//! What has been proposed once is not proposed again.

use std::collections::HashSet;

use kernel::{CourseId, Live, Result, TutorSourceId};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Draft, SuggestionRow};
use crate::{
    passages::Passage,
    question_suggestion::{Column, Entity},
};

/// So many of a course are looked at, the latest.
const MOST: u64 = 2_000;

/// What has been proposed of which source, whatever became of it.
#[derive(Debug, Default)]
pub struct Known(HashSet<(TutorSourceId, String)>);

/// What has been proposed to the authors of a course. Asks nobody whether they may: whoever calls it has.
pub async fn known(db: &impl ConnectionTrait, course: CourseId) -> Result<Known> {
    let of_course = Entity::live().filter(Column::CourseId.eq(course));
    let latest = of_course.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(MOST);
    let rows: Vec<SuggestionRow> = latest.into_partial_model().all(db).await?;
    let proposed = rows.iter().filter_map(|row| Some((row.citation()?.source, heard(&row.question_text))));
    Ok(Known(proposed.collect()))
}

impl Known {
    /// Those that say something new, each question once.
    pub fn fresh(&self, passages: &[Passage], drafts: Vec<Draft>) -> Vec<Draft> {
        let mut asked = HashSet::new();
        let is_new = |draft: &Draft| {
            let text = heard(&draft.text);
            let source = passages.get(draft.passage).map(|passage| passage.source_id);
            let is_known = source.is_some_and(|source| self.0.contains(&(source, text.clone())));
            !is_known && asked.insert(text)
        };
        drafts.into_iter().filter(is_new).collect()
    }
}

/// The question without what only the eye sees: case, spaces, and how a sentence is divided. Signs that mean something by
/// themselves, as in `2 - 1` and `&x`, stay.
fn heard(text: &str) -> String {
    let divides = |letter: char| {
        letter.is_whitespace()
            || ".,;:?!\"'`()\u{2026}\u{201c}\u{201d}\u{201e}\u{2018}\u{2019}\u{ab}\u{bb}\u{bf}\u{a1}\u{3002}\u{ff1f}"
                .contains(letter)
    };
    let text = text.to_lowercase();
    text.split(divides).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{draft::DraftContent, samples::passage};

    fn draft(text: &str) -> Draft {
        let content = DraftContent::TrueFalse(true);
        Draft { text: text.into(), content, explanation: String::new(), passage: 0, quote: None }
    }

    #[test]
    fn the_same_question_comes_once_however_it_is_written() {
        let passages = [passage("Each value has one owner.")];
        let texts = ["What is  an owner?", "what is an Owner", "What, is an 'owner'?!", "2 - 1?", "2 + 1?"];
        let fresh = Known::default().fresh(&passages, texts.map(draft).to_vec());
        let fresh: Vec<_> = fresh.iter().map(|draft| &*draft.text).collect();
        assert_eq!(fresh, ["What is  an owner?", "2 - 1?", "2 + 1?"]);
    }

    #[test]
    fn what_is_known_of_the_source_does_not_come_again() {
        let passages = [passage("Each value has one owner.")];
        let known = |source| Known([(source, "what is an owner".to_string())].into());
        assert_eq!(known(passages[0].source_id).fresh(&passages, vec![draft("What is an owner?")]), []);
        let other = TutorSourceId(sea_orm::prelude::Uuid::from_u128(7));
        assert_eq!(known(other).fresh(&passages, vec![draft("What is an owner?")]).len(), 1);
    }
}
