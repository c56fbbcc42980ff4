//! An answer as it is shown: Markdown in which nothing is HTML, and no number names a passage that there is not.
//!
//! It is read from left to right, and what can't be decided yet is held back, so that what is shown of a part of an answer is
//! how all of it begins. When in doubt whether something is code, it is not: code may then show an escape, but a tag is never
//! one. Only a fence at the beginning of a line and a span within one line are taken for code.

/// The longest that `[1, 2, 3]` is looked at.
const LONGEST_NUMBERS: usize = 40;
/// What stands for numbers that name nothing.
const NO_SOURCE: &str = "[?]";

/// What is shown of an answer that has come so far, or as a whole. `sources` is how many passages it may name; none when its
/// brackets are the course's own.
pub fn shown(text: &str, sources: Option<usize>, is_whole: bool) -> String {
    let text = text.replace('\r', "");
    let mut tidy = Tidy { shown: String::with_capacity(text.len()), sources, ..Tidy::default() };
    for line in text.split_inclusive('\n') {
        if !tidy.line(line, is_whole || line.ends_with('\n')) {
            break;
        }
    }
    tidy.shown
}

#[derive(Default)]
struct Tidy {
    shown: String,
    sources: Option<usize>,
    /// How the code that a line is within was begun.
    fence: Option<(char, usize)>,
    /// A span of this paragraph may have begun on an earlier line.
    is_open: bool,
    /// A fence within a list or a quotation: where it ends is not for us to say.
    is_unclear: bool,
}

impl Tidy {
    /// False when the rest has to wait.
    fn line(&mut self, line: &str, is_complete: bool) -> bool {
        if let Some((letter, length)) = self.fence {
            let closing = line.trim();
            let is_end = closing.len() >= length && closing.chars().all(|other| other == letter);
            self.fence = (!is_end || !is_complete).then_some((letter, length));
            self.shown.push_str(line);
            return true;
        }
        if let Some(fence) = fence(line).filter(|_| !self.is_unclear) {
            if is_complete {
                self.fence = Some(fence);
                self.shown.push_str(line);
            }
            return is_complete;
        }
        // It may become a fence.
        if !is_complete && matches!(line, "~" | "~~") {
            return false;
        }
        let marks = |letter: char| letter.is_whitespace() || letter.is_ascii_digit() || ">-*+.)".contains(letter);
        let inner = line.trim_start_matches(marks);
        self.is_unclear |= inner.starts_with("```") || inner.starts_with("~~~");
        self.is_open &= !line.trim().is_empty();
        self.inline(line, is_complete)
    }

    fn inline(&mut self, line: &str, is_complete: bool) -> bool {
        let mut rest = line;
        while let Some(letter) = rest.chars().next() {
            let taken = match letter {
                '\\' => escaped(rest, is_complete).map(|taken| self.keep(&rest[..taken])),
                '`' => self.ticks(rest, is_complete),
                '<' => self.angle(rest, is_complete),
                '[' if self.sources.is_some() => self.bracket(rest, is_complete),
                _ => Some(self.keep(&rest[..letter.len_utf8()])),
            };
            match taken {
                Some(taken) => rest = &rest[taken..],
                None => return false,
            }
        }
        true
    }

    fn keep(&mut self, text: &str) -> usize {
        self.shown.push_str(text);
        text.len()
    }

    /// A span of code within the line is kept as it is; a `|` could end it where it is a cell of a table.
    fn ticks(&mut self, rest: &str, is_complete: bool) -> Option<usize> {
        let length = run(rest);
        if self.is_open || self.is_unclear {
            return Some(self.keep(&rest[..length]));
        }
        match closed(rest, length) {
            Some(end) if end == rest.len() && !is_complete => None,
            Some(end) if !rest[..end].contains('|') => Some(self.keep(&rest[..end])),
            None if !is_complete => None,
            _ => {
                self.is_open = true;
                Some(self.keep(&rest[..length]))
            }
        }
    }

    /// What could begin a tag, a comment or the like begins none.
    fn angle(&mut self, rest: &str, is_complete: bool) -> Option<usize> {
        match rest[1..].chars().next() {
            None if !is_complete => return None,
            Some(next) if next.is_ascii_alphabetic() || "/!?".contains(next) => self.shown.push_str("&lt;"),
            _ => self.shown.push('<'),
        }
        Some(1)
    }

    fn bracket(&mut self, rest: &str, is_complete: bool) -> Option<usize> {
        let inside = |letter: char| letter.is_ascii_digit() || letter == ',' || letter == ' ';
        let length = rest[1..].chars().take_while(|letter| inside(*letter)).count();
        let numbers = &rest[1..=length];
        match rest[1 + length..].chars().next() {
            None if !is_complete && length < LONGEST_NUMBERS => None,
            Some(']') if numbers.contains(|letter: char| letter.is_ascii_digit()) => {
                self.shown.push_str(&named(numbers, self.sources.unwrap_or_default()));
                Some(length + 2)
            }
            _ => Some(self.keep("[")),
        }
    }
}

/// The numbers of passages that there are.
fn named(numbers: &str, sources: usize) -> String {
    let all = numbers.split(',').map(str::trim);
    let there: Vec<&str> =
        all.filter(|number| number.parse::<usize>().is_ok_and(|number| (1..=sources).contains(&number))).collect();
    if there.is_empty() { NO_SOURCE.into() } else { format!("[{}]", there.join(", ")) }
}

/// What a line begins that is code until such a line comes again.
fn fence(line: &str) -> Option<(char, usize)> {
    let letter = line.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
    let length = line.chars().take_while(|other| *other == letter).count();
    let is_fence = length >= 3 && (letter == '~' || !line[length..].contains('`'));
    is_fence.then_some((letter, length))
}

/// A backslash, with what it takes the meaning from.
fn escaped(rest: &str, is_complete: bool) -> Option<usize> {
    match rest[1..].chars().next() {
        None if !is_complete => None,
        Some(next) if next.is_ascii_punctuation() => Some(2),
        _ => Some(1),
    }
}

fn run(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// Where the span ends that begins with so many.
fn closed(rest: &str, length: usize) -> Option<usize> {
    let mut at = length;
    loop {
        at += rest[at..].find('`')?;
        let here = run(&rest[at..]);
        at += here;
        if here == length {
            return Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> String {
        shown(text, Some(2), true)
    }

    #[test]
    fn what_would_be_html_is_text() {
        for (said, shows) in [
            ("<b>bold</b> & <!-- x --> a < b <3", "&lt;b>bold&lt;/b> & &lt;!-- x --> a < b <3"),
            ("\\<b> \\\\<b>", "\\<b> \\\\&lt;b>"),
            ("`Vec<u8>` is <i>", "`Vec<u8>` is &lt;i>"),
            ("``a ` <b>`` <i>", "``a ` <b>`` &lt;i>"),
            ("```rust\nVec<u8>\n```\n<i>", "```rust\nVec<u8>\n```\n&lt;i>"),
            ("~~~\n```\n~~~\n<i>", "~~~\n```\n~~~\n&lt;i>"),
            // What looks like code, and is none to every reader of Markdown.
            ("\\`<b>`", "\\`&lt;b>`"),
            ("`a\nb` <b> `c`", "`a\nb` &lt;b> `c`"),
            ("| `a | <b>` |", "| `a | &lt;b>` |"),
            ("- ```\n<b>\n```\n<i>", "- ```\n&lt;b>\n```\n&lt;i>"),
            (" ~~~\n```\n ~~~\n<b>", " ~~~\n```\n ~~~\n&lt;b>"),
            ("``` `\n<b>", "``` `\n&lt;b>"),
        ] {
            assert_eq!(whole(said), shows, "{said}");
        }
    }

    #[test]
    fn no_number_names_what_there_is_not() {
        for (said, shows) in [
            ("One [1], two [2, 7]; [99] and [0].", "One [1], two [2]; [?] and [?]."),
            ("[1,2] [x] [ ] [1", "[1, 2] [x] [ ] [1"),
            ("`a[7]` [99999999999999999999]", "`a[7]` [?]"),
        ] {
            assert_eq!(whole(said), shows, "{said}");
        }
        assert_eq!(shown("See [7].", None, true), "See [7].", "the course's own words");
    }

    #[test]
    fn what_is_shown_of_a_part_is_how_all_of_it_begins() {
        let text = "A <b> `x<y` [1] [9, 2] \\<i> ``` \r\n\n```rust\nlet a: Vec<u8>;\n```\n~~~\n<a>\n~~~\n`open <b>\n`c` <d> [7";
        let all = whole(text);
        let mut before = String::new();
        for (end, _) in text.char_indices() {
            let part = shown(&text[..end], Some(2), false);
            assert!(all.starts_with(&part) && part.starts_with(&before), "{part:?} of {all:?}");
            before = part;
        }
    }
}
