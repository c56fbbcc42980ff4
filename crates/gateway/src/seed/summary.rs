use std::fmt;

/// How many rows there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub users: usize,
    pub categories: usize,
    pub courses: usize,
    pub tags: usize,
    pub staff: usize,
    pub prerequisites: usize,
    pub sections: usize,
    pub media: usize,
    pub quizzes: usize,
    pub questions: usize,
    pub quiz_versions: usize,
    pub enrollments: usize,
    pub video_progress: usize,
    pub course_progress: usize,
    pub certificates: usize,
    pub attempts: usize,
    pub answers: usize,
    pub reviews: usize,
    pub votes: usize,
    pub conversations: usize,
    pub chats: usize,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} people, {} courses with {} files and {} quizzes, {} enrolments, {} progress rows, {} certificates, {} attempts, {} reviews",
            self.users,
            self.courses,
            self.media,
            self.quizzes,
            self.enrollments,
            self.video_progress + self.course_progress,
            self.certificates,
            self.attempts,
            self.reviews,
        )
    }
}
