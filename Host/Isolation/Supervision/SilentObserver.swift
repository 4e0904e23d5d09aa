/// For those who load an isolated plugin and hear of it by its answers alone.
package struct SilentObserver: IsolationObserver {
    package init() {}

    package func wrote(plugin: String, _ line: StderrLine) {}
    package func refused(plugin: String, _ violation: SandboxViolation, times: Int) {}
    package func used(plugin: String, memory: Int64, processorTime: Int64) {}
    package func ended(plugin: String, _ what: String, next: IsolationPhase) {}
    package func restarted(plugin: String, after nanoseconds: Int64) {}
}
