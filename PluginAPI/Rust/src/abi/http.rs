//! http.h: `jackfield.http/1`.

use super::payload;

/// Its id, without the revision.
pub const ID: &str = "jackfield.http";

/// `jackfield_http_request` to events, `jackfield_empty`
pub const REQUEST: u32 = 1;
/// `jackfield_http_head`: once, first. Redirects are not followed; status 200 to 599.
pub const EVENT_HEAD: u32 = 1;
/// `jackfield_http_body`: as it comes from the network
pub const EVENT_BODY: u32 = 2;

structures! {
    /// `jackfield_http_request`
    headed Request = "jackfield_http_request", 48, 48 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        method: payload::Text = 8,
        url: payload::Text = 16,
        headers: payload::List<payload::Pair> = 24,
        body: payload::Data = 40,
    }

    /// `jackfield_http_head`
    headed Head = "jackfield_http_head", 24, 24 {
        size: u32 = 0,
        status: u32 = 4,
        headers: payload::List<payload::Pair> = 8,
    }

    /// `jackfield_http_body`
    headed Body = "jackfield_http_body", 16, 16 {
        size: u32 = 0,
        reserved: payload::Zero = 4,
        data: payload::Data = 8,
    }
}
