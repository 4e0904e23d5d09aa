/// Pressure stall information of one resource (Documentation/accounting/psi.rst).
struct Pressure: Sendable {
    static let resources = ["cpu", "memory", "io"]

    /// Percent of the time in which at least one task waited for the resource.
    struct Averages: Sendable {
        let tenSeconds: Double
        let minute: Double
        let fiveMinutes: Double
    }

    let some: Averages
    /// Percent of the time in which no task could go on; kernels before 5.13 do not say it of the processor.
    let full: Averages?

    init?(_ text: KernelText) {
        var found: [String: Averages] = [:]
        for line in text.lines {
            let fields = line.fields
            guard let name = fields.first?.text else { continue }
            let values = fields.dropFirst().prefix(3).compactMap {
                $0.split(separator: UInt8(ascii: "=")).last?.double
            }
            guard values.count == 3 else { continue }
            found[name] = Averages(tenSeconds: values[0], minute: values[1], fiveMinutes: values[2])
        }
        guard let some = found["some"] else { return nil }
        self.some = some
        full = found["full"]
    }
}
