//! Certificates: earned once, printed, signed, checked by anybody, taken back and replaced, never deleted.

mod credential;
mod eligibility;
mod held;
mod issuing;
mod keys;
mod policy;
mod printed;
pub mod rules;
mod serial;
mod sheet;
mod signing;
mod status;
mod verifying;
mod vouching;

pub use credential::{Issuer, credential, revocations, token};
pub use eligibility::{Eligibility, eligibility, eligibility_of};
pub use held::held_for;
pub use issuing::{claim, issue};
pub use keys::{did_document, key_set, public_key_pem};
pub use printed::{NAME_REMOVED, Printed, day};
pub use serial::{read_serial, serial_of};
pub use sheet::sheet;
pub use signing::Signer;
pub use status::CertificateStatus;
pub use verifying::{Verified, verify};
pub use vouching::{reissue, revoke};
