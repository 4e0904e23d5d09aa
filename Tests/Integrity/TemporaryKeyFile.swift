import TestSupport

/// The path of a key file in a folder of its own, which goes with what was done with it.
struct TemporaryKeyFile<Value> {
    let value: Value

    init(_ body: (String) throws -> Value) throws {
        let folder = try TemporaryFolder("jackfield-key")
        value = try body(folder.path + "/key.pem")
        withExtendedLifetime(folder) {}
    }
}
