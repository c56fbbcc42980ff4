//! What must hold of a course.

kernel::rules! {
    COURSE_TITLE_REQUIRED: "A course needs a title.";
    COURSE_TITLE_TOO_LONG: "A title has at most 255 characters.";
    COURSE_SHORT_DESCRIPTION_TOO_LONG: "A short description has at most 500 characters.";
    COURSE_SLUG_INVALID: "A slug has 1 to 255 lower-case letters, digits and single hyphens between them.";
    COURSE_SLUG_TAKEN: "Another course has this slug.";
    COURSE_LANGUAGE_INVALID: "A language is a BCP 47 tag of at most 10 characters, such as `en` or `pt-BR`.";
    COURSE_TAG_INVALID: "A tag has 1 to 50 characters.";
    COURSE_TOO_MANY_TAGS: "A course has at most 20 tags.";
    COURSE_TOO_MANY_POINTS: "A list of a course's description has at most 50 lines of at most 500 characters.";
    COURSE_PRICE_INVALID: "A price is not negative, at most 99,999,999.99 and no finer than the currency's minor unit.";
    COURSE_CURRENCY_INVALID: "A currency is an ISO 4217 code, such as `EUR`.";
    COURSE_DISCOUNT_NOT_BELOW_PRICE: "A discounted price has to be below the price.";
    COURSE_CATEGORY_NOT_FOUND: "There is no such category.";
    COURSE_NEEDS_DESCRIPTION: "A published course needs a description.";
    COURSE_NEEDS_SECTION: "A course needs at least one published section before it is published.";
    COURSE_TRANSITION_INVALID: "The course can't go from its present status to that one.";
    COURSE_STAFF_NOT_ACTIVE: "There is no such person, or their account is not active.";
    COURSE_STAFF_IS_OWNER: "The course is this person's own: there is nothing more to give them.";
    COURSE_STAFF_TOO_MANY: "A course has at most 50 people on its staff.";
    COURSE_STAFF_NOT_MEMBER: "This person is not on the course's staff.";
    COURSE_OWNER_MAY_NOT_TEACH: "The new owner needs an active account with the permission to create courses.";
    COURSE_HAS_LEARNERS: "People are enrolled in the course: archive it, and they can go on; or say `force` to delete it all the same.";
    COURSE_TOO_MANY_SECTIONS: "A course has at most 500 sections.";
    CURRICULUM_ORDER_INCOMPLETE: "The order has to name every section of the course once, and no other; the same goes for files and quizzes where they are named.";
    SECTION_NOT_EMPTY: "The section holds files or quizzes: say `force`, and they come to the course as a whole.";
    SECTION_TITLE_REQUIRED: "A section needs a title.";
    SECTION_TITLE_TOO_LONG: "A section's title has at most 255 characters.";
    STALE_VERSION: "Somebody else changed this meanwhile: look at the current state and try again.";
}
