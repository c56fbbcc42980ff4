use async_graphql::Enum;

/// In which order a course's reviews are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "reviews::ReviewOrder")]
pub enum ReviewSort {
    /// Those that help most: by the lower end of Wilson's 95 percent confidence interval for the share of voters who find
    /// the review helpful, so that 40 of 50 stand above 2 of 2. The newer of equals first.
    Helpful,
    /// The newest.
    Newest,
    /// Those with most stars; the newer of equals first.
    Highest,
    /// Those with fewest stars; the older of equals first.
    Lowest,
}

/// What is wrong with a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "reviews::ReportKind")]
pub enum ReviewReportReason {
    /// It advertises something, or is the same text again and again.
    Spam,
    /// It insults or threatens.
    Offensive,
    /// It is not about the course.
    OffTopic,
    /// It tells what belongs to nobody else: names, addresses, pictures.
    PersonalData,
    /// What it says of the course is not so.
    Untrue,
    /// Something else: say what.
    Other,
}

/// What a moderator does to a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "reviews::ModerationAction")]
pub enum ReviewModerationAction {
    /// Nobody but its author and moderators sees it any more, and its stars don't count. Its reports are settled.
    Hide,
    /// Everybody sees it again, and its stars count.
    Restore,
    /// It stands: its reports are settled, and it leaves the queue.
    DismissReports,
}
