package import CJackfield

/// `jackfield_check`, with a sentence for what is wrong.
package enum PayloadCheck {
    /// Nil: well-formed.
    package static func fault(_ layout: UnsafePointer<jackfield_layout>, _ payload: jackfield_view) -> String? {
        let fault = jackfield_check(layout, payload)
        guard fault.kind != JACKFIELD_FAULT_NONE else { return nil }
        let place = fault.layout.map { String(cString: $0) } ?? String(cString: layout.pointee.name)
        let field = fault.field.map { ".\(String(cString: $0))" } ?? ""
        return "\(place)\(field): \(name(fault.kind)) (at byte \(fault.offset) of \(payload.size))"
    }

    /// Of a payload that lies in an array.
    package static func fault(_ layout: UnsafePointer<jackfield_layout>, _ payload: [UInt8]) -> String? {
        let memory = BenchMemory(payload)
        return withExtendedLifetime(memory) { fault(layout, memory.view) }
    }

    /// "JACKFIELD_FAULT_RANGE" without its prefix, in lower case.
    package static func name(_ kind: UInt32) -> String {
        switch kind {
        case JACKFIELD_FAULT_ALIGNMENT: "not at a multiple of 8 bytes"
        case JACKFIELD_FAULT_SIZE: "shorter than it says, or than it ever was"
        case JACKFIELD_FAULT_UNKNOWN: "longer than this version knows, with something in the unknown part"
        case JACKFIELD_FAULT_RANGE: "a reference that leaves the payload"
        case JACKFIELD_FAULT_OVERLAP: "references to more bytes than there are"
        case JACKFIELD_FAULT_STRIDE: "list elements smaller than they ever were"
        case JACKFIELD_FAULT_TEXT: "text that is not UTF-8"
        case JACKFIELD_FAULT_RESERVED: "a reserved field that is not zero"
        default: "well-formed"
        }
    }
}
