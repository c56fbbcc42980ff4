//! Words that stand in any question, in the languages that most courses are in. A list of our own: published ones hold words
//! that are what a course is about ("value", "state"), and lack those that people say to a tutor ("please explain").

/// A language a line.
const STOP_WORDS: &str = include_str!("stop_words.txt");

/// With nothing else said they ask for the course as a whole.
const ABOUT_ALL: &[&str] = &[
    "course",
    "overview",
    "outline",
    "summary",
    "summarize",
    "summarise",
    "kurs",
    "überblick",
    "übersicht",
    "zusammenfassung",
    "cours",
    "aperçu",
    "résumé",
    "curso",
    "resumen",
    "corso",
    "riassunto",
    "panoramica",
    "resumo",
    "课程",
    "概述",
    "コース",
    "講座",
    "概要",
];

/// The language of which a question has most such words; when two have as many, that of the course.
pub fn language_of(words: &[String], course: &str) -> String {
    let course = course.split('-').next().unwrap_or_default().to_lowercase();
    let said = |language: &str| words.iter().filter(|word| is_stop_word_of(language, word)).count();
    let languages: Vec<_> = lines().map(|(language, _)| language).collect();
    // Of equals the last one is taken.
    let best = languages.into_iter().rev().max_by_key(|language| (said(language), *language == course));
    best.filter(|best| said(best) > 0).map_or(course, str::to_string)
}

/// Does it stand in any question in this language?
pub fn is_stop_word_of(language: &str, word: &str) -> bool {
    lines().filter(|(of, _)| *of == language).any(|(_, words)| words.split_whitespace().any(|stop| stop == word))
}

/// In any language?
pub fn is_stop_word(word: &str) -> bool {
    let word = word.to_lowercase();
    lines().any(|(_, words)| words.split_whitespace().any(|stop| stop == word))
}

pub fn is_about_all(word: &str) -> bool {
    ABOUT_ALL.contains(&word)
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    STOP_WORDS.lines().filter_map(|line| line.split_once(": "))
}
