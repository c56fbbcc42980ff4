//! Learning as people live it.

pub mod certificates;
mod certificates_public;
mod certificates_signed;
mod certificates_vouching;
