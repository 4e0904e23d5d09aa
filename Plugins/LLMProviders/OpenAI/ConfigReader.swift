import JackfieldJSON
import JackfieldVocabulary

/// Reads the configuration key by key. The host has checked it against the schema; this says what is wrong where that
/// check was left out.
struct ConfigReader {
    /// Headers that are made here or by the host.
    private static let reserved: Set<String> = [
        "host", "connection", "content-length", "content-type", "transfer-encoding", "accept", "accept-encoding",
    ]

    let config: JSON

    private func value(_ key: String) -> JSON? { config[key].flatMap { $0.isNull ? nil : $0 } }

    func string(_ key: String) throws(CallError) -> String? {
        guard let value = value(key) else { return nil }
        guard let text = value.string else { throw .config("\(key) must be a string, not \(value.kindName)") }
        return text
    }

    func bool(_ key: String) throws(CallError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let flag = value.bool else { throw .config("\(key) must be true or false, not \(value.kindName)") }
        return flag
    }

    func int(_ key: String, _ range: ClosedRange<Int>) throws(CallError) -> Int? {
        guard let value = value(key) else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw .config("\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws(CallError) -> Choice? {
        guard let text = try string(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw .config("\(key) is \"\(text)\"; it must be one of \(known)")
        }
        return choice
    }

    /// A text that goes into a header; empty is as good as absent.
    func header(_ key: String) throws(CallError) -> String? {
        guard let text = try string(key), !text.isEmpty else { return nil }
        guard text.isHeaderValue else { throw .config("\(key) holds a character that cannot stand in an HTTP header") }
        return text
    }

    func headers(_ key: String) throws(CallError) -> [OpenAIConfig.Header] {
        guard let value = value(key) else { return [] }
        guard let object = value.object else {
            throw .config("\(key) must be an object of names and values, not \(value.kindName)")
        }
        var headers: [OpenAIConfig.Header] = []
        for member in object.members {
            let name = member.key.lowercased()
            guard name.isHeaderName else { throw .config("\(key): \"\(member.key)\" is not the name of a header") }
            guard !ConfigReader.reserved.contains(name) else {
                throw .config("\(key): \"\(member.key)\" is set by the host and cannot be given here")
            }
            guard let text = member.value.string, text.isHeaderValue else {
                throw .config("\(key): the value of \"\(member.key)\" must be a string of printable characters")
            }
            if name == "authorization", config["api_key"]?.string?.withoutSpaceAround.isEmpty == false {
                throw .config("\(key): \"\(member.key)\" and api_key say the same thing; leave one out")
            }
            headers.append(OpenAIConfig.Header(name: name, value: Secret(text)))
        }
        return headers
    }
}

extension String {
    /// RFC 9110, section 5.6.2: a token.
    var isHeaderName: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    /// Visible ASCII, spaces and tabs: nothing that could end a header.
    var isHeaderValue: Bool { utf8.allSatisfy { $0 == 0x09 || (0x20...0x7e).contains($0) } }

    /// Without the white space at both ends: keys that are read from files often end with a line break.
    var withoutSpaceAround: String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        let text = utf8.drop(while: isSpace)
        guard let last = text.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(self[text.startIndex...last])
    }
}
