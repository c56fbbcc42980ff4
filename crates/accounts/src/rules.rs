//! What must hold of accounts and of those who sign in.

kernel::rules! {
    EMAIL_INVALID: "This is not an e-mail address.";
    PASSWORD_TOO_SHORT: "A password has at least 8 characters.";
    PASSWORD_TOO_LONG: "A password has at most 128 characters.";
    PASSWORD_COMMON: "This is one of the commonest passwords: it is tried first.";
    PASSWORD_PERSONAL: "This password is made of your own name or address.";
    FULL_NAME_TOO_LONG: "A name has at most 255 characters.";
    DISPLAY_NAME_TOO_LONG: "A display name has at most 100 characters.";
    BIO_TOO_LONG: "A biography has at most 5,000 characters.";
    PHONE_INVALID: "A telephone number has 5 to 15 digits, at most 20 characters in all, and may begin with a plus.";
    USERNAME_INVALID: "A username has 3 to 100 letters, digits and the characters `_ . -`, and begins with a letter or digit.";
    USERNAME_TAKEN: "Somebody has this username already.";
    PREFERENCES_INVALID: "Preferences are a JSON object of at most 16 KiB.";
    PASSWORD_WRONG: "This is not the account's password.";
    PASSWORD_SAME: "The new password is the old one.";
    EMAIL_TAKEN: "Somebody has this e-mail address already.";
    EMAIL_SAME: "This is the account's address already.";
    EMAIL_NOT_VERIFIED: "Show first that the e-mail address is yours: follow the link of the letter.";
    TOKEN_INVALID: "The link is used up, expired or unknown: ask for a new one.";
    EXPORT_UNDERWAY: "An export is under way already: wait for its letter.";
    HEIR_NEEDED: "You teach courses: say who gets them.";
    HEIR_INVALID: "Courses can go to another active person who may create courses.";
    DELETION_NOT_REQUESTED: "The account is not about to be deleted.";
    TWO_FACTOR_ALREADY_ON: "The account has a second factor already: disable it first.";
    TWO_FACTOR_NOT_STARTED: "There is nothing to confirm: start first.";
    TWO_FACTOR_OFF: "The account has no second factor.";
    TWO_FACTOR_CODE_WRONG: "The code is wrong, too old or has been used: each works once.";
    CHALLENGE_INVALID: "The challenge is unknown, expired or used, or too many wrong codes were shown for it: sign in again.";
    API_TOKEN_NAME_LENGTH: "An API token's name has 1 to 100 characters.";
    API_TOKEN_EXPIRY_PASSED: "An API token ends in the future, before the year 10000.";
    SCOPE_UNKNOWN: "There is no such permission: `permissions` lists those there are.";
    SCOPE_NOT_HELD: "An API token can't do what you may not do yourself.";
    TOO_MANY_API_TOKENS: "You have 50 API tokens already: revoke one first.";
    INVALID_CREDENTIALS: "E-mail and password do not fit together, or the account can't sign in.";
    REFRESH_TOKEN_INVALID: "The refresh token is used up, expired or revoked: sign in again.";
}
