import JackfieldJSON
import TestSupport

extension HostProcess {
    /// Wait until a plugin runs in another process than this one.
    func nextProcess(of id: String, after pid: Int?) throws -> (pid: Int, report: JSON) {
        try eventually("\(id) to run in another process than \(pid ?? 0)") { () -> (pid: Int, report: JSON)? in
            let process = try isolation(of: id)
            guard process["state"]?.string == "running", let now = process["pid"]?.int, now != pid else { return nil }
            return (now, process)
        }
    }
}
