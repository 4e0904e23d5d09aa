import CFFI
import JackfieldVocabulary

/// How values of a signature are passed (`ffi_cif`). Made once, used by any thread.
final class CallInterface: @unchecked Sendable {
    /// What libffi is told that the arguments are, in order.
    let pieces: [PassedPiece]
    private let types: ForeignTypes
    private let interface: UnsafeMutablePointer<ffi_cif>
    private let arguments: UnsafeMutablePointer<UnsafeMutablePointer<ffi_type>?>

    /// - Parameter fixed: how many arguments stand before "..."; nil for a function without it.
    /// - Throws: `invalidArgument` if libffi cannot make such a call.
    init(result: CType, arguments list: [CType], fixed: Int? = nil) throws(CallError) {
        let types = ForeignTypes()
        let pieces = PassedPiece.pieces(list, result: result)
        let made = pieces.map { types.make($0.type) }
        let resultType = types.make(result)
        arguments = .allocate(capacity: max(1, pieces.count))
        for (index, type) in made.enumerated() { (arguments + index).initialize(to: type) }
        interface = .allocate(capacity: 1)
        interface.initialize(to: ffi_cif())
        self.types = types
        self.pieces = pieces
        let status =
            if let fixed {
                ffi_prep_cif_var(
                    interface, FFI_DEFAULT_ABI, UInt32(pieces.count { $0.argument < fixed }), UInt32(pieces.count),
                    resultType, arguments)
            } else {
                ffi_prep_cif(interface, FFI_DEFAULT_ABI, UInt32(pieces.count), resultType, arguments)
            }
        guard status == FFI_OK else {
            throw CallError(.invalidArgument, "libffi cannot make such a call: status \(status.rawValue)")
        }
        // Two computations of one layout; where they differ, neither can be trusted.
        for (type, made) in zip(pieces.map(\.type) + [result], made + [resultType])
        where type != .void && type.size != made.pointee.size {
            throw CallError(
                .internal, "\(type.spelling) has \(type.size) bytes here, and \(made.pointee.size) for libffi")
        }
    }

    deinit {
        interface.deallocate()
        arguments.deallocate()
    }

    /// - Parameters:
    ///   - result: room for at least 16 bytes, and for the result; small integers are widened to 8 bytes.
    ///   - slot: where an argument is, with room for a multiple of 16 bytes: libffi 3.4.7 reads up to 7 bytes too many.
    /// - Returns: what the function left in errno.
    func call(
        _ function: UnsafeMutableRawPointer, result: UnsafeMutableRawPointer,
        slot: (Int) -> UnsafeMutableRawPointer
    ) -> Int32 {
        withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: max(1, pieces.count)) { values in
            for (index, piece) in pieces.enumerated() {
                values.initializeElement(at: index, to: slot(piece.argument) + piece.offset)
            }
            return cffi_call(interface, function, result, values.baseAddress!)
        }
    }
}
