import Glibc
import Telemetry

/// What a person sees: colours only where somebody can see them.
enum Terminal {
    static let isErrorColoured = coloured(STDERR_FILENO)
    static let isOutputColoured = coloured(STDOUT_FILENO)

    private static func coloured(_ descriptor: Int32) -> Bool {
        if case .human(colours: true) = LogFormat.automatic(descriptor: descriptor) { true } else { false }
    }

    /// One line on standard error.
    static func error(_ sentence: String, prefix: Bool = true) {
        let label = isErrorColoured ? "\u{1b}[31merror:\u{1b}[0m " : "error: "
        write((prefix ? label : "") + sentence + "\n", to: STDERR_FILENO)
    }

    /// One line on standard error that is no error.
    static func note(_ sentence: String) { write(sentence + "\n", to: STDERR_FILENO) }

    /// Text on standard output, at once.
    static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            bytes = bytes.dropFirst(count)
        }
    }

    enum Style: String {
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case dim = "2"
    }

    static func styled(_ text: String, _ style: Style) -> String {
        isOutputColoured ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
    }

    /// Rows in columns as wide as their widest cell.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.enumerated().map { index, row in
            let line = zip(row, widths).enumerated().map { column, cell in
                column == header.count - 1 ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
            }.joined(separator: "  ")
            return index == 0 ? styled(line, .bold) : line
        }.joined(separator: "\n") + "\n"
    }
}
