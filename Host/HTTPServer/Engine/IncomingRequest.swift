import NIOHTTP1
import Telemetry

/// A request whose header section is complete: what the engine must know of it. Confined to its loop.
///
/// A class, because it is handed on several times and has a dozen fields that would be counted each time.
final class IncomingRequest {
    let method: HTTPMethod
    /// Origin form, or `*`.
    private(set) var target: String
    let headers: HTTPHeaders
    let requestID: String
    let received: MonotonicTime
    let keepAlive: Bool
    /// HTTP/1.1: the client understands chunks and interim answers.
    let isModern: Bool
    private(set) var contentLength: Int?
    private(set) var expectsContinue = false
    private(set) var origin: String?
    /// A CORS preflight.
    let isPreflight: Bool
    /// Bytes of the body so far.
    var bytesIn = 0

    /// Whether bytes may follow the header section (RFC 9112, section 6.3).
    var hasBody: Bool { contentLength.map { $0 > 0 } ?? (coding != nil) }

    private let major: Int
    private var hosts = 0
    /// All Transfer-Encoding fields as one list (RFC 9110, section 5.3).
    private var coding: String?
    private var expectation: String?

    /// Read a head in one pass over its fields.
    init(_ head: HTTPRequestHead, received: MonotonicTime, newID: () -> String) {
        var id: String?
        var isUpgrade = false
        var asksMethod = false
        var origin: String?
        for (name, value) in head.headers {
            // The length first: it tells most names apart without looking at them.
            switch name.utf8.count {
            case 4 where name.isField("host"): hosts += 1
            case 6 where name.isField("expect"): expectation = value
            case 6 where name.isField("origin"): origin = value
            case 7 where name.isField("upgrade"): isUpgrade = true
            case 12 where name.isField("x-request-id"): id = value
            case 14 where name.isField("content-length"): contentLength = Int(value)
            case 17 where name.isField("transfer-encoding"): coding = coding.map { "\($0), \(value)" } ?? value
            case 29 where name.isField("access-control-request-method"): asksMethod = true
            default: break
            }
        }
        method = head.method
        headers = head.headers
        target = head.uri
        major = head.version.major
        isModern = head.version == .http1_1
        // The decoder stops after a request that offers another protocol; we answer in this one, and close.
        keepAlive = head.isKeepAlive && !isUpgrade
        self.received = received
        if let id, id.isRequestID { requestID = id } else { requestID = newID() }
        self.origin = origin
        isPreflight = method == .OPTIONS && asksMethod && origin != nil
    }

    /// Refuse what is unfit to be handled (RFC 9112, sections 3.2, 3.3, 6.1 and 6.3; RFC 9110, section 10.1.1).
    func validate(_ settings: ListenerSettings) throws(RequestFault) {
        guard target.utf8.count <= settings.maxTargetBytes else {
            throw RequestFault(
                .targetTooLong, "The request target is longer than \(settings.maxTargetBytes) bytes; shorten the query."
            )
        }
        guard major == 1 else {
            throw RequestFault(.unsupportedVersion, "This server speaks HTTP/1.1 and HTTP/1.0.")
        }
        guard method != .CONNECT else {
            throw RequestFault(.notImplemented, "This server is not a proxy: CONNECT is not implemented.")
        }
        guard hosts == 1 || (hosts == 0 && !isModern) else {
            let found = hosts == 0 ? "has no" : "has more than one"
            throw RequestFault(.malformed, "The request \(found) Host header field; HTTP/1.1 asks for exactly one.")
        }
        if let coding {
            guard isModern else {
                throw RequestFault(.malformed, "An HTTP/1.0 request cannot have a Transfer-Encoding header field.")
            }
            guard contentLength == nil else {
                throw RequestFault(
                    .malformed, "The request has both Content-Length and Transfer-Encoding; send one of them.")
            }
            guard coding.isField("chunked") else {
                throw RequestFault(.notImplemented, "The only Transfer-Encoding that this server reads is chunked.")
            }
        }
        if let expectation {
            guard expectation.isField("100-continue") else {
                throw RequestFault(.expectationFailed, "The only expectation that this server meets is 100-continue.")
            }
            expectsContinue = isModern
        }
        try originForm()
        if let contentLength, contentLength > settings.maxBodyBytes { throw RequestFault.body(settings.maxBodyBytes) }
    }

    /// Bring an absolute target to origin form (RFC 9112, section 3.2.2).
    private func originForm() throws(RequestFault) {
        if target.utf8.first == UInt8(ascii: "/") || (method == .OPTIONS && target == "*") { return }
        let bytes = target.utf8
        guard target.hasPrefix("http://") || target.hasPrefix("https://"),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else {
            throw RequestFault(.malformed, "The request target must begin with a slash.")
        }
        let authority = bytes[bytes.index(colon, offsetBy: 3)...]
        guard let end = authority.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
            target = "/"
            return
        }
        target = bytes[end] == UInt8(ascii: "/") ? String(target[end...]) : "/" + target[end...]
    }
}

extension String {
    /// Whether this is a field name or token, in any case; `name` is in lower case.
    func isField(_ name: StaticString) -> Bool {
        guard utf8.count == name.utf8CodeUnitCount else { return false }
        var expected = name.utf8Start
        for byte in utf8 {
            let lower = byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
            if lower != expected.pointee { return false }
            expected += 1
        }
        return true
    }

    /// 1 to 128 of `A-Z a-z 0-9 . _ -`: safe in a header, a log line and a URL.
    var isRequestID: Bool {
        guard (1...128).contains(utf8.count) else { return false }
        return utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
