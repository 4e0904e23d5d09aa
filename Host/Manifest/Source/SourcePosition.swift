/// A place in a manifest, or where else a value came from.
package struct SourcePosition: Sendable, Hashable, CustomStringConvertible {
    /// A file's name as it was given; or "environment JACKFIELD_…", "--set …" with line 0.
    package let file: String
    /// From 1; 0 where lines mean nothing.
    package let line: Int
    /// From 1, in Unicode scalars; 0 where columns mean nothing.
    package let column: Int

    package init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { self.line == 0 ? self.file : "\(self.file):\(self.line):\(self.column)" }
}
