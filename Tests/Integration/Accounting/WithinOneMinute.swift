import Foundation
import TestSupport

/// For tests of windows that begin with each minute of the clock.
enum WithinOneMinute {
    /// What the body gives when no minute began while it ran. It is run again if one did, which for a body of seconds
    /// is seldom, and hardly twice.
    static func run<Result>(_ body: () throws -> Result) throws -> Result {
        for _ in 0..<5 {
            let before = Int(Date().timeIntervalSince1970) / 60
            let result = try body()
            if Int(Date().timeIntervalSince1970) / 60 == before { return result }
        }
        throw TestFailure("a minute began during each of five runs")
    }
}
