//! The tutor that is always there: it understands nothing, and quotes what the course says.

use crate::{
    PassageKind, Restriction,
    model::{ModelError, Piece, Pieces},
    passages::{AskedWords, Passage},
};

/// What it is called where models are named.
pub const NAME: &str = "extractive";

/// So many passages are quoted, and so many sentences of each.
const MOST_QUOTED: usize = 3;
const MOST_SENTENCES: usize = 3;

/// What is said when nothing is found: no model is asked then.
pub const NOTHING: &str = "I find nothing about that in what you can open of this course. Ask with other words, such as those \
that the course uses.";

/// What a model's answer ends with that names no passage.
pub const UNGROUNDED: &str = "\n\n*This answer names no passage of the course.*";

const OPENING: &str = "This is what the course says about it, word for word:\n";
const HINTS: &str = "You sit a quiz that counts, so I only say where to look:\n";

/// The answer, in Markdown.
pub fn answer(words: &AskedWords, passages: &[Passage], restriction: Restriction) -> String {
    let numbered = (1..).zip(passages).take(MOST_QUOTED);
    if restriction == Restriction::Hints {
        return std::iter::once(HINTS.to_string())
            .chain(numbered.map(|(number, passage)| pointer(number, passage)))
            .collect();
    }
    let quotes = numbered.map(|(number, passage)| match telling(words, &passage.words) {
        Some(telling) => quote(number, passage, &telling),
        None => pointer(number, passage),
    });
    std::iter::once(OPENING.to_string()).chain(quotes).collect()
}

fn quote(number: usize, passage: &Passage, telling: &str) -> String {
    let lines: String = telling.lines().map(|line| format!("\n> {line}")).collect();
    format!("{lines}\n>\n> — {} [{number}]\n", place(passage))
}

fn pointer(number: usize, passage: &Passage) -> String {
    format!("\n- {} [{number}]\n", place(passage))
}

/// What it is from, as people say it; what has a meaning in Markdown is taken for what it is.
fn place(passage: &Passage) -> String {
    let title: String = passage.title.chars().flat_map(|letter| escape(letter).into_iter().chain([letter])).collect();
    match (passage.kind, passage.starts_at) {
        (PassageKind::Captions, Some(start)) => format!("{title}, at {}:{:02}", start / 60, start % 60),
        _ => title,
    }
}

fn escape(letter: char) -> Option<char> {
    "\\`*_[]<>#|~!".contains(letter).then_some('\\')
}

/// The sentences with most of the words, in their order.
fn telling(words: &AskedWords, text: &str) -> Option<String> {
    let sentences = sentences(text);
    let mut best: Vec<(usize, usize)> =
        sentences.iter().enumerate().map(|(place, sentence)| (words.count_within(sentence), place)).collect();
    best.sort_by(|(one, place), (other, further)| other.cmp(one).then(place.cmp(further)));
    let first = best.first()?.1;
    let has_words = best.iter().filter(|(count, _)| *count > 0).map(|(_, place)| *place);
    let mut chosen: Vec<usize> = has_words.take(MOST_SENTENCES - 1).collect();
    // What follows a sentence often explains it.
    chosen.extend([first, first + 1]);
    chosen.sort_unstable();
    chosen.dedup();
    let chosen = chosen.into_iter().filter_map(|place| sentences.get(place)).take(MOST_SENTENCES);
    Some(chosen.map(|sentence| sentence.trim()).collect::<Vec<_>>().join(" "))
}

fn sentences(text: &str) -> Vec<&str> {
    let mut all = vec![];
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = match letter {
            '.' | '!' | '?' | ':' => next.is_none_or(char::is_whitespace),
            '。' | '！' | '？' | '\n' => true,
            _ => false,
        };
        if ends {
            let end = at + letter.len_utf8();
            all.push(&text[start..end]);
            start = end;
        }
    }
    all.push(&text[start..]);
    all.retain(|sentence| !sentence.trim().is_empty());
    all
}

/// The answer as a model's would come: a few words at a time.
pub fn pieces(answer: &str) -> Pieces {
    let pieces: Vec<Result<Piece, ModelError>> =
        answer.split_inclusive(' ').map(|piece| Ok(Piece::Text(piece.into()))).collect();
    Box::pin(futures_util::stream::iter(pieces))
}

#[cfg(test)]
mod tests {
    use kernel::TutorSourceId;
    use sea_orm::prelude::Uuid;

    use super::*;

    fn passage(kind: PassageKind, title: &str, words: &str, starts_at: Option<i32>) -> Passage {
        Passage {
            source_id: TutorSourceId(Uuid::nil()),
            version: 1,
            section_id: None,
            media_id: None,
            kind,
            title: title.into(),
            words: words.into(),
            starts_at,
            ends_at: None,
        }
    }

    #[test]
    fn it_quotes_what_is_said_and_says_where() {
        let passages = [
            passage(
                PassageKind::Section,
                "Ownership",
                "Hello. Ownership is who cleans up. That is all. More. Ever.",
                None,
            ),
            passage(PassageKind::Captions, "One [owner]", "a value has one owner", Some(83)),
            passage(PassageKind::Media, "Ownership in pictures", "", None),
        ];
        let words = AskedWords::of("What is ownership?", "en");
        assert_eq!(
            answer(&words, &passages, Restriction::Allowed),
            "This is what the course says about it, word for word:\n\
             \n> Ownership is who cleans up. That is all.\n>\n> — Ownership [1]\n\
             \n> a value has one owner\n>\n> — One \\[owner\\], at 1:23 [2]\n\
             \n- Ownership in pictures [3]\n"
        );
        assert_eq!(
            answer(&words, &passages[..2], Restriction::Hints),
            "You sit a quiz that counts, so I only say where to look:\n\n- Ownership [1]\n\n- One \\[owner\\], at 1:23 [2]\n"
        );
    }
}
