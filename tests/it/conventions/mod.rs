//! What the architecture promises of the code and the tables.
