import Glibc

/// How lines look.
package enum LogFormat: Sendable, Hashable {
    /// One JSON object a line, for machines.
    case json
    /// One line of text, for people.
    case human(colours: Bool)

    /// The human form if the descriptor is a terminal, JSON otherwise. Colours only on a terminal, and not where
    /// `NO_COLOR` is set to anything (no-color.org) or `TERM` is `dumb` or missing.
    ///
    /// - Parameter environment: looks a variable up.
    package static func automatic(
        descriptor: Int32, environment: (String) -> String? = Self.environment
    ) -> LogFormat {
        isatty(descriptor) == 1
            ? .human(colours: coloursWanted(descriptor: descriptor, environment: environment)) : .json
    }

    /// Whether text written to the descriptor may have colours.
    package static func coloursWanted(
        descriptor: Int32, environment: (String) -> String? = Self.environment
    ) -> Bool {
        guard isatty(descriptor) == 1, (environment("NO_COLOR") ?? "").isEmpty else { return false }
        let terminal = environment("TERM") ?? ""
        return !terminal.isEmpty && terminal != "dumb"
    }

    package static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
