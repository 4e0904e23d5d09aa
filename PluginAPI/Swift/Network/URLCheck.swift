/// The verdict on a text that claims to be a URL, from its letters alone: no name is resolved. Whoever connects judges
/// the address connected to as well (`IPAddress.refusal`), since any name may lead anywhere.
///
/// Odd spellings are read as lenient readers would, and in all ways in which readers are known to differ: what one of
/// them would take for a special address is refused.
public struct URLCheck: Sendable, Hashable {
    /// What there is to object to, the most serious first; a closed list. The raw values are stable.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        case metadataService = "metadata-service"
        case privateAddress = "private-address"
        case localName = "local-name"
        /// An address that is not written in the one plain form.
        case oddAddress = "odd-address"
        case userInfo = "user-info"
        /// Neither https nor http.
        case scheme
        /// No URL of the strict form of `WebURL`.
        case malformed
        /// A port of another protocol.
        case port
        case notHTTPS = "not-https"
    }

    public struct Objection: Sendable, Hashable {
        public let rule: Rule
        /// One sentence that holds nothing of the URL.
        public let sentence: String

        init(_ rule: Rule, _ sentence: String) {
            self.rule = rule
            self.sentence = sentence
        }
    }

    /// Nil unless the text is a URL of the strict form.
    public let url: WebURL?
    /// At most one for each rule, the most serious first.
    public let objections: [Objection]

    public var isAllowed: Bool { objections.isEmpty }
    /// Why it is refused; nil if it is allowed.
    public var sentence: String? { objections.first?.sentence }

    /// - Parameter granted: Origins to which there is no objection, whatever they are. A URL of the strict form with
    ///   exactly that scheme, host and port is allowed; no other spelling of it is.
    public static func verdict(_ url: String, granted: some Collection<WebOrigin> = []) -> URLCheck {
        do throws(WebURLError) {
            let strict = try WebURL(url)
            if granted.contains(strict.origin) { return URLCheck(url: strict, objections: []) }
            return URLCheck(url: strict, objections: objections(to: strict, written: url))
        } catch {
            return URLCheck(url: nil, objections: objections(to: url, because: error))
        }
    }

    private static func objections(to url: WebURL, written text: String) -> [Objection] {
        var found: [Objection] = []
        if let objection = objection(toHost: url.host) { found.append(objection) }
        // A sign for user information after the host's end: there are readers that see the host behind it.
        if found.isEmpty, text.utf8.contains(UInt8(ascii: "@")) {
            found += URLReading(text).hosts.compactMap { host in
                HostName.addresses(host).isEmpty && HostName.isLocal(host) == nil ? nil : objection(toHost: host)
            }.prefix(1)
        }
        if let protocolName = ForeignPorts.names[url.port] {
            found.append(Objection(.port, "Its port belongs to another protocol, \(protocolName)."))
        }
        if url.scheme == .http { found.append(.plain) }
        return found
    }

    private static func objections(to text: String, because error: WebURLError) -> [Objection] {
        let reading = URLReading(text)
        var found: [Rule: Objection] = [:]
        func add(_ objection: Objection) { if found[objection.rule] == nil { found[objection.rule] = objection } }
        for (index, host) in reading.hosts.enumerated() {
            let addresses = HostName.addresses(host)
            for address in addresses {
                if let refusal = address.refusal { add(Objection(refusal)) }
            }
            if let purpose = HostName.isLocal(host) { add(Objection(purpose)) }
            guard index == 0 else { continue }
            if !addresses.isEmpty, !reading.isPlain(host) {
                add(Objection(.oddAddress, "Its host is an address in a form that not everybody reads alike."))
            }
            if addresses.isEmpty, reading.isWeb, isSingleLabel(host) { add(.dotless) }
        }
        if reading.hasUserInfo { add(Objection(.userInfo, "It holds a user name or password before its host.")) }
        switch reading.scheme {
        case "http": add(.plain)
        case "https": break
        default: add(Objection(.scheme, "Its scheme is not https."))
        }
        // What is said already is not said twice.
        let isSaid = error.reason == .userInfo || error.reason == .scheme && found[.scheme] != nil
        if !isSaid {
            add(Objection(error.reason == .port ? .port : .malformed, "It is no strict URL: \(error.sentence)."))
        }
        return Rule.allCases.compactMap { found[$0] }
    }

    private static func objection(toHost host: String) -> Objection? {
        let addresses = HostName.addresses(host)
        if let refusal = addresses.lazy.compactMap(\.refusal).first { return Objection(refusal) }
        if !addresses.isEmpty { return nil }
        if let purpose = HostName.isLocal(host) { return Objection(purpose) }
        return isSingleLabel(host) ? .dotless : nil
    }

    /// A name of letters, digits, hyphens and underscores, and no dot in it.
    private static func isSingleLabel(_ host: String) -> Bool {
        let name = HostName.folded(host).utf8
        return !name.isEmpty
            && name.allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_")
            }
    }
}

extension URLCheck.Objection {
    fileprivate static let plain = URLCheck.Objection(
        .notHTTPS, "It is plain http: what it carries can be read and changed.")

    fileprivate static let dotless = URLCheck.Objection(
        .localName, "Its host is a name without a dot, which only a local network knows.")

    fileprivate init(_ purpose: SpecialPurpose) {
        switch purpose.kind {
        case .metadata:
            self.init(.metadataService, "Its host is a metadata service, \(purpose.range) (\(purpose.source)).")
        case .localName:
            self.init(.localName, "Its host is a local name, \(purpose.range) (\(purpose.source)).")
        default:
            self.init(.privateAddress, "Its host is no public address: \(purpose).")
        }
    }
}
