//! The schema as the sweeps read it.

use async_graphql::parser::{
    parse_schema,
    types::{FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition},
};

/// Every type of ours, introspection's left out.
pub fn types() -> Vec<TypeDefinition> {
    let document = parse_schema(gateway::graphql::sdl(&gateway::graphql::schema())).unwrap();
    let types = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    });
    types.filter(|definition| !definition.name.node.starts_with("__")).collect()
}

/// The fields of an object or interface.
pub fn fields(definition: &TypeDefinition) -> Vec<&FieldDefinition> {
    match &definition.kind {
        TypeKind::Object(object) => object.fields.iter().map(|field| &field.node).collect(),
        TypeKind::Interface(interface) => interface.fields.iter().map(|field| &field.node).collect(),
        _ => vec![],
    }
}

/// The names of an input's fields.
pub fn input_fields(definition: &TypeDefinition) -> Vec<String> {
    match &definition.kind {
        TypeKind::InputObject(input) => input.fields.iter().map(|field| field.node.name.node.to_string()).collect(),
        _ => vec![],
    }
}

/// The fields of a root, each with a document that asks for it with plausible arguments.
pub fn root_fields(root: &str) -> Vec<(String, String)> {
    let types = types();
    let definition = types.iter().find(|definition| definition.name.node == root).unwrap();
    let verb = root.to_lowercase();
    fields(definition)
        .into_iter()
        .map(|field| {
            let arguments: Vec<_> = field
                .arguments
                .iter()
                .filter(|argument| !argument.node.ty.node.nullable && argument.node.default_value.is_none())
                .map(|argument| {
                    format!("{}: {}", argument.node.name.node, plausible(&types, &argument.node.ty.node.to_string()))
                })
                .collect();
            let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
            (field.name.node.to_string(), format!("{verb} {{ {}{arguments} {{ __typename }} }}", field.name.node))
        })
        .collect()
}

/// A literal of this type; required fields only.
fn plausible(types: &[TypeDefinition], name: &str) -> String {
    let name = name.trim_end_matches('!');
    if let Some(inner) = name.strip_prefix('[') {
        return format!("[{}]", plausible(types, inner.trim_end_matches(']')));
    }
    match name {
        "ID" => "\"course_00000000000000000000000000\"".into(),
        "Int" | "Float" => "1".into(),
        "Boolean" => "true".into(),
        _ => match types.iter().find(|definition| definition.name.node == name).map(|definition| &definition.kind) {
            Some(TypeKind::Enum(values)) => values.values[0].node.value.node.to_string(),
            // Exactly one field: all of them may be left out.
            Some(TypeKind::InputObject(input))
                if input.fields.iter().all(|field| field.node.ty.node.nullable) && is_one_of(types, name) =>
            {
                let field = &input.fields[0].node;
                format!("{{{}: {}}}", field.name.node, plausible(types, &field.ty.node.to_string()))
            }
            Some(TypeKind::InputObject(input)) => {
                let required = input
                    .fields
                    .iter()
                    .filter(|field| !field.node.ty.node.nullable && field.node.default_value.is_none());
                let fields: Vec<_> = required
                    .map(|field| {
                        format!("{}: {}", field.node.name.node, plausible(types, &field.node.ty.node.to_string()))
                    })
                    .collect();
                format!("{{{}}}", fields.join(", "))
            }
            _ => "\"x\"".into(),
        },
    }
}

fn is_one_of(types: &[TypeDefinition], name: &str) -> bool {
    let definition = types.iter().find(|definition| definition.name.node == name);
    definition.is_some_and(|it| it.directives.iter().any(|directive| directive.node.name.node == "oneOf"))
}
