//! Loader keys of edges: which parent, which page.

/// Declares the keys behind an edge: a page of a parent's children and their number. Asked for the same page of many
/// parents, each is one statement.
macro_rules! edge {
    ($(#[$doc:meta])* $name:ident, $count:ident: $parent:ty => $row:ty, $pages:path, $counts:path) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub $parent, pub kernel::PageRequest);

        impl $crate::graphql::loader::Key for $name {
            type Value = kernel::Page<$row>;

            async fn load(reader: &$crate::graphql::loader::Reader, keys: &[Self]) -> kernel::Result<std::collections::HashMap<Self, Self::Value>> {
                let mut found = std::collections::HashMap::new();
                for (request, parents) in $crate::graphql::loader::by_request(keys.iter().map(|key| (key.0, &key.1))) {
                    let pages = $pages(reader.db.read(), &reader.viewer, &parents, request).await?;
                    found.extend(pages.into_iter().map(|(parent, page)| (Self(parent, request.clone()), page)));
                }
                Ok(found)
            }
        }

        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $count(pub $parent);

        impl $crate::graphql::loader::Key for $count {
            type Value = i64;

            async fn load(reader: &$crate::graphql::loader::Reader, keys: &[Self]) -> kernel::Result<std::collections::HashMap<Self, Self::Value>> {
                let parents: Vec<$parent> = keys.iter().map(|key| key.0).collect();
                let counts = $counts(reader.db.read(), &reader.viewer, &parents).await?;
                Ok(counts.into_iter().map(|(parent, count)| (Self(parent), count)).collect())
            }
        }
    };
}

/// Declares a key that one batched read answers: `$read(db, viewer, &ids)`.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident: $id:ty => $value:ty, $read:path) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(pub $id);

        impl $crate::graphql::loader::Key for $name {
            type Value = std::sync::Arc<$value>;

            async fn load(reader: &$crate::graphql::loader::Reader, keys: &[Self]) -> kernel::Result<std::collections::HashMap<Self, Self::Value>> {
                let ids: Vec<$id> = keys.iter().map(|key| key.0).collect();
                let found = $read(reader.db.read(), &reader.viewer, &ids).await?;
                Ok(found.into_iter().map(|(id, value)| (Self(id), std::sync::Arc::new(value))).collect())
            }
        }
    };
}

pub(crate) use {edge, key};
