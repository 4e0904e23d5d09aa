import JackfieldNetwork
import JackfieldVocabulary

/// Finds URLs in a text, whole or in pieces, and says what there is to object to. Made once; used from any thread.
///
/// A URL is what has `scheme://` in it, in plain text, escaped for HTML or JSON, or percent-encoded (in the query of
/// another, say); and in a link of HTML or Markdown also what begins with `//`, `javascript:`, `data:` and the like. What
/// is looked at for each is bounded, so that the cost is linear in the text.
package struct URLScanner: Sendable {
    package struct Finding: Sendable, Hashable {
        package var rule: URLRule
        /// Bytes of the text as it was given, on scalar boundaries. Findings do not overlap and are in order.
        package var range: Range<Int>
        /// One sentence that holds nothing of the URL.
        package var sentence: String
        /// The URL goes on beyond what the scanner is willing to hold back.
        package var isOpen = false
    }

    package struct Scan: Sendable {
        /// Those within the settled part.
        package var findings: [Finding]
        /// So many bytes may go: no URL that more text could change begins in them.
        package var settled: Int
    }

    /// A URL that is longer than this is let through in pieces.
    package static let maxHeld = 16 << 10
    /// So much is held back even then: more than the part of a URL that decides, however it is encoded.
    static let tail = 4 << 10

    private let config: URLConfig

    package init(_ config: URLConfig) { self.config = config }

    /// - Parameter isFinal: No more of this text will come; then all of it is settled.
    package func scan(_ text: String, isFinal: Bool) -> Scan {
        let source = Array(text.utf8)
        let plain = DecodedText(source)
        let marked = Escapes.ofMarkup(plain)
        let decoded = Escapes.ofURLs(marked)
        var matches: [Finding] = []
        for place in URLPlaces(marked.bytes) { look(place, marked, into: &matches) }
        if decoded.bytes.count < marked.bytes.count {
            for place in URLPlaces(decoded.bytes) where isNew(place, decoded, marked) {
                look(place, decoded, into: &matches)
            }
        }
        let merged = Self.merged(matches)
        guard !isFinal else { return Scan(findings: merged, settled: source.count) }
        return settled(merged, source)
    }

    /// Whether escapes that the first look did not undo are in what makes it a URL.
    private func isNew(_ place: URLPlace, _ decoded: DecodedText, _ marked: DecodedText) -> Bool {
        decoded.isEscaped(place.mark)
    }

    private func look(_ place: URLPlace, _ text: DecodedText, into matches: inout [Finding]) {
        guard let objection = objection(to: place, text) else { return }
        matches.append(
            Finding(rule: objection.rule, range: text.original(place.range), sentence: objection.sentence))
    }

    private func objection(to place: URLPlace, _ text: DecodedText) -> (rule: URLRule, sentence: String)? {
        if place.isOpaque {
            guard config.action(.scheme) != .allow, !config.schemes.contains(place.scheme) else { return nil }
            return (.scheme, "A link runs or shows what it holds, or reads a file: its scheme is not https.")
        }
        let isWeb = URLSchemes.web.contains(place.scheme)
        guard isWeb || URLSchemes.fetching.contains(place.scheme) else { return nil }
        // Without a host there is nobody to ask, but a file may be read.
        guard !place.authority.isEmpty || !isWeb else { return nil }
        guard !place.isTooLong else {
            let rule = URLRule.oddAddress
            return config.action(rule) == .allow ? nil : (rule, "A URL's host is longer than any host is.")
        }
        let bytes = text.bytes[place.range.lowerBound..<place.authority.upperBound]
        let url = (place.isRelative ? "https:" : "") + String(decoding: bytes, as: UTF8.self)
        for objection in URLCheck.verdict(url, granted: config.allow).objections {
            guard let rule = URLRule(objection.rule), config.action(rule) != .allow else { continue }
            if rule == .scheme, config.schemes.contains(place.scheme) { continue }
            return (
                rule, "A URL was found: \(objection.sentence.prefix(1).lowercased())\(objection.sentence.dropFirst())"
            )
        }
        return nil
    }

    /// URLs that overlap, one in the query of another, are one finding, named by the most serious rule.
    private static func merged(_ matches: [Finding]) -> [Finding] {
        var groups: [Finding] = []
        for match in matches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard let last = groups.last, match.range.lowerBound < last.range.upperBound else {
                groups.append(match)
                continue
            }
            var group = match.rule.rank < last.rule.rank ? match : last
            group.range = last.range.lowerBound..<max(last.range.upperBound, match.range.upperBound)
            groups[groups.count - 1] = group
        }
        return groups
    }

    private func settled(_ matches: [Finding], _ source: [UInt8]) -> Scan {
        var cut = SafeCut.last(in: source)
        if source.count - cut > Self.maxHeld {
            var forced = max(cut, source.count - Self.tail)
            while forced > 0, source[forced] & 0xC0 == 0x80 { forced -= 1 }
            let crossed = matches.first { $0.range.lowerBound < forced && $0.range.upperBound > forced }
            if let crossed, source.count - crossed.range.lowerBound > Self.maxHeld {
                let open = matches.map { match in
                    var match = match
                    match.isOpen = match.range.upperBound > forced
                    return match
                }
                return Scan(findings: open, settled: source.count)
            }
            cut = crossed?.range.lowerBound ?? forced
        }
        return Scan(findings: matches.filter { $0.range.upperBound <= cut }, settled: cut)
    }
}
