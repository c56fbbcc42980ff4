//! IMS QTI 2.1 and 2.2: assessment items, one by one or several in one document. What is read is choice, text entry, extended
//! text, match and order interactions; anything else is refused by name. Nothing outside the document is ever looked at, and a
//! document that declares a type or entities of its own is refused.

mod element;
mod reading;
mod writing;

pub use reading::read;
pub use writing::write;
