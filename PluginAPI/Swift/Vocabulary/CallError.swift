public import CJackfield

/// Why a call was not answered: the closed list of abi.h, whether trying again may help, and a sentence.
public struct CallError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The outcomes of abi.h. A code that this version does not know is read as `internal`.
    public enum Code: Int32, Sendable, Hashable, CaseIterable {
        case cancelled = 1
        case deadline
        case invalidArgument
        case unauthenticated
        case forbidden
        case notFound
        case conflict
        case rateLimited
        case exhausted
        case unavailable
        case refused
        case `internal`
        case unsupported

        /// A fixed short form, for metric labels and JSON.
        public var label: String {
            switch self {
            case .cancelled: "cancelled"
            case .deadline: "deadline"
            case .invalidArgument: "invalid_argument"
            case .unauthenticated: "unauthenticated"
            case .forbidden: "forbidden"
            case .notFound: "not_found"
            case .conflict: "conflict"
            case .rateLimited: "rate_limited"
            case .exhausted: "exhausted"
            case .unavailable: "unavailable"
            case .refused: "refused"
            case .internal: "internal"
            case .unsupported: "unsupported"
            }
        }
    }

    public var code: Code
    /// One sentence for an operator. What of it a client may see is decided where errors are mapped.
    public var message: String
    /// The same request may succeed later.
    public var retry: Bool
    /// Nanoseconds to wait before that, where known.
    public var retryAfter: Int64?
    /// Whose failure it is, where that is not the one who reports it: an upstream, a plugin. Does not cross the ABI.
    public var source: Source?
    /// What was tried before it was given up, in order. Does not cross the ABI.
    public var attempts: [Attempt] = []

    /// One attempt at one upstream that failed.
    public struct Attempt: Sendable, Hashable {
        /// INSTANCE/MODEL
        public var upstream: String
        public var code: Code
        /// For an operator.
        public var message: String
        /// Nanoseconds; 0 if the upstream was not even asked.
        public var duration: Int64

        public init(upstream: String, code: Code, message: String, duration: Int64) {
            self.upstream = upstream
            self.code = code
            self.message = message
            self.duration = duration
        }
    }

    public enum Source: Sendable, Hashable {
        /// INSTANCE/MODEL
        case upstream(String)
        /// The instance's id.
        case plugin(String)
    }

    /// A day, in nanoseconds: a longer wait is no wait but an outage, and sums with it stay within 64 bits.
    public static let longestWait: Int64 = 86_400_000_000_000

    public init(_ code: Code, _ message: String, retry: Bool = false, retryAfter: Int64? = nil) {
        self.code = code
        self.message = message
        self.retry = retry
        self.retryAfter = retryAfter
    }

    public var description: String { "\(code.label): \(message)" }
}

extension CallError {
    /// The error that an end carries.
    ///
    /// - Precondition: its code is not JACKFIELD_OK.
    public init(_ end: jackfield_end) {
        self.init(
            Code(rawValue: end.code) ?? .internal, String(decoding: end.message.bytes, as: UTF8.self),
            retry: end.retry != 0, retryAfter: end.retry_after > 0 ? min(end.retry_after, Self.longestWait) : nil)
    }

    /// Hand the end that this error is to `body`; it is valid only there.
    public func withEnd<Answer>(_ body: (inout jackfield_end) -> Answer) -> Answer {
        var end = jackfield_end()
        end.size = UInt32(MemoryLayout<jackfield_end>.size)
        end.code = code.rawValue
        end.retry = retry ? 1 : 0
        end.retry_after = retryAfter ?? 0
        var message = message
        return message.withUTF8 { utf8 in
            end.message = jackfield_view(UnsafeRawBufferPointer(utf8))
            return body(&end)
        }
    }
}

extension Result<[UInt8], CallError> {
    /// Hand the end of a call that this is to `body`; it is valid only there.
    public func withEnd<Answer>(_ body: (inout jackfield_end) -> Answer) -> Answer {
        switch self {
        case .failure(let error): return error.withEnd(body)
        case .success(let result):
            return result.withUnsafeBytes { bytes in
                var end = jackfield_end()
                end.size = UInt32(MemoryLayout<jackfield_end>.size)
                end.result = jackfield_view(bytes)
                return body(&end)
            }
        }
    }
}
