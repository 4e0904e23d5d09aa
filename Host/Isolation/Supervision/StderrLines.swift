/// What a runner writes to standard error, as lines for the log: bounded in length and in number, and with the sandbox's
/// reports taken out.
struct StderrLines {
    /// Bytes of a line; what is longer is cut.
    static let longestLine = 2048
    /// Bytes at once, and bytes a second after that.
    static let burst = 64 * 1024
    static let rate = 8 * 1024

    private var line: [UInt8] = []
    private var isCut = false
    private var allowance = StderrLines.burst
    private var refilled: Int64
    private var dropped = 0

    /// - Parameter now: nanoseconds of CLOCK_MONOTONIC.
    init(now: Int64) { refilled = now }

    mutating func take(_ bytes: UnsafeRawBufferPointer, now: Int64) -> [StderrLine] {
        let earned = (now - refilled) / 1_000_000 * Int64(Self.rate) / 1000
        if earned > 0 {
            allowance = min(Self.burst, allowance + Int(earned))
            refilled = now
        }
        var lines: [StderrLine] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                finish(&lines)
            } else if line.count < Self.longestLine {
                line.append(byte)
            } else {
                isCut = true
            }
        }
        return lines
    }

    /// The process is gone: what it began to say is a line.
    mutating func end() -> [StderrLine] {
        var lines: [StderrLine] = []
        if !line.isEmpty { finish(&lines) }
        if dropped > 0 { lines.append(.dropped(dropped)) }
        dropped = 0
        return lines
    }

    private mutating func finish(_ lines: inout [StderrLine]) {
        defer {
            line.removeAll(keepingCapacity: true)
            isCut = false
        }
        guard !line.isEmpty else { return }
        if line.first == 1, let violation = SandboxViolation(line: String(decoding: line, as: UTF8.self)) {
            return lines.append(.violation(violation))
        }
        guard allowance >= line.count else {
            dropped += line.count + 1
            return
        }
        allowance -= line.count + 1
        if dropped > 0 {
            lines.append(.dropped(dropped))
            dropped = 0
        }
        lines.append(.text(String(decoding: line, as: UTF8.self) + (isCut ? "…" : "")))
    }
}

package enum StderrLine: Sendable, Hashable {
    case text(String)
    /// The sandbox refused a system call.
    case violation(SandboxViolation)
    /// So many bytes were left out, because there were too many.
    case dropped(Int)
}
