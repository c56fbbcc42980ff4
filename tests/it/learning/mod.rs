//! Learning as people live it.

mod activity;
mod analytics;
mod asking_less;
mod budgets;
pub mod bulk_enrolling;
pub mod certificates;
mod certificates_public;
mod certificates_signed;
mod certificates_vouching;
mod completing;
mod crashing;
pub mod enrolling;
mod expiring;
mod following;
mod granting;
mod helping_learners;
mod histories;
mod learners;
mod playback;
mod players;
pub mod rush;
pub mod school;
mod standing;
mod suspending;
mod waitlist;
