import EventLoops
import Glibc
import JackfieldVocabulary
import Logging
import Manifest
import NIOCore
import NIOPosix
import Telemetry
import Testing

@testable import Orchestration
@testable import Registry

@Suite("The way to a notifier that is not running")
struct NotificationChannelTests {
    private let metrics = MetricsRegistry()

    private func channel(_ group: MultiThreadedEventLoopGroup, queue: Int) -> NotificationChannel {
        var settings = NotificationChannel.Settings()
        settings.queue = queue
        settings.retries = 0
        return NotificationChannel(
            RegisteredPlugin(PluginConfig(id: PluginInstanceID(unchecked: "page"))),
            executor: LoopExecutors([group.next()]).all[0], settings: settings, metrics: metrics,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    private func job(_ number: Int) -> NotificationChannel.Job {
        .notify(
            Notifier.Alert(
                id: "\(number)", rule: "test", severity: .info, title: "A test.", source: "here", started: 1))
    }

    private func count(_ outcome: String) -> Double {
        metrics.counter(.notifications, [.plugin: "page", .outcome: outcome]).value
    }

    @Test("drops the oldest when too much waits, and counts that")
    func drops() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = channel(group, queue: 2)
        // The loop is held, so that nothing is taken out meanwhile.
        let gate = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        sem_init(gate, 0, 0)
        nonisolated(unsafe) let held = gate
        group.next().execute { sem_wait(held) }
        for number in 0..<5 { channel.give(job(number)) }
        #expect(count("dropped") == 3)
        sem_post(gate)
        while count("failed") < 2 { await Task.yield() }
        await channel.stop()
        #expect(count("failed") == 2 && count("delivered") == 0)
        try await group.shutdownGracefully()
        sem_destroy(gate)
        gate.deallocate()
    }

    @Test("tells nothing any more once it was stopped")
    func stops() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = channel(group, queue: 2)
        await channel.stop()
        channel.give(job(1))
        #expect(count("failed") == 0 && count("dropped") == 0)
        try await group.shutdownGracefully()
    }
}
