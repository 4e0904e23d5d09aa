import Integrity

/// What a shared library says of itself without being loaded: none of its code runs.
///
/// Reads the ELF-64 header and the dynamic symbol table (System V gABI, chapters 4 and 5), checking every offset.
package struct ELFFile: Sendable {
    /// Names that the library defines for others, sorted.
    package let exports: [String]
    /// Libraries that it needs, in its own order.
    package let needed: [String]
    /// Folders in which it has the loader look for them before the system's: DT_RPATH and DT_RUNPATH.
    package let searched: [String]

    /// Reads the whole file; libraries are at most some tens of megabytes.
    package init(path: String) throws(LoadError) {
        let bytes = try LoadError.ofFiles { () throws(IntegrityError) in
            try OpenedFile.bytes(of: path, limit: 1 << 30)
        }
        try self.init(bytes: bytes, path: path)
    }

    package init(bytes: [UInt8], path: String) throws(LoadError) {
        func wrong(_ what: String) -> LoadError { LoadError(.notALibrary, "\(path) is not a shared library: \(what)") }
        guard bytes.count >= 64, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else {
            throw wrong("it does not begin as an ELF file does")
        }
        guard bytes[4] == 2, bytes[5] == 1 else { throw wrong("it is not 64-bit little-endian ELF") }
        let image = Image(bytes: bytes)
        guard image.u16(16) == 3 else { throw wrong("it is an ELF file, but not of the kind ET_DYN") }
        guard image.u16(18) == Self.machine else { throw wrong("it was built for another processor") }

        // Section headers name the dynamic symbols directly; a library without them cannot be looked into.
        guard let table = image.u64(40), let size = image.u16(58), let count = image.u16(60), size >= 64 else {
            throw wrong("its section table is cut off")
        }
        var exports: [String] = []
        var needed: [String] = []
        var searched: [String] = []
        for index in 0..<UInt64(count) {
            let section = table &+ index &* UInt64(size)
            guard let kind = image.u32(section &+ 4), kind == 11 || kind == 6 else { continue }
            guard let offset = image.u64(section &+ 24), let length = image.u64(section &+ 32),
                let link = image.u32(section &+ 40), UInt64(link) < UInt64(count),
                let strings = image.u64(table &+ UInt64(link) &* UInt64(size) &+ 24),
                length <= UInt64(bytes.count)
            else { throw wrong("its section table is damaged") }
            if kind == 11 {  // SHT_DYNSYM
                for entry in stride(from: offset, to: offset &+ length, by: 24) {
                    guard let name = image.u32(entry), let info = image.u8(entry &+ 4), let home = image.u16(entry &+ 6)
                    else { throw wrong("its symbol table is cut off") }
                    // Global or weak, and defined here.
                    guard info >> 4 == 1 || info >> 4 == 2, home != 0 else { continue }
                    exports.append(image.string(strings &+ UInt64(name)))
                }
            } else {  // SHT_DYNAMIC
                for entry in stride(from: offset, to: offset &+ length, by: 16) {
                    guard let tag = image.u64(entry), let value = image.u64(entry &+ 8) else { break }
                    if tag == 0 { break }
                    // DT_NEEDED; DT_AUXILIARY and DT_FILTER bring in a library as well.
                    if [1, 0x7fff_fffd, 0x7fff_ffff].contains(tag) { needed.append(image.string(strings &+ value)) }
                    // DT_RPATH, DT_RUNPATH
                    if tag == 15 || tag == 29 {
                        searched += image.string(strings &+ value).split(
                            separator: ":", omittingEmptySubsequences: false
                        )
                        .map(String.init)
                    }
                }
            }
        }
        self.exports = exports.sorted()
        self.needed = needed
        self.searched = searched
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

    private struct Image {
        let bytes: [UInt8]

        private func integer<Value: FixedWidthInteger>(_ offset: UInt64, _ type: Value.Type) -> Value? {
            let size = MemoryLayout<Value>.size
            guard offset <= UInt64(bytes.count), UInt64(bytes.count) - offset >= UInt64(size) else { return nil }
            return bytes.withUnsafeBytes {
                Value(littleEndian: $0.loadUnaligned(fromByteOffset: Int(offset), as: Value.self))
            }
        }
        func u8(_ offset: UInt64) -> UInt8? { integer(offset, UInt8.self) }
        func u16(_ offset: UInt64) -> UInt16? { integer(offset, UInt16.self) }
        func u32(_ offset: UInt64) -> UInt32? { integer(offset, UInt32.self) }
        func u64(_ offset: UInt64) -> UInt64? { integer(offset, UInt64.self) }

        func string(_ offset: UInt64) -> String {
            guard offset < UInt64(bytes.count) else { return "" }
            // No linker writes longer names; without a bound, a file of many symbols would be read many times over.
            return String(decoding: bytes[Int(offset)...].prefix(4096).prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
