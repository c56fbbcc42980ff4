//! What does not keep a course from being published, but is worth a look before.

kernel::rules! {
    COURSE_WITHOUT_PICTURE: "The course has no picture.";
    COURSE_WITHOUT_CATEGORY: "The course stands in no category.";
    COURSE_WITHOUT_SHORT_DESCRIPTION: "The course has no short description: lists show it without a word.";
    COURSE_WITHOUT_LEARNING_OUTCOMES: "The course does not say what one will be able to do.";
    SECTION_EMPTY: "A published section holds no file and no published quiz.";
    MEDIA_UNFINISHED: "Files of the course are still being processed.";
    MEDIA_FAILED: "Files of the course could not be processed.";
}
