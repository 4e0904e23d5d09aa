/// How the embedded engine runs.
package struct SQLiteSettings: Sendable {
    /// How long a write waits while another process (`jackfield keys create`) writes, before it fails with `busy`.
    package var busyTimeout: Duration = .seconds(5)
    /// Connections that read at the same time, at least 1; each costs up to 2 MB of page cache once it is used.
    package var readers = 4
    /// The database grows to this many bytes at most, then writes fail with `full`; nil: as far as the disk goes.
    package var maximumBytes: Int64?
    /// Writes that may wait for the writer, before new ones fail with `overloaded`.
    package var maximumWaitingWrites = 10_000
    /// Most writes in one transaction: bounds how long the first of a group waits for the others.
    package var groupSize = 256
    /// Least time between two sweeps of expired rows in the course of writes.
    package var sweepInterval: Duration = .seconds(60)

    package init() {}
}
