import JackfieldPlugin

/// How likely a text is an attack, and by what one sees it.
package struct Assessment: Sendable {
    /// One rule that applied.
    package struct Evidence: Sendable, Hashable {
        var id: InjectionRule.ID
        /// From 0 to 1.
        package var weight: Double
        /// Bytes of the text as it was given, on scalar boundaries.
        package var range: Range<Int>
    }

    /// By rule, the strongest.
    package internal(set) var evidence: [Evidence] = []

    /// From 0 to 1: what is left of doubt when each piece of evidence takes its part of it.
    package var score: Double { 1 - evidence.reduce(1) { $0 * (1 - $1.weight) } }

    mutating func add(_ new: Evidence) {
        if let at = evidence.firstIndex(where: { $0.id == new.id }) {
            if evidence[at].weight < new.weight { evidence[at] = new }
        } else {
            evidence.append(new)
        }
    }
}

/// Looks for attacks in a text. Made once; used from any thread.
///
/// One pass over the normalised text finds the words of all concepts; where there are any, the rules look for their
/// sequences. The text is looked at again only where it shows signs of disguise: letters written as digits, letters
/// apart, long runs of base64 or hexadecimal digits.
package struct InjectionDetector: Sendable {
    private let lexicon: Lexicon

    /// - Returns: nil if the phrases have more bytes together than can be held, about 40,000.
    package init?(extraPhrases: [String] = [], allowPhrases: [String] = []) {
        guard let lexicon = Lexicon(extra: extraPhrases, allowed: allowPhrases) else { return nil }
        self.lexicon = lexicon
    }

    package func assess(_ text: String) -> Assessment { assess(text, decoding: true) }

    /// - Parameter decoding: False within what was decoded, so that it happens once.
    private func assess(_ text: String, decoding: Bool) -> Assessment {
        var assessment = Assessment()
        let normalized = NormalizedText(text)
        look(normalized.bytes, &assessment) { normalized.original($0) }
        let signs = DisguiseSigns(normalized.bytes)
        if signs.hasMixedWords {
            look(Disguise.lettersForDigits(normalized.bytes), &assessment) { normalized.original($0) }
        }
        for run in signs.spacedRuns {
            // The run as one word; what is found is reported as the whole run.
            look(Disguise.closedUp(normalized.bytes[run]), &assessment) { _ in normalized.original(run) }
        }
        guard decoding else { return assessment }
        for hidden in normalized.hidden {
            let inner = assess(hidden.text, decoding: false).score
            assessment.add(.init(id: .hiddenText, weight: max(0.8, inner), range: hidden.range))
        }
        for payload in EncodedText.payloads(in: text) {
            let inner = assess(payload.text, decoding: false).score
            if inner >= 0.5 {
                assessment.add(.init(id: .encodedPayload, weight: max(0.8, inner), range: payload.range))
            }
        }
        return assessment
    }

    /// - Parameter original: From bytes of `text` to bytes of the text that was given.
    private func look(_ text: [UInt8], _ assessment: inout Assessment, original: (Range<Int>) -> Range<Int>) {
        let hits = hits(in: text)
        guard !hits.isEmpty else { return }
        let isDiscussion = hits.contains { $0.concepts & Concept.discussion.bit != 0 }
        for rule in InjectionRule.all {
            var strongest: (weight: Double, range: Range<Int>)?
            for (index, hit) in hits.enumerated() where hit.concepts & rule.steps[0] != 0 {
                guard let end = end(of: rule, step: 1, after: index, hits, text) else { continue }
                let range = hit.range.lowerBound..<end
                let isQuoted = isDiscussion && rule.id != .extraPhrase && Disguise.isQuoted(range, in: text)
                let weight = isQuoted ? rule.weight / 2 : rule.weight
                if weight > strongest?.weight ?? 0 { strongest = (weight, range) }
                if weight == rule.weight { break }
            }
            if let strongest {
                assessment.add(.init(id: rule.id, weight: strongest.weight, range: original(strongest.range)))
            }
        }
    }

    private struct Hit {
        var concepts: UInt64
        var range: Range<Int>
    }

    /// The phrases in a text, as far as they stand where words begin and end, in the order of their ends.
    private func hits(in text: [UInt8]) -> [Hit] {
        var hits: [Hit] = []
        var allowed: [Range<Int>] = []
        for match in lexicon.matcher.matches(in: text) {
            let phrase = lexicon.phrases[match.literal]
            var range = match.range
            let before = range.lowerBound > 0 ? text[range.lowerBound - 1] : 0x0A
            if phrase.beginsWord, Lexicon.isWordByte(before) { continue }
            if phrase.beginsLine, before != 0x0A { continue }
            if phrase.endsWord, range.upperBound < text.count, Lexicon.isWordByte(text[range.upperBound]) { continue }
            if phrase.goesOn {
                // To the end of the word, so that ranges read well; endings are not longer than this.
                let limit = min(text.count, range.upperBound + 16)
                var end = range.upperBound
                while end < limit, Lexicon.isWordByte(text[end]) || text[end] >= 0x80 { end += 1 }
                while end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
                range = range.lowerBound..<end
            }
            hits.append(Hit(concepts: phrase.concepts, range: range))
            if phrase.concepts & Self.uncounted != 0 { allowed.append(range) }
        }
        return allowed.isEmpty ? hits : without(allowed, hits)
    }
    private static let uncounted = Concept.allowedPhrase.bit | Concept.negated.bit

    /// The hits that do not lie within one of the ranges. Both are ordered by their ends.
    private func without(_ ranges: [Range<Int>], _ hits: [Hit]) -> [Hit] {
        var first = 0
        return hits.filter { hit in
            while first < ranges.count, ranges[first].upperBound < hit.range.upperBound { first += 1 }
            return !ranges[first...].prefix(8).contains { $0.contains(hit.range) }
        }
    }

    /// Where the rest of a rule's sequence ends, if it follows.
    private func end(of rule: InjectionRule, step: Int, after index: Int, _ hits: [Hit], _ text: [UInt8]) -> Int? {
        let from = hits[index].range.upperBound
        guard step < rule.steps.count else { return from }
        var next = index + 1
        // Hits are ordered by their ends, and none is longer than a phrase.
        while next < hits.count, hits[next].range.upperBound <= from + rule.gap + 80 {
            let hit = hits[next]
            if hit.concepts & rule.steps[step] != 0, hit.range.lowerBound >= from,
                hit.range.lowerBound - from <= rule.gap,
                !text[from..<hit.range.lowerBound].contains(where: { Self.ends[Int($0)] }),
                let end = end(of: rule, step: step + 1, after: next, hits, text)
            {
                return end
            }
            next += 1
        }
        return nil
    }

    /// By byte: whether a sentence ends there.
    private static let ends = (0..<256).map { [0x2E, 0x3F, 0x21, 0x3B].contains($0) }
}
