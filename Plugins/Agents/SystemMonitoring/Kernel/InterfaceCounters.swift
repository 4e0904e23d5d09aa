/// What a network interface did since it was there (/proc/net/dev).
struct InterfaceCounters: Sendable {
    let name: String
    let bytesReceived: UInt64
    let errorsReceived: UInt64
    let dropsReceived: UInt64
    let bytesSent: UInt64
    let errorsSent: UInt64
    let dropsSent: UInt64
    /// Bits per second as the driver says; nil for a virtual interface.
    let speed: Double?

    init?(_ line: ArraySlice<UInt8>, _ tree: SystemTree) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let numbers = line[(colon + 1)...].fields.map { $0.unsigned ?? 0 }
        guard numbers.count >= 16, let name = line[..<colon].fields.first?.text else { return nil }
        self.name = name
        bytesReceived = numbers[0]
        errorsReceived = numbers[2]
        dropsReceived = numbers[3]
        bytesSent = numbers[8]
        errorsSent = numbers[10]
        dropsSent = numbers[11]
        let megabits = tree.text("/sys/class/net/\(name)/speed")?.fields.first?.unsigned
        speed = megabits.flatMap { $0 > 0 && $0 < 10_000_000 ? Double($0) * 1_000_000 : nil }
    }

    /// The interfaces that ever had traffic. The loopback never leaves the machine; the host's end of a container's pair
    /// repeats what the bridge counts.
    static func read(_ tree: SystemTree) throws(Unreadable) -> [InterfaceCounters] {
        try tree.read("/proc/net/dev").lines.compactMap { InterfaceCounters($0, tree) }.filter {
            $0.name != "lo" && !$0.name.hasPrefix("veth") && $0.bytesReceived + $0.bytesSent > 0
        }
    }
}
