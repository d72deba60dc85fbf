//! A resident identity number of the People's Republic of China, GB 11643-1999: six digits of the place, eight
//! of the birthday, three in sequence, and a check digit by ISO 7064 MOD 11-2.
//!
//! ```json
//! {"field": "/id", "control": "id_number"}
//! ```

use serde_json::Value;

use super::{Field, Kind, read};
use crate::fault::Fault;
use crate::moment;

/// GB/T 2260: the first two digits of a place.
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
];

pub(super) struct IdNumber;

impl Kind for IdNumber {
    fn control(&self) -> &'static str {
        "id_number"
    }

    fn misfit(&self, field: &Field) -> Option<&'static str> {
        (!field.types.text()).then_some("a text")
    }

    fn fault(&self, _field: &Field, value: &Value) -> Option<Fault> {
        let text = value.as_str().filter(|text| !text.is_empty())?;
        (!is_id_number(text)).then(|| Fault::Format("id-number".to_owned()))
    }

    /// Spaces, full-width digits and a small `x` are how people type it.
    fn read(&self, _field: &Field, texts: &[&str]) -> Option<Value> {
        let typed = read::narrow(texts.last()?);
        let plain: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        (!plain.is_empty()).then(|| plain.into())
    }
}

fn is_id_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) {
        return false;
    }
    let province = (bytes[0] - b'0') * 10 + (bytes[1] - b'0');
    let birthday = format!("{}-{}-{}", &text[6..10], &text[10..12], &text[12..14]);
    // Nobody alive was born before.
    let plausible = &text[6..10] >= "1880" && moment::parse_day(&birthday).is_some();
    PROVINCES.contains(&province) && plausible && bytes[17] == check_digit(&bytes[..17])
}

/// ISO 7064 MOD 11-2: each digit weighs twice what the one after it does, modulo 11.
fn check_digit(digits: &[u8]) -> u8 {
    let sum = digits.iter().fold(0_u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    b"10X98765432"[sum as usize % 11]
}
