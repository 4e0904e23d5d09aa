package import JackfieldVocabulary

/// What a question may be about. A finding belongs to one by the start of its id.
package enum Area: String, Sendable, Hashable, CaseIterable {
    case cpu
    case memory
    case swap
    case pressure
    case disk
    case network
    case processes
    case files
    case machine

    package init?(of finding: Agent.Finding) {
        self.init(rawValue: String(finding.id.prefix { $0 != "." }))
    }

    /// Words of a question that point here, in lower case and without the plural.
    private var words: Set<String> {
        switch self {
        case .cpu:
            [
                "cpu", "processor", "core", "load", "iowait", "steal", "throttled", "throttling", "computing",
                "compute",
            ]
        case .memory: ["memory", "ram", "oom", "heap"]
        case .swap: ["swap", "swapping", "swapped", "paging"]
        case .pressure: ["pressure", "psi", "stall", "stalled", "contention"]
        case .disk:
            [
                "disk", "drive", "storage", "space", "filesystem", "inode", "mount", "ssd", "hdd", "io", "i/o", "iops",
                "volume", "partition",
            ]
        case .network: ["network", "interface", "bandwidth", "traffic", "packet", "nic", "ethernet", "wifi"]
        case .processes: ["process", "processe", "program", "zombie", "pid", "task"]
        case .files: ["descriptor", "handle", "fd"]
        case .machine: ["uptime", "reboot", "rebooted", "restarted", "boot", "booted"]
        }
    }

    /// The areas that a question names, in the order in which it names them; none for a question about everything.
    package static func named(in question: String) -> [Area] {
        var found: [Area] = []
        for word in question.lowercased().split(whereSeparator: { !$0.isLetter && $0 != "/" }) {
            let singular = word.count > 3 && word.hasSuffix("s") ? word.dropLast() : word
            for area in allCases where area.words.contains(String(singular)) || area.words.contains(String(word)) {
                if !found.contains(area) { found.append(area) }
            }
        }
        return found
    }
}
