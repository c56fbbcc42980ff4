//! What must hold of a question, whoever brings it.

use std::{borrow::Cow, collections::BTreeSet};

use kernel::{Check, Problem, Result, Rule};

use super::{
    Choice, ChoicePlace, Content, Essay, FillIn, Gap, Matching, Numeric, Ordering, Question, ShortAnswer, gaps_in,
};
use crate::{
    answer::LONGEST_ESSAY,
    rules::*,
    wording::{clean, comparable, is_text, is_text_or_none},
};

/// In hundredths of a point.
pub const MOST_POINTS: i32 = 100_000;
pub const MOST_OPTIONS: usize = 50;
const MOST_ACCEPTED: usize = 50;
const LONGEST_TEXT: usize = 20_000;
const LONGEST_OPTION: usize = 2_000;
const LONGEST_ACCEPTED: usize = 500;

/// Notes problems at places in an input, which are lists of fields.
struct Places<'a> {
    check: &'a mut Check,
    variant: &'static str,
}

impl Question {
    /// The question with its texts as they are kept, or all that is wrong with it. Paths are those of the API's inputs.
    pub fn checked(mut self) -> Result<Self> {
        self.clean();
        let mut check = Check::new();
        check.require(is_text(&self.text, LONGEST_TEXT), QUESTION_TEXT_INVALID.at("questionText"));
        check.require(is_text_or_none(&self.explanation, LONGEST_TEXT), QUESTION_EXPLANATION_INVALID.at("explanation"));
        check.require((1..=MOST_POINTS).contains(&self.points), QUESTION_POINTS_INVALID.at("points"));
        Places { check: &mut check, variant: self.content.variant() }.content(&self.content, &self.text);
        check.done()?;
        Ok(self)
    }

    fn clean(&mut self) {
        self.text = clean(&self.text);
        self.explanation = clean(&self.explanation);
        for text in texts(&mut self.content) {
            *text = clean(text);
        }
        if let Content::FillIn(fill_in) = &mut self.content {
            let order = gaps_in(&self.text);
            fill_in.gaps.sort_by_key(|gap| order.iter().position(|name| *name == gap.name));
        }
    }
}

fn texts(content: &mut Content) -> Vec<&mut String> {
    match content {
        Content::MultipleChoice(choice) => {
            choice.options.iter_mut().flat_map(|option| [&mut option.text, &mut option.feedback]).collect()
        }
        Content::ShortAnswer(short) => short.accepted.iter_mut().collect(),
        Content::Matching(matching) => {
            let prompts = matching.prompts.iter_mut().map(|prompt| &mut prompt.text);
            prompts.chain(matching.choices.iter_mut().map(|choice| &mut choice.text)).collect()
        }
        Content::Ordering(ordering) => ordering.items.iter_mut().map(|item| &mut item.text).collect(),
        Content::FillIn(fill_in) => fill_in.gaps.iter_mut().flat_map(|gap| gap.accepted.iter_mut()).collect(),
        Content::TrueFalse(_) | Content::Essay(_) | Content::Numeric(_) => vec![],
    }
}

impl Content {
    /// The field of the API's input that a question of this type is given in.
    pub fn variant(&self) -> &'static str {
        match self {
            Self::MultipleChoice(_) => "multipleChoice",
            Self::TrueFalse(_) => "trueFalse",
            Self::ShortAnswer(_) => "shortAnswer",
            Self::Essay(_) => "essay",
            Self::Numeric(_) => "numeric",
            Self::Matching(_) => "matching",
            Self::Ordering(_) => "ordering",
            Self::FillIn(_) => "fillIn",
        }
    }
}

/// A field of an item of a list.
pub(super) fn item(list: &'static str, number: usize, field: &'static str) -> [Cow<'static, str>; 3] {
    [list.into(), number.to_string().into(), field.into()]
}

impl Places<'_> {
    fn content(&mut self, content: &Content, text: &str) {
        match content {
            Content::MultipleChoice(choice) => self.choice(choice),
            Content::ShortAnswer(short) => self.short_answer(short),
            Content::Numeric(numeric) => self.numeric(numeric),
            Content::Matching(matching) => self.matching(matching),
            Content::Ordering(ordering) => self.ordering(ordering),
            Content::FillIn(fill_in) => self.fill_in(fill_in, text),
            Content::Essay(essay) => self.essay(*essay),
            Content::TrueFalse(_) => {}
        }
    }

    fn require(&mut self, holds: bool, rule: Rule, path: &[Cow<'static, str>]) {
        let start = ["content".into(), self.variant.into()];
        let field = start.into_iter().chain(path.iter().cloned()).collect();
        self.check.require(holds, Problem { field, ..rule.at("content") });
    }

    /// Each text is good and comes once.
    fn each_once<'t>(&mut self, texts: impl Iterator<Item = ([Cow<'static, str>; 3], &'t String)>) {
        let mut seen = BTreeSet::new();
        for (path, text) in texts {
            self.require(is_text(text, LONGEST_OPTION), QUESTION_OPTION_INVALID, &path);
            self.require(seen.insert(comparable(text, true)), QUESTION_OPTION_TAKEN, &path);
        }
    }

    /// There is something to choose from, and not too much.
    fn enough(&mut self, list: &'static str, number: usize) {
        self.require(number >= 2, QUESTION_OPTIONS_TOO_FEW, &[list.into()]);
        self.require(number <= MOST_OPTIONS, QUESTION_TOO_MANY_OPTIONS, &[list.into()]);
    }

    /// The same of a list whose items have their text in this field.
    fn options<'t>(
        &mut self,
        list: &'static str,
        field: &'static str,
        texts: impl ExactSizeIterator<Item = &'t String>,
    ) {
        let number = texts.len();
        self.each_once(texts.enumerate().map(|(number, text)| (item(list, number, field), text)));
        self.enough(list, number);
    }

    fn choice(&mut self, choice: &Choice) {
        self.options("options", "text", choice.options.iter().map(|option| &option.text));
        for (number, option) in choice.options.iter().enumerate() {
            let path = item("options", number, "feedback");
            self.require(is_text_or_none(&option.feedback, LONGEST_OPTION), QUESTION_FEEDBACK_INVALID, &path);
        }
        let right = choice.right().count();
        self.require(right > 0, QUESTION_NEEDS_RIGHT_ANSWER, &["options".into()]);
        // Who ticks everything would know everything.
        let all = choice.is_multiple && right == choice.options.len();
        self.require(!all, QUESTION_NEEDS_WRONG_OPTION, &["options".into()]);
        self.require(choice.is_multiple || right <= 1, QUESTION_TOO_MANY_RIGHT_ANSWERS, &["options".into()]);
    }

    fn short_answer(&mut self, short: &ShortAnswer) {
        let least = usize::from(!short.is_reviewed);
        self.accepted(&["accepted".into()], &short.accepted, short.is_case_sensitive, least);
    }

    fn accepted(&mut self, path: &[Cow<'static, str>], accepted: &[String], is_case_sensitive: bool, least: usize) {
        let mut seen = BTreeSet::new();
        for (number, text) in accepted.iter().enumerate() {
            let path = [path, &[number.to_string().into()]].concat();
            let form = comparable(text, is_case_sensitive);
            self.require(is_text(text, LONGEST_ACCEPTED) && !form.is_empty(), QUESTION_ANSWER_INVALID, &path);
            self.require(seen.insert(form), QUESTION_ANSWER_TAKEN, &path);
        }
        self.require(accepted.len() >= least, QUESTION_NEEDS_RIGHT_ANSWER, path);
        self.require(accepted.len() <= MOST_ACCEPTED, QUESTION_TOO_MANY_ANSWERS, path);
    }

    fn essay(&mut self, essay: Essay) {
        let is_good = essay.max_characters.is_none_or(|most| (1..=LONGEST_ESSAY as i32).contains(&most));
        self.require(is_good, QUESTION_LENGTH_INVALID, &["maxCharacters".into()]);
    }

    fn numeric(&mut self, numeric: &Numeric) {
        let is_good = !numeric.tolerance.is_sign_negative() || numeric.tolerance.is_zero();
        self.require(is_good, QUESTION_TOLERANCE_INVALID, &["tolerance".into()]);
    }

    fn matching(&mut self, matching: &Matching) {
        self.options("pairs", "prompt", matching.prompts.iter().map(|prompt| &prompt.text));
        let path = |place: ChoicePlace| match place {
            ChoicePlace::Pair(number) => item("pairs", number, "choice"),
            ChoicePlace::Distractor(number) => item("distractors", number, "text"),
        };
        let texts = matching.choices.iter().map(|choice| &choice.text);
        self.each_once(matching.places().into_iter().map(path).zip(texts));
        // Where there are too few pairs, that is what is wrong.
        if matching.prompts.len() >= 2 {
            self.enough("distractors", matching.choices.len());
        }
    }

    fn ordering(&mut self, ordering: &Ordering) {
        self.options("items", "text", ordering.items.iter().map(|item| &item.text));
    }

    fn fill_in(&mut self, fill_in: &FillIn, text: &str) {
        let (there, named) = (gaps_in(text), fill_in.gaps.iter().map(|gap| gap.name.as_str()).collect::<Vec<_>>());
        let each_once = there.iter().collect::<BTreeSet<_>>().len() == there.len();
        let same = there.iter().collect::<BTreeSet<_>>() == named.iter().collect() && named.len() == there.len();
        self.require(each_once && same && !there.is_empty(), QUESTION_GAPS_DIFFER, &["gaps".into()]);
        self.require(named.len() <= MOST_OPTIONS, QUESTION_TOO_MANY_OPTIONS, &["gaps".into()]);
        for (number, Gap { accepted, .. }) in fill_in.gaps.iter().enumerate() {
            let path = item("gaps", number, "accepted");
            self.accepted(&path, accepted, fill_in.is_case_sensitive, 1);
        }
    }
}
