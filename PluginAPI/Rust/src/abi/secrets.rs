//! secrets.h: `jackfield.secrets/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.secrets";

/// `jackfield_secrets_get` to `jackfield_secrets_value`
pub const GET: u32 = 1;

structures! {
    /// `jackfield_secrets_get`
    headed Get = "jackfield_secrets_get", 16, 16 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        name: payload::Text = 8,
    }

    /// `jackfield_secrets_value`
    headed Value = "jackfield_secrets_value", 16, 16 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        value: payload::Text = 8,
    }
}
