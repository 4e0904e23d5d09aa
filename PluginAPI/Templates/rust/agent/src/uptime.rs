//! What /proc/uptime says.

/// How long the machine has been running.
pub struct Uptime {
    /// Whole days, rounded down.
    pub days: u64,
}

impl Uptime {
    /// From the file's text: seconds since the start, then the idle time of all processors.
    pub fn parse(text: &str) -> Option<Uptime> {
        let seconds: f64 = text.split_whitespace().next()?.parse().ok()?;
        if !(0.0..1e12).contains(&seconds) {
            return None;
        }
        Some(Uptime { days: (seconds / 86_400.0) as u64 })
    }
}

/// A number of days in words.
pub fn days(count: f64) -> String {
    if count == 1.0 {
        "1 day".into()
    } else {
        format!("{} days", count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_rounded_down() {
        assert_eq!(Uptime::parse("172799.99 300.00\n").unwrap().days, 1);
        assert_eq!(Uptime::parse("172800.00 300.00\n").unwrap().days, 2);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert!(Uptime::parse("").is_none());
        assert!(Uptime::parse("soon 1").is_none());
        assert!(Uptime::parse("-1 1").is_none());
        assert!(Uptime::parse("NaN 1").is_none());
    }

    #[test]
    fn one_day_is_no_plural() {
        assert_eq!(days(1.0), "1 day");
        assert_eq!(days(1.5), "1.5 days");
    }
}
