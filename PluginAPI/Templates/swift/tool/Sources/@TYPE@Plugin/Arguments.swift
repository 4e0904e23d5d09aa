import JackfieldJSON
import JackfieldVocabulary

/// The arguments of a call. Every error is `invalidArgument` and says what would be right: a model reads it.
struct Arguments {
    private let object: JSONObject

    /// - Parameter names: what there may be.
    init(_ text: String, names: [String]) throws(CallError) {
        guard case .object(let object)? = try? JSON(parsing: text) else {
            throw Self.wrong("the arguments must be a JSON object with \(names.joined(separator: ", "))")
        }
        if let unknown = object.members.first(where: { !names.contains($0.key) }) {
            throw Self.wrong("\(unknown.key): there is no such argument; there are \(names.joined(separator: ", "))")
        }
        self.object = object
    }

    func number(_ name: String) throws(CallError) -> Double {
        guard let number = object[name]?.double else { throw Self.wrong("\(name): it must be a number") }
        return number
    }

    func unit(_ name: String) throws(CallError) -> Units.Unit {
        let names = Units.all.map(\.name).joined(separator: ", ")
        guard let text = object[name]?.string else { throw Self.wrong("\(name): it must be one of \(names)") }
        guard let unit = Units.all.first(where: { $0.name == text }) else {
            throw Self.wrong("\(name): \"\(text)\" is none of \(names)")
        }
        return unit
    }

    /// Nil if it was left out.
    func kind(_ name: String) throws(CallError) -> Units.Kind? {
        guard let value = object[name] else { return nil }
        let names = Units.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        guard let text = value.string else { throw Self.wrong("\(name): it must be one of \(names)") }
        guard let kind = Units.Kind(rawValue: text) else {
            throw Self.wrong("\(name): \"\(text)\" is none of \(names)")
        }
        return kind
    }

    private static func wrong(_ sentence: String) -> CallError { CallError(.invalidArgument, sentence) }
}
