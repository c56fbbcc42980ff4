//! What people call themselves goes into letters to others, or to addresses that are not theirs. One plain line of it does.

/// The longest name a letter is addressed with, in characters.
const NAME: usize = 60;

/// One line: no line breaks or other control characters, and nothing that turns the direction of the text around it.
pub fn line(text: &str) -> String {
    let words = text.chars().filter(|c| !is_invisible(*c)).map(|c| if is_break(c) { ' ' } else { c });
    words.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name to address somebody with; none at all where it is more of an advertisement. Whoever signs up with somebody
/// else's address makes us write there: the name must not become a message of theirs.
pub fn name(text: &str) -> String {
    let name = line(text);
    if name.chars().count() > NAME || speaks_of_an_address(&name) { String::new() } else { name }
}

/// Mail programs make links of such words by themselves.
fn speaks_of_an_address(name: &str) -> bool {
    let is_long = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    name.contains(['/', '@', '\\'])
        || name.split(' ').any(|word| {
            let parts: Vec<&str> = word.split('.').collect();
            parts.windows(2).any(|pair| is_long(pair[0]) && is_long(pair[1]))
        })
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks, embeddings, overrides and isolates of direction; the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_no_marks_of_direction() {
        assert_eq!(line("  Ada\r\nBcc: all@example.org\u{2028}\u{0}x "), "Ada Bcc: all@example.org x");
        assert_eq!(line("\u{202e}evil\u{202c} \u{200f}\u{2067}x\u{2069}"), "evil x");
        assert_eq!(line("محمد الخوارزمي"), "محمد الخوارزمي");
    }

    #[test]
    fn names_are_kept_and_advertisements_are_not() {
        for kept in ["Ada Lovelace", "J.R.R. Tolkien", "Dr. Ng", "O'Brien", "<script>", "李", "Anne-Marie v. d. Berg"]
        {
            assert_eq!(name(kept), kept);
        }
        for dropped in ["Win at evil.com", "https:evil//x", "ada@example.org", "www.evil.example now", &"x".repeat(61)]
        {
            assert_eq!(name(dropped), "", "{dropped}");
        }
    }
}
