package import JackfieldVocabulary
package import Loading

/// Lets a stream of text through as far as the validators have settled it; the rest is held back until they have.
///
/// Each validator of the chain is a stage that gets what the stage before let through.
package struct StreamScreen {
    private let chain: ValidatorChain
    private let role: String
    private let isWhole: Bool
    private var held: [String]
    package private(set) var findings: [Validator.Finding] = []

    /// - Parameter isWhole: nobody waits for pieces, so check once, at the end.
    package init(_ chain: ValidatorChain, role: String = "assistant", isWhole: Bool = false) {
        self.chain = chain
        self.role = role
        self.isWhole = isWhole
        held = Array(repeating: "", count: chain.links.count)
    }

    /// More text came.
    ///
    /// - Returns: what may go to the client now.
    package mutating func push(_ text: String, scope: CallScope) async throws(CallError) -> String {
        if isWhole, !held.isEmpty {
            try hold(text, at: 0)
            return ""
        }
        return try await pass(text, isFinal: false, scope: scope)
    }

    /// No more text comes.
    package mutating func finish(scope: CallScope) async throws(CallError) -> String {
        try await pass("", isFinal: true, scope: scope)
    }

    /// Bytes of one text that may wait for validators to settle them.
    private static let bound = 16 << 20

    @inline(never)
    private mutating func hold(_ text: String, at index: Int) throws(CallError) {
        held[index] += text
        guard held[index].utf8.count <= Self.bound else {
            throw CallError(.exhausted, "more than \(Self.bound) bytes of an answer wait to be validated")
        }
    }

    // Not inlined: the optimizer of Swift 6.3.1 crashes when it splits a coroutine that holds all of this.
    @inline(never)
    private mutating func pass(_ text: String, isFinal: Bool, scope: CallScope) async throws(CallError) -> String {
        var text = text
        for index in chain.links.indices {
            try hold(text, at: index)
            text = ""
            if held[index].isEmpty { continue }
            let subject = Validator.Subject(
                direction: chain.direction, segments: [Validator.Segment(role: role, text: held[index])],
                isFinal: isFinal)
            guard
                let verdict = try await chain.verdict(
                    of: chain.links[index], on: subject, payload: subject.payload(), scope: scope)
            else {
                swap(&text, &held[index])
                continue
            }
            let utf8 = held[index].utf8
            let settled = isFinal ? utf8.count : Int(verdict.settled.first ?? 0)
            if settled == 0 { continue }
            let end = utf8.index(utf8.startIndex, offsetBy: settled)
            text = verdict.rewrites[0] ?? String(held[index][..<end])
            held[index] = String(held[index][end...])
            findings += verdict.findings.filter { $0.range.upperBound <= settled }
        }
        return text
    }
}
