//! Numbers of JSON.

use super::Json;

/// One above the largest i64; exact as a double.
const TWO_TO_63: f64 = (1u64 << 63) as f64;

/// A number as it was written: a count above 2^53 and an exact decimal survive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// Text that the parser found to be a number.
    pub(super) fn written(text: &str) -> Number {
        Number(text.to_owned())
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As near as a double comes; `None` if it is too large for one.
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// If it is whole and fits, also as "1e3".
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok().or_else(|| {
            let value = self.as_f64()?;
            if value.fract() == 0.0 && (-TWO_TO_63..TWO_TO_63).contains(&value) {
                Some(value as i64)
            } else {
                None
            }
        })
    }

    /// If it is whole, not below 0, and fits.
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok().or_else(|| {
            let value = self.as_f64()?;
            if value.fract() == 0.0 && (0.0..2.0 * TWO_TO_63).contains(&value) {
                Some(value as u64)
            } else {
                None
            }
        })
    }
}

/// JSON has no number that is not finite: those become null. Whole numbers below 2^53 have no point.
impl From<f64> for Json {
    fn from(value: f64) -> Json {
        if !value.is_finite() {
            return Json::Null;
        }
        if value.fract() == 0.0 && value.abs() < 9007199254740992.0 {
            return Json::Number(Number((value as i64).to_string()));
        }
        let magnitude = value.abs();
        // The shortest text that reads back the same; with an exponent where the digits would be many.
        let text = if (1e-5..1e21).contains(&magnitude) { format!("{}", value) } else { format!("{:e}", value) };
        Json::Number(Number(text))
    }
}

macro_rules! whole {
    ($($type:ty),+) => { $(
        impl From<$type> for Json {
            fn from(value: $type) -> Json {
                Json::Number(Number(value.to_string()))
            }
        }
    )+ };
}
whole!(u32, u64, i32, i64, usize);
