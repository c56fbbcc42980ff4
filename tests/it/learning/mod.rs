pub mod bulk_enrolling;
pub mod enrolling;
mod expiring;
mod granting;
pub mod rush;
mod suspending;
mod waitlist;
