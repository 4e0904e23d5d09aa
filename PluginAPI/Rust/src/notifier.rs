//! notifier.h: a channel that tells people.

use crate::abi::notifier as raw;
use crate::agent::Severity;
use crate::call::Call;
use crate::error::Error;
use crate::event::NoEvent;
use crate::plugin::Plugin;

/// A notifier. An alert is told once when it begins and once when it is over, with the same id.
pub trait Notifier: Plugin {
    /// It began, or grew worse.
    ///
    /// # Errors
    ///
    /// Any: it is how the call ends. One that may be retried is told again later.
    fn notify(&self, alert: Alert, call: &Call<'_, NoEvent>) -> Result<Receipt, Error>;
    /// It is over.
    ///
    /// # Errors
    ///
    /// As for `notify`.
    fn resolve(&self, alert: Alert, call: &Call<'_, NoEvent>) -> Result<Receipt, Error>;
}

messages! {
    /// What people should know.
    #[derive(Clone, Debug, PartialEq, Eq)]
    Alert = raw::Alert {
        /// How bad it is.
        severity: Severity,
        /// Nanoseconds since 1970.
        started: i64,
        /// The same, or 0 while it goes on.
        ended: i64,
        /// Of this occurrence; the same when it is resolved.
        id: String,
        /// "plugin.circuit-open": what kind of alert it is.
        rule: String,
        /// One sentence.
        title: String,
        /// More of them.
        detail: Option<String>,
        /// Which host it comes from.
        source: String,
        /// In `resolve`: what the receipt of `notify` said.
        reference: Option<String>,
        /// Name and value, sorted by name.
        labels: Vec<(String, String)>,
    }

    /// That it was told.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    Receipt = raw::Receipt {
        /// The channel's own name for the message.
        reference: Option<String>,
    }
}
