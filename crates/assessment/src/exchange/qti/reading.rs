use std::collections::BTreeMap;

use super::element::{Child, Element, parse};
use crate::{
    exchange::{LineError, Read, malformed, points, unsupported},
    number,
    question::{
        Choice, ChoiceOption, Content, Essay, FillIn, Gap, Item, Matching, Numeric, Ordering, PartialCredit, Question,
        ShortAnswer,
    },
};

const INTERACTIONS: [&str; 5] =
    ["choiceInteraction", "textEntryInteraction", "extendedTextInteraction", "matchInteraction", "orderInteraction"];

pub fn read(content: &str) -> (Vec<Read>, Vec<LineError>) {
    let root = match parse(content) {
        Ok(root) => root,
        Err((line, message)) => return (vec![], vec![malformed(line, message)]),
    };
    let items = match root.name.as_str() {
        "assessmentItem" => vec![&root],
        _ => root.below(&|element| element.name == "assessmentItem"),
    };
    let (mut read, mut errors) = (vec![], vec![]);
    if let Some(reference) = root.below(&|element| element.name == "assessmentItemRef").first() {
        errors.push(unsupported(reference.line, "Items in other files are not read: put the items themselves here."));
    }
    for item in items {
        match question(item) {
            Ok(question) => read.push((item.line, question)),
            Err(error) => errors.push(error),
        }
    }
    (read, errors)
}

fn question(item: &Element) -> Result<Question, LineError> {
    let body = item.named("itemBody").next().ok_or_else(|| malformed(item.line, "The item has no itemBody."))?;
    let is_interaction = |element: &Element| element.name.ends_with("Interaction");
    let interactions = body.below(&is_interaction);
    if let Some(other) = interactions.iter().find(|one| !INTERACTIONS.contains(&one.name.as_str())) {
        return Err(unsupported(other.line, format!("There is no question here like a {}.", other.name)));
    }
    let mut gaps = vec![];
    let is_alone = interactions.len() == 1;
    let names_gaps = !is_alone || gap_name(item).is_some();
    let asked = spoken(body, &mut gaps, names_gaps);
    let content = match interactions.as_slice() {
        [] => return Err(malformed(body.line, "The item asks nothing.")),
        [one] if one.name == "choiceInteraction" => choice(item, one)?,
        [one] if one.name == "matchInteraction" => matching(item, one)?,
        [one] if one.name == "orderInteraction" => ordering(item, one)?,
        [one] if one.name == "extendedTextInteraction" => essay(one)?,
        [one] if one.name == "textEntryInteraction" && !names_gaps => entry(item, one)?,
        several if several.iter().all(|one| one.name == "textEntryInteraction") => fill_in(item, several)?,
        [_, other, ..] => return Err(unsupported(other.line, "An item asks one thing, or has gaps and nothing else.")),
        [one] => return Err(unsupported(one.line, "This kind of question is not read.")),
    };
    let prompt = interactions
        .first()
        .and_then(|one| one.named("prompt").next())
        .map(|prompt| spoken(prompt, &mut vec![], false));
    let text =
        [Some(asked), prompt].into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let explanation = item.named("modalFeedback").next().map(|feedback| spoken(feedback, &mut vec![], false));
    Ok(Question { text, content, explanation: explanation.unwrap_or_default(), points: worth(item)? })
}

/// What we say of a single gap, so that it is not taken for a short answer.
fn gap_name(item: &Element) -> Option<&str> {
    item.attribute("label").filter(|label| *label == "fill_in")
}

/// What is to be read of an element, without interactions; gaps by their names.
fn spoken(element: &Element, gaps: &mut Vec<String>, names_gaps: bool) -> String {
    let mut text = String::new();
    speak(element, gaps, names_gaps, &mut text);
    let lines = text
        .split('\n')
        .map(|line| line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_string()
}

fn speak(element: &Element, gaps: &mut Vec<String>, names_gaps: bool, text: &mut String) {
    for child in &element.children {
        match child {
            // A line end of the document is a blank; those of the text are elements.
            Child::Text(words) => text.push_str(&words.replace('\n', " ")),
            Child::Element(one) if one.name == "textEntryInteraction" && names_gaps => {
                let name = one.attribute("responseIdentifier").unwrap_or_default().to_string();
                text.push_str(&format!("{{{{{name}}}}}"));
                gaps.push(name);
            }
            Child::Element(one) if one.name.ends_with("Interaction") || one.name == "feedbackInline" => {}
            Child::Element(one) => {
                let is_block = ["p", "div", "li", "h1", "h2", "h3", "pre", "blockquote"].contains(&one.name.as_str());
                if one.name == "br" || is_block && !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                speak(one, gaps, names_gaps, text);
                if is_block {
                    text.push('\n');
                }
            }
        }
    }
}

fn worth(item: &Element) -> Result<i32, LineError> {
    let is_max = |outcome: &&Element| outcome.attribute("identifier") == Some("MAXSCORE");
    let outcome = item.named("outcomeDeclaration").find(is_max);
    match outcome
        .and_then(|outcome| outcome.below(&|element| element.name == "value").first().map(|value| words(value)))
    {
        Some(value) => points(&value).ok_or_else(|| malformed(item.line, "The greatest score is no number.")),
        None => Ok(100),
    }
}

fn words(element: &Element) -> String {
    spoken(element, &mut vec![], false)
}

fn declaration<'a>(item: &'a Element, interaction: &Element) -> Result<&'a Element, LineError> {
    let name = interaction.attribute("responseIdentifier");
    let found = item.named("responseDeclaration").find(|one| one.attribute("identifier") == name);
    found.ok_or_else(|| malformed(interaction.line, "No responseDeclaration belongs to the interaction."))
}

fn correct(declaration: &Element) -> Vec<String> {
    let response = declaration.named("correctResponse").next();
    response.into_iter().flat_map(|response| response.named("value").map(words).collect::<Vec<_>>()).collect()
}

/// Credit for parts is what a mapping gives.
fn credit(declaration: &Element) -> PartialCredit {
    let is_mapped = declaration.named("mapping").next().is_some();
    if is_mapped { PartialCredit::PerPart } else { PartialCredit::AllOrNothing }
}

fn identifier(element: &Element) -> Result<&str, LineError> {
    element.attribute("identifier").ok_or_else(|| malformed(element.line, "The choice has no identifier."))
}

fn choice(item: &Element, interaction: &Element) -> Result<Content, LineError> {
    let declaration = declaration(item, interaction)?;
    let right = correct(declaration);
    let is_multiple = declaration.attribute("cardinality") == Some("multiple");
    let choices: Vec<&Element> = interaction.named("simpleChoice").collect();
    if item.attribute("label") == Some("true_false") && choices.len() == 2 {
        return Ok(Content::TrueFalse(right == ["true"]));
    }
    let mut options = vec![];
    for one in choices {
        let feedback = one.named("feedbackInline").next().map(words).unwrap_or_default();
        let is_right = right.iter().any(|right| Some(right.as_str()) == one.attribute("identifier"));
        options.push(ChoiceOption { key: String::new(), text: words(one), is_right, feedback });
    }
    Ok(Content::MultipleChoice(Choice { options, is_multiple, credit: credit(declaration) }))
}

fn matching(item: &Element, interaction: &Element) -> Result<Content, LineError> {
    let declaration = declaration(item, interaction)?;
    let sets: Vec<&Element> = interaction.named("simpleMatchSet").collect();
    let [prompts, choices] = sets.as_slice() else {
        return Err(malformed(interaction.line, "A match has two sets."));
    };
    let right: BTreeMap<String, String> = correct(declaration)
        .iter()
        .filter_map(|pair| pair.split_once(' ').map(|(one, other)| (one.to_string(), other.trim().to_string())))
        .collect();
    let mut texts = BTreeMap::new();
    for one in choices.named("simpleAssociableChoice") {
        texts.insert(identifier(one)?, words(one));
    }
    let (mut pairs, mut used) = (vec![], vec![]);
    for one in prompts.named("simpleAssociableChoice") {
        let wanted = right.get(identifier(one)?).map(String::as_str).unwrap_or_default();
        let text = texts.get(wanted).ok_or_else(|| malformed(one.line, "Nothing is right for this prompt."))?;
        used.push(wanted.to_string());
        pairs.push((Item::new(words(one)), Item::new(text)));
    }
    let others = choices.named("simpleAssociableChoice");
    let others = others.filter(|one| one.attribute("identifier").is_none_or(|id| !used.iter().any(|used| used == id)));
    Ok(Content::Matching(Matching::new(pairs, others.map(|one| Item::new(words(one))), credit(declaration))))
}

fn ordering(item: &Element, interaction: &Element) -> Result<Content, LineError> {
    let declaration = declaration(item, interaction)?;
    let mut items = vec![];
    for right in correct(declaration) {
        let found = interaction.named("simpleChoice").find(|one| one.attribute("identifier") == Some(&right));
        let found = found.ok_or_else(|| malformed(interaction.line, format!("There is no choice `{right}`.")))?;
        items.push(Item::new(words(found)));
    }
    if items.len() != interaction.named("simpleChoice").count() {
        return Err(malformed(interaction.line, "The right order leaves a choice out."));
    }
    Ok(Content::Ordering(Ordering { items, credit: credit(declaration) }))
}

fn essay(interaction: &Element) -> Result<Content, LineError> {
    let length = interaction.attribute("expectedLength");
    let max_characters = length.map(str::parse).transpose();
    let max_characters = max_characters.map_err(|_| malformed(interaction.line, "The length is no number."))?;
    Ok(Content::Essay(Essay { max_characters }))
}

/// What is accepted, and whether its case counts: what a mapping gives something for, or what is declared right.
fn accepted(declaration: &Element) -> (Vec<String>, bool) {
    let entries: Vec<&Element> = declaration.below(&|element| element.name == "mapEntry");
    let worth =
        |entry: &&&Element| entry.attribute("mappedValue").is_some_and(|value| !value.starts_with('-') && value != "0");
    let texts: Vec<String> =
        entries.iter().filter(worth).filter_map(|entry| entry.attribute("mapKey").map(String::from)).collect();
    let is_case_sensitive = entries.iter().any(|entry| entry.attribute("caseSensitive") == Some("true"));
    if texts.is_empty() { (correct(declaration), false) } else { (texts, is_case_sensitive) }
}

fn entry(item: &Element, interaction: &Element) -> Result<Content, LineError> {
    let declaration = declaration(item, interaction)?;
    if ["float", "integer"].contains(&declaration.attribute("baseType").unwrap_or_default()) {
        return numeric(item, declaration);
    }
    let (accepted, is_case_sensitive) = accepted(declaration);
    let is_reviewed = item.attribute("label") == Some("reviewed");
    Ok(Content::ShortAnswer(ShortAnswer { accepted, is_case_sensitive, is_reviewed }))
}

fn numeric(item: &Element, declaration: &Element) -> Result<Content, LineError> {
    let wrong = || malformed(declaration.line, "The right number, or how far from it one may be, is no number.");
    let value = correct(declaration).first().and_then(|value| number(value)).ok_or_else(wrong)?;
    let equal = item.below(&|element| element.name == "equal" && element.attribute("toleranceMode").is_some());
    let tolerance = match equal.first() {
        None => "0",
        Some(equal) if equal.attribute("toleranceMode") == Some("exact") => "0",
        Some(equal) if equal.attribute("toleranceMode") == Some("absolute") => {
            equal.attribute("tolerance").and_then(|both| both.split_whitespace().next()).ok_or_else(wrong)?
        }
        Some(equal) => return Err(unsupported(equal.line, "A tolerance is absolute here.")),
    };
    Ok(Content::Numeric(Numeric { value, tolerance: number(tolerance).ok_or_else(wrong)? }))
}

fn fill_in(item: &Element, interactions: &[&Element]) -> Result<Content, LineError> {
    let (mut gaps, mut is_any, mut parts) = (vec![], false, PartialCredit::AllOrNothing);
    for interaction in interactions {
        let declaration = declaration(item, interaction)?;
        let (accepted, is_case_sensitive) = accepted(declaration);
        is_any |= is_case_sensitive;
        if item.attribute("toolName") != Some("lectern") || item.attribute("toolVersion") == Some("per_part") {
            parts = PartialCredit::PerPart;
        }
        let name = interaction.attribute("responseIdentifier").unwrap_or_default().to_string();
        gaps.push(Gap { name, accepted });
    }
    Ok(Content::FillIn(FillIn { gaps, is_case_sensitive: is_any, credit: parts }))
}
