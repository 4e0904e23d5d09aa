/// Takes a model's name apart as vendors compose them: where it runs, who made it, which model, which version of it.
/// "us.anthropic.claude-sonnet-4-5-20250929-v1:0" and "claude-sonnet-4-5@20250929" are "claude-sonnet-4-5".
struct VendorModelName {
    /// Names to look for, the most exact first.
    let candidates: [String]
    /// A name of Amazon Bedrock that binds the request to a region or continent.
    let isRegional: Bool

    init(_ model: String) {
        // A gateway puts the vendor before a slash, an ARN of a Bedrock profile its kind.
        let name =
            model.utf8.lastIndex(of: UInt8(ascii: "/")).map { model[model.utf8.index(after: $0)...] } ?? model[...]
        let place = Self.places.first { name.hasPrefix($0) }
        let local = name.dropFirst(place?.count ?? 0)
        let isBedrock = Self.bedrockVendors.contains { local.hasPrefix($0) }
        isRegional = isBedrock && place != "global."
        // Anthropic's models have the same names there, behind the vendor's.
        let bare = local.hasPrefix("anthropic.") ? local.dropFirst("anthropic.".count) : local
        var found: [String] = [String(bare)]
        var rest = bare
        while let shorter = Self.withoutVersion(rest) {
            found.append(String(shorter))
            rest = shorter
        }
        candidates = found
    }

    private static let places = ["global.", "us-gov.", "apac.", "us.", "eu.", "jp.", "au.", "ca."]
    private static let bedrockVendors = ["anthropic.", "amazon.", "openai."]

    /// Without the last part that tells versions of one model apart: ":0", "@20250929", "-v1", "-latest", "-20250929",
    /// "-2024-08-06". Nil when there is none.
    private static func withoutVersion(_ name: Substring) -> Substring? {
        if let mark = name.lastIndex(where: { $0 == ":" || $0 == "@" }) { return name[..<mark] }
        guard let dash = name.lastIndex(of: "-") else { return nil }
        let end = name[name.index(after: dash)...]
        if end == "latest" || (end.first == "v" && isNumber(end.dropFirst(), 1...2)) || isNumber(end, 8...8) {
            return name[..<dash]
        }
        let parts = name.split(separator: "-", omittingEmptySubsequences: false).suffix(4)
        let isDate = parts.count == 4 && zip(parts.suffix(3), [4, 2, 2]).allSatisfy { isNumber($0, $1...$1) }
        return isDate ? name.dropLast("-2024-08-06".count) : nil
    }

    private static func isNumber(_ text: Substring, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.utf8.count) && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
}
