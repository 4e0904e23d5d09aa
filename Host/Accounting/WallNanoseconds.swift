/// A clock of the time of day: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. Called on any thread.
package typealias WallNanoseconds = @Sendable () -> Int64
