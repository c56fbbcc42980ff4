//! What must hold of a regrade before it is made.

use std::{borrow::Cow, collections::HashMap};

use kernel::{Check, Error, Problem, QuestionId, Result};

use super::{
    Change, Effect, Further, NewChange, Seen, Wanted,
    keying::{asks_the_same, named},
    overlay::accept,
};
use crate::{
    question::{Content, MOST_POINTS, Question},
    rules::{
        QUESTION_POINTS_INVALID, REGRADE_ACCEPT_UNFIT, REGRADE_CHANGES_INVALID, REGRADE_KEY_UNFIT,
        REGRADE_QUESTION_UNKNOWN, REGRADE_REASON_INVALID,
    },
    wording::{clean, is_text},
};

/// A question of the quiz's versions.
pub(super) struct Known {
    /// As it counts: with what regrades lay over it.
    pub question: Question,
    pub seen: Seen,
}

const MOST_CHANGES: usize = 100;

/// The changes as they are kept, and the reason. `known` has the questions of the quiz's versions, each as it was last.
pub(super) fn checked(
    changes: Vec<NewChange>,
    reason: &str,
    known: &HashMap<QuestionId, Known>,
) -> Result<(Vec<Change>, String)> {
    let mut check = Check::new();
    let reason = clean(reason);
    check.require(is_text(&reason, 2_000), REGRADE_REASON_INVALID.at("reason"));
    check.require((1..=MOST_CHANGES).contains(&changes.len()), REGRADE_CHANGES_INVALID.at("changes"));
    let mut kept = vec![];
    for (number, change) in changes.into_iter().enumerate().take(MOST_CHANGES) {
        let place = [Cow::from("changes"), number.to_string().into(), change.wanted.variant().into()];
        let question = known.get(&change.question).ok_or(REGRADE_QUESTION_UNKNOWN.at("questionId").into());
        let kept_as = |known: &Known| {
            let (effect, seen) = (effect(change.wanted, &known.question)?, Some(known.seen.clone()));
            Ok(Change { question: change.question, effect, seen })
        };
        match question.and_then(kept_as) {
            Ok(change) => kept.push(change),
            Err(error) => note(&mut check, place, error)?,
        }
    }
    check.done()?;
    Ok((kept, reason))
}

/// What is wrong with one of them is told with its place.
fn note(check: &mut Check, place: [Cow<'static, str>; 3], error: Error) -> Result<()> {
    let Error::Broken(problems) = error else { return Err(error) };
    for problem in problems {
        let field = place.iter().cloned().chain(problem.field).collect();
        check.require(false, Problem { field, ..problem });
    }
    Ok(())
}

fn effect(wanted: Wanted, question: &Question) -> Result<Effect> {
    Ok(match wanted {
        Wanted::Key(content) => Effect::Key(key(content, question)?.stored()?),
        Wanted::Accept(further) => Effect::Accept(further_of(further, question)?),
        Wanted::Points(points) if (1..=MOST_POINTS).contains(&points) => Effect::Points(points),
        Wanted::Points(_) => return Err(QUESTION_POINTS_INVALID.at("points").into()),
        Wanted::FullPoints { only_answered } => Effect::FullPoints { only_answered },
        Wanted::Drop(credit) => Effect::Drop(credit),
    })
}

/// The question with that key, which has to be one that an author could have given it.
fn key(content: Content, question: &Question) -> Result<Question> {
    let content = named(content, &question.content);
    if !asks_the_same(question, &content) {
        return Err(REGRADE_KEY_UNFIT.at("content").into());
    }
    Question { content, ..question.clone() }.checked()
}

fn further_of(mut further: Further, question: &Question) -> Result<Further> {
    match &mut further {
        Further::Texts(texts) => texts.iter_mut().for_each(|text| *text = clean(text)),
        Further::Options(_) => {}
        Further::Gaps(gaps) => gaps.values_mut().flatten().for_each(|text| *text = clean(text)),
    }
    let mut content = question.content.clone();
    accept(&mut content, &further);
    let is_news = content != question.content && names_only_what_is_there(&further, &question.content);
    if !is_news {
        return Err(REGRADE_ACCEPT_UNFIT.at("answers").into());
    }
    // Of several right options only a regrade can say that each is as good; all the rest an author could have written.
    if !matches!(content, Content::MultipleChoice(_)) {
        Question { content, ..question.clone() }.checked()?;
    }
    Ok(further)
}

fn names_only_what_is_there(further: &Further, content: &Content) -> bool {
    match (further, content) {
        (Further::Options(keys), Content::MultipleChoice(choice)) => {
            keys.iter().all(|key| choice.options.iter().any(|option| option.key == *key))
        }
        (Further::Gaps(gaps), Content::FillIn(fill_in)) => {
            gaps.keys().all(|name| fill_in.gaps.iter().any(|gap| gap.name == *name))
        }
        (Further::Texts(_), Content::ShortAnswer(_)) => true,
        _ => false,
    }
}
