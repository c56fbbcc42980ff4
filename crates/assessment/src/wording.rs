//! Texts as they are kept, and texts as they are compared.

use icu_casemap::CaseMapper;
use icu_normalizer::ComposingNormalizer;

/// A text as it is kept: one kind of line end, nothing around it.
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_string()
}

/// Has it something to be read, not too much, and nothing that can't be shown?
pub fn is_text(text: &str, most: usize) -> bool {
    !text.is_empty() && is_text_or_none(text, most)
}

/// As [`is_text`], or nothing at all.
pub fn is_text_or_none(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t')
}

/// The form in which what somebody typed is held against what is right: what looks alike is alike. Compatibility form
/// (NFKC), spaces as one, the quotation marks that phones put in as those that keyboards have; case-folded unless case counts.
pub fn comparable(text: &str, is_case_sensitive: bool) -> String {
    let nfkc = ComposingNormalizer::new_nfkc();
    let normal = nfkc.normalize(text);
    // Folding can undo the normal form.
    let folded = match is_case_sensitive {
        true => normal.into_owned(),
        false => nfkc.normalize(&CaseMapper::new().fold_string(&normal)).into_owned(),
    };
    let straight = folded.chars().map(straight).collect::<String>();
    straight.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn straight(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_alike() {
        for (one, other) in [
            ("Paris", "  pARIS "),
            ("the  sea", "The\u{a0}sea"),
            ("caf\u{e9}", "CAFE\u{301}"),
            ("stra\u{df}e", "STRASSE"),
            ("\u{ff11}\u{ff12}", "12"),
            ("don\u{2019}t", "don't"),
            ("\u{fb01}n", "fin"),
        ] {
            assert_eq!(comparable(one, false), comparable(other, false), "{one} {other}");
        }
        assert_ne!(comparable("pH", true), comparable("PH", true));
        assert_ne!(comparable("a b", false), comparable("ab", false));
    }

    #[test]
    fn texts_are_kept_with_one_kind_of_line_end() {
        assert_eq!(clean(" a\r\nb\rc \n"), "a\nb\nc");
        assert!(is_text("a\tb\nc", 5) && !is_text("a\0", 5) && !is_text("", 5) && !is_text("123456", 5));
    }
}
