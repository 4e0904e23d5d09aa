import JackfieldJSON
import Loading
import Testing

@testable import Isolation

@Suite("The report of a runner")
struct RunnerReportTests {
    static let report = RunnerReport(
        descriptor: PluginDescriptor(
            id: "agent-one", version: "1.2.3", roles: [.init(id: "jackfield.agent", revision: 1)],
            services: [
                .init(id: "jackfield.http", revision: 1, isRequired: true), .init(id: "jackfield.log", revision: 7),
            ], concurrency: 4),
        sandbox: SandboxReport(
            level: .strict, landlockABI: 6, namespaces: ["user", "ipc"], threadsLimited: true, filterLength: 321,
            nanoseconds: 456_000))

    @Test("arrives as it was given", arguments: [nil, 1, 256])
    func arrives(concurrency: Int?) throws {
        var report = Self.report
        let descriptor = report.descriptor
        report.descriptor = PluginDescriptor(
            id: descriptor.id, version: descriptor.version, roles: descriptor.roles, services: descriptor.services,
            concurrency: concurrency, abiRevision: 3)
        let arrived = try RunnerReport(JSON(parsing: report.json.text))
        #expect(arrived.descriptor == report.descriptor)
        #expect(arrived.sandbox == report.sandbox)
    }

    @Test("without a part of it is refused", arguments: ["id", "version", "roles", "sandbox"])
    func refused(name: String) throws {
        for damage in [nil, JSON.null, 5, [], [5], [:]] as [JSON?] {
            var object = try #require(Self.report.json.object)
            object[name] = damage
            #expect(throws: WireFault.self, "\(name) as \(damage?.text ?? "missing")") {
                try RunnerReport(.object(object))
            }
        }
    }

    @Test("with an interface that cannot be read is refused", arguments: ["roles", "services"])
    func interfaces(name: String) throws {
        let wrong: [JSON] = [
            ["id": 1, "revision": 1, "required": true], ["id": "a", "revision": -1, "required": true],
            ["id": "a", "revision": 4_294_967_296, "required": true],
            ["id": "a", "revision": .number("1.5"), "required": true],
            ["id": "a", "revision": 1, "required": "yes"], ["id": "a", "revision": 1], [], .null,
        ]
        for entry in wrong {
            var object = try #require(Self.report.json.object)
            object[name] = .array([entry])
            #expect(throws: WireFault.self, "\(entry.text)") { try RunnerReport(.object(object)) }
        }
    }

    @Test("names at most 64 roles and 64 services, as a descriptor in memory may")
    func bounded() throws {
        let one: JSON = ["id": "jackfield.agent", "revision": 1, "required": false]
        for (name, least) in [("roles", 1), ("services", 0)] {
            for (count, isFine) in [(0, least == 0), (1, true), (64, true), (65, false), (10_000, false)] {
                var object = try #require(Self.report.json.object)
                object[name] = .array([JSON](repeating: one, count: count))
                #expect(((try? RunnerReport(.object(object))) != nil) == isFine, "\(count) \(name)")
            }
        }
    }

    @Test("says nothing of concurrency that a descriptor could not say", arguments: [0, -1, 257, Int.max])
    func concurrency(number: Int) throws {
        var object = try #require(Self.report.json.object)
        object["concurrency"] = JSON(number)
        #expect(try RunnerReport(.object(object)).descriptor.concurrency == nil)
    }

    @Test("tells of a sandbox only what there can be")
    func sandbox() throws {
        for (name, damage) in [
            ("level", "lax"), ("level", 1), ("landlock_abi", "six"), ("threads_limited", 1), ("filter_length", .null),
            ("setup_us", -1), ("setup_us", .number("1e300")), ("setup_us", "fast"),
        ] as [(String, JSON)] {
            var object = try #require(Self.report.json.object)
            var sandbox = try #require(object["sandbox"]?.object)
            sandbox[name] = damage
            object["sandbox"] = .object(sandbox)
            #expect(throws: WireFault.self, "\(name) as \(damage.text)") { try RunnerReport(.object(object)) }
        }
    }

    @Test("damaged anywhere is refused, or is a report: it never ends the host", arguments: UInt64(0)..<4)
    func damaged(seed: UInt64) {
        var random = SeededBytes(seed: seed)
        let honest = Array(Self.report.json.text.utf8)
        let pieces = ["null", "-1", "1e999", "[]", "{}", "\"\"", "18446744073709551616", "0.5", "true"].map {
            Array($0.utf8)
        }
        for _ in 0..<500 {
            var bytes = honest
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let until = min(bytes.count, at + Int.random(in: 0...12, using: &random))
                bytes.replaceSubrange(at..<until, with: pieces.randomElement(using: &random)!)
            }
            guard let json = try? JSON(parsing: bytes), let report = try? RunnerReport(json) else { continue }
            #expect((1...64).contains(report.descriptor.roles.count))
            #expect(report.descriptor.services.count <= 64)
            #expect(report.descriptor.concurrency.map { (1...256).contains($0) } ?? true)
        }
    }
}
