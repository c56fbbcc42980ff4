use super::NOTE;
use crate::{
    exchange::{LineError, Read, malformed, points, unsupported},
    number,
    question::{
        Choice, ChoiceOption, Content, Essay, FillIn, Gap, Item, Matching, Numeric, Ordering, PartialCredit, Question,
        ShortAnswer, gaps_in,
    },
};

/// A character, and whether a backslash took its meaning away.
type Sign = (char, bool);

/// What our comment before a question says.
#[derive(Default)]
struct Note {
    words: Vec<String>,
}

impl Note {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix(':'))
    }

    fn credit(&self) -> PartialCredit {
        if self.value("credit") == Some("per_part") { PartialCredit::PerPart } else { PartialCredit::AllOrNothing }
    }
}

/// Questions end at a blank line. Comments and categories are passed over.
pub fn read(content: &str) -> (Vec<Read>, Vec<LineError>) {
    let (mut read, mut errors, mut note) = (vec![], vec![], Note::default());
    let mut block: Vec<&str> = vec![];
    let mut start = 0;
    for (number, line) in (1..).zip(content.split('\n').chain([""])) {
        let trimmed = line.trim_start();
        if trimmed.is_empty() && !block.is_empty() {
            match question(start, &block.join("\n"), &std::mem::take(&mut note)) {
                Ok(question) => read.push((start, question)),
                Err(error) => errors.push(error),
            }
            block.clear();
        } else if trimmed.starts_with("//") {
            if let Some(words) = trimmed.strip_prefix(NOTE).and_then(|rest| rest.trim_end().strip_suffix(']')) {
                note.words = words.split_whitespace().map(String::from).collect();
            }
        } else if !(trimmed.is_empty() || block.is_empty() && trimmed.starts_with("$CATEGORY:")) {
            if block.is_empty() {
                start = number;
            }
            block.push(line);
        }
    }
    (read, errors)
}

fn question(line: usize, block: &str, note: &Note) -> Result<Question, LineError> {
    let signs = signs(block);
    let signs = without_title(&signs);
    let open = position(signs, '{').ok_or_else(|| malformed(line, "A question needs its answers in braces: { }."))?;
    let close = position(&signs[open..], '}').ok_or_else(|| malformed(line, "A brace is not closed."))? + open;
    if position(&signs[close + 1..], '{').is_some() {
        return Err(unsupported(line, "There is one pair of braces in a question."));
    }
    let (before, body, after) = (&signs[..open], &signs[open + 1..close], &signs[close + 1..]);
    let (body, explanation) = match find(body, "####") {
        Some(place) => (&body[..place], text(&body[place + 4..])),
        None => (body, String::new()),
    };
    let worth = match note.value("points") {
        Some(text) => points(text).ok_or_else(|| malformed(line, "The points are no number."))?,
        None => 100,
    };
    let mut asked = text(without_format(before));
    let content = content(line, body, note, &asked)?;
    // A missing word: what stands after the braces goes on with the sentence.
    let rest = text(after);
    if !rest.is_empty() {
        asked = format!("{asked} _____ {rest}");
    }
    Ok(Question { text: asked, content, explanation, points: worth })
}

fn content(line: usize, body: &[Sign], note: &Note, asked: &str) -> Result<Content, LineError> {
    let is_word = |words: &[&str]| words.contains(&raw(body).trim().to_uppercase().as_str());
    let body = trimmed(body);
    match body.first() {
        None if note.has("reviewed") => Ok(Content::ShortAnswer(short(vec![], note))),
        None => {
            Ok(Content::Essay(Essay { max_characters: note.value("max_characters").and_then(|it| it.parse().ok()) }))
        }
        Some(('#', false)) => numeric(line, &body[1..]),
        Some(('=' | '~', false)) => parts(line, body, note, asked),
        _ if is_word(&["T", "TRUE"]) => Ok(Content::TrueFalse(true)),
        _ if is_word(&["F", "FALSE"]) => Ok(Content::TrueFalse(false)),
        // What is said to a wrong and to a right answer has no place here.
        _ => match position(body, '#').map(|place| raw(&body[..place]).trim().to_uppercase()) {
            Some(word) if ["T", "TRUE"].contains(&word.as_str()) => Ok(Content::TrueFalse(true)),
            Some(word) if ["F", "FALSE"].contains(&word.as_str()) => Ok(Content::TrueFalse(false)),
            _ => Err(malformed(line, "Answers begin with `=`, `~` or `#`, or are TRUE or FALSE.")),
        },
    }
}

/// `value`, `value:tolerance` or `least..most`.
fn numeric(line: usize, body: &[Sign]) -> Result<Content, LineError> {
    let body = raw(body);
    let body = body.trim().trim_start_matches('=');
    if body.contains(['=', '~', '%', '#']) {
        return Err(unsupported(line, "A numeric question has one right number here."));
    }
    let read = |text: &str| number(text).ok_or_else(|| malformed(line, format!("`{}` is no number.", text.trim())));
    if let Some((least, most)) = body.split_once("..") {
        let (least, most, two) = (read(least)?, read(most)?, rust_decimal::Decimal::TWO);
        let too_large = || malformed(line, "The range is too large.");
        let value = least.checked_add(most).ok_or_else(too_large)? / two;
        return Ok(Content::Numeric(Numeric { value: value.normalize(), tolerance: (most - value).normalize() }));
    }
    let (value, tolerance) = body.split_once(':').unwrap_or((body, "0"));
    Ok(Content::Numeric(Numeric { value: read(value)?, tolerance: read(tolerance)? }))
}

/// One answer: its sign, its share of a hundred if it has one, its text and what is said to it.
struct Part<'a> {
    is_right: bool,
    share: Option<String>,
    text: &'a [Sign],
    feedback: String,
}

fn parts(line: usize, body: &[Sign], note: &Note, asked: &str) -> Result<Content, LineError> {
    let starts: Vec<usize> =
        (0..body.len()).filter(|place| matches!(body[*place], ('=' | '~', false))).chain([body.len()]).collect();
    let parts: Vec<Part<'_>> = starts.windows(2).map(|ends| part(&body[ends[0]..ends[1]])).collect();
    let pairs: Vec<(String, String)> =
        parts.iter().filter(|part| part.is_right).filter_map(|part| pair(part.text)).collect();
    let credit = note.credit();
    if pairs.len() == parts.len() {
        return Ok(match note.value("type") {
            Some("ordering") => {
                let items = pairs.into_iter().map(|(_, text)| Item::new(text)).collect();
                Content::Ordering(Ordering { items, credit })
            }
            Some("fill_in") => Content::FillIn(filled(pairs, note, asked)),
            _ => {
                let (distractors, pairs): (Vec<_>, Vec<_>) =
                    pairs.into_iter().partition(|(prompt, _)| prompt.is_empty());
                let pairs = pairs.into_iter().map(|(prompt, choice)| (Item::new(prompt), Item::new(choice)));
                let distractors = distractors.into_iter().map(|(_, choice)| Item::new(choice));
                Content::Matching(Matching::new(pairs, distractors, credit))
            }
        });
    }
    let is_choice = note.has("multiple") || parts.iter().any(|part| !part.is_right);
    if is_choice {
        return Ok(Content::MultipleChoice(choice(line, &parts, note)?));
    }
    if parts.iter().any(|part| part.share.as_deref().is_some_and(|share| share != "100")) {
        return Err(unsupported(line, "An accepted answer is worth all or nothing here."));
    }
    Ok(Content::ShortAnswer(short(parts.iter().map(|part| text(part.text)).collect(), note)))
}

fn part<'a>(signs: &'a [Sign]) -> Part<'a> {
    let (is_right, mut rest) = (signs[0].0 == '=', trimmed(&signs[1..]));
    let mut share = None;
    if rest.first() == Some(&('%', false))
        && let Some(end) = position(&rest[1..], '%')
    {
        share = Some(raw(&rest[1..=end]));
        rest = &rest[end + 2..];
    }
    let (text_of, feedback) = match position(rest, '#') {
        Some(place) => (&rest[..place], text(&rest[place + 1..])),
        None => (rest, String::new()),
    };
    Part { is_right, share, text: text_of, feedback }
}

fn choice(line: usize, parts: &[Part<'_>], note: &Note) -> Result<Choice, LineError> {
    let is_multiple = note.has("multiple") || parts.iter().all(|part| !part.is_right);
    let mut options = vec![];
    for part in parts {
        let share = match &part.share {
            Some(share) => Some(number(share).ok_or_else(|| malformed(line, "A share is no number."))?),
            None => None,
        };
        let is_positive = share.is_some_and(|share| share.is_sign_positive() && !share.is_zero());
        if !is_multiple && !part.is_right && is_positive {
            return Err(unsupported(line, "An option is worth all or nothing where one is to be ticked."));
        }
        let (key, is_right) = (String::new(), part.is_right || is_positive);
        options.push(ChoiceOption { key, text: text(part.text), is_right, feedback: part.feedback.clone() });
    }
    // Moodle's shares are credit for parts; what we wrote ourselves says so itself.
    let is_foreign = is_multiple && note.words.is_empty();
    let credit = if is_foreign { PartialCredit::PerPart } else { note.credit() };
    Ok(Choice { options, is_multiple, credit })
}

fn short(accepted: Vec<String>, note: &Note) -> ShortAnswer {
    ShortAnswer { accepted, is_case_sensitive: note.has("case_sensitive"), is_reviewed: note.has("reviewed") }
}

fn filled(pairs: Vec<(String, String)>, note: &Note, asked: &str) -> FillIn {
    let mut gaps: Vec<Gap> = vec![];
    for (name, text) in pairs {
        match gaps.iter_mut().find(|gap| gap.name == name) {
            Some(gap) => gap.accepted.push(text),
            None => gaps.push(Gap { name, accepted: vec![text] }),
        }
    }
    let order = gaps_in(asked);
    gaps.sort_by_key(|gap| order.iter().position(|name| *name == gap.name));
    FillIn { gaps, is_case_sensitive: note.has("case_sensitive"), credit: note.credit() }
}

fn pair(signs: &[Sign]) -> Option<(String, String)> {
    let place = find(signs, "->")?;
    Some((text(&signs[..place]), text(&signs[place + 2..])))
}

/// `\n` is a line end; before anything else a backslash takes its meaning away.
fn signs(block: &str) -> Vec<Sign> {
    let mut signs = vec![];
    let mut characters = block.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => signs.push(('\n', true)),
                Some(other) => signs.push((other, true)),
                None => signs.push(('\\', true)),
            },
            other => signs.push((other, false)),
        }
    }
    signs
}

/// A question of ours has no title: `::title::` is left out.
fn without_title(signs: &[Sign]) -> &[Sign] {
    let signs = trimmed(signs);
    if find(signs, "::") != Some(0) {
        return signs;
    }
    find(&signs[2..], "::").map_or(signs, |end| trimmed(&signs[end + 4..]))
}

/// `[html]`, `[markdown]`, `[plain]` and `[moodle]` before the text.
fn without_format(signs: &[Sign]) -> &[Sign] {
    let signs = trimmed(signs);
    for format in ["[html]", "[markdown]", "[plain]", "[moodle]"] {
        if find(signs, format) == Some(0) {
            return &signs[format.len()..];
        }
    }
    signs
}

fn position(signs: &[Sign], wanted: char) -> Option<usize> {
    signs.iter().position(|sign| *sign == (wanted, false))
}

/// Where this stands without a backslash in it.
fn find(signs: &[Sign], wanted: &str) -> Option<usize> {
    let wanted: Vec<Sign> = wanted.chars().map(|character| (character, false)).collect();
    signs.windows(wanted.len()).position(|window| window == wanted)
}

/// Without blanks around it, but for those that a backslash keeps.
fn trimmed(signs: &[Sign]) -> &[Sign] {
    let is_blank = |(character, is_kept): &Sign| character.is_whitespace() && !is_kept;
    let start = signs.iter().position(|sign| !is_blank(sign)).unwrap_or(signs.len());
    let end = signs.iter().rposition(|sign| !is_blank(sign)).map_or(start, |last| last + 1);
    &signs[start..end]
}

fn raw(signs: &[Sign]) -> String {
    signs.iter().map(|(character, _)| character).collect()
}

/// As it is kept: blanks around it are gone.
fn text(signs: &[Sign]) -> String {
    crate::wording::clean(&raw(signs))
}
