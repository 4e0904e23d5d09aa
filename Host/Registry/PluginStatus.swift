/// Where an instance stands. Moves only along `allowed`.
package enum PluginStatus: String, Sendable, Hashable, CaseIterable {
    /// Switched off in the manifest.
    case disabled
    /// Known, not yet looked at.
    case configured
    /// Being found, checked, loaded and created.
    case loading
    /// Takes calls.
    case ready
    /// Could not be loaded; the reason is in the load report.
    case failed
    /// Takes no new calls; those in flight are being finished.
    case draining
    /// Gave everything back.
    case stopped

    /// The transitions that there are. Everything else is a mistake of the host.
    package static let allowed: [PluginStatus: Set<PluginStatus>] = [
        .configured: [.loading],
        .loading: [.ready, .failed],
        .ready: [.draining],
        .draining: [.stopped],
    ]

    package func mayBecome(_ next: PluginStatus) -> Bool { Self.allowed[self]?.contains(next) ?? false }
}
