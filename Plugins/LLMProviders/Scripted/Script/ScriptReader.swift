package import JackfieldJSON
package import JackfieldVocabulary

/// Reads a script strictly, and gathers everything that is wrong with it: who writes one sees all mistakes at once.
///
/// The functions take a value and the path that names it in a mistake, such as `rules[2].answer.text[0]`.
package struct ScriptReader {
    /// Each names the path, what is wrong there, and what would be right.
    package private(set) var mistakes: [String] = []
    /// More of them are counted, not told.
    private static let toldMistakes = 20

    /// - Parameter place: what to call the script in the error: "config.script", or the name of a file.
    /// - Throws: `invalidArgument` with all mistakes.
    package static func read(_ json: JSON, place: String) throws(CallError) -> Script {
        var reader = ScriptReader()
        let script = reader.script(json)
        guard reader.mistakes.isEmpty else {
            let told = reader.mistakes.prefix(toldMistakes).joined(separator: "; ")
            let rest = reader.mistakes.count - toldMistakes
            let count = reader.mistakes.count == 1 ? "a mistake" : "\(reader.mistakes.count) mistakes"
            throw CallError(
                .invalidArgument, "\(place) has \(count): \(told)\(rest > 0 ? "; and \(rest) more" : "")")
        }
        return script
    }

    mutating func report(_ path: String, _ sentence: String) {
        mistakes.append("\(path.isEmpty ? "the script" : path) \(sentence)")
    }

    /// The members of an object, if that is what this is; keys that nobody knows are reported.
    mutating func members(_ json: JSON, _ path: String, keys: [String]) -> [String: JSON] {
        guard let object = json.object else {
            report(path, "must be an object, not \(json.kindName)")
            return [:]
        }
        var members: [String: JSON] = [:]
        for member in object.members {
            if keys.contains(member.key) {
                members[member.key] = member.value
            } else {
                report(
                    path.isEmpty ? member.key : "\(path).\(member.key)",
                    "is not known; the keys here are \(keys.joined(separator: ", "))")
            }
        }
        return members
    }

    mutating func string(_ json: JSON?, _ path: String, mayBeEmpty: Bool = true) -> String? {
        guard let json else { return nil }
        guard let text = json.string else {
            report(path, "must be a string, not \(json.kindName)")
            return nil
        }
        if !mayBeEmpty, text.isEmpty {
            report(path, "must not be empty")
            return nil
        }
        return text
    }

    mutating func bool(_ json: JSON?, _ path: String) -> Bool? {
        guard let json else { return nil }
        if json.bool == nil { report(path, "must be true or false, not \(json.kindName)") }
        return json.bool
    }

    mutating func int(_ json: JSON?, _ path: String, _ range: ClosedRange<Int>) -> Int? {
        guard let json else { return nil }
        guard let number = json.int, range.contains(number) else {
            report(path, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Milliseconds, at most a day.
    mutating func milliseconds(_ json: JSON?, _ path: String) -> Int? { int(json, path, 0...86_400_000) }

    mutating func template(_ json: JSON?, _ path: String) -> Template? {
        guard let text = string(json, path) else { return nil }
        do throws(Template.UnknownSlot) {
            return try Template(text)
        } catch {
            let known = Template.Slot.allCases.map { "{{\($0.rawValue)}}" }.joined(separator: ", ")
            report(path, "holds {{\(error.name)}}, which is not known; there are \(known)")
            return nil
        }
    }

    /// The elements of a list, each with its path.
    mutating func list(_ json: JSON?, _ path: String) -> [(json: JSON, path: String)] {
        guard let json else { return [] }
        guard let elements = json.array else {
            report(path, "must be a list, not \(json.kindName)")
            return []
        }
        return elements.enumerated().map { ($0.element, "\(path)[\($0.offset)]") }
    }
}
