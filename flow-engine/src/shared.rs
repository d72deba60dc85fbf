//! Parts of a snapshot that most steps hand on unchanged: shared until a step changes one, and nothing at all while empty.
//!
//! A step begins with a copy of what the snapshot holds. Copying a [`Shared`] copies a pointer; the first change of a
//! step copies the part itself. Knows nothing of what the parts mean.

use std::fmt;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

use indexmap::{Equivalent, IndexMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::clock::ClockRecord;
use crate::invocation::Invocation;
use crate::snapshot::Timer;
use crate::{Key, Parent};

/// Reads like the part itself; an empty one takes no memory.
pub(crate) struct Shared<T>(Option<Arc<T>>);

/// What a snapshot may share.
pub(crate) trait Part: Clone + Default + PartialEq + 'static {
    /// The empty one, for everybody to look at.
    fn nothing() -> &'static Self;
}

macro_rules! parts {
    ($($part:ty),+ $(,)?) => {
        $(impl Part for $part {
            fn nothing() -> &'static Self {
                static NOTHING: LazyLock<$part> = LazyLock::new(Default::default);
                &NOTHING
            }
        })+
    };
}

parts!(
    Map<String, Value>,
    IndexMap<Key, Vec<Key>>,
    Vec<Key>,
    IndexMap<Key, ClockRecord>,
    IndexMap<Key, Timer>,
    IndexMap<Key, Key>,
    IndexMap<Key, Invocation>,
    Option<Parent>,
    Value,
);

impl<T: Part> Shared<T> {
    /// To change it: this copy only.
    pub fn edit(&mut self) -> &mut T {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    /// True when there is nothing in it.
    pub fn is_nothing(&self) -> bool {
        self.0.as_deref().is_none_or(|part| part == T::nothing())
    }

    /// True when both are one and the same: neither was changed since one was copied from the other.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, None) => true,
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, Some(_)) | (Some(_), None) => false,
        }
    }

    /// The part itself.
    pub fn into_inner(self) -> T {
        self.0.map(Arc::unwrap_or_clone).unwrap_or_default()
    }
}

impl<V> Shared<IndexMap<Key, V>>
where
    IndexMap<Key, V>: Part,
{
    /// Takes an entry out, the others staying in their order. Nothing is copied when it is not there.
    pub fn take<Q: ?Sized + Hash + Equivalent<Key>>(&mut self, key: &Q) -> Option<V> {
        if self.0.as_ref().is_some_and(|part| part.contains_key(key)) {
            self.edit().shift_remove(key)
        } else {
            None
        }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Part> From<T> for Shared<T> {
    fn from(part: T) -> Self {
        if part == *T::nothing() { Self(None) } else { Self(Some(Arc::new(part))) }
    }
}

impl<T: Part> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::nothing())
    }
}

impl<T: Part> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_same(other) || **self == **other
    }
}

impl<T: Part + fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Part + Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de, T: Part + Deserialize<'de>> Deserialize<'de> for Shared<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}
