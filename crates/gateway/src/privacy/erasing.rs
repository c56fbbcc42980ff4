use kernel::{Result, Tx, UserId};

/// What every context does when a person has gone, in the transaction that ends the account.
pub async fn erase(tx: &mut Tx, user: UserId, heir: Option<UserId>) -> Result<()> {
    courses::hand_over(tx, user, heir).await?;
    media::erase_uploader(tx, user).await?;
    learning::erase_learner(tx, user).await?;
    assessment::erase_answers(tx, user).await?;
    reviews::erase_reviewer(tx, user).await?;
    webhooks::erase_webhooks(tx, user).await?;
    ai::erase_chats(tx, user).await
}
