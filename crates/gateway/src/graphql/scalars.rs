//! Scalars and small types that several contexts use.

use std::borrow::Cow;

use async_graphql::{
    InputObject, InputValueError, InputValueResult, MaybeUndefined, Scalar, ScalarType, SimpleObject, Value,
};
use iso_currency::Currency;
use kernel::Error;

macro_rules! text_scalar {
    ($(#[$doc:meta])* $name:ident $(as $wire:literal)?, $url:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(pub String);

        $(#[$doc])*
        #[Scalar($(name = $wire,)? specified_by_url = $url)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                match value {
                    Value::String(text) => Ok(Self(text)),
                    other => Err(InputValueError::expected_type(other)),
                }
            }

            /// Lets validation find a value of another kind, which names the input field; parsing could not.
            fn is_valid(value: &Value) -> bool {
                matches!(value, Value::String(_))
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.clone())
            }
        }
    };
}

text_scalar! {
    /// An e-mail address: `ada@example.org`. Whether it is a good one is told in `userErrors`.
    EmailAddress, "https://datatracker.ietf.org/doc/html/rfc5322#section-3.4.1"
}
text_scalar! {
    /// A currency by its ISO 4217 code: `EUR`.
    CurrencyCode, "https://www.iso.org/iso-4217-currency-codes.html"
}
text_scalar! {
    /// A language by its BCP 47 tag: `en`, `pt-BR`.
    Locale, "https://datatracker.ietf.org/doc/html/bcp47"
}
text_scalar! {
    /// A UUID of any version: `0190d3c5-7f3a-7c3e-9b57-0c5b7d5a9c11`, as `crypto.randomUUID()` makes one.
    UuidText as "UUID", "https://www.rfc-editor.org/rfc/rfc9562"
}
text_scalar! {
    /// An exact decimal number as text: `"19.90"`.
    Decimal, "https://scalars.graphql.org/andimarek/decimal.html"
}
text_scalar! {
    /// Where something is found: an absolute address, or a path on this server.
    Url as "URL", "https://url.spec.whatwg.org/"
}
/// A whole number that programs with floating-point numbers hold exactly: 9,007,199,254,740,991 is the largest. Whatever else a
/// number may be is a negative one here, and so refused by every rule that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafeInt(pub i64);

/// A whole number from -9,007,199,254,740,991 to 9,007,199,254,740,991, which JavaScript holds exactly: a time in milliseconds,
/// too, has room in it.
#[Scalar(specified_by_url = "https://the-guild.dev/graphql/scalars/docs/scalars/safe-int")]
impl ScalarType for SafeInt {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::Number(number) => {
                let exact = number.as_i64().filter(|whole| whole.unsigned_abs() <= LARGEST_SAFE);
                Ok(Self(exact.unwrap_or(-1)))
            }
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::Number(_))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0)
    }
}

/// `Number.MAX_SAFE_INTEGER`.
const LARGEST_SAFE: u64 = (1 << 53) - 1;

/// Any JSON value, for what is free by nature.
#[derive(Clone, Debug)]
pub struct Json(pub serde_json::Value);

/// Any JSON value, for what is free by nature.
#[Scalar(name = "JSON", specified_by_url = "https://datatracker.ietf.org/doc/html/rfc8259")]
impl ScalarType for Json {
    fn parse(value: Value) -> InputValueResult<Self> {
        value.into_json().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::from_json(self.0.clone()).unwrap_or_default()
    }
}

/// An amount in a currency.
#[derive(Clone, SimpleObject)]
pub struct Money {
    /// How much, in the currency's main unit: `"19.90"`.
    amount: Decimal,
    /// Of which currency.
    currency: CurrencyCode,
}

/// An amount in a currency.
#[derive(Clone, Debug, InputObject)]
pub struct MoneyInput {
    /// How much, in the currency's main unit: `"19.90"`. No finer than the currency's minor unit.
    pub amount: Decimal,
    /// Of which currency, in capitals or not.
    pub currency: CurrencyCode,
}

impl Money {
    pub fn from_minor(minor: i64, currency: &str) -> Self {
        Self { amount: Decimal(format_minor(minor, digits(currency))), currency: CurrencyCode(currency.to_string()) }
    }
}

impl MoneyInput {
    /// The code as it is always written.
    pub fn currency(&self) -> String {
        self.currency.0.to_ascii_uppercase()
    }

    /// In minor units of the currency; what is no number, or finer than a minor unit, is a negative one and so refused
    /// by the rule for prices.
    pub fn minor(&self) -> i64 {
        parse_minor(&self.amount.0, digits(&self.currency.0)).unwrap_or(-1)
    }
}

/// How many digits the minor unit has: 2 for EUR, 0 for JPY.
fn digits(currency: &str) -> u32 {
    Currency::from_code(&currency.to_ascii_uppercase()).and_then(Currency::exponent).map_or(2, u32::from)
}

fn format_minor(minor: i64, digits: u32) -> String {
    let unit = 10i64.pow(digits);
    if digits == 0 {
        return minor.to_string();
    }
    format!("{}.{:0width$}", minor / unit, (minor % unit).abs(), width = digits as usize)
}

fn parse_minor(text: &str, digits: u32) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || fraction.len() > digits as usize {
        return None;
    }
    format!("{whole}{fraction:0<width$}", width = digits as usize).parse().ok()
}

/// Hundredths as the number they stand for: 4567 is 45.67.
pub fn hundredths(value: i32) -> f64 {
    f64::from(value) / 100.0
}

/// The hundredths of a number; what has finer parts, or is too large, is a negative one and so refused by every rule.
pub fn to_hundredths(value: f64) -> i32 {
    let hundredths = (value * 100.0).round();
    let is_whole = (value * 100.0 - hundredths).abs() < 1e-6;
    if is_whole && (0.0..=f64::from(i32::MAX)).contains(&hundredths) { hundredths as i32 } else { -1 }
}

/// A list that comes from a JSON column of texts.
pub fn texts(json: &serde_json::Value) -> Vec<String> {
    json.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_string)).collect()
}

/// Input lists are short unless said otherwise.
pub const MAX_LIST: usize = 100;

/// Refuses a list that is too long, naming the maximum.
pub fn check_length(field: &'static str, length: usize) -> Result<(), Error> {
    if length > MAX_LIST {
        let message = format!("`{field}` holds at most {MAX_LIST} items, not {length}");
        return Err(Error::BadInput { field: vec![Cow::Borrowed(field)], message });
    }
    Ok(())
}

/// `None` leaves a field as it is; null clears it.
pub fn cleared<T: Default>(value: MaybeUndefined<T>) -> Option<T> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(T::default()),
        MaybeUndefined::Value(value) => Some(value),
    }
}

/// `None` leaves a limit as it is; `Some(None)` takes it away.
pub fn limit<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_hundredths_when_they_have_no_finer_parts() {
        for (value, wanted) in [(1.0, 100), (0.29, 29), (70.07, 7007), (0.0, 0), (1_000.0, 100_000), (-1.0, -1)] {
            assert_eq!(to_hundredths(value), wanted, "{value}");
        }
        for bad in [0.001, 33.333, 1e12, f64::NAN, f64::INFINITY] {
            assert_eq!(to_hundredths(bad), -1, "{bad}");
        }
    }

    #[test]
    fn what_is_no_safe_integer_is_a_negative_one() {
        let parse = |text: &str| SafeInt::parse(serde_json::from_str::<Value>(text).unwrap()).unwrap().0;
        for good in [0, -1, 7, 1_795_000_000_000, 9_007_199_254_740_991] {
            assert_eq!(parse(&good.to_string()), good);
        }
        for bad in ["1.5", "1e300", "9007199254740992", "18446744073709551615"] {
            assert_eq!(parse(bad), -1, "{bad}");
        }
        assert!(SafeInt::parse(Value::from("1")).is_err());
    }

    #[test]
    fn minor_units_round_trip() {
        for (minor, currency, text) in [
            (1990, "EUR", "19.90"),
            (5, "USD", "0.05"),
            (0, "USD", "0.00"),
            (1200, "JPY", "1200"),
            (1500, "KWD", "1.500"),
        ] {
            assert_eq!(format_minor(minor, digits(currency)), text);
            assert_eq!(parse_minor(text, digits(currency)), Some(minor));
        }
        assert_eq!(parse_minor("19.9", 2), Some(1990));
        assert_eq!(parse_minor("19", 2), Some(1900));
        assert_eq!(parse_minor("1.500", 0), None);
        for bad in ["", ".", ".5", "-1", "1e3", "1,5", "1.234", "99999999999999999999", "+1", "1.-1"] {
            assert_eq!(parse_minor(bad, 2), None, "{bad}");
        }
    }
}
