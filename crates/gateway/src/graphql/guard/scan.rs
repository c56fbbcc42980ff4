use async_graphql::Variables;

use super::{Exceeded, Limits, within};

/// Counts bytes, tokens and bracket nesting of the text; knows strings, block strings and comments.
pub fn scan(text: &str, limits: &Limits) -> Result<(), Exceeded> {
    within("bytes", limits.bytes as u64, text.len() as u64)?;
    let (mut rest, mut tokens, mut nesting) = (text.as_bytes(), 0u64, 0u64);
    while let Some(first) = rest.first() {
        let length = match first {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => {
                rest = &rest[1..];
                continue;
            }
            b'#' => {
                rest = &rest[comment(rest)..];
                continue;
            }
            b'"' if rest.starts_with(b"\"\"\"") => block_string(rest),
            b'"' => string(rest),
            b'{' | b'[' | b'(' => {
                nesting += 1;
                1
            }
            b'}' | b']' | b')' => {
                nesting = nesting.saturating_sub(1);
                1
            }
            byte if is_word(*byte) => rest.iter().take_while(|byte| is_word(**byte)).count(),
            b'.' if rest.starts_with(b"...") => 3,
            _ => 1,
        };
        rest = &rest[length.min(rest.len())..];
        tokens += 1;
        within("tokens", limits.tokens as u64, tokens)?;
        within("nesting", limits.nesting as u64, nesting)?;
    }
    Ok(())
}

/// Counts the bytes of the variables, as JSON.
pub fn scan_variables(variables: &Variables, limits: &Limits) -> Result<(), Exceeded> {
    let bytes = serde_json::to_vec(variables).map_or(0, |json| json.len());
    within("variables", limits.variables as u64, bytes as u64)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+')
}

fn comment(text: &[u8]) -> usize {
    text.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count()
}

/// From the opening quote to after the closing one, or to the end of the line.
fn string(text: &[u8]) -> usize {
    let mut at = 1;
    while at < text.len() {
        match text[at] {
            b'"' => return at + 1,
            b'\n' | b'\r' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

fn block_string(text: &[u8]) -> usize {
    let mut at = 3;
    while at < text.len() {
        if text[at..].starts_with(b"\"\"\"") {
            return at + 3;
        }
        at += if text[at..].starts_with(b"\\\"\"\"") { 4 } else { 1 };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { bytes: 100, tokens: 8, nesting: 3, ..Limits::default() }
    }

    #[test]
    fn what_is_at_the_limit_passes_and_one_more_is_named() {
        for (good, bad, limit) in [
            (" ".repeat(100), " ".repeat(101), "bytes"),
            ("a ".repeat(8), "a ".repeat(9), "tokens"),
            ("{[(".to_string(), "{[({".to_string(), "nesting"),
        ] {
            assert_eq!(scan(&good, &limits()), Ok(()));
            assert_eq!(scan(&bad, &limits()).unwrap_err().limit, limit);
        }
    }

    #[test]
    fn variables_are_measured_as_they_are_written() {
        let limits = Limits { variables: 9, ..Limits::default() };
        let scan = |json| scan_variables(&Variables::from_json(json), &limits);
        assert_eq!(scan(serde_json::json!({"a": "b"})), Ok(()));
        let found = scan(serde_json::json!({"a": "bc"})).unwrap_err();
        assert_eq!((found.limit, found.allowed, found.found), ("variables", 9, 10));
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_nest() {
        for text in ["# {{{{{{\n{ a }", r#"{ a(b: "{{{{\"{{{{") }"#, r#"{a(b: """{{{{ " \""" {{{{""")}"#] {
            assert_eq!(scan(text, &limits()), Ok(()), "{text}");
        }
    }

    #[test]
    fn what_never_ends_ends_the_scan() {
        for text in ["\"", "\"\"\"", "\"\\", "\"\"\"\\\"\"\"", "#", "."] {
            assert_eq!(scan(text, &limits()), Ok(()), "{text}");
        }
    }
}
