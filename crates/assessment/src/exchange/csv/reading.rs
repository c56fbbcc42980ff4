use std::collections::{BTreeMap, HashMap};

use csv::{ReaderBuilder, StringRecord};

use super::FORMULA;
use crate::{
    exchange::{LineError, Read, malformed, points, unsupported},
    number,
    question::{
        Choice, ChoiceOption, Content, Essay, FillIn, Gap, Item, Matching, Numeric, Ordering, PartialCredit, Question,
        ShortAnswer, gaps_in,
    },
};

pub fn read(content: &str) -> (Vec<Read>, Vec<LineError>) {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content.as_bytes());
    if let Some(line) = open_quote(content) {
        return (vec![], vec![malformed(line, "A quote is opened in this line and never closed.")]);
    }
    let (mut read, mut errors) = (vec![], vec![]);
    let mut columns: Option<HashMap<String, usize>> = None;
    let mut lines = Lines { content: content.as_bytes(), byte: 0, line: 1 };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, |position| position.line() as usize);
                errors.push(malformed(line, "This is not a table of values that commas separate."));
                continue;
            }
        };
        let line = record.position().map_or(1, |position| lines.at(position.byte()));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let Some(columns) = &columns else {
            match header(line, &record) {
                Ok(found) => columns = Some(found),
                Err(error) => return (vec![], vec![error]),
            }
            continue;
        };
        match (Row { line, columns, record: &record }).question() {
            Ok(question) => read.push((line, question)),
            Err(error) => errors.push(error),
        }
    }
    (read, errors)
}

/// The line of a quotation mark that opens a cell and has no other that closes it: all the rest would be in that cell.
fn open_quote(content: &str) -> Option<usize> {
    let (mut line, mut opened, mut is_start) = (1, None, true);
    let mut letters = content.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, opened) {
            // Two of them are one in the text.
            ('"', Some(_)) if letters.peek() == Some(&'"') => {
                letters.next();
            }
            ('"', Some(_)) => opened = None,
            ('"', None) if is_start => opened = Some(line),
            _ => {}
        }
        is_start = opened.is_none() && matches!(letter, ',' | '\n');
        line += usize::from(letter == '\n');
    }
    opened
}

/// Counts lines while it goes through a text once.
struct Lines<'a> {
    content: &'a [u8],
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of what begins at this byte, which is none before the last one; the blank lines before it are counted to it.
    fn at(&mut self, byte: u64) -> usize {
        let start = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.byte, self.content.len());
        let blank = self.content[start..].iter().take_while(|byte| **byte == b'\n').count();
        let passed = &self.content[self.byte..start + blank];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.byte = start + blank;
        self.line
    }
}

fn header(line: usize, record: &StringRecord) -> Result<HashMap<String, usize>, LineError> {
    let mut columns = HashMap::new();
    for (place, name) in record.iter().enumerate() {
        let name = name.trim().to_lowercase().replace([' ', '-'], "_");
        if !name.is_empty() && columns.insert(name.clone(), place).is_some() {
            return Err(malformed(line, format!("There are two columns `{name}`.")));
        }
    }
    match ["type", "text"].iter().find(|name| !columns.contains_key(**name)) {
        Some(name) => Err(malformed(line, format!("The first line names the columns; there is none called `{name}`."))),
        None => Ok(columns),
    }
}

struct Row<'a> {
    line: usize,
    columns: &'a HashMap<String, usize>,
    record: &'a StringRecord,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> String {
        let cell = self.columns.get(name).and_then(|place| self.record.get(*place)).unwrap_or_default();
        let cell = crate::wording::clean(cell);
        match cell.strip_prefix('\'') {
            Some(rest) if rest.starts_with(FORMULA) => rest.to_string(),
            _ => cell,
        }
    }

    fn has_flag(&self, flag: &str) -> bool {
        self.cell("flags").split_whitespace().any(|other| other == flag)
    }

    /// By their numbers option, match, feedback: those of which something is there.
    fn cells(&self) -> Vec<(usize, [String; 3])> {
        let number = |name: &String| name.split_once('_').and_then(|(_, number)| number.parse::<usize>().ok());
        let numbers: BTreeMap<usize, ()> = self.columns.keys().filter_map(number).map(|number| (number, ())).collect();
        let names = ["option", "match", "feedback"];
        let cells = numbers.into_keys().map(|n| (n, names.map(|name| self.cell(&format!("{name}_{n}")))));
        cells.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect()
    }

    fn question(&self) -> Result<Question, LineError> {
        let points = match self.cell("points").as_str() {
            "" => 100,
            text => points(text).ok_or_else(|| malformed(self.line, "The points are no number."))?,
        };
        let (text, explanation) = (self.cell("text"), self.cell("explanation"));
        Ok(Question { content: self.content(&text)?, text, explanation, points })
    }

    fn content(&self, text: &str) -> Result<Content, LineError> {
        let kind = self.cell("type").to_lowercase();
        let credit = self.credit()?;
        let is_case_sensitive = self.has_flag("case_sensitive");
        let options = || self.cells().into_iter().map(|(_, [option, ..])| option);
        let pairs = || self.cells().into_iter().map(|(_, [option, choice, _])| (option, choice));
        Ok(match kind.as_str() {
            "single_choice" => Content::MultipleChoice(self.choice(false, credit)?),
            "multiple_choice" => Content::MultipleChoice(self.choice(true, credit)?),
            "true_false" => Content::TrueFalse(self.truth()?),
            "short_answer" => {
                let (accepted, is_reviewed) = (options().collect(), self.has_flag("reviewed"));
                Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive, is_reviewed })
            }
            "essay" => Content::Essay(Essay { max_characters: self.whole("max_characters")? }),
            "numeric" => {
                let (value, tolerance) = (self.number("answer", None)?, self.number("tolerance", Some("0"))?);
                Content::Numeric(Numeric { value, tolerance })
            }
            "matching" => {
                let (distractors, pairs): (Vec<_>, Vec<_>) = pairs().partition(|(prompt, _)| prompt.is_empty());
                let pairs = pairs.into_iter().map(|(prompt, choice)| (Item::new(prompt), Item::new(choice)));
                let distractors = distractors.into_iter().map(|(_, choice)| Item::new(choice));
                Content::Matching(Matching::new(pairs, distractors, credit))
            }
            "ordering" => Content::Ordering(Ordering { items: options().map(Item::new).collect(), credit }),
            "fill_in" => Content::FillIn(FillIn { gaps: gaps(pairs(), text), is_case_sensitive, credit }),
            other => return Err(unsupported(self.line, format!("There is no type `{other}`."))),
        })
    }

    fn credit(&self) -> Result<PartialCredit, LineError> {
        match self.cell("partial_credit").as_str() {
            "" | "all_or_nothing" => Ok(PartialCredit::AllOrNothing),
            "per_part" => Ok(PartialCredit::PerPart),
            _ => Err(malformed(self.line, "`partial_credit` is `all_or_nothing` or `per_part`.")),
        }
    }

    fn truth(&self) -> Result<bool, LineError> {
        match self.cell("answer").to_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(malformed(self.line, "`answer` is `true` or `false`.")),
        }
    }

    fn number(&self, column: &'static str, default: Option<&str>) -> Result<rust_decimal::Decimal, LineError> {
        let cell = self.cell(column);
        let text = default.filter(|_| cell.is_empty()).unwrap_or(&cell);
        number(text).ok_or_else(|| malformed(self.line, format!("`{column}` is no number.")))
    }

    fn whole(&self, column: &'static str) -> Result<Option<i32>, LineError> {
        match self.cell(column).as_str() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| malformed(self.line, format!("`{column}` is no whole number."))),
        }
    }

    fn choice(&self, is_multiple: bool, credit: PartialCredit) -> Result<Choice, LineError> {
        let cells = self.cells();
        let wrong = || malformed(self.line, "`answer` has the numbers of the right options: `2` or `1;3`.");
        let mut right = vec![];
        for number in self.cell("answer").split([';', ',', ' ']).filter(|number| !number.is_empty()) {
            let number: usize = number.parse().map_err(|_| wrong())?;
            if !cells.iter().any(|(there, _)| *there == number) {
                return Err(wrong());
            }
            right.push(number);
        }
        let option = |(number, [text, _, feedback]): (usize, [String; 3])| ChoiceOption {
            key: String::new(),
            text,
            is_right: right.contains(&number),
            feedback,
        };
        Ok(Choice { options: cells.into_iter().map(option).collect(), is_multiple, credit })
    }
}

fn gaps(pairs: impl Iterator<Item = (String, String)>, text: &str) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = vec![];
    for (name, accepted) in pairs {
        match gaps.iter_mut().find(|gap| gap.name == name) {
            Some(gap) => gap.accepted.push(accepted),
            None => gaps.push(Gap { name, accepted: vec![accepted] }),
        }
    }
    let order = gaps_in(text);
    gaps.sort_by_key(|gap| order.iter().position(|name| *name == gap.name));
    gaps
}
