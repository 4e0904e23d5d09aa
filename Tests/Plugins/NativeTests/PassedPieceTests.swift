import Testing

@testable import Native

#if arch(x86_64)
    @Suite("How structures are told to libffi")
    struct PassedPieceTests {
        /// `struct { char x; double y; }`
        private let mixed = CType.structure(
            StructType(name: "m", fields: [("x", .scalar(.char)), ("y", .scalar(.double))]))
        private let large = CType.structure(StructType(name: "l", fields: [("x", .array(.scalar(.int64), count: 3))]))
        private let number = CType.scalar(.int32)

        private func split(_ arguments: [CType], result: CType = .void) -> [Int] {
            PassedPiece.pieces(arguments, result: result).filter { $0.offset != 0 }.map(\.argument)
        }

        @Test("as two halves where the integer half gets the sixth general register, and nowhere else")
        func halves() {
            #expect(split([number, number, number, number, number, mixed]) == [5])
            #expect(split([number, number, number, number, number, .scalar(.float), mixed]) == [6])
            #expect(split([number, number, number, number, mixed]) == [])
            #expect(split([number, number, number, number, number, number, mixed]) == [])
            // The pointer to a large result takes the first; a large argument takes none.
            #expect(split([number, number, number, number, mixed], result: large) == [4])
            #expect(split([large, number, number, number, number, number, mixed]) == [6])
            // Without a floating-point register it is in memory as a whole.
            let floats = [CType](repeating: .scalar(.double), count: 8)
            #expect(split(floats + [number, number, number, number, number, mixed]) == [])
            #expect(split(floats.dropLast() + [number, number, number, number, number, mixed]) == [12])
        }
    }
#endif
