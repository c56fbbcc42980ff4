/// `schema.graphql` is what the code says.
#[test]
fn the_committed_schema_is_current() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema.graphql");
    let committed = std::fs::read_to_string(file).unwrap();
    let current = gateway::graphql::sdl(&gateway::graphql::schema());
    assert!(committed == current, "schema.graphql is out of date: run `cargo xtask schema` and look at the difference");
}
