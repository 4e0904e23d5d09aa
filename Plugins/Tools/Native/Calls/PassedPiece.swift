/// One argument as libffi is told of it: whole, or the halves of a structure that it would pass wrongly.
///
/// libffi before 3.4.7 on x86-64 copies all of a structure into the sixth general register, and what is past eight
/// bytes into the first floating-point register, which another argument may have (libffi issue 574, mended by 848). By the
/// System V ABI (AMD64 supplement, 3.2.3) such a structure of an integer half and a floating-point half is passed just
/// as an integer and a double are, as long as a register of each kind is left; so it is told as these two.
struct PassedPiece: Equatable {
    var type: CType
    /// Which argument it is of.
    var argument: Int
    /// Bytes from the argument's start.
    var offset = 0

    static func pieces(_ arguments: [CType], result: CType) -> [PassedPiece] {
        #if arch(x86_64)
            var registers = Registers(result: result)
            return arguments.enumerated().flatMap { index, type in
                guard registers.pass(type) else { return [PassedPiece(type: type, argument: index)] }
                return [
                    PassedPiece(type: .scalar(.uint64), argument: index),
                    PassedPiece(type: .scalar(.double), argument: index, offset: 8),
                ]
            }
        #else
            return arguments.enumerated().map { PassedPiece(type: $1, argument: $0) }
        #endif
    }

    /// How many registers of the System V ABI are taken by the arguments so far.
    private struct Registers {
        private var general = 0
        private var floating = 0

        init(result: CType) {
            // A large result is written through a pointer, which is an argument before all others.
            if case .structure(let type) = result, type.size > 16 { general = 1 }
        }

        /// - Returns: whether it is a structure to split.
        mutating func pass(_ type: CType) -> Bool {
            guard type.size <= 16 else { return false }
            var isInteger = [false, false]
            Self.classify(type, at: 0, &isInteger)
            let halves = isInteger[..<(type.size > 8 ? 2 : 1)]
            let (generals, floatings) = (halves.count { $0 }, halves.count { !$0 })
            // A structure is in registers as a whole or not at all.
            guard general + generals <= 6, floating + floatings <= 8 else { return false }
            let isWrong = general == 5 && halves == [true, false]
            general += generals
            floating += floatings
            return isWrong
        }

        /// Which eight bytes hold something that is not floating point.
        private static func classify(_ type: CType, at offset: Int, _ isInteger: inout [Bool]) {
            switch type {
            case .structure(let type):
                for field in type.fields { classify(field.type, at: offset + field.offset, &isInteger) }
            case .array(let element, let count):
                for index in 0..<count { classify(element, at: offset + index * element.size, &isInteger) }
            default: if type.scalar?.isFloating != true { isInteger[offset / 8] = true }
            }
        }
    }
}
