//! JSON as strictly as an app file is read: a member that stands twice has an address, and so has one whose name is a trap.
//!
//! Other readers keep the first or the last of two; whoever reviews a file must see what will be installed.

use std::cell::RefCell;
use std::fmt;

use form_engine::{Problem, pointer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// More are not told.
const MOST: usize = 100;
/// Names that mean something else in browsers.
const TRAPS: [&str; 1] = ["__proto__"];

/// Reads a document and everything that is wrong with its members.
///
/// # Errors
///
/// Text that is no JSON.
pub fn read(bytes: &[u8]) -> Result<(Value, Vec<Problem>), serde_json::Error> {
    let problems = RefCell::new(Vec::new());
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Seed { path: String::new(), problems: &problems }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok((value, problems.into_inner()))
}

struct Seed<'p> {
    path: String,
    problems: &'p RefCell<Vec<Problem>>,
}

impl Seed<'_> {
    fn refuse(&self, code: &'static str, path: String, message: String) {
        let mut problems = self.problems.borrow_mut();
        if problems.len() < MOST {
            problems.push(Problem::new(code, path, message));
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        if value.contains('\0') {
            self.refuse("request.nul", self.path.clone(), "U+0000 is no text".to_owned());
        }
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Seed {
            path: pointer::join(&self.path, list.len()),
            problems: self.problems,
        })? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let path = pointer::join(&self.path, &name);
            if name.contains('\0') {
                self.refuse("request.nul", path.clone(), "U+0000 is no text".to_owned());
            }
            if TRAPS.contains(&name.as_str()) {
                self.refuse("app.member_name", path.clone(), format!("`{name}` is no name for a member"));
            }
            let value = members.next_value_seed(Seed { path: path.clone(), problems: self.problems })?;
            if object.insert(name.clone(), value).is_some() {
                self.refuse("app.member_twice", path, format!("the member `{name}` stands here twice"));
            }
        }
        Ok(Value::Object(object))
    }
}
