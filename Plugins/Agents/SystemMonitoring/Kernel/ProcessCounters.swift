/// One process at one moment (proc_pid_stat(5)). Command lines are not read: they hold secrets.
struct ProcessCounters: Sendable {
    let id: Int32
    let name: String
    /// A letter: R running, S sleeping, D waiting without being interruptible, Z dead and not reaped.
    let state: Character
    let parent: Int32
    /// Processor time in user and kernel mode.
    let ticks: UInt64
    /// Ticks after the machine's start: with the id it tells a process from a later one of the same id.
    let start: UInt64
    let residentPages: UInt64

    init?(_ text: KernelText) {
        let bytes = text.bytes[...]
        // The name may hold blanks and brackets itself.
        guard let open = bytes.firstIndex(of: UInt8(ascii: "(")), let close = bytes.lastIndex(of: UInt8(ascii: ")")),
            open < close, let id = Int32(bytes[..<open].fields.first?.text ?? "")
        else { return nil }
        let fields = bytes[(close + 1)...].fields
        guard fields.count > 21, let state = fields[0].text.first, let user = fields[11].unsigned,
            let system = fields[12].unsigned, let start = fields[19].unsigned
        else { return nil }
        self.id = id
        name = bytes[(open + 1)..<close].text
        self.state = state
        parent = Int32(fields[1].text) ?? 0
        ticks = user &+ system
        self.start = start
        residentPages = fields[21].unsigned ?? 0
    }

    /// Every process that is there while this runs; those that end meanwhile are left out.
    static func read(_ tree: SystemTree) throws(Unreadable) -> [ProcessCounters] {
        try tree.processIDs().compactMap { tree.text("/proc/\($0)/stat").flatMap { ProcessCounters($0) } }
    }
}

/// The exact memory of a process, in bytes (proc_pid_status(5)): what `stat` says of it is allowed to lag behind.
struct ProcessMemory: Sendable {
    let resident: UInt64
    let swapped: UInt64

    /// Nil for a process that has ended or that has no memory of its own.
    init?(of id: Int32, _ tree: SystemTree) {
        guard let values = tree.text("/proc/\(id)/status")?.values, let resident = values["VmRSS"] else { return nil }
        self.resident = resident * 1024
        swapped = (values["VmSwap"] ?? 0) * 1024
    }
}
