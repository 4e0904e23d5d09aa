/// A condition on one argument of a system call. A filter sees the six arguments as 64-bit numbers and cannot follow
/// pointers.
///
/// All but `isNull` look at the low 32 bits alone. That is what the kernel itself looks at where an argument is an
/// `int` or an `unsigned int`, and where flags are wider, no flag beyond bit 31 is asked about here.
package enum ArgumentCheck: Sendable, Hashable {
    /// `(argument & mask) == value`
    case masked(Int, UInt32, UInt32)
    case oneOf(Int, [UInt32])
    case not(Int, UInt32)
    /// Unsigned, so that a negative `int` counts as large.
    case above(Int, UInt32)
    /// All 64 bits are zero.
    case isNull(Int)
}

/// Facts about this process that some checks need.
package struct FilterContext: Sendable {
    package var architecture: Architecture
    package var process: UInt32
    /// Descriptors from 0 to this one are the runner's own.
    package var lastProtectedDescriptor: UInt32

    package init(architecture: Architecture, process: UInt32, lastProtectedDescriptor: UInt32) {
        self.architecture = architecture
        self.process = process
        self.lastProtectedDescriptor = lastProtectedDescriptor
    }
}
