import Logging

/// The value of a field of a line.
enum LogValue: Sendable {
    case text(String)
    case int(Int)
    case double(Double)
    case bool(Bool)
    /// Nanoseconds, shown as milliseconds with three decimals.
    case milliseconds(Int64)
    /// JSON that is known to be well-formed.
    case json([UInt8])
    case redacted
}

// One line in either form: `begin`, any number of `field`, `end`. No newline: the sink adds it.
extension LogLine {
    /// What every line has. `message` is static text; what varies belongs into fields.
    mutating func begin(
        _ format: LogFormat, _ time: WallTime, _ level: Logger.Level, logger: String, _ message: String,
        _ correlation: CorrelationID?
    ) {
        switch format {
        case .json:
            text("{\"time\":\"")
            rfc3339(time)
            text("\",\"level\":\"")
            raw(level.rawValue)
            text("\",\"message\":")
            quoted(message)
            text(",\"logger\":")
            quoted(logger)
            if let correlation {
                text(",\"request_id\":\"")
                correlation.write(to: &self)
                byte("\"")
            }
        case .human(let colours):
            beginHuman(colours, time, level, logger)
            visible(message)
            if let correlation {
                key("request_id", colours)
                correlation.write(to: &self)
            }
        }
    }

    mutating func field(_ name: String, _ value: LogValue, _ format: LogFormat) {
        switch format {
        case .json:
            byte(",")
            quoted(name)
            byte(":")
            json(value)
        case .human(let colours):
            key(name, colours)
            human(value)
        }
    }

    mutating func end(_ format: LogFormat) {
        if format == .json { byte("}") }
    }

    mutating func json(_ value: LogValue) {
        switch value {
        case .text(let text): quoted(text)
        case .int(let number): int(number)
        case .double(let number): number.isFinite ? raw(number.description) : quoted(number.description)
        case .bool(let value): raw(value ? "true" : "false")
        case .milliseconds(let nanoseconds): milliseconds(nanoseconds)
        case .json(let bytes): self.bytes.append(contentsOf: bytes)
        case .redacted: quoted(redactedText)
        }
    }

    private mutating func human(_ value: LogValue) {
        switch value {
        case .text(let text): isPlain(text) ? raw(text) : quoted(text)
        case .redacted: raw(redactedText)
        case .int, .double, .bool, .milliseconds, .json: json(value)
        }
    }

    /// Whether the text can stand after `key=` as it is, and still be told from what follows.
    private func isPlain(_ text: String) -> Bool {
        text.withBytes { bytes in
            !bytes.isEmpty
                && !bytes.indices.contains { i in
                    bytes[i] <= 0x20 || bytes[i] == 0x7f || bytes[i] == UInt8(ascii: "\"")
                        || bytes[i] == UInt8(ascii: "=")
                        || (bytes[i] & 0xe0 == 0x80 && i > 0 && bytes[i - 1] == 0xc2)
                }
        }
    }

    private mutating func key(_ name: String, _ colours: Bool) {
        byte(" ")
        if colours { text("\u{1b}[2m") }
        visible(name)
        byte("=")
        if colours { text("\u{1b}[0m") }
    }

    private mutating func beginHuman(_ colours: Bool, _ time: WallTime, _ level: Logger.Level, _ logger: String) {
        if colours { text("\u{1b}[2m") }
        timeOfDay(time.civil)
        if colours { text("\u{1b}[0m") }
        byte(" ")
        let (colour, word): (StaticString, StaticString) =
            switch level {
            case .trace: ("\u{1b}[2m", "TRACE   ")
            case .debug: ("\u{1b}[36m", "DEBUG   ")
            case .info: ("\u{1b}[32m", "INFO    ")
            case .notice: ("\u{1b}[34m", "NOTICE  ")
            case .warning: ("\u{1b}[33m", "WARNING ")
            case .error: ("\u{1b}[31m", "ERROR   ")
            case .critical: ("\u{1b}[1;31m", "CRITICAL ")
            }
        if colours { text(colour) }
        text(word)
        if colours { text("\u{1b}[0m\u{1b}[2m") }
        visible(logger)
        byte(":")
        if colours { text("\u{1b}[0m") }
        byte(" ")
    }
}
