/// A system call that the filter refused, as the handler in the plugin's process tells it on standard error.
///
/// The plugin shares that process and can write such lines too, or flood them: they tell what happened, and prove
/// nothing. That the call was refused does not depend on them.
package struct SandboxViolation: Sendable, Hashable {
    package var number: Int
    /// Nil for a number that this host does not know.
    package var name: String?
    /// The first argument: a family for `socket`, flags for `clone`, a process for `kill`.
    package var firstArgument: UInt64
    /// How often this call was refused so far. Lines come at 1, 2, 4, 8 and so on.
    package var count: UInt32

    /// Nil for any other line. The ending newline may be there or not.
    package init?(line: some StringProtocol, architecture: Architecture = .current) {
        let prefix = "\u{1}jackfield-sandbox "
        guard line.utf8.count <= 128, line.hasPrefix(prefix) else { return nil }
        var fields: [Substring] = []
        for field in line.dropFirst(prefix.count).split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            fields.append(Substring(field))
        }
        guard fields.count == 3,
            let number = Self.value(fields[0], "syscall=", radix: 10), number < UInt64(UInt32.max),
            let argument = Self.value(fields[1], "arg0=", radix: 16),
            let count = Self.value(fields[2], "count=", radix: 10), let count = UInt32(exactly: count)
        else { return nil }
        self.number = Int(number)
        self.name = SystemCalls.name(Int(number), on: architecture)
        self.firstArgument = argument
        self.count = count
    }

    /// A sentence for the log.
    package var message: String {
        let call = name ?? "system call \(number)"
        return
            "The sandbox refused \(call), first argument 0x\(String(firstArgument, radix: 16)), for the \(count). time."
    }

    private static func value(_ field: Substring, _ key: String, radix: Int) -> UInt64? {
        guard field.hasPrefix(key) else { return nil }
        return UInt64(field.dropFirst(key.count), radix: radix)
    }
}
