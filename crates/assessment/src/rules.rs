//! What must hold of a quiz.

kernel::rules! {
    QUIZ_PACKAGE_INVALID: "A quiz of a package has a title, a known type and limits above 0; its questions a text and a known type.";
}
