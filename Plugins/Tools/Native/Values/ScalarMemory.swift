/// Numbers in memory, by kind. Places need not be aligned.
enum ScalarMemory {
    /// The value must fit.
    static func store(_ value: Int128, as kind: ScalarKind, to place: UnsafeMutableRawPointer) {
        switch kind.size {
        case 1: place.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        case 2: place.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
        case 4: place.storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
        default: place.storeBytes(of: UInt64(truncatingIfNeeded: value), as: UInt64.self)
        }
    }

    static func whole(_ kind: ScalarKind, at place: UnsafeRawPointer) -> Int128 {
        switch (kind.size, kind.isSigned) {
        case (1, true): Int128(place.loadUnaligned(as: Int8.self))
        case (1, false): Int128(place.loadUnaligned(as: UInt8.self))
        case (2, true): Int128(place.loadUnaligned(as: Int16.self))
        case (2, false): Int128(place.loadUnaligned(as: UInt16.self))
        case (4, true): Int128(place.loadUnaligned(as: Int32.self))
        case (4, false): Int128(place.loadUnaligned(as: UInt32.self))
        case (_, true): Int128(place.loadUnaligned(as: Int64.self))
        default: Int128(place.loadUnaligned(as: UInt64.self))
        }
    }
}
