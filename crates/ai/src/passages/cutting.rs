//! A text in pieces that are short enough to be quoted and long enough to be understood.

use media::captions::Cue;

/// A piece is not longer than this, in characters.
const LONGEST: usize = 900;
/// What is said in this time belongs together, in milliseconds.
const LONGEST_SPEECH: u64 = 60_000;

/// A piece of a text, and where it stands there: in characters, or in seconds of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    pub words: String,
    pub starts_at: usize,
    pub ends_at: usize,
}

/// The pieces of a text, cut between paragraphs, else between sentences, else between words.
pub fn cut_text(text: &str) -> Vec<Cut> {
    let letters: Vec<char> = text.chars().collect();
    let mut cuts = vec![];
    let mut start = 0;
    while start < letters.len() {
        let end = if letters.len() - start <= LONGEST { letters.len() } else { start + boundary(&letters[start..]) };
        cuts.extend(piece(&letters, start, end));
        start = end;
    }
    cuts
}

/// Where a piece that begins here ends best: the last good place, if it leaves the piece long enough.
fn boundary(letters: &[char]) -> usize {
    let most = LONGEST.min(letters.len());
    let last = |is_end: fn(&[char]) -> bool| (most / 3..most).rev().find(|at| is_end(&letters[..=*at]));
    let paragraph = last(|so_far| so_far.ends_with(&['\n', '\n']));
    let sentence = || {
        last(|so_far| {
            matches!(so_far, [.., '.' | '!' | '?' | ':' | ';', ' ' | '\n'] | [.., '。' | '！' | '？'] | [.., '\n'])
        })
    };
    let word = || last(|so_far| so_far.last().is_some_and(|letter| letter.is_whitespace()));
    paragraph.or_else(sentence).or_else(word).map_or(most, |at| at + 1)
}

/// Without the space around it; nothing when it is all space.
fn piece(letters: &[char], start: usize, end: usize) -> Option<Cut> {
    let starts_at = (start..end).find(|at| !letters[*at].is_whitespace())?;
    let ends_at = (start..end).rev().find(|at| !letters[*at].is_whitespace())? + 1;
    Some(Cut { words: letters[starts_at..ends_at].iter().collect(), starts_at, ends_at })
}

/// What is said in about a minute, cue after cue.
pub fn cut_speech(cues: &[Cue]) -> Vec<Cut> {
    let mut cuts: Vec<(u64, u64, String)> = vec![];
    for cue in cues {
        match cuts.last_mut() {
            Some((start, end, words))
                if cue.end.saturating_sub(*start) <= LONGEST_SPEECH && words.len() + cue.words.len() < LONGEST =>
            {
                *end = cue.end.max(*end);
                words.push(' ');
                words.push_str(&cue.words);
            }
            _ => cuts.push((cue.start, cue.end, cue.words.clone())),
        }
    }
    let seconds = |millis: u64| usize::try_from(millis / 1_000).unwrap_or(usize::MAX);
    let cuts = cuts.into_iter();
    cuts.map(|(start, end, words)| Cut { words, starts_at: seconds(start), ends_at: seconds(end + 999) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_where_they_say_and_nothing_is_lost() {
        let sentence = "Ein Wort gibt das andere, und käme keines mehr, so wäre es still. ";
        let paragraph = sentence.repeat(7);
        let text = format!("  {paragraph}\n\n{}\n\n{}", sentence.repeat(40), "x".repeat(2_500));
        let (cuts, letters) = (cut_text(&text), text.chars().collect::<Vec<_>>());
        for cut in &cuts {
            assert_eq!(letters[cut.starts_at..cut.ends_at].iter().collect::<String>(), cut.words);
            assert!(cut.words.chars().count() <= LONGEST, "{cut:?}");
        }
        let all: String = cuts.iter().flat_map(|cut| cut.words.chars()).filter(|c| !c.is_whitespace()).collect();
        assert_eq!(all, text.chars().filter(|c| !c.is_whitespace()).collect::<String>());
        assert_eq!(cuts[0].words, paragraph.trim(), "a paragraph stays together");
        assert!(cuts[1].words.ends_with("still."), "{:?}", cuts[1]);
    }

    #[test]
    fn of_nothing_comes_nothing() {
        assert_eq!(cut_text(" \n "), []);
        assert_eq!(cut_speech(&[]), []);
    }

    #[test]
    fn speech_is_cut_by_the_minute() {
        let cue =
            |start: u64, end: u64| Cue { start: start * 1_000, end: end * 1_000 + 500, words: format!("w{start}") };
        let cut = |words: &str, starts_at, ends_at| Cut { words: words.into(), starts_at, ends_at };
        let cues = [cue(0, 20), cue(20, 50), cue(50, 70), cue(70, 71)];
        assert_eq!(cut_speech(&cues), [cut("w0 w20", 0, 51), cut("w50 w70", 50, 72)]);
    }
}
