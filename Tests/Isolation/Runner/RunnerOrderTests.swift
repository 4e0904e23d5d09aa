import JackfieldJSON
import Testing

@testable import Isolation

@Suite("The order of a runner")
struct RunnerOrderTests {
    static let order = RunnerOrder(
        id: "agent-one", library: "/plugins/agent/one/libone.so",
        sandbox: SandboxSettings(
            level: .basic, memory: 123 << 20, openFiles: 17, threads: 9, fileSize: 0,
            executable: ["/plugins/agent/one"], libraries: ["libz.so.1", "/opt/lib \"quoted\".so"],
            readable: ["/data/a", "/data/b \"quoted\""], temporary: "/tmp/x"))

    @Test("arrives as it was given", arguments: [true, false])
    func arrives(hasTemporary: Bool) throws {
        var order = Self.order
        if !hasTemporary { order.sandbox.temporary = nil }
        let text = order.json.text
        let arrived = try RunnerOrder(JSON(parsing: text))
        #expect(arrived.id == order.id)
        #expect(arrived.library == order.library)
        #expect(arrived.sandbox == order.sandbox)
        #expect(!arrived.isSealed)
        order.isSealed = true
        #expect(try RunnerOrder(order.json).isSealed)
    }

    @Test("arrives at every level", arguments: SandboxLevel.allCases)
    func everyLevel(level: SandboxLevel) throws {
        var order = Self.order
        order.sandbox.level = level
        #expect(try RunnerOrder(order.json).sandbox.level == level)
    }

    @Test("is refused if a limit or a name is missing, wrong or negative")
    func refused() throws {
        for name in ["id", "library", "level", "memory", "open_files", "threads", "file_size"] {
            for damage in [nil, JSON.null, ["x"], -1, .bool(true)] as [JSON?] {
                var object = try #require(Self.order.json.object)
                object[name] = damage
                #expect(throws: WireFault.self, "\(name) as \(damage?.text ?? "missing")") {
                    try RunnerOrder(.object(object))
                }
            }
        }
        var object = try #require(Self.order.json.object)
        object["sealed"] = nil
        #expect(throws: WireFault.self, "what is not said is not guessed") { try RunnerOrder(.object(object)) }
        for rubbish in [JSON.null, "order", 7, [], [:], [[:]]] as [JSON] {
            #expect(throws: WireFault.self) { try RunnerOrder(rubbish) }
        }
    }

    @Test("names no level that there is not")
    func noSuchLevel() throws {
        var object = try #require(Self.order.json.object)
        object["level"] = "lax"
        #expect(throws: WireFault.self) { try RunnerOrder(.object(object)) }
    }
}
