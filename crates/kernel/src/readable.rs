//! Texts that are shown to others: names, titles, labels.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup},
};

/// A space of no width that holds letters together or apart: Persian names and emoji need them.
const JOINERS: [char; 2] = ['\u{200c}', '\u{200d}'];

/// Is there anything in it that one can see?
pub fn says_something(text: &str) -> bool {
    text.chars().any(|c| !is_hidden(c) && !is_blank(c))
}

/// One line that shows as it was written: no line breaks, nothing that turns the direction of what follows.
pub fn is_line(text: &str) -> bool {
    text.chars().all(|c| !is_hidden(c) || JOINERS.contains(&c))
}

/// A name that is what it seems: one line, with something in it that one can see.
pub fn is_name(text: &str) -> bool {
    says_something(text) && is_line(text)
}

/// As [`is_line`], in as many lines as one likes.
pub fn is_text(text: &str) -> bool {
    text.chars().all(|c| !is_hidden(c) || JOINERS.contains(&c) || matches!(c, '\n' | '\t'))
}

/// Control and format characters, those for private use, and the ends of lines.
fn is_hidden(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    let lines = [GeneralCategory::LineSeparator, GeneralCategory::ParagraphSeparator];
    GeneralCategoryGroup::Other.contains(category) || lines.contains(&category)
}

/// Spaces, and letters that are drawn as nothing.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_seen_and_what_can_not() {
        for good in ["Ada", "مریم\u{200c}گلی", "👩\u{200d}🔬", "山田 太郎", "José"] {
            assert!(is_name(good), "{good}");
        }
        for empty in ["", "  ", "\u{200b}", "\u{2060}\u{2060}", "\u{3164}", "\u{ad}", "\u{200d}"] {
            assert!(!is_name(empty) && !says_something(empty), "{empty:?}");
        }
        assert!(is_text("One.\n\n\t- two") && !is_text("One.\u{202e}") && !is_text("a\rb") && !is_text("a\0"));
        for bad in ["a\nb", "\u{202e}evil", "a\u{2028}b", "a\u{7}", "\u{2066}x"] {
            assert!(!is_name(bad) && !is_line(bad), "{bad:?}");
        }
    }
}
