import CFFI

/// Types as libffi describes them. Those of structures are allocated, and live as long as their owner.
final class ForeignTypes {
    private var allocated: [(UnsafeMutablePointer<ffi_type>, UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>)] =
        []

    deinit {
        for (type, elements) in allocated {
            type.deallocate()
            elements.deallocate()
        }
    }

    func make(_ type: CType) -> UnsafeMutablePointer<ffi_type> {
        switch type {
        case .void: return cffi_void()
        case .scalar(let kind): return Self.scalar(kind)
        case .named(let values): return Self.scalar(values.kind)
        case .text, .handle, .pointer: return cffi_pointer()
        case .structure(let type): return aggregate(type.fields.map { make($0.type) })
        // libffi has no arrays; a structure of as many elements is passed the same way.
        case .array(let element, let count):
            return aggregate([UnsafeMutablePointer<ffi_type>](repeating: make(element), count: count))
        }
    }

    private static func scalar(_ kind: ScalarKind) -> UnsafeMutablePointer<ffi_type> {
        switch kind {
        case .float: cffi_float()
        case .double: cffi_double()
        default: cffi_integer(Int32(kind.size), kind.isSigned ? 1 : 0)
        }
    }

    /// Size and alignment are computed by libffi when a call is prepared.
    private func aggregate(_ members: [UnsafeMutablePointer<ffi_type>]) -> UnsafeMutablePointer<ffi_type> {
        let elements = UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>.allocate(capacity: members.count + 1)
        for (index, member) in members.enumerated() { (elements + index).initialize(to: member) }
        (elements + members.count).initialize(to: nil)
        let type = UnsafeMutablePointer<ffi_type>.allocate(capacity: 1)
        type.initialize(
            to: ffi_type(size: 0, alignment: 0, type: UInt16(FFI_TYPE_STRUCT), elements: elements))
        allocated.append((type, elements))
        return type
    }
}
