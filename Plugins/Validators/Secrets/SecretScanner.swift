import JackfieldPlugin

/// Finds secrets in a text, whole or in pieces. Made once; used from any thread.
///
/// One pass looks for all the words that a secret begins with or is named by; only where one stands do the rules look
/// closer. What they look at is bounded, so that the cost is linear in the text.
package struct SecretScanner: Sendable {
    package struct Finding: Sendable, Hashable {
        package var rule: SecretRule
        /// Bytes of the text as it was given, on scalar boundaries. Findings do not overlap and are in order.
        package var range: Range<Int>
        /// A checksum that tokens of this kind carry was right, or wrong; nil where there is none.
        package var checksum: Bool?
        /// The secret goes on beyond what the scanner is willing to hold back.
        package var isOpen: Bool
    }

    package struct Scan: Sendable {
        /// Those within the settled part.
        package var findings: [Finding]
        /// So many bytes may go: no secret that more text could complete begins in them.
        package var settled: Int
    }

    /// A word that is longer than this is let through but for its last 4 KiB, though it might be a secret.
    package static let maxHeld = 32 << 10

    private enum Anchor: Sendable {
        case token(TokenShape)
        case privateKey
        case jwt
        case url
        case authorization
        case bearer
        case assignment(Assignment.Kind)
    }

    private let anchors: [Anchor]
    private let matcher: LiteralMatcher
    private let config: SecretsConfig
    private let allowed: Set<[UInt8]>

    package init(_ config: SecretsConfig) {
        self.config = config
        allowed = Set(config.allow.map { Array(NormalizedText($0, []).bytes) })
        let words: [(String, Anchor)] =
            TokenShape.all.map { (String(decoding: $0.prefix, as: UTF8.self), .token($0)) }
            + [
                ("-----BEGIN", .privateKey), ("eyJ", .jwt), ("://", .url), ("authorization", .authorization),
                ("bearer", .bearer),
            ] + Assignment.names.map { ($0.name, .assignment($0.kind)) }
        anchors = words.map(\.1)
        guard let matcher = LiteralMatcher(words.map { Array($0.0.utf8) }, folding: \.lowerCase) else {
            preconditionFailure("the rules' own words have far fewer bytes than a matcher can hold")
        }
        self.matcher = matcher
    }

    /// - Parameter isFinal: No more of this text will come; then all of it is settled.
    package func scan(_ text: String, isFinal: Bool) -> Scan {
        let normalized = NormalizedText(text, [])
        let scanned = ScannedText(bytes: normalized.bytes, isFinal: isFinal)
        var matches: [SecretMatch] = []
        var held = scanned.bytes.count
        for hit in matcher.matches(in: scanned.bytes) {
            do throws(Unfinished) {
                if let match = try look(scanned, hit), applies(match, scanned) { matches.append(match) }
            } catch {
                held = min(held, hit.range.lowerBound)
            }
        }
        if config.personalData {
            PersonalData.scan(scanned) { match in
                if applies(match, scanned) { matches.append(match) }
            } unfinished: {
                held = min(held, $0)
            }
        }
        let cut = isFinal ? scanned.bytes.count : cut(scanned, held: held, matches)
        let settled = cut == scanned.bytes.count ? text.utf8.count : normalized.original(cut..<cut + 1).lowerBound
        let findings = merged(matches.filter { $0.range.upperBound <= cut }, normalized)
        return Scan(findings: findings, settled: settled)
    }

    private func look(_ text: ScannedText, _ hit: LiteralMatcher.Match) throws(Unfinished) -> SecretMatch? {
        let range = hit.range
        switch anchors[hit.literal] {
        case .token(let shape): return try shape.match(text, at: range.lowerBound)
        case .privateKey: return try PrivateKey(text, at: range.lowerBound).match()
        case .jwt: return try JSONWebToken.match(text, at: range.lowerBound)
        case .url: return try URLPassword.match(text, at: range.lowerBound)
        case .authorization: return try Authorization.match(text, name: range.lowerBound, to: range.upperBound)
        case .bearer: return try Authorization.bearer(text, name: range.lowerBound, to: range.upperBound)
        case .assignment(let kind):
            return try Assignment(text, name: range, kind: kind, minEntropy: config.minEntropy).match()
        }
    }

    private func applies(_ match: SecretMatch, _ text: ScannedText) -> Bool {
        (allowed.isEmpty || !allowed.contains(Array(text.bytes[match.range])))
            && (config.disabledRules.isEmpty || !config.disabledRules.contains(match.rule.id))
    }

    /// The last place where the text may be cut: not within something unbroken, since that may be the beginning of a
    /// word that rules look for; not after where a rule wants to see more; not within a match or between it and its
    /// name. What comes after the cut is then judged as it would have been in the whole text.
    private func cut(_ text: ScannedText, held: Int, _ matches: [SecretMatch]) -> Int {
        var cut = text.start(ofUnbroken: held)
        for match in matches.sorted(by: { $0.range.upperBound > $1.range.upperBound })
        where match.range.upperBound > cut {
            if match.isOpen { return text.bytes.count }
            if match.anchor < cut { cut = text.start(ofUnbroken: match.anchor) }
        }
        guard text.bytes.count - cut > Self.maxHeld else { return cut }
        // Rules look at no more than about 16 KiB, so that what they hold back never adds up to the bound.
        cut = min(held, text.bytes.count - (4 << 10))
        while cut > 0, text.bytes[cut] & 0xC0 == 0x80 { cut -= 1 }
        let crossed = matches.filter { $0.anchor < cut && $0.range.upperBound > cut }.map(\.anchor).min()
        return crossed ?? cut
    }

    /// Matches that overlap are one finding, named by the most specific rule.
    private func merged(_ matches: [SecretMatch], _ text: NormalizedText) -> [Finding] {
        guard !matches.isEmpty else { return [] }
        var groups: [SecretMatch] = []
        for match in matches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard let last = groups.last, match.range.lowerBound < last.range.upperBound else {
                groups.append(match)
                continue
            }
            var group = match.rule.rank < last.rule.rank ? match : last
            group.range = last.range.lowerBound..<max(last.range.upperBound, match.range.upperBound)
            group.isOpen = match.isOpen || last.isOpen
            groups[groups.count - 1] = group
        }
        return groups.map {
            Finding(rule: $0.rule, range: text.original($0.range), checksum: $0.checksum, isOpen: $0.isOpen)
        }
    }
}
