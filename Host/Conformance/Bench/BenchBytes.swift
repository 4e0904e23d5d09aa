/// Structs as bytes.
enum BenchBytes {
    static func of<Value: BitwiseCopyable>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value) { Array($0) }
    }
}
