//! Who counts the packets of a batch.

use kernel::{Error, Result, SessionId, Tx, UserId};
use sea_orm::prelude::Uuid;
use sha2::{Digest, Sha256};

/// What a batch's numbers are counted in, and each of them once: the playback that the player names, or else the sign-in session.
pub fn playback_of(tx: &Tx, named: Option<Uuid>) -> Result<SessionId> {
    let (user, session) = (tx.viewer.person()?, tx.viewer.session().ok_or(Error::Unauthenticated)?);
    Ok(named.map_or(session, |named| numbers_of(user, named)))
}

/// Made of the person as well: the id that somebody else's player has made up, or has seen, names nothing of theirs.
fn numbers_of(user: UserId, named: Uuid) -> SessionId {
    let digest = Sha256::new_with_prefix(b"playback").chain_update(user.0).chain_update(named).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    SessionId(Uuid::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_id_of_two_people_is_two() {
        let (ada, eve, named) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)), Uuid::from_u128(3));
        assert_eq!(numbers_of(ada, named), numbers_of(ada, named));
        assert_ne!(numbers_of(ada, named), numbers_of(eve, named));
        assert_ne!(numbers_of(ada, named), numbers_of(ada, Uuid::from_u128(4)));
    }
}
