/// A report that is taken is within its bounds, and the same once more when it is said again.
func checkReport(_ words: [UInt8]) {
    guard let json = try? JSON(parsing: words) else { return }
    guard let again = try? JSON(parsing: json.text), again == json else {
        fail("JSON that was read is another when it is written and read again")
    }
    guard let report = try? RunnerReport(json) else { return }
    let descriptor = report.descriptor
    guard (1...64).contains(descriptor.roles.count), descriptor.services.count <= 64 else {
        fail("a report with \(descriptor.roles.count) roles and \(descriptor.services.count) services was taken")
    }
    if let concurrency = descriptor.concurrency, !(1...256).contains(concurrency) {
        fail("a report with a concurrency of \(concurrency) was taken")
    }
    guard let second = try? RunnerReport(report.json), second.descriptor == descriptor else {
        fail("a report that was taken is not taken when it is said again")
    }
}
