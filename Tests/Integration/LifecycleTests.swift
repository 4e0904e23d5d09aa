import Foundation
import JackfieldJSON
import TestSupport
import Testing

/// The fixtures end the process themselves where two lifecycle functions would run at once.
@Suite("A plugin whose lifecycle functions never return")
struct LifecycleTests {
    @Test("at the start is listed as failed, and the others work")
    func start() throws {
        let fixtures = ["agent/stuck-create", "agent/stuck-open", "agent/hello"]
        let started = monotonicNanoseconds()
        try HostProcess.serving(
            Manifests.plugins(fixtures, server: "drain_timeout: 1s"), plugins: FixturePath(fixtures)
        ) { host in
            #expect((monotonicNanoseconds() - started) / 1_000_000_000 < 50, "five seconds each, and a start")
            for (id, function) in [("stuck-create", "create"), ("stuck-open", "open")] {
                let state = try PluginState(of: id, in: host)
                #expect(state.status == "failed", "\(id): \(state)")
                #expect(
                    state.reason.contains("`\(function)`") && state.reason.contains("five seconds"), "\(id): \(state)")
            }
            #expect(try host.client.invoke("hello", "still there?").status == 200)
            #expect([404, 503].contains(try host.client.invoke("stuck-open", "and you?").status))
        }
    }

    @Test("at the end is left behind, and the host exits with 0 in bounded time")
    func end() throws {
        let fixtures = ["agent/stuck-drain", "agent/stuck-close", "agent/hello"]
        try HostProcess.serving(
            Manifests.plugins(fixtures, server: "drain_timeout: 1s"), plugins: FixturePath(fixtures)
        ) { host in
            for id in ["stuck-drain", "stuck-close"] { #expect(try host.client.invoke(id, "well?").status == 200) }
            let ended = try host.stop(within: .seconds(60))
            #expect(ended.status == .exited(0), "\(ended.errors.suffix(2000))")
            for (id, function) in [("stuck-drain", "drain"), ("stuck-close", "close")] {
                let line = host.log.first {
                    $0["message"]?.string == "plugin left behind" && $0["plugin"]?.string == id
                }
                #expect(line?["reason"]?.string?.contains(function) == true, "\(id): \(ended.errors.suffix(2000))")
            }
        }
    }

    @Test("is never destroyed under its own handler: one that leaves is waited for, one that stays is left behind")
    func destroy() throws {
        for (input, isDestroyed) in [("leave", true), ("stay", false)] {
            let manifest = Manifests.plugins(["agent/stays-inside"], server: "drain_timeout: 500ms")
            try HostProcess.serving(manifest, plugins: FixturePath(["agent/stays-inside"])) { host in
                let stream = try host.client.stream(
                    "/api/v1/agents/stays-inside/invoke", ["input": .string(input), "stream": true] as JSON)
                var event = try stream.event()
                while let one = event, one.event != "text" { event = try stream.event() }
                #expect(event?.data?.contains("I am inside") == true)
                let ended = try host.stop(within: .seconds(60))
                #expect(ended.status == .exited(0), "\(input): \(ended.errors.suffix(2000))")
                #expect(!ended.errors.contains("destroyed under its own handler"), "\(input)")
                #expect(ended.errors.contains("destroyed after its last handler") == isDestroyed, "\(input)")
                #expect(ended.errors.contains("plugin left behind") != isDestroyed, "\(input)")
            }
        }
    }
}
