//! What a regrade makes of attempts, or would.

use assessment::regrading::{Changed, Regraded};
use async_graphql::{Context, ID, Object, SimpleObject};
use kernel::{EntityId, UserId};

use super::regrade::AttemptMark;
use crate::graphql::{accounts::PublicProfile, error::Result};

/// How many are listed at a time.
const MOST: usize = 100;

/// What a regrade makes of attempts, or would.
#[derive(SimpleObject)]
pub struct RegradeEffects {
    /// How many attempts are handed in, and so were looked at.
    looked_at_count: i32,
    /// How many of them come to something else.
    changed_count: i32,
    /// Those, 100 of them from `skip` on.
    attempts: Vec<RegradeEffect>,
    /// How many people have passed the quiz by it, over all their attempts.
    passes_gained_count: i32,
    /// How many people have not passed the quiz any more by it, over all their attempts.
    passes_lost_count: i32,
    /// How many answers a person had graded: those keep their points.
    manual_answer_count: i32,
    /// How many attempts have a score that somebody set: those keep it.
    overridden_count: i32,
    /// How many certificates for the course people hold who have not passed the quiz any more, if that has to be passed. They
    /// stay good: `revokeCertificate` takes one back.
    certificate_count: i32,
    /// Those, at most 100.
    certificates: Vec<AffectedCertificate>,
}

/// A certificate of somebody who has not passed any more what has to be passed.
pub struct AffectedCertificate {
    id: ID,
    user: UserId,
}

/// A certificate of somebody who has not passed any more what has to be passed.
#[Object]
impl AffectedCertificate {
    /// The id of the certificate.
    async fn certificate_id(&self) -> &ID {
        &self.id
    }

    /// Whose it is. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.user)).await
    }
}

/// An attempt that comes to something else.
pub struct RegradeEffect(Changed);

/// An attempt that comes to something else.
#[Object]
impl RegradeEffect {
    /// The id of the attempt.
    async fn attempt_id(&self) -> ID {
        ID(self.0.attempt.to_wire())
    }

    /// Which of the person's attempts at the quiz it is; 1 is the first.
    async fn attempt_number(&self) -> i32 {
        self.0.attempt_number
    }

    /// Who sat it. Null when the account is not active.
    async fn user(&self, ctx: &Context<'_>) -> Option<Result<PublicProfile>> {
        PublicProfile::load(ctx, Some(self.0.user)).await
    }

    /// What it was.
    async fn before(&self) -> AttemptMark {
        self.0.before.into()
    }

    /// What it comes to.
    async fn after(&self) -> AttemptMark {
        self.0.after.into()
    }
}

impl RegradeEffects {
    pub fn of(regraded: &Regraded, skip: i32) -> Self {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let skip = usize::try_from(skip).unwrap_or(0);
        let certificate = |(id, user): &(kernel::CertificateId, UserId)| {
            let id = ID(id.to_wire());
            AffectedCertificate { id, user: *user }
        };
        Self {
            looked_at_count: number(regraded.looked_at),
            changed_count: number(regraded.changed.len()),
            attempts: regraded.changed.iter().skip(skip).take(MOST).cloned().map(RegradeEffect).collect(),
            passes_gained_count: number(regraded.passed.len()),
            passes_lost_count: number(regraded.failed.len()),
            manual_answer_count: number(regraded.manual_answers),
            overridden_count: number(regraded.overridden),
            certificate_count: number(regraded.certificates.len()),
            certificates: regraded.certificates.iter().take(MOST).map(certificate).collect(),
        }
    }
}
