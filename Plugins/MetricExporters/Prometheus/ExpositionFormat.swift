/// The two formats that scrapers read.
package enum ExpositionFormat: Sendable, Hashable {
    /// Prometheus text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
    case text
    /// OpenMetrics 1.0 (github.com/prometheus/OpenMetrics, specification/OpenMetrics.md).
    case openMetrics

    package var contentType: String {
        switch self {
        case .text: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// The format that an Accept header asks for (RFC 9110, section 12.5.1). Text where both are as welcome without
    /// OpenMetrics being named, and also where neither is: an answer that nobody asked for says more than none.
    package init(accept: String?) {
        guard let accept else {
            self = .text
            return
        }
        var text = Preference()
        var openMetrics = Preference()
        for range in accept.splitOutsideQuotes(",") {
            let parts = range.splitOutsideQuotes(";")
            guard let type = parts.first?.lowercased() else { continue }
            var version: String?
            var quality = 1.0
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
                guard pair.count == 2 else { continue }
                switch pair[0].lowercased() {
                case "version": version = pair[1].filter { $0 != "\"" }
                case "q": quality = Double(pair[1]).map { $0.isFinite ? min(max($0, 0), 1) : 0 } ?? 0
                default: break
                }
            }
            switch type {
            case "application/openmetrics-text" where [nil, "1.0.0", "0.0.1"].contains(version):
                openMetrics.add(quality, specificity: 3)
            case "text/plain" where [nil, "0.0.4"].contains(version): text.add(quality, specificity: 3)
            case "application/*": openMetrics.add(quality, specificity: 2)
            case "text/*": text.add(quality, specificity: 2)
            case "*/*":
                openMetrics.add(quality, specificity: 1)
                text.add(quality, specificity: 1)
            default: break
            }
        }
        let isWanted =
            openMetrics.quality > text.quality
            || (openMetrics.quality == text.quality && openMetrics.quality > 0 && openMetrics.specificity == 3)
        self = isWanted ? .openMetrics : .text
    }

    /// How welcome a format is: the most specific range decides, among equals the most generous.
    private struct Preference {
        var quality = 0.0
        var specificity = 0

        mutating func add(_ quality: Double, specificity: Int) {
            if specificity > self.specificity {
                self.specificity = specificity
                self.quality = quality
            } else if specificity == self.specificity {
                self.quality = max(self.quality, quality)
            }
        }
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// The pieces between separators that do not stand in a quoted string.
    fileprivate func splitOutsideQuotes(_ separator: Character) -> [String] {
        var isQuoted = false
        return split { character in
            if character == "\"" { isQuoted.toggle() }
            return character == separator && !isQuoted
        }.map(\.trimmed)
    }
}
