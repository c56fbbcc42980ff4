use csv::Writer;

use super::FORMULA;
use crate::{
    exchange::points_text,
    question::{Content, PartialCredit, Question},
};

/// The columns that every question has.
const COLUMNS: [&str; 9] =
    ["type", "text", "points", "explanation", "partial_credit", "flags", "tolerance", "max_characters", "answer"];

#[derive(Default)]
struct Row {
    kind: &'static str,
    flags: Vec<&'static str>,
    tolerance: String,
    max_characters: String,
    answer: String,
    /// Option, match, feedback.
    cells: Vec<[String; 3]>,
}

pub fn write(questions: &[Question]) -> String {
    let rows: Vec<(&Question, Row)> = questions.iter().map(|question| (question, row(&question.content))).collect();
    let most = rows.iter().map(|(_, row)| row.cells.len()).max().unwrap_or(0);
    let mut header: Vec<String> = COLUMNS.map(String::from).into();
    header.extend((1..=most).flat_map(|n| [format!("option_{n}"), format!("match_{n}"), format!("feedback_{n}")]));
    let mut writer = Writer::from_writer(vec![]);
    let mut write = |cells: Vec<String>| writer.write_record(cells);
    // Writing into memory does not fail.
    let _ = write(header);
    for (question, row) in rows {
        let credit = match question.content.credit() {
            PartialCredit::PerPart => "per_part",
            PartialCredit::AllOrNothing => "",
        };
        let mut cells = vec![
            row.kind.to_string(),
            kept(&question.text),
            points_text(question.points),
            kept(&question.explanation),
            credit.into(),
            row.flags.join(" "),
            kept(&row.tolerance),
            row.max_characters,
            kept(&row.answer),
        ];
        cells.extend(row.cells.iter().flatten().map(|cell| kept(cell)));
        cells.resize(COLUMNS.len() + 3 * most, String::new());
        let _ = write(cells);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A cell that no spreadsheet computes.
fn kept(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.into() }
}

fn row(content: &Content) -> Row {
    let one = |text: &String| [text.clone(), String::new(), String::new()];
    let pair = |prompt: &str, choice: &str| [prompt.to_string(), choice.to_string(), String::new()];
    let flag = |is_set: bool, flag: &'static str| is_set.then_some(flag);
    match content {
        Content::MultipleChoice(choice) => {
            let options = (1..).zip(&choice.options);
            let right: Vec<String> =
                options.filter(|(_, option)| option.is_right).map(|(number, _)| format!("{number}")).collect();
            let cells = choice.options.iter().map(|it| [it.text.clone(), String::new(), it.feedback.clone()]);
            let kind = if choice.is_multiple { "multiple_choice" } else { "single_choice" };
            // What is to be ticked once has no parts, but says so all the same.
            Row { kind, answer: right.join(";"), cells: cells.collect(), ..Row::default() }
        }
        Content::TrueFalse(value) => Row { kind: "true_false", answer: value.to_string(), ..Row::default() },
        Content::ShortAnswer(short) => {
            let flags = [flag(short.is_case_sensitive, "case_sensitive"), flag(short.is_reviewed, "reviewed")];
            let flags = flags.into_iter().flatten().collect();
            Row { kind: "short_answer", flags, cells: short.accepted.iter().map(one).collect(), ..Row::default() }
        }
        Content::Essay(essay) => {
            let max_characters = essay.max_characters.map_or(String::new(), |most| most.to_string());
            Row { kind: "essay", max_characters, ..Row::default() }
        }
        Content::Numeric(numeric) => {
            let (answer, tolerance) = (numeric.value.to_string(), numeric.tolerance.to_string());
            Row { kind: "numeric", answer, tolerance, ..Row::default() }
        }
        Content::Matching(matching) => {
            let pairs = matching.pairs().map(|(prompt, choice)| pair(&prompt.text, &choice.text));
            let distractors = matching.distractors().map(|choice| pair("", &choice.text));
            Row { kind: "matching", cells: pairs.chain(distractors).collect(), ..Row::default() }
        }
        Content::Ordering(ordering) => Row {
            kind: "ordering",
            cells: ordering.items.iter().map(|item| one(&item.text)).collect(),
            ..Row::default()
        },
        Content::FillIn(fill_in) => {
            let cells = fill_in.gaps.iter().flat_map(|gap| gap.accepted.iter().map(|text| pair(&gap.name, text)));
            let flags = flag(fill_in.is_case_sensitive, "case_sensitive").into_iter().collect();
            Row { kind: "fill_in", flags, cells: cells.collect(), ..Row::default() }
        }
    }
}
