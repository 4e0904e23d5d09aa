import JackfieldVocabulary

extension SystemMonitoringAgent {
    static let description = Agent.Description(
        summary:
            "Measures the machine that Jackfield runs on (CPU, memory, swap, pressure, disks, network, processes), "
            + "compares it to stated thresholds, and answers questions about its health.",
        capabilities: [
            Agent.Capability(
                id: "health", description: "Whether the machine as a whole is well, and what is wrong with it if not.",
                keywords: [
                    "machine", "system", "server", "host", "computer", "health", "healthy", "status", "monitoring",
                    "performance", "slow", "sluggish", "overloaded", "bottleneck", "problem", "wrong", "uptime",
                    "resources", "diagnose",
                ],
                examples: [
                    "Is this machine healthy?", "Why is the server so slow?", "What is wrong with this computer?",
                    "How long has the system been up?",
                ]),
            Agent.Capability(
                id: "cpu", description: "How busy the processors are, with what, and the load averages.",
                keywords: [
                    "cpu", "processor", "cores", "load", "load average", "busy", "utilisation", "utilization", "usage",
                    "iowait", "steal", "throttling",
                ],
                examples: ["How busy is the CPU?", "What is the load average?", "Is the container being throttled?"]),
            Agent.Capability(
                id: "memory", description: "How much memory is used and left, also within a container's limit.",
                keywords: [
                    "memory", "ram", "available memory", "free memory", "out of memory", "oom", "leak", "usage",
                ],
                examples: ["How much memory is free?", "Are we running out of RAM?"]),
            Agent.Capability(
                id: "swap", description: "How much swap space is used, and how fast the machine swaps.",
                keywords: ["swap", "swapping", "paging", "swap space", "thrashing"],
                examples: ["Is the machine swapping?", "How much swap is in use?"]),
            Agent.Capability(
                id: "pressure",
                description: "How long tasks wait for CPU, memory and disks (pressure stall information).",
                keywords: ["pressure", "psi", "stall", "contention", "waiting", "memory pressure", "io pressure"],
                examples: ["Is there memory pressure?", "What are tasks waiting for?"]),
            Agent.Capability(
                id: "disk", description: "Space and inodes of every filesystem; throughput and utilisation of disks.",
                keywords: [
                    "disk", "disk space", "storage", "filesystem", "full", "free space", "inodes", "iops", "throughput",
                    "mount", "partition", "drive", "volume", "read", "write",
                ],
                examples: ["Is any disk nearly full?", "How much disk space is left?", "How busy is the disk?"]),
            Agent.Capability(
                id: "network", description: "Rates, errors and dropped packets of the network interfaces.",
                keywords: [
                    "network", "interface", "bandwidth", "traffic", "packets", "dropped packets", "packet loss",
                    "network errors", "throughput",
                ],
                examples: ["How much network traffic is there?", "Are packets being dropped?"]),
            Agent.Capability(
                id: "processes",
                description: "Which processes use most CPU and memory; zombies, blocked ones, open files.",
                keywords: [
                    "process", "processes", "top", "program", "pid", "zombie", "blocked", "file descriptors",
                    "open files", "consuming", "using most",
                ],
                examples: [
                    "Which process uses the most CPU?", "What is eating all the memory?", "Are there zombie processes?",
                ]),
        ])
}
