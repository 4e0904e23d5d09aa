import Glibc

/// The bytes of an ELF-64 shared library of this machine's processor, by address as the loader maps them. Every offset is
/// checked: a damaged file gives errors, and nothing else. What could mean one thing here and another to the loader is
/// refused, such as segments that share a page.
struct ELFImage {
    private let bytes: [UInt8]
    /// What of the file lies where in memory: the segments of kind PT_LOAD.
    private let segments: [Segment]
    /// Address of the dynamic section.
    let dynamic: UInt64

    /// Linkers write about ten program headers of this kind.
    private static let mostSegments = 64

    private struct Segment {
        var offset: UInt64
        var address: UInt64
        /// Bytes of the file; what is beyond them in memory is zero.
        var size: UInt64
    }

    init(_ bytes: [UInt8]) throws(ELFDamage) {
        guard bytes.count >= 64, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
            throw ELFDamage("it does not begin as an ELF file does")
        }
        guard bytes[4] == 2, bytes[5] == 1 else { throw ELFDamage("it is not 64-bit little-endian ELF") }
        self.bytes = bytes
        guard Self.integer(bytes, at: 16, UInt16.self) == 3 else {
            throw ELFDamage("it is an ELF file, but not of the kind ET_DYN")
        }
        guard Self.integer(bytes, at: 18, UInt16.self) == Self.machine else {
            throw ELFDamage("it was built for another processor")
        }
        guard let table = Self.integer(bytes, at: 32, UInt64.self), let size = Self.integer(bytes, at: 54, UInt16.self),
            let count = Self.integer(bytes, at: 56, UInt16.self), size == 56
        else { throw ELFDamage("its program headers are not those of ELF-64") }
        var segments: [Segment] = []
        var dynamic: UInt64?
        var end: UInt64 = 0
        let page = UInt64(sysconf(Int32(_SC_PAGESIZE)))
        for index in 0..<UInt64(count) {
            let header = table &+ index * 56
            guard let kind = Self.integer(bytes, at: header, UInt32.self),
                let offset = Self.integer(bytes, at: header &+ 8, UInt64.self),
                let address = Self.integer(bytes, at: header &+ 16, UInt64.self),
                let size = Self.integer(bytes, at: header &+ 32, UInt64.self),
                let inMemory = Self.integer(bytes, at: header &+ 40, UInt64.self)
            else { throw ELFDamage("its program headers are cut off") }
            if kind == 1 {  // PT_LOAD
                guard offset <= bytes.count, size <= UInt64(bytes.count) - offset else {
                    throw ELFDamage("it is cut off: a segment lies beyond its end")
                }
                // The loader maps whole pages, each segment over what was there before.
                guard address / page * page >= end, address % page == offset % page, size <= inMemory,
                    address < 1 << 62, inMemory < 1 << 62, segments.count < Self.mostSegments
                else { throw ELFDamage("its segments do not lie one after the other on pages of their own") }
                end = (address + inMemory + page - 1) / page * page
                segments.append(Segment(offset: offset, address: address, size: size))
            } else if kind == 2 {  // PT_DYNAMIC
                guard dynamic == nil else { throw ELFDamage("it has two dynamic sections") }
                dynamic = address
            }
        }
        guard let dynamic else { throw ELFDamage("it has no dynamic section") }
        self.segments = segments
        self.dynamic = dynamic
    }

    /// The number at an address; nil where the file has nothing there.
    func integer<Value: FixedWidthInteger>(_ type: Value.Type, at address: UInt64) -> Value? {
        guard let (offset, left) = place(of: address), left >= MemoryLayout<Value>.size else { return nil }
        return Self.integer(bytes, at: UInt64(offset), type)
    }

    /// The bytes from an address up to the next zero; nil where there is none within the segment or `limit` bytes.
    func text(at address: UInt64, limit: Int) -> ArraySlice<UInt8>? {
        guard let (offset, left) = place(of: address) else { return nil }
        let part = bytes[offset..<offset + min(left, limit + 1)]
        return part.firstIndex(of: 0).map { part[..<$0] }
    }

    /// Bytes that the file has.
    var count: Int { bytes.count }

    /// Where in the file an address is, and how many bytes of its segment follow.
    private func place(of address: UInt64) -> (offset: Int, left: Int)? {
        for segment in segments where address >= segment.address && address - segment.address < segment.size {
            let into = address - segment.address
            return (Int(segment.offset + into), Int(segment.size - into))
        }
        return nil
    }

    private static func integer<Value: FixedWidthInteger>(
        _ bytes: [UInt8], at offset: UInt64, _ type: Value.Type
    ) -> Value? {
        let size = UInt64(MemoryLayout<Value>.size)
        guard offset <= UInt64(bytes.count), UInt64(bytes.count) - offset >= size else { return nil }
        return bytes.withUnsafeBytes {
            Value(littleEndian: $0.loadUnaligned(fromByteOffset: Int(offset), as: Value.self))
        }
    }

    private static var machine: UInt16 {
        #if arch(x86_64)
            62
        #elseif arch(arm64)
            183
        #else
            243
        #endif
    }
}
