//! Which passages an answer stands on.

use kernel::{MediaId, SectionId, TutorSourceId};
use serde::{Deserialize, Serialize};

use crate::{PassageKind, passages::Passage};

/// `context_data` of an exchange.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    #[serde(default)]
    pub citations: Vec<Citation>,
}

/// A passage that an answer names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// As the answer names it: `[1]`.
    pub number: usize,
    pub kind: PassageKind,
    pub source: TutorSourceId,
    /// Of the source's words, when they were read.
    pub version: i32,
    pub section: Option<SectionId>,
    pub media: Option<MediaId>,
    pub title: String,
    /// The beginning of the passage.
    pub quote: String,
    pub starts_at: Option<i32>,
    pub ends_at: Option<i32>,
}

/// The most letters of a passage that a citation repeats.
const QUOTED: usize = 300;

impl Context {
    /// Of what is stored; what can't be read cites nothing.
    pub fn read(stored: &serde_json::Value) -> Self {
        serde_json::from_value(stored.clone()).unwrap_or_default()
    }
}

/// The passages that an answer names by their numbers, each once, in their order.
pub fn cited(answer: &str, passages: &[Passage]) -> Vec<Citation> {
    let named = numbers(answer);
    let numbered = (1..).zip(passages);
    numbered.filter(|(number, _)| named.contains(number)).map(|(number, passage)| citation(number, passage)).collect()
}

fn citation(number: usize, passage: &Passage) -> Citation {
    let cut = passage.words.chars().count() > QUOTED;
    let quote: String = passage.words.chars().take(QUOTED).collect();
    Citation {
        number,
        kind: passage.kind,
        source: passage.source_id,
        version: passage.version,
        section: passage.section_id,
        media: passage.media_id,
        title: passage.title.clone(),
        quote: if cut { format!("{quote} ...") } else { quote },
        starts_at: passage.starts_at,
        ends_at: passage.ends_at,
    }
}

/// `[2]`, and `[1, 3]` as well.
fn numbers(answer: &str) -> Vec<usize> {
    let brackets = answer.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    brackets.flat_map(|(inside, _)| inside.split(',').filter_map(|number| number.trim().parse().ok())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_brackets_are_read_and_nothing_else() {
        assert_eq!(numbers("One [1], two [2, 3]; `a[i]`, [x], [-1], [4"), [1, 2, 3]);
        assert_eq!(numbers(""), [0usize; 0]);
    }

    #[test]
    fn what_can_not_be_read_cites_nothing() {
        for stored in
            [serde_json::json!({"section": "x"}), serde_json::json!({"citations": 1}), serde_json::json!(null)]
        {
            assert_eq!(Context::read(&stored), Context::default());
        }
    }
}
