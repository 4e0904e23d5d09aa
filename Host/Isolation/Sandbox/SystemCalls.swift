/// Names and numbers of system calls, for reports and documents.
package enum SystemCalls {
    /// Nil for a number that this host does not know.
    package static func name(_ number: Int, on architecture: Architecture = .current) -> String? {
        for theme in SystemCall.themes {
            for call in theme where call.number(on: architecture) == number { return "\(call.name)" }
        }
        return nil
    }

    /// Nil for a name that is unknown, or that the architecture does not have.
    package static func number(of name: String, on architecture: Architecture = .current) -> Int? {
        for theme in SystemCall.themes {
            for call in theme where "\(call.name)" == name { return call.number(on: architecture) }
        }
        return nil
    }
}
