package import CJackfield
import JackfieldVocabulary

/// How a call ended: a copy of a `jackfield_end`.
package struct BenchEnd: Sendable, Hashable {
    package var code: Int32
    package var retry: UInt32 = 0
    package var retryAfter: Int64 = 0
    package var message = ""
    package var result: [UInt8] = []

    package init(code: Int32, message: String = "", result: [UInt8] = []) {
        self.code = code
        self.message = message
        self.result = result
    }

    package static func ok(_ result: [UInt8]) -> BenchEnd { BenchEnd(code: JACKFIELD_OK, result: result) }
    package static func failed(_ code: Int32, _ message: String) -> BenchEnd {
        BenchEnd(code: code, message: message)
    }

    package var isOK: Bool { code == JACKFIELD_OK }

    /// "ok", "invalid_argument", "unknown code 99".
    package var label: String { Self.label(code) }

    package static func label(_ code: Int32) -> String {
        switch code {
        case JACKFIELD_OK: "ok"
        case JACKFIELD_WOULD_BLOCK: "would_block"
        case JACKFIELD_STALE: "stale"
        default: CallError.Code(rawValue: code)?.label ?? "unknown code \(code)"
        }
    }
}
