/// What a runner writes to standard error, as lines for the log: bounded in length and in number, and with the sandbox's
/// reports taken out.
struct StderrLines {
    /// Bytes of a line; what is longer is cut.
    static let longestLine = 2048
    /// Bytes of ordinary lines at once, and a second after that.
    static let burst = 64 * 1024
    static let rate = 8 * 1024

    /// What may come at once, and a second after that.
    private struct Allowance {
        let burst: Double
        let rate: Double
        private var left: Double
        private var refilled: Int64

        init(burst: Double, rate: Double, now: Int64) {
            self.burst = burst
            self.rate = rate
            left = burst
            refilled = now
        }

        mutating func refill(_ now: Int64) {
            left = min(burst, left + Double(max(0, now - refilled)) / 1e9 * rate)
            refilled = now
        }

        mutating func spend(_ amount: Int) -> Bool {
            guard left >= Double(amount) else { return false }
            left -= Double(amount)
            return true
        }
    }

    private var line: [UInt8] = []
    private var isCut = false
    /// Bytes of ordinary lines.
    private var bytes: Allowance
    /// Lines of the sandbox: heard also beside much noise, but a plugin can write them as well.
    private var violations: Allowance
    private var dropped = 0

    /// - Parameter now: nanoseconds of CLOCK_MONOTONIC.
    init(now: Int64) {
        bytes = Allowance(burst: Double(Self.burst), rate: Double(Self.rate), now: now)
        violations = Allowance(burst: 512, rate: 8, now: now)
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer, now: Int64) -> [StderrLine] {
        self.bytes.refill(now)
        violations.refill(now)
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
        let text = String(decoding: line, as: UTF8.self)
        let violation = line.first == 1 ? SandboxViolation(line: text) : nil
        guard violation == nil ? bytes.spend(line.count + 1) : violations.spend(1) else {
            dropped += line.count + 1
            return
        }
        if dropped > 0 {
            lines.append(.dropped(dropped))
            dropped = 0
        }
        lines.append(violation.map { .violation($0) } ?? .text(text + (isCut ? "…" : "")))
    }
}

package enum StderrLine: Sendable, Hashable {
    case text(String)
    /// The sandbox refused a system call.
    case violation(SandboxViolation)
    /// So many bytes were left out, because there were too many.
    case dropped(Int)
}
