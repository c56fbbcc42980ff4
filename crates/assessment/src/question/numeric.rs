use rust_decimal::Decimal;

/// A number that is right, and how far from it one may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numeric {
    pub value: Decimal,
    /// Not negative; what is exactly so far off is right.
    pub tolerance: Decimal,
}
