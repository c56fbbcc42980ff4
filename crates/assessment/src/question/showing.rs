//! What who is asked gets to see. Made of a question by leaving out the key, and built so that nothing of it is left: the order
//! of what is to be ordered or matched is that of keys, which are drawn by lot.

use super::{Content, Item, Question};
use crate::QuestionType;

/// A question without its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub text: String,
    pub question_type: QuestionType,
    /// In hundredths of a point.
    pub points: i32,
    /// May several options be ticked?
    pub is_multiple: bool,
    /// What may be ticked, put in order or matched with a prompt. Before a quiz is begun they are put in the attempt's order.
    pub options: Vec<ShownOption>,
    /// What options are matched with.
    pub prompts: Vec<ShownOption>,
    /// The names of the gaps in the text.
    pub gaps: Vec<String>,
    /// How long an essay may be.
    pub max_characters: Option<i32>,
}

/// Something that an answer may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownOption {
    pub key: String,
    pub text: String,
}

impl Question {
    /// The question as who is asked sees it.
    pub fn shown(&self) -> Shown {
        let (mut options, mut prompts, mut gaps) = (vec![], vec![], vec![]);
        let (mut is_multiple, mut max_characters) = (false, None);
        match &self.content {
            Content::MultipleChoice(choice) => {
                let option = |(key, text): (&String, &String)| ShownOption { key: key.clone(), text: text.clone() };
                options = choice.options.iter().map(|it| option((&it.key, &it.text))).collect();
                is_multiple = choice.is_multiple;
            }
            Content::Matching(matching) => {
                options = by_lot(&matching.choices);
                let prompt = |it: &super::Prompt| ShownOption { key: it.key.clone(), text: it.text.clone() };
                prompts = matching.prompts.iter().map(prompt).collect();
            }
            Content::Ordering(ordering) => options = by_lot(&ordering.items),
            Content::FillIn(fill_in) => gaps = fill_in.gaps.iter().map(|gap| gap.name.clone()).collect(),
            Content::Essay(essay) => max_characters = essay.max_characters,
            Content::TrueFalse(_) | Content::ShortAnswer(_) | Content::Numeric(_) => {}
        }
        let (text, question_type) = (self.text.clone(), self.content.question_type());
        Shown { text, question_type, points: self.points, is_multiple, options, prompts, gaps, max_characters }
    }
}

fn by_lot(items: &[Item]) -> Vec<ShownOption> {
    let mut items: Vec<&Item> = items.iter().collect();
    items.sort_by(|one, other| one.key.cmp(&other.key));
    items.into_iter().map(|item| ShownOption { key: item.key.clone(), text: item.text.clone() }).collect()
}
