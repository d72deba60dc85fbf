//! Spelling of indexes and references, so that the changes read as lists. Frozen like the changes that use it.

use sea_orm_migration::prelude::*;

/// An index on `columns`, in their order.
pub(crate) fn index(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index on `columns` that holds each combination once.
pub(crate) fn unique(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    index(name, table, columns).unique().take()
}

/// `column` holds the `id` of a row of `target`, which cannot be deleted while it does.
pub(crate) fn references(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to(target, "id").take()
}
