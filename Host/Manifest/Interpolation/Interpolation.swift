/// Replaces `${…}` in texts, as shells and Compose files do:
///
/// - `${NAME}`: the environment variable; not set is a mistake.
/// - `${NAME:-text}`: `text` where NAME is not set or empty.
/// - `${NAME:+text}`: `text` where NAME is set and not empty, else nothing.
/// - `${secret:NAME}`, `${secret:NAME:-text}`: a secret, which is never shown.
/// - `$${`: the two characters `${`.
///
/// `text` may hold more of the same.
struct Interpolation {
    let environment: [String: String]
    let secrets: SecretSource

    struct Outcome: Equatable {
        /// With secrets as they were written.
        var shown = ""
        /// With secrets in place.
        var complete = ""
        var hasSecret = false
    }

    enum Failure: Error, Equatable {
        /// The text itself is wrong.
        case malformed(String)
        /// Something is not set: no mistake where nobody needs it.
        case unset(String)

        var message: String {
            switch self {
            case .malformed(let message), .unset(let message): message
            }
        }
    }

    /// Whether there is something to do at all.
    static func isNeeded(_ text: String) -> Bool { text.utf8.contains(0x24) && text.contains("${") }

    func resolve(_ text: Substring, depth: Int = 0) throws(Failure) -> Outcome {
        guard depth <= 8 else { throw .malformed("\"${\" is nested more than 8 levels deep") }
        var outcome = Outcome()
        var rest = text
        while let dollar = rest.firstIndex(of: "$") {
            outcome.append(rest[..<dollar])
            rest = rest[dollar...]
            if rest.hasPrefix("$${") {
                outcome.append("${")
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("${") {
                let end = try Self.closingBrace(rest)
                outcome.append(try self.expression(rest[rest.index(rest.startIndex, offsetBy: 2)..<end], depth))
                rest = rest[rest.index(after: end)...]
            } else {
                outcome.append("$")
                rest = rest.dropFirst()
            }
        }
        outcome.append(rest)
        return outcome
    }

    private func expression(_ text: Substring, _ depth: Int) throws(Failure) -> Outcome {
        let isSecret = text.hasPrefix("secret:")
        let body = isSecret ? text.dropFirst(7) : text
        let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let tail = body[name.endIndex...]
        guard Characters.isVariable(String(name)),
            tail.isEmpty || tail.hasPrefix(":-") || (tail.hasPrefix(":+") && !isSecret)
        else {
            throw .malformed(
                "\("${\(text)}".quoted) is not understood: write ${NAME}, ${NAME:-default}, ${NAME:+value} or ${secret:NAME}"
            )
        }
        if isSecret { return try self.secret(SecretName(unchecked: String(name)), tail, depth) }

        let value = self.environment[String(name)]
        let isSet = value.map { !$0.isEmpty } ?? false
        if tail.hasPrefix(":+") { return isSet ? try self.resolve(tail.dropFirst(2), depth: depth + 1) : Outcome() }
        if let value, isSet || tail.isEmpty { return Outcome(shown: value, complete: value) }
        guard tail.hasPrefix(":-") else {
            throw .unset("the environment variable \(name) is not set; set it, or write ${\(name):-default}")
        }
        return try self.resolve(tail.dropFirst(2), depth: depth + 1)
    }

    private func secret(_ name: SecretName, _ tail: Substring, _ depth: Int) throws(Failure) -> Outcome {
        let found: Secret?
        do { found = try self.secrets.secret(name) } catch { throw .unset(error.reason) }
        if let found {
            return Outcome(shown: "${secret:\(name)}", complete: found.reveal(), hasSecret: true)
        }
        guard tail.isEmpty else { return try self.resolve(tail.dropFirst(2), depth: depth + 1) }
        throw .unset(
            "the secret \(name) is not set; \(self.secrets.places(for: name)); or write ${secret:\(name):-} if it is optional"
        )
    }

    /// The brace that closes the one at the start of `text`.
    private static func closingBrace(_ text: Substring) throws(Failure) -> Substring.Index {
        var depth = 0
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix("${") { depth += 1 }
            if text[index] == "}" {
                depth -= 1
                if depth == 0 { return index }
            }
            index = text.index(after: index)
        }
        throw .malformed("\(String(text).quoted) lacks its closing \"}\"; write \"$${\" for a plain \"${\"")
    }
}

extension Interpolation.Outcome {
    mutating func append(_ text: Substring) {
        self.shown += text
        self.complete += text
    }

    mutating func append(_ other: Interpolation.Outcome) {
        self.shown += other.shown
        self.complete += other.complete
        self.hasSecret = self.hasSecret || other.hasSecret
    }
}
