package import JackfieldVocabulary

/// Where a measurement begins to be bad. In all of them more is worse.
package struct Threshold: Sendable, Hashable {
    package var warning: Double
    package var critical: Double

    package init(warning: Double, critical: Double) {
        self.warning = warning
        self.critical = critical
    }

    /// The severity of a value, and the threshold that decided: for a value that is fine, the one it stays below.
    package func judge(_ value: Double) -> (severity: Agent.Severity, decisive: Double) {
        if value >= critical { return (.critical, critical) }
        return (value >= warning ? .warning : .ok, warning)
    }
}

/// The measurements that have a threshold, by their keys in the configuration.
package enum Metric: String, Sendable, Hashable, CaseIterable {
    case cpuBusy = "cpu_busy_percent"
    case cpuIOWait = "cpu_iowait_percent"
    case cpuSteal = "cpu_steal_percent"
    case cpuThrottled = "cpu_throttled_percent"
    case loadPerCore = "load_per_core"
    case memoryUsed = "memory_used_percent"
    case swapUsed = "swap_used_percent"
    case swapRate = "swap_bytes_per_second"
    case pressureCPU = "pressure_cpu_percent"
    case pressureMemory = "pressure_memory_percent"
    case pressureIO = "pressure_io_percent"
    case diskSpace = "disk_space_used_percent"
    case diskInodes = "disk_inodes_used_percent"
    case diskBusy = "disk_busy_percent"
    case networkUse = "network_used_percent"
    case networkErrors = "network_errors_per_second"
    case networkDrops = "network_drops_per_second"
    case openFiles = "open_files_percent"
    case zombies = "zombie_processes"
    case blocked = "blocked_processes"

    package var isPercent: Bool { rawValue.hasSuffix("_percent") }

    /// What holds where the configuration says nothing.
    package var standard: Threshold {
        switch self {
        case .cpuBusy: Threshold(warning: 85, critical: 95)
        case .cpuIOWait: Threshold(warning: 20, critical: 40)
        case .cpuSteal: Threshold(warning: 10, critical: 25)
        case .cpuThrottled: Threshold(warning: 10, critical: 50)
        case .loadPerCore: Threshold(warning: 1.5, critical: 4)
        case .memoryUsed: Threshold(warning: 85, critical: 95)
        case .swapUsed: Threshold(warning: 50, critical: 85)
        case .swapRate: Threshold(warning: 1_048_576, critical: 10_485_760)
        case .pressureCPU: Threshold(warning: 40, critical: 80)
        case .pressureMemory: Threshold(warning: 10, critical: 40)
        case .pressureIO: Threshold(warning: 30, critical: 70)
        case .diskSpace: Threshold(warning: 85, critical: 95)
        case .diskInodes: Threshold(warning: 85, critical: 95)
        case .diskBusy: Threshold(warning: 80, critical: 95)
        case .networkUse: Threshold(warning: 75, critical: 90)
        case .networkErrors: Threshold(warning: 1, critical: 50)
        case .networkDrops: Threshold(warning: 10, critical: 500)
        case .openFiles: Threshold(warning: 80, critical: 95)
        case .zombies: Threshold(warning: 20, critical: 200)
        case .blocked: Threshold(warning: 8, critical: 32)
        }
    }
}

package typealias Thresholds = [Metric: Threshold]
