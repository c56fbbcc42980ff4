//! What must hold of the tutor.

kernel::rules! {
    AI_UNAVAILABLE: "The language model is not available at the moment: try again later.";
    BUDGET_EXCEEDED: "There are not enough tokens left for this.";
    AI_BUDGET_INVALID: "A budget is from 0 to 2,000,000,000 tokens.";
    AI_BUDGET_ABOVE_SCHOOL: "Only who manages all courses gives a course more than the school's settings do.";
}
