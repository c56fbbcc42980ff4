//! How often what may be tried, and why just so often. Whoever changes a number changes the descriptions of the
//! mutations, too: `gateway/src/graphql/accounts/mutations.rs`.

use chrono::Duration;
use kernel::{EntityId, SessionId, UserId};

use super::network::network;
use crate::{email::email_key, tokens::token_hash};

/// People mistype a password two or three times, then ask for a new one. A guesser gets 480 a day.
const PER_ACCOUNT_AND_ADDRESS: Limit = Limit::new(5, 15);
/// A class or an office shares an address; each of ten people may mistype five times.
const PER_ADDRESS: Limit = Limit::new(50, 15);
/// Counted, and never refused by: whoever knows an e-mail address could lock its owner out. More failures than this in
/// an hour are no mistyping: the account is being attacked.
const PER_ACCOUNT: Limit = Limit::new(i32::MAX, 60);
pub const SIEGE: i32 = 100;
/// While an account is being attacked, for addresses that nobody has signed in to it from: enough for an owner who is
/// elsewhere, and a thousand addresses guess 2,000 passwords in a quarter of an hour, not 5,000.
const FROM_STRANGERS_UNDER_SIEGE: Limit = Limit::new(2, 15);
/// A class that registers at once is 20 to 30 people over a few minutes, mostly from several addresses.
const REGISTRATIONS: Limit = Limit::new(20, 60);
/// Letters lie in somebody's mailbox. One that is lost is asked for again once or twice.
const LETTERS_PER_ACCOUNT_AND_ADDRESS: Limit = Limit::new(3, 60);
const LETTERS_PER_ADDRESS: Limit = Limit::new(20, 60);
/// Locks nobody out: by then the owner has ten working letters.
const LETTERS_PER_ACCOUNT: Limit = Limit::new(10, 60);
/// As letters of the other kinds; nobody moves five times in an hour.
const EMAIL_CHANGES_PER_ACCOUNT: Limit = Limit::new(5, 60);
/// Who asks for the password within a session may have stolen the session.
const OWN_PASSWORD: Limit = Limit::new(5, 15);
/// Three codes of a million are good at a time: guessed once in eleven years of trying day and night.
const CODES: Limit = Limit::new(10, 15);

/// What somebody tries.
#[derive(Clone, Debug)]
pub enum Throttled {
    /// A password for the account with this e-mail address, if there is one, from this network address.
    SignIn { email: String, ip: String },
    /// Opening an account with this e-mail address, which gets a letter.
    Register { email: String, ip: String },
    /// A letter to this e-mail address with which to verify it.
    VerificationLetter { email: String, ip: String },
    /// A letter to this e-mail address with which to choose a new password.
    ResetLetter { email: String, ip: String },
    /// A letter to this e-mail address to which an account wants to move.
    EmailChangeLetter { user: UserId, email: String },
    /// The password of one's own account, asked for again within a session.
    OwnPassword { user: UserId, session: Option<SessionId> },
    /// A code of an account's second factor: within a session, or to begin one. Each has a counter of its own, so that a
    /// stolen session can't keep its owner from signing in.
    Code { user: UserId, session: Option<SessionId> },
}

pub struct Limit {
    pub most: i32,
    pub within: Duration,
}

impl Limit {
    const fn new(most: i32, minutes: i64) -> Self {
        Self { most, within: Duration::minutes(minutes) }
    }
}

/// What a success does to a counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Success {
    /// Nothing: the success is what is limited.
    Counts,
    /// Only failures count: the place taken is given back.
    GivesBack,
    /// Whoever has shown the secret starts from the beginning.
    Clears,
}

/// One thing that is counted.
pub struct Counter {
    pub key_hash: String,
    pub limit: Limit,
    pub success: Success,
}

impl Throttled {
    /// What an attempt takes a place in, always in the same order: two that wait for each other's rows would never end.
    pub fn counters(&self, is_stranger_under_siege: bool) -> Vec<Counter> {
        use Success::{Clears, Counts, GivesBack};
        match self {
            Self::SignIn { email, ip } => {
                let pair = if is_stranger_under_siege { FROM_STRANGERS_UNDER_SIEGE } else { PER_ACCOUNT_AND_ADDRESS };
                vec![
                    counter("sign in from", &[&network(ip)], PER_ADDRESS, GivesBack),
                    counter("sign in as, from", &[&email_key(email), &network(ip)], pair, Clears),
                    Counter { key_hash: account_key(email), limit: PER_ACCOUNT, success: GivesBack },
                ]
            }
            Self::Register { email, ip } => vec![
                counter("register from", &[&network(ip)], REGISTRATIONS, Counts),
                counter("registration letter to", &[&email_key(email)], LETTERS_PER_ACCOUNT, Counts),
            ],
            Self::VerificationLetter { email, ip } => letters("verification", email, ip),
            Self::ResetLetter { email, ip } => letters("reset", email, ip),
            Self::EmailChangeLetter { user, email } => vec![
                counter("email change by", &[&user.to_wire()], EMAIL_CHANGES_PER_ACCOUNT, Counts),
                counter("email change letter to", &[&email_key(email)], LETTERS_PER_ACCOUNT, Counts),
            ],
            Self::OwnPassword { user, session } => {
                vec![counter("own password", &[&user.to_wire(), &within(*session)], OWN_PASSWORD, Clears)]
            }
            Self::Code { user, session } => {
                vec![counter("code", &[&user.to_wire(), &within(*session)], CODES, Clears)]
            }
        }
    }
}

/// The counter of all failures to sign in to an account, wherever they come from.
pub fn account_key(email: &str) -> String {
    key_hash("sign in as", &[&email_key(email)])
}

fn within(session: Option<SessionId>) -> String {
    session.map(EntityId::to_wire).unwrap_or_default()
}

fn letters(kind: &str, email: &str, ip: &str) -> Vec<Counter> {
    let (email, network) = (email_key(email), network(ip));
    let limited = |by: &str, of: &[&str], limit| counter(&format!("{kind} letter {by}"), of, limit, Success::Counts);
    vec![
        limited("from", &[&network], LETTERS_PER_ADDRESS),
        limited("to, from", &[&email, &network], LETTERS_PER_ACCOUNT_AND_ADDRESS),
        limited("to", &[&email], LETTERS_PER_ACCOUNT),
    ]
}

fn counter(kind: &str, of: &[&str], limit: Limit, success: Success) -> Counter {
    Counter { key_hash: key_hash(kind, of), limit, success }
}

/// No text holds U+0000, so that two things never have the same key.
fn key_hash(kind: &str, of: &[&str]) -> String {
    token_hash(&format!("{kind}\0{}", of.join("\0")))
}
