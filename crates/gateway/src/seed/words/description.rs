//! What a course says about itself.

use super::{
    super::{
        dice::Dice,
        fields::{Field, SHELVES},
    },
    grammar::{capital, named, within},
    outline::{Source, topic},
    titles::Approach,
};

pub struct Description {
    pub short: String,
    pub long: String,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub audience: Vec<String>,
    /// In lower case, each once.
    pub tags: Vec<String>,
}

type Subject = (&'static str, &'static str);

pub fn describe(source: &Source, dice: &mut Dice, language: &str) -> Description {
    match source {
        Source::Prose(prose) => Description {
            short: prose.short.into(),
            long: prose.description.into(),
            outcomes: owned(prose.outcomes),
            prerequisites: owned(prose.prerequisites),
            audience: owned(prose.audience),
            tags: owned(&prose.tags),
        },
        Source::Composed { field, subject, approach, .. } => Description {
            short: capital(&named(approach.short, &within(subject.0))),
            long: paragraphs(dice, field, subject, approach, language),
            outcomes: outcomes(dice, subject),
            prerequisites: vec![approach.prerequisite.into()],
            audience: audience(dice, field),
            tags: tags(field, subject, approach),
        },
    }
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_string()).collect()
}

fn paragraphs(dice: &mut Dice, field: &Field, subject: &Subject, approach: &Approach, language: &str) -> String {
    let opening = named(approach.opening, &within(subject.0));
    let mut path = dice.pick(&PATHS).to_string();
    for section in 0..8 {
        path = path.replace(&format!("{{{section}}}"), topic(subject, section));
    }
    let spoken = match language {
        "es" => " The course is taught in Spanish, with English subtitles.",
        "fr" => " The course is taught in French, with English subtitles.",
        "de" => " The course is taught in German, with English subtitles.",
        "pt-BR" => " The course is taught in Brazilian Portuguese, with English subtitles.",
        "ja" => " The course is taught in Japanese, with English subtitles.",
        _ => "",
    };
    format!("{opening}\n\n{path}\n\n{}{spoken}", field.method)
}

/// `{0}` to `{7}` are the topics.
static PATHS: [&str; 4] = [
    "We begin with {0} and {1}. The middle of the course belongs to {2}, {3} and {4}; after that come {5} and {6}, and we close with {7}.",
    "The way leads from {0} by {1}, {2} and {3} to {4}, the turning point of the course. The second half, from {5} to {7}, builds on everything before it, and leaves room for {6}.",
    "Eight sections: {0}, {1}, {2}, {3}, {4}, {5}, {6} and {7}. Each can be watched in an evening and thought about for a week.",
    "The first three sections lay the foundations: {0}, {1}, {2}. Sections four to six cover {3}, {4} and {5}. What remains, {6} and {7}, is what most courses leave out.",
];

fn outcomes(dice: &mut Dice, subject: &Subject) -> Vec<String> {
    let first = dice.below(2);
    OUTCOMES
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let topic = topic(subject, at + at / 2 + first);
            line.replace("{}", topic).replace("{subject}", &within(subject.0))
        })
        .collect()
}

static OUTCOMES: [&str; 5] = [
    "Explain {} to somebody who has never heard of it",
    "Find your way around {}, and know what to look up",
    "Tell sound advice on {} from noise",
    "Connect {} with what you know already",
    "Go on learning {subject} on your own",
];

fn audience(dice: &mut Dice, field: &Field) -> Vec<String> {
    let mut audiences = field.audiences;
    dice.shuffle(&mut audiences);
    owned(&audiences[..2 + dice.below(2)])
}

fn tags(field: &Field, subject: &Subject, approach: &Approach) -> Vec<String> {
    let shelf =
        SHELVES.iter().find(|shelf| shelf.fields.iter().any(|it| it.name == field.name)).map(|shelf| shelf.name);
    let mut tags: Vec<String> =
        [field.name, subject.0, approach.tag].into_iter().chain(shelf).map(str::to_lowercase).collect();
    tags.sort();
    tags.dedup();
    tags
}
