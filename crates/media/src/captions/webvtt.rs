//! Is it WebVTT (<https://www.w3.org/TR/webvtt1/>)? Stricter than browsers, which pass over what they do not understand: an
//! author should hear of it while they still look at the file.

/// The most that is taken, in bytes, and the most cues.
pub const MAX_BYTES: usize = 512 << 10;
const MAX_CUES: usize = 20_000;

/// What is wrong, and in which line, in a sentence for people.
pub fn check(text: &str) -> Result<(), String> {
    if text.len() > MAX_BYTES {
        return Err(format!("The file has more than {} KiB.", MAX_BYTES >> 10));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut reader = Reader { lines: text.split('\n').collect(), at: 0, last_start: 0, cues: 0 };
    reader.header()?;
    while reader.skip_blank() {
        reader.block()?;
    }
    match reader.cues {
        0 => Err("There is no cue in the file.".into()),
        _ => Ok(()),
    }
}

struct Reader<'a> {
    lines: Vec<&'a str>,
    /// The line that is read next, from 0.
    at: usize,
    /// When the cue before began, in milliseconds.
    last_start: u64,
    cues: usize,
}

impl Reader<'_> {
    fn header(&mut self) -> Result<(), String> {
        let first = self.lines.first().copied().unwrap_or_default();
        let rest = first.strip_prefix("WEBVTT");
        if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
            return Err("Line 1: a WebVTT file begins with the word `WEBVTT`.".into());
        }
        self.at = 1;
        while let Some(line) = self.lines.get(self.at).filter(|line| !line.trim().is_empty()) {
            if line.contains("-->") {
                return Err(self.wrong("a blank line is missing between the header and the first cue"));
            }
            self.at += 1;
        }
        Ok(())
    }

    /// To the next line with something in it; false at the end.
    fn skip_blank(&mut self) -> bool {
        while self.lines.get(self.at).is_some_and(|line| line.trim().is_empty()) {
            self.at += 1;
        }
        self.at < self.lines.len()
    }

    fn block(&mut self) -> Result<(), String> {
        let first = self.lines[self.at];
        let word = first.split([' ', '\t']).next().unwrap_or_default();
        if ["NOTE", "STYLE", "REGION"].contains(&word) && !first.contains("-->") {
            if word != "NOTE" && self.cues > 0 {
                return Err(self.wrong(&format!("a {word} block stands after the first cue")));
            }
            return self.text(None);
        }
        if !first.contains("-->") {
            // The cue's own name.
            self.at += 1;
            if !self.lines.get(self.at).is_some_and(|line| line.contains("-->")) {
                return Err(self.wrong("a cue's times are expected here: `00:01.000 --> 00:04.000`"));
            }
        }
        self.times()?;
        self.cues += 1;
        if self.cues > MAX_CUES {
            return Err(format!("The file has more than {MAX_CUES} cues."));
        }
        self.text(Some(()))
    }

    fn times(&mut self) -> Result<(), String> {
        let (start, rest) = self.lines[self.at].split_once("-->").unwrap_or_default();
        let end = rest.split_whitespace().next().unwrap_or_default();
        let spaced = start.ends_with([' ', '\t']) && rest.starts_with([' ', '\t']);
        let (Some(start), Some(end), true) = (time(start.trim()), time(end), spaced) else {
            return Err(self.wrong("the times can't be read: they are written as `00:01.000 --> 00:04.000`"));
        };
        if end <= start {
            return Err(self.wrong("the cue ends before it begins"));
        }
        if start < self.last_start {
            return Err(self.wrong("the cue begins before the one above it"));
        }
        self.last_start = start;
        self.at += 1;
        Ok(())
    }

    /// The rest of a block, to the blank line after it.
    fn text(&mut self, of_cue: Option<()>) -> Result<(), String> {
        while let Some(line) = self.lines.get(self.at).filter(|line| !line.trim().is_empty()) {
            if line.contains("-->") {
                let missing = "a blank line is missing above the times of a cue";
                return Err(self.wrong(if of_cue.is_some() { missing } else { "`-->` can't stand in this block" }));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn wrong(&self, what: &str) -> String {
        format!("Line {}: {what}.", self.at + 1)
    }
}

/// `mm:ss.ttt` with any number of hours before it, in milliseconds.
pub(super) fn time(text: &str) -> Option<u64> {
    let (whole, millis) = text.split_once('.')?;
    let mut parts = whole.rsplit(':');
    let (seconds, minutes, hours) = (parts.next()?, parts.next()?, parts.next());
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>, below: u64| {
        let fits = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u64>().ok().filter(|number| fits && *number < below)
    };
    let hours = hours.map_or(Some(0), |hours| number(hours, 2..=5, 100_000))?;
    if parts.next().is_some() {
        return None;
    }
    let (minutes, seconds) = (number(minutes, 2..=2, 60)?, number(seconds, 2..=2, 60)?);
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + number(millis, 3..=3, 1000)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_good_is_taken() {
        for good in [
            "WEBVTT\n\n00:01.000 --> 00:04.000\nHello\n",
            "\u{feff}WEBVTT - a title\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE a note\r\n\r\n1\r\n00:00:01.000 --> 00:00:04.000 align:start\r\n<b>Two</b>\r\nlines\r\n\r\n100:00:00.000 --> 100:00:01.000\r\n",
            "WEBVTT\n\n00:01.000 --> 00:04.000\na\n\n00:01.000 --> 00:02.000\nb",
        ] {
            assert_eq!(check(good), Ok(()), "{good:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (bad, says) in [
            ("", "Line 1: a WebVTT file begins"),
            ("WEBVTTX\n", "Line 1: a WebVTT file begins"),
            ("1\n00:00:01,000 --> 00:00:04,000\nSubRip\n", "Line 1: a WebVTT file begins"),
            ("WEBVTT\n", "There is no cue"),
            ("WEBVTT\n00:01.000 --> 00:04.000\nx\n", "Line 2: a blank line is missing"),
            ("WEBVTT\n\n00:01,000 --> 00:04,000\nx\n", "Line 3: the times can't be read"),
            ("WEBVTT\n\n00:01.000-->00:04.000\nx\n", "Line 3: the times can't be read"),
            ("WEBVTT\n\n00:61.000 --> 02:04.000\nx\n", "Line 3: the times can't be read"),
            ("WEBVTT\n\n00:04.000 --> 00:01.000\nx\n", "Line 3: the cue ends before it begins"),
            ("WEBVTT\n\n00:04.000 --> 00:05.000\nx\n\n00:01.000 --> 00:05.000\ny", "Line 6: the cue begins before"),
            ("WEBVTT\n\na name\nno times\n", "Line 4: a cue's times are expected"),
            ("WEBVTT\n\n00:01.000 --> 00:04.000\nx\n00:05.000 --> 00:06.000\ny", "Line 5: a blank line is missing"),
            ("WEBVTT\n\n00:01.000 --> 00:04.000\nx\n\nSTYLE\nx", "Line 6: a STYLE block stands after"),
            ("WEBVTT\n\nNOTE\na --> b\n", "Line 4: `-->` can't stand"),
        ] {
            let said = check(bad).unwrap_err();
            assert!(said.starts_with(says), "{bad:?}: {said}");
        }
        let long = format!("WEBVTT\n\n00:01.000 --> 00:04.000\n{}", "x".repeat(MAX_BYTES));
        assert_eq!(check(&long).unwrap_err(), "The file has more than 512 KiB.");
    }
}
