//! What a change makes of a question that was asked.

use kernel::Result;

use super::{Change, DropCredit, Effect, Further, keying::rekeyed};
use crate::{
    attempting::Asked,
    question::{Content, Question},
    wording::comparable,
};

/// Who gets the points of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credit {
    /// As its key says.
    ByKey,
    /// Everybody, answered or not.
    ToAll,
    ToWhoAnswered,
    /// Nobody: it does not count.
    Excluded,
}

impl Change {
    /// What does not fit the question as that attempt was asked it leaves it as it is: a version of it may have been of another
    /// type.
    pub(crate) fn lie_over(&self, asked: &mut Asked) -> Result<()> {
        match &self.effect {
            Effect::Key(_) | Effect::Accept(_) | Effect::Points(_) => self.alter(&mut asked.question)?,
            Effect::FullPoints { only_answered: true } => asked.credit = Credit::ToWhoAnswered,
            Effect::FullPoints { only_answered: false } | Effect::Drop(DropCredit::FullPoints) => {
                asked.credit = Credit::ToAll;
            }
            Effect::Drop(DropCredit::Excluded) => asked.credit = Credit::Excluded,
        }
        Ok(())
    }

    /// What is right, and what that is worth.
    pub(super) fn alter(&self, question: &mut Question) -> Result<()> {
        match &self.effect {
            Effect::Key(stored) => {
                if let Some(content) = rekeyed(&question.content, &Question::read(stored)?.content) {
                    question.content = content;
                }
            }
            Effect::Accept(further) => accept(&mut question.content, further),
            Effect::Points(points) => question.points = *points,
            Effect::FullPoints { .. } | Effect::Drop(_) => {}
        }
        Ok(())
    }
}

pub(super) fn accept(content: &mut Content, further: &Further) {
    match (content, further) {
        (Content::ShortAnswer(short), Further::Texts(texts)) => {
            add(&mut short.accepted, texts, short.is_case_sensitive);
        }
        (Content::MultipleChoice(choice), Further::Options(keys)) if !choice.is_multiple => {
            for option in choice.options.iter_mut().filter(|option| keys.contains(&option.key)) {
                option.is_right = true;
            }
        }
        (Content::FillIn(fill_in), Further::Gaps(gaps)) => {
            for gap in &mut fill_in.gaps {
                let texts = gaps.get(&gap.name).map(Vec::as_slice).unwrap_or_default();
                add(&mut gap.accepted, texts, fill_in.is_case_sensitive);
            }
        }
        _ => {}
    }
}

/// What is there already is not there twice.
fn add(accepted: &mut Vec<String>, texts: &[String], is_case_sensitive: bool) {
    for text in texts {
        let form = comparable(text, is_case_sensitive);
        if !accepted.iter().any(|known| comparable(known, is_case_sensitive) == form) {
            accepted.push(text.clone());
        }
    }
}
