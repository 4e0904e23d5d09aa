import NIOHTTP1

extension OutboundRequest {
    /// What makes this request unfit to be sent, or nil. The rules are those of RFC 9110 (5.1, 5.5, 5.6.2); what could
    /// make two requests of one (RFC 9112, 11.2) is refused, never repaired.
    func fault() -> OutboundError? {
        if case .RAW(let name) = self.method, !name.isToken {
            return self.refusal("the method must be a token of RFC 9110, as GET")
        }
        if self.method == .CONNECT { return self.refusal("CONNECT is not for requests; tunnels are not offered") }
        for (name, value) in self.headers {
            if !name.isToken {
                return self.refusal("a header name is empty or holds characters that RFC 9110 does not allow in one")
            }
            if let reason = Self.reserved(name) { return self.refusal("header \(name): \(reason)") }
            if !value.isFieldValue {
                return self.refusal("header \(name): the value holds a line break, NUL or another control character")
            }
        }
        return nil
    }

    private func refusal(_ sentence: String) -> OutboundError {
        OutboundError(.invalidRequest, "\(self.url.endpoint)\(self.url.path): \(sentence)", safeToRetry: true)
    }

    /// Why the client keeps this field to itself, or nil. Length first, because nearly all names end there.
    private static func reserved(_ name: String) -> String? {
        let framing = "the host sets it from the request itself; leave it out"
        let hop = "it concerns one connection only, and connections belong to the host; leave it out"
        switch name.utf8.count {
        case 2: return name.equalsIgnoringCase("te") ? hop : nil
        case 4: return name.equalsIgnoringCase("host") ? framing : nil
        case 6: return name.equalsIgnoringCase("expect") ? hop : nil
        case 7: return name.equalsIgnoringCase("upgrade") || name.equalsIgnoringCase("trailer") ? hop : nil
        case 10: return name.equalsIgnoringCase("connection") || name.equalsIgnoringCase("keep-alive") ? hop : nil
        case 14: return name.equalsIgnoringCase("content-length") ? framing : nil
        case 16: return name.equalsIgnoringCase("proxy-connection") ? hop : nil
        case 17: return name.equalsIgnoringCase("transfer-encoding") ? framing : nil
        default: return nil
        }
    }
}

extension String {
    /// `other` must be in lower case.
    func equalsIgnoringCase(_ other: StaticString) -> Bool {
        guard self.utf8.count == other.utf8CodeUnitCount else { return false }
        var expected = other.utf8Start
        for byte in self.utf8 {
            if byte.lowercasedASCII != expected.pointee { return false }
            expected += 1
        }
        return true
    }

    fileprivate var isToken: Bool {
        !self.utf8.isEmpty && self.utf8.allSatisfy(\.isTokenCharacter)
    }

    fileprivate var isFieldValue: Bool { self.utf8.allSatisfy(\.isFieldValueCharacter) }
}
