package import JackfieldJSON

/// What the surroundings of a plugin answer while it is checked: an optional `check.json` beside plugin.json.
package struct Rehearsal: Sendable {
    /// An answer of the `http` service to requests that fit.
    package struct HTTPAnswer: Sendable {
        /// "*" fits all.
        package var method: String
        /// With `*` for any text.
        package var url: String
        package var status: Int
        package var headers: [(name: String, value: String)]
        /// The body, in the pieces in which it comes.
        package var chunks: [[UInt8]]
    }

    /// A request to the plugin in place of the built-in ones.
    package struct Request: Sendable {
        /// The method's name: "invoke".
        package var method: String
        /// Members named like the fields of the method's request struct.
        package var request: JSON
    }

    package struct Mistake: Error, CustomStringConvertible {
        package let description: String
    }

    package var config: JSON?
    package var http: [HTTPAnswer] = []
    /// By name.
    package var secrets: [String: String] = [:]
    /// What the `llm` service answers; nil: it is unavailable.
    package var answer: String?
    /// What the `agents` and `tools` services list and answer: objects with `id` or `name`, and `answer`.
    package var agents: [JSON] = []
    package var tools: [JSON] = []
    package var requests: [Request] = []
    /// As it was written.
    package private(set) var json: JSON = .object([:])

    package init() {}

    /// - Throws: `Mistake` for an unknown member or one of the wrong kind.
    package init(_ json: JSON) throws {
        guard case .object(let object) = json else {
            throw Mistake(description: "a rehearsal is a JSON object, not \(json.kindName)")
        }
        self.json = json
        for member in object.members {
            func wrong(_ wanted: String) -> Mistake {
                Mistake(description: "`\(member.key)` is \(wanted), not \(member.value.kindName)")
            }
            switch member.key {
            case "$schema", "comment": break
            case "config":
                guard member.value.object != nil else { throw wrong("an object") }
                config = member.value
            case "http":
                guard let list = member.value.array else { throw wrong("an array") }
                http = try list.map(Self.answer)
            case "secrets":
                guard let values = member.value.object else { throw wrong("an object") }
                for value in values.members { secrets[value.key] = value.value.string ?? "" }
            case "llm":
                guard let text = member.value["text"]?.string else { throw wrong("an object with `text`") }
                answer = text
            case "agents":
                guard let list = member.value.array else { throw wrong("an array") }
                agents = list
            case "tools":
                guard let list = member.value.array else { throw wrong("an array") }
                tools = list
            case "requests":
                guard let list = member.value.array else { throw wrong("an array") }
                requests = try list.map { entry in
                    guard let method = entry["method"]?.string, let request = entry["request"] else {
                        throw Mistake(description: "an entry of `requests` has a `method` and a `request`")
                    }
                    return Request(method: method, request: request)
                }
            default:
                throw Mistake(
                    description:
                        "`\(member.key)` means nothing here; known are config, http, secrets, llm, agents, tools, requests"
                )
            }
        }
    }

    private static func answer(_ json: JSON) throws -> HTTPAnswer {
        let known = ["method", "url", "status", "headers", "body", "chunks"]
        for member in json.object?.members ?? [] where !known.contains(member.key) {
            throw Mistake(
                description:
                    "`\(member.key)` means nothing in an entry of `http`; known are \(known.joined(separator: ", "))")
        }
        guard let url = json["url"]?.string else {
            throw Mistake(description: "an entry of `http` has a `url`, with * for any text")
        }
        let chunks = try json["chunks"]?.array?.map(bytes) ?? json["body"].map { [try bytes($0)] } ?? []
        return HTTPAnswer(
            method: json["method"]?.string ?? "*", url: url, status: json["status"]?.int ?? 200,
            headers: json["headers"]?.object?.members.map { (name: $0.key, value: $0.value.string ?? "") } ?? [
                (name: "content-type", value: "application/json")
            ], chunks: chunks)
    }

    /// A piece of a body: text, `{"base64": …}` for what is no text, or JSON that is sent as text.
    private static func bytes(_ json: JSON) throws -> [UInt8] {
        if case .object(let object) = json, object.count == 1, let text = object["base64"]?.string {
            guard let bytes = Base64.decode(text) else {
                throw Mistake(description: "`base64` in an entry of `http` is not base64")
            }
            return bytes
        }
        return Array((json.string ?? json.text).utf8)
    }

    /// The first answer that fits a request.
    package func answer(to method: String, _ url: String) -> HTTPAnswer? {
        http.first { ($0.method == "*" || $0.method == method) && Self.fits(url, $0.url) }
    }

    /// Does a text fit a pattern in which `*` stands for any text?
    static func fits(_ text: String, _ pattern: String) -> Bool {
        var rest = Array(text.utf8)[...]
        let pieces = pattern.utf8.split(separator: 0x2A, omittingEmptySubsequences: false).map { Array($0) }
        for (index, piece) in pieces.enumerated() {
            if index == 0 {
                guard rest.starts(with: piece) else { return false }
                rest = rest.dropFirst(piece.count)
                if pieces.count == 1 { return rest.isEmpty }
            } else if index == pieces.count - 1 {
                return rest.count >= piece.count && rest.suffix(piece.count).elementsEqual(piece)
            } else {
                guard let at = rest.indices.first(where: { rest[$0...].starts(with: piece) }) else { return false }
                rest = rest[(at + piece.count)...]
            }
        }
        return true
    }
}
