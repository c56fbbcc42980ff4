//! What must hold of accounts and of those who sign in.

kernel::rules! {
    EMAIL_INVALID: "This is not an e-mail address.";
    PASSWORD_TOO_SHORT: "A password has at least 8 characters.";
    PASSWORD_TOO_LONG: "A password has at most 128 characters.";
    FULL_NAME_TOO_LONG: "A name has at most 255 characters.";
    EMAIL_TAKEN: "Somebody has this e-mail address already.";
    INVALID_CREDENTIALS: "E-mail and password do not fit together, or the account can't sign in.";
    REFRESH_TOKEN_INVALID: "The refresh token is used up, expired or revoked: sign in again.";
}
