/// Which areas of the findings a question is about.
enum QuestionAreas {
    /// Words that people use for an area that the id calls otherwise. An area's own name, and its plural, count anyway.
    private static let words: [String: Set<String>] = [
        "cpu": ["processor", "processors", "core", "cores", "compute"],
        "load": ["cpu", "processor", "processors", "busy"],
        "memory": ["ram", "oom", "mem"],
        "swap": ["swapping", "paging"],
        "pressure": ["stall", "stalls", "stalled", "contention", "psi"],
        "disk": [
            "storage", "space", "inode", "inodes", "filesystem", "filesystems", "drive", "drives", "mount", "volume",
            "io",
        ],
        "filesystem": ["disk", "disks", "storage", "space", "inode", "inodes", "drive", "mount", "volume"],
        "network": ["net", "bandwidth", "traffic", "packet", "packets", "interface", "interfaces", "nic"],
        "process": ["task", "tasks", "program", "programs", "zombie", "zombies", "application", "applications"],
        "processes": ["task", "tasks", "program", "programs", "zombie", "zombies", "application", "applications"],
        "files": ["file", "descriptor", "descriptors", "handles"],
        "uptime": ["boot", "booted", "reboot", "rebooted", "running"],
    ]

    /// Those of `areas` that the question names; none for a question about the whole.
    static func areas(in question: String, among areas: Set<String>) -> Set<String> {
        let asked = Set(question.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
        return areas.filter { area in
            let name = area.lowercased()
            let isNamed =
                asked.contains(name) || asked.contains(name + "s") || asked.contains(name + "es")
                || (name.hasSuffix("es") && asked.contains(String(name.dropLast(2))))
            return isNamed || !(words[name] ?? []).isDisjoint(with: asked)
        }
    }
}
