//! validator.h: `jackfield.validator/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.validator";

/// `jackfield_validator_check` to `jackfield_validator_verdict`
pub const CHECK: u32 = 1;
/// From a client, or from a tool towards a model
pub const DIRECTION_INPUT: u32 = 1;
/// Towards a client
pub const DIRECTION_OUTPUT: u32 = 2;
/// `JACKFIELD_ACTION_ALLOW`
pub const ACTION_ALLOW: u32 = 0;
/// Let through, and say so in logs, metrics and findings
pub const ACTION_FLAG: u32 = 1;
/// Let through as rewritten in `rewrites`
pub const ACTION_REDACT: u32 = 2;
/// Do not let through
pub const ACTION_BLOCK: u32 = 3;

structures! {
    /// `jackfield_validator_segment`
    element Segment = "jackfield_validator_segment", 16, 16 {
        role: payload::Text = 0,
        text: payload::Text = 8,
    }

    /// `jackfield_validator_check`
    headed Check = "jackfield_validator_check", 32, 32 {
        size: u32 = 0,
        direction: u32 = 4,
        last: u32 = 8,
        reserved: payload::Zero = 12,
        segments: payload::List<Segment> = 16,
    }

    /// `jackfield_validator_finding`
    element Finding = "jackfield_validator_finding", 40, 40 {
        action: u32 = 0,
        severity: u32 = 4,
        segment: u32 = 8,
        reserved: payload::Zero = 12,
        start: u32 = 16,
        length: u32 = 20,
        rule: payload::Text = 24,
        message: payload::Text = 32,
    }

    /// `jackfield_validator_rewrite`
    element Rewrite = "jackfield_validator_rewrite", 16, 16 {
        segment: u32 = 0,
        reserved: payload::Zero = 4,
        text: payload::Text = 8,
    }

    /// `jackfield_validator_settled`: how many bytes of a segment may go, as sent; on a character boundary.
    element Settled = "jackfield_validator_settled", 8, 8 {
        bytes: u64 = 0,
    }

    /// `jackfield_validator_verdict`
    headed Verdict = "jackfield_validator_verdict", 56, 56 {
        size: u32 = 0,
        action: u32 = 4,
        findings: payload::List<Finding> = 8,
        rewrites: payload::List<Rewrite> = 24,
        settled: payload::List<Settled> = 40,
    }
}
