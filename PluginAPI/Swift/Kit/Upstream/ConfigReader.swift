public import JackfieldJSON
public import JackfieldVocabulary

/// Reads a plugin's configuration key by key. The host has checked it against the schema; this says what is wrong where
/// that check was left out. Every error is `invalidArgument`, names the key, and never tells the value of a secret.
public struct ConfigReader: Sendable {
    /// Headers that are made by the plugin or by the host.
    private static let reserved: Set<String> = [
        "host", "connection", "content-length", "content-type", "transfer-encoding", "accept", "accept-encoding",
    ]

    /// A header for every request. Its value may be a key, so it is kept as one.
    public struct Header: Sendable, Equatable {
        /// In lower case.
        public var name: String
        public var value: Secret

        public init(name: String, value: Secret) {
            self.name = name
            self.value = value
        }
    }

    private let config: JSON

    /// - Parameter config: an object; anything else is as good as an empty one.
    public init(config: JSON) { self.config = config }

    /// The value as it was given; nil for an absent key and for null.
    public func value(_ key: String) -> JSON? {
        guard let value = config[key], !value.isNull else { return nil }
        return value
    }

    public func string(_ key: String) throws(CallError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw .config("\(key) must be a string, not \(value.kindName)") }
        return text
    }

    public func strings(_ key: String) throws(CallError) -> [String]? {
        guard let value = value(key) else { return nil }
        let texts = value.array?.compactMap(\.string)
        guard let texts, texts.count == value.array?.count else { throw .config("\(key) must be a list of strings") }
        return texts
    }

    public func bool(_ key: String) throws(CallError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else { throw .config("\(key) must be true or false, not \(value.kindName)") }
        return flag
    }

    public func int(_ key: String, _ range: ClosedRange<Int>) throws(CallError) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw .config("\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    public func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws(CallError) -> Choice? {
        guard let text = try string(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw .config("\(key) is \"\(text)\"; it must be one of \(known)")
        }
        return choice
    }
}

extension ConfigReader {
    /// A text that goes into a header; empty is as good as absent.
    public func header(_ key: String) throws(CallError) -> String? {
        guard let text = try string(key), !text.isEmpty else { return nil }
        guard text.isHeaderValue else { throw .config("\(key) holds a character that cannot stand in an HTTP header") }
        return text
    }

    /// A key that goes into a header, without the white space around it; empty is as good as absent.
    public func secret(_ key: String) throws(CallError) -> Secret? {
        guard let text = try string(key)?.withoutSpaceAround, !text.isEmpty else { return nil }
        guard text.isHeaderValue else { throw .config("\(key) holds a character that cannot stand in an HTTP header") }
        return Secret(text)
    }

    /// More headers for every request: an object of names and values.
    ///
    /// - Parameter owned: headers that the plugin itself makes out of another key, by that key: `["authorization":
    ///   "api_key"]`. Such a header is refused where the key is set too.
    public func headers(_ key: String, owned: [String: String] = [:]) throws(CallError) -> [Header] {
        guard let value = value(key) else { return [] }
        guard let object = value.object else {
            throw .config("\(key) must be an object of names and values, not \(value.kindName)")
        }
        var headers: [Header] = []
        for member in object.members {
            let name = member.key.lowercased()
            guard name.isHeaderName else { throw .config("\(key): \"\(member.key)\" is not the name of a header") }
            guard !ConfigReader.reserved.contains(name) else {
                throw .config("\(key): \"\(member.key)\" is set by the host and cannot be given here")
            }
            guard let text = member.value.string, text.isHeaderValue else {
                throw .config("\(key): the value of \"\(member.key)\" must be a string of printable characters")
            }
            if let owner = owned[name], config[owner]?.string?.withoutSpaceAround.isEmpty == false {
                throw .config("\(key): \"\(member.key)\" and \(owner) say the same thing; leave one out")
            }
            headers.append(Header(name: name, value: Secret(text)))
        }
        return headers
    }
}

extension CallError {
    /// A mistake in the configuration: `sentence` begins with the key.
    public static func config(_ sentence: String) -> CallError { CallError(.invalidArgument, "config.\(sentence)") }
}
