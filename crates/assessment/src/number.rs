//! Numbers as people type them.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// The longest number that is read.
const MAX_LENGTH: usize = 40;

/// Reads `42`, `-1.5`, `1,5`, `6.02e23`: digits with one decimal point or comma, and an exponent if need be. There are no
/// separators of thousands: nobody could tell `1,000` from `1.000`. A minus sign and full-width digits are understood. Exact
/// to 28 digits; none when it is no such number.
pub fn number(text: &str) -> Option<Decimal> {
    let text = crate::wording::comparable(text, true).replace('\u{2212}', "-");
    if text.is_empty() || text.len() > MAX_LENGTH {
        return None;
    }
    let text: Cow<str> = match text.matches([',', '.']).count() {
        0 => text.into(),
        1 => text.replace(',', ".").into(),
        _ => return None,
    };
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, ""));
    let digits = mantissa.trim_start_matches(['+', '-']);
    let is_signed_once = mantissa.len() - digits.len() <= 1;
    let has_digit = digits.bytes().any(|byte| byte.is_ascii_digit());
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_signed_once || !has_digit || !is_plain || exponent.contains('.') {
        return None;
    }
    let mantissa = Decimal::from_str_exact(mantissa).ok()?;
    if !text.contains(['e', 'E']) {
        return Some(mantissa.normalize());
    }
    shifted(mantissa, exponent.parse().ok()?)
}

/// With the decimal point moved; none when it does not fit.
fn shifted(mantissa: Decimal, exponent: i32) -> Option<Decimal> {
    let ten = Decimal::from(10);
    let steps = exponent.unsigned_abs();
    if mantissa.is_zero() {
        return Some(Decimal::ZERO);
    }
    if steps > 56 {
        return None;
    }
    let mut shifted = mantissa.normalize();
    for _ in 0..steps {
        if exponent > 0 {
            shifted = shifted.checked_mul(ten)?.normalize();
        } else {
            let scale = shifted.scale() + 1;
            shifted.set_scale(scale).ok()?;
        }
    }
    Some(shifted.normalize())
}

/// Is the one at most so far from the other?
pub fn is_within(one: Decimal, other: Decimal, tolerance: Decimal) -> bool {
    one.checked_sub(other).is_some_and(|difference| difference.abs() <= tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, value) in [
            ("42", "42"),
            (" -1.50 ", "-1.5"),
            ("1,5", "1.5"),
            ("+.5", "0.5"),
            ("5.", "5"),
            ("\u{2212}3", "-3"),
            ("\u{ff11}\u{ff12}", "12"),
            ("6.02e23", "602000000000000000000000"),
            ("1.6E-19", "0.00000000000000000016"),
            ("-0", "0"),
            ("0e999999", "0"),
        ] {
            assert_eq!(number(text).map(|number| number.to_string()).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "",
            " ",
            ".",
            "-",
            "e5",
            "1e",
            "1.2.3",
            "1,234.5",
            "1 000",
            "0x10",
            "1_000",
            "--1",
            "+-1",
            "NaN",
            "inf",
            "1e400",
            "1e1.5",
            "five",
            "99999999999999999999999999999999",
            "1;2",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn distances_are_exact() {
        let of = |text: &str| number(text).unwrap();
        assert!(is_within(of("0.3"), of("0.1"), of("0.2")));
        assert!(!is_within(of("0.3000000001"), of("0.1"), of("0.2")));
        assert!(!is_within(of("-79000000000000000000000000000"), of("79000000000000000000000000000"), of("1")));
    }
}
