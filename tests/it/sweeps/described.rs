use async_graphql::parser::types::TypeKind;

/// Every type, field, argument, input field and enum value has a description: they are the manual.
#[test]
fn everything_in_the_schema_is_described() {
    let mut silent = Vec::new();
    for definition in super::sdl::types() {
        let name = definition.name.node.to_string();
        let mut note = |described: bool, what: String| {
            if !described {
                silent.push(what);
            }
        };
        note(definition.description.is_some(), name.clone());
        for field in super::sdl::fields(&definition) {
            note(field.description.is_some(), format!("{name}.{}", field.name.node));
            for argument in &field.arguments {
                note(
                    argument.node.description.is_some(),
                    format!("{name}.{}({})", field.name.node, argument.node.name.node),
                );
            }
        }
        match &definition.kind {
            TypeKind::Enum(values) => values
                .values
                .iter()
                .for_each(|value| note(value.node.description.is_some(), format!("{name}.{}", value.node.value.node))),
            TypeKind::InputObject(input) => input
                .fields
                .iter()
                .for_each(|field| note(field.node.description.is_some(), format!("{name}.{}", field.node.name.node))),
            _ => {}
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

/// The names are those of `api.md`: timestamps end in `At`, booleans are positive, mutations take one `input`.
#[test]
fn names_follow_the_conventions() {
    for definition in super::sdl::types() {
        let name = definition.name.node.to_string();
        for field in super::sdl::fields(&definition) {
            let (field_name, ty) = (field.name.node.as_str(), field.ty.node.to_string());
            if ty.trim_end_matches('!') == "DateTime" {
                assert!(
                    field_name.ends_with("At") || ["dateJoined", "serverNow"].contains(&field_name),
                    "{name}.{field_name}"
                );
            }
            if name == "Mutation" {
                assert!(ty.ends_with("Payload"), "{name}.{field_name} answers {ty}");
                let arguments: Vec<_> =
                    field.arguments.iter().map(|argument| argument.node.name.node.as_str()).collect();
                assert!(arguments.is_empty() || arguments == ["input"], "{name}.{field_name}{arguments:?}");
            }
            if name.ends_with("Payload") {
                continue;
            }
            assert!(!field_name.starts_with("isNot") && !field_name.starts_with("not"), "{name}.{field_name}");
        }
    }
}
