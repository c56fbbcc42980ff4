//! Aiken: a question on one line, its options after letters, and the letter of the right one.

use super::{LineError, Read, malformed};
use crate::question::{Choice, ChoiceOption, Content, PartialCredit, Question};

#[derive(Default)]
struct Draft {
    line: usize,
    text: Vec<String>,
    options: Vec<String>,
}

pub fn read(content: &str) -> (Vec<Read>, Vec<LineError>) {
    let (mut read, mut errors, mut draft) = (vec![], vec![], Draft::default());
    for (number, line) in (1..).zip(content.split('\n')) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if draft.line == 0 {
            draft.line = number;
        }
        if let Some(letter) = line.strip_prefix("ANSWER:") {
            match std::mem::take(&mut draft).answered(number, letter.trim()) {
                Ok(question) => read.push(question),
                Err(error) => errors.push(error),
            }
        } else if let Some(text) = option(line, draft.options.len()) {
            draft.options.push(text.into());
        } else if draft.options.is_empty() {
            draft.text.push(line.into());
        } else {
            errors.push(malformed(number, "After the options comes a line like `ANSWER: A`."));
            draft = Draft { line: number, text: vec![line.into()], options: vec![] };
        }
    }
    if draft.line > 0 {
        errors.push(malformed(draft.line, "The question has no line like `ANSWER: A`."));
    }
    (read, errors)
}

/// The text after the letter that is next: `B. Paris` or `B) Paris`.
fn option(line: &str, place: usize) -> Option<&str> {
    let letter = letter(place)?;
    let rest = line.strip_prefix(letter)?;
    rest.strip_prefix(['.', ')'])?.strip_prefix([' ', '\t']).map(str::trim)
}

fn letter(place: usize) -> Option<char> {
    (place < 26).then(|| char::from(b'A' + place as u8))
}

impl Draft {
    fn answered(self, line: usize, right: &str) -> Result<Read, LineError> {
        if self.text.is_empty() {
            return Err(malformed(line, "There is no question before this line."));
        }
        let place =
            (0..self.options.len()).find(|place| letter(*place).is_some_and(|letter| right == letter.to_string()));
        let right = place.ok_or_else(|| malformed(line, "There is no option of that letter."))?;
        let option = |(place, text)| ChoiceOption {
            key: String::new(),
            text,
            is_right: place == right,
            feedback: String::new(),
        };
        let options = self.options.into_iter().enumerate().map(option).collect();
        let content =
            Content::MultipleChoice(Choice { options, is_multiple: false, credit: PartialCredit::AllOrNothing });
        let text = self.text.join("\n");
        Ok((self.line, Question { text, content, explanation: String::new(), points: 100 }))
    }
}

pub fn write(questions: &[Question]) -> Result<String, Vec<(usize, String)>> {
    let (mut written, mut refused) = (vec![], vec![]);
    for (place, question) in questions.iter().enumerate() {
        match one(question) {
            Ok(text) => written.push(text),
            Err(why) => refused.push((place, why.to_string())),
        }
    }
    if refused.is_empty() { Ok(written.join("\n")) } else { Err(refused) }
}

fn one(question: &Question) -> Result<String, &'static str> {
    let Content::MultipleChoice(Choice { options, is_multiple: false, .. }) = &question.content else {
        return Err("Aiken knows only questions of which one option is to be ticked.");
    };
    let texts = options.iter().map(|option| &option.text).chain([&question.text]);
    if texts.into_iter().any(|text| text.contains('\n')) {
        return Err("In Aiken every text is one line.");
    }
    let is_mistaken = question.text.starts_with("ANSWER:") || option(&question.text, 0).is_some();
    if is_mistaken || options.len() > 26 {
        return Err("Aiken would take the text for something else, or has no letters left.");
    }
    let mut text = format!("{}\n", question.text);
    for (place, option) in options.iter().enumerate() {
        text.push_str(&format!("{}. {}\n", letter(place).unwrap_or('?'), option.text));
    }
    let right = options.iter().position(|option| option.is_right).and_then(letter).unwrap_or('?');
    text.push_str(&format!("ANSWER: {right}\n"));
    Ok(text)
}
