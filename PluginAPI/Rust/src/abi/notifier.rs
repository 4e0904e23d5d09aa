//! notifier.h: `jackfield.notifier/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.notifier";

/// `jackfield_notifier_alert` to `jackfield_notifier_receipt`: it began, or grew worse
pub const NOTIFY: u32 = 1;
/// `jackfield_notifier_alert` to `jackfield_notifier_receipt`: it is over
pub const RESOLVE: u32 = 2;

structures! {
    /// `jackfield_notifier_alert`
    headed Alert = "jackfield_notifier_alert", 88, 88 {
        size: u32 = 0,
        severity: u32 = 4,
        started: i64 = 8,
        ended: i64 = 16,
        id: payload::Text = 24,
        rule: payload::Text = 32,
        title: payload::Text = 40,
        detail: payload::Text = 48,
        source: payload::Text = 56,
        reference: payload::Text = 64,
        labels: payload::List<payload::Pair> = 72,
    }

    /// `jackfield_notifier_receipt`
    headed Receipt = "jackfield_notifier_receipt", 16, 16 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        reference: payload::Text = 8,
    }
}
