//! What is said when, of a WebVTT file that has been looked at: what can't be read is passed over.

use super::webvtt::time;

/// A cue as one hears it: times in milliseconds, words in one line, without marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    pub start: u64,
    pub end: u64,
    pub words: String,
}

/// All cues that say something, in their order.
pub fn cues(text: &str) -> Vec<Cue> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split("\n\n").filter_map(cue).collect()
}

fn cue(block: &str) -> Option<Cue> {
    let mut lines = block.lines().skip_while(|line| !line.contains("-->"));
    let (start, rest) = lines.next()?.split_once("-->")?;
    let (start, end) = (time(start.trim())?, time(rest.split_whitespace().next()?)?);
    let words = lines.map(unmarked).collect::<Vec<_>>().join(" ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(Cue { start, end, words })
}

/// Without tags (`<v Ada>`, `<b>`), and with the characters that are written by their names.
fn unmarked(line: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    for letter in line.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            letter if !is_tag => words.push(letter),
            _ => {}
        }
    }
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")];
    names.into_iter().fold(words, |words, (name, letter)| words.replace(name, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_without_marks_names_and_notes() {
        let text = "\u{feff}WEBVTT\r\n\r\nNOTE nothing\r\n\r\n1\r\n00:01.000 --> 00:04.500 align:start\r\n<v Ada>One\r\n<b>two</b> &amp; three\r\n\r\n01:00:00.000 --> 01:00:01.000\r\n \r\n\r\n01:00:02.000 --> 01:00:03.000\r\nEnd";
        let cue = |start, end, words: &str| Cue { start, end, words: words.into() };
        assert_eq!(cues(text), [cue(1_000, 4_500, "One two & three"), cue(3_602_000, 3_603_000, "End")]);
        assert_eq!(cues("WEBVTT\n\nnothing"), []);
    }
}
