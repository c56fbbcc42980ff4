//! The rules that people can break.

kernel::rules! {
    TOO_MANY_WEBHOOKS: "You have as many webhooks as one can have: delete one first.";
    WEBHOOK_QUERY_INVALID: "The query can't be run: it has to be one query of this API, with no variables but `$id`, `$event` and `$type`.";
    WEBHOOK_TYPE_UNKNOWN: "There are no events of this type: `eventTypes` lists all.";
    WEBHOOK_URL_INVALID: "The address has to be an absolute `https` one of at most 2,000 characters, without a user name or password.";
    WEBHOOK_URL_NOT_PUBLIC: "The address has to be one on the public internet.";
}
