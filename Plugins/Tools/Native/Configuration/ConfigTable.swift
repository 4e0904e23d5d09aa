import JackfieldJSON

/// One object of the configuration: hands out its keys by type, and reports those that are wrong or unknown.
struct ConfigTable {
    let path: String
    private let object: JSONObject

    /// Reports what is not an object, and keys that are not among `keys`.
    init?(_ json: JSON, _ path: String, keys: [String], _ problems: inout ConfigProblems) {
        guard let object = json.object else {
            problems.add(path, "must be an object, and is \(json.kindName)")
            return nil
        }
        self.path = path
        self.object = object
        for member in object.members where !keys.contains(member.key) {
            let near = keys.first { SpellingDistance.isNear($0, member.key) }
            problems.add(
                "\(path).\(member.key)",
                "is no key here"
                    + (near.map { "; did you mean \($0)?" } ?? "; there are \(keys.joined(separator: ", "))"))
        }
    }

    subscript(_ key: String) -> JSON? { object[key] }

    func text(_ key: String, _ problems: inout ConfigProblems) -> String? {
        value(key, "a string that is not empty", &problems) { $0.string.flatMap { $0.isEmpty ? nil : $0 } }
    }

    func bool(_ key: String, _ problems: inout ConfigProblems) -> Bool? {
        value(key, "true or false", &problems) { $0.bool }
    }

    /// A whole number within the bounds.
    func count(_ key: String, _ bounds: ClosedRange<Int>, _ problems: inout ConfigProblems) -> Int? {
        value(key, "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)", &problems) {
            $0.int.flatMap { bounds.contains($0) ? $0 : nil }
        }
    }

    func whole(_ key: String, _ problems: inout ConfigProblems) -> Int128? {
        value(key, "a whole number", &problems) { WholeNumber.of($0) }
    }

    /// A number of elements, or the name of a parameter.
    func countOrName(_ key: String, _ problems: inout ConfigProblems) -> CountOrName? {
        value(key, "a whole number from 0 to \(ArgumentConfig.mostElements), or the name of a parameter", &problems) {
            if let name = $0.string, !name.isEmpty { return .name(name) }
            return $0.int.flatMap { (0...ArgumentConfig.mostElements).contains($0) ? .count($0) : nil }
        }
    }

    /// Names and whole numbers, in their order.
    func names(_ key: String, _ problems: inout ConfigProblems) -> [NamedValues.Entry]? {
        guard let json = object[key] else { return nil }
        return Self.names(json, "\(path).\(key)", &problems)
    }

    static func names(_ json: JSON, _ path: String, _ problems: inout ConfigProblems) -> [NamedValues.Entry]? {
        guard let members = json.object?.members, !members.isEmpty else {
            problems.add(path, "must be an object of names and whole numbers, and is \(json.kindName)")
            return nil
        }
        var entries: [NamedValues.Entry] = []
        for member in members {
            guard let value = WholeNumber.of(member.value) else {
                problems.add("\(path).\(member.key)", "must be a whole number, and is \(member.value.kindName)")
                continue
            }
            entries.append(.init(name: member.key, value: value))
        }
        return entries
    }

    private func value<Value>(
        _ key: String, _ right: String, _ problems: inout ConfigProblems, _ read: (JSON) -> Value?
    ) -> Value? {
        guard let json = object[key] else { return nil }
        if let value = read(json) { return value }
        problems.add("\(path).\(key)", "must be \(right), and is \(json.string.map { "\"\($0)\"" } ?? json.kindName)")
        return nil
    }
}

/// How much: a number that the operator wrote, or the parameter that has it.
package enum CountOrName: Sendable, Hashable {
    case count(Int)
    case name(String)
}
