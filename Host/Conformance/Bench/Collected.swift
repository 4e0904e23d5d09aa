/// Values that several threads gather.
final class Collected<Value>: @unchecked Sendable {
    private let lock = BenchLock()
    private var gathered: [Value] = []

    func add(_ value: Value) { lock.change { gathered.append(value) } }
    var values: [Value] { lock.read { gathered } }
}
