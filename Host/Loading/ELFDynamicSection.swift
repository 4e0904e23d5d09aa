/// What the loader reads of a library first: what it needs, where that is looked for, and its symbols.
struct ELFDynamicSection {
    /// Places of names in the string table.
    private(set) var needed: [UInt64] = []
    private(set) var searched: [UInt64] = []

    private let image: ELFImage
    // Addresses.
    private var strings: UInt64?
    private var symbols: UInt64?
    private var hash: UInt64?
    private var gnuHash: UInt64?

    private static let mostEntries: UInt64 = 16_384
    /// Bytes of names of libraries and folders together.
    private static let mostText = 1 << 20

    init(_ image: ELFImage) throws(ELFDamage) {
        self.image = image
        // To DT_NULL, wherever the program header says that it ends: so does the loader.
        for index in 0..<Self.mostEntries {
            let entry = image.dynamic &+ index * 16
            guard let tag = image.integer(UInt64.self, at: entry),
                let value = image.integer(UInt64.self, at: entry &+ 8)
            else { throw ELFDamage("its dynamic section is cut off") }
            switch tag {
            case 0: return
            // DT_NEEDED; DT_AUXILIARY and DT_FILTER bring in a library as well.
            case 1, 0x7fff_fffd, 0x7fff_ffff: needed.append(value)
            case 4: hash = value
            case 5: strings = value
            case 6: symbols = value
            // DT_RPATH, DT_RUNPATH
            case 15, 29: searched.append(value)
            case 0x6fff_fef5: gnuHash = value
            default: break
            }
        }
        throw ELFDamage("its dynamic section has more than \(Self.mostEntries) entries")
    }

    /// Texts of the string table by their places, whole and unchanged: what is judged must be what the loader reads.
    func texts(_ places: [UInt64]) throws(ELFDamage) -> [String] {
        var texts: [String] = []
        var room = Self.mostText
        for place in places {
            guard let strings, let bytes = image.text(at: strings &+ place, limit: room) else {
                throw ELFDamage("a name of a library or folder lies outside of it, or they are longer than 1 MiB")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ELFDamage("a name of a library or folder in it is not UTF-8")
            }
            room -= bytes.count + 1
            guard room >= 0 else { throw ELFDamage("the names of libraries and folders in it are longer than 1 MiB") }
            texts.append(text)
        }
        return texts
    }

    /// The names of symbols that others can find: global or weak, and defined in here.
    func exports() throws(ELFDamage) -> [String] {
        guard let symbols else { return [] }
        var exports: [String] = []
        // Names may share their ends, so that together they may be longer than the table; a crafted file of many symbols
        // with one long name would take minutes.
        var room = 2 * image.count
        for index in try hashed() {
            let symbol = symbols &+ UInt64(index) &* 24
            guard let name = image.integer(UInt32.self, at: symbol),
                let info = image.integer(UInt8.self, at: symbol &+ 4),
                let home = image.integer(UInt16.self, at: symbol &+ 6)
            else { throw ELFDamage("its symbol table is cut off") }
            // STB_GLOBAL, STB_WEAK; SHN_UNDEF.
            guard info >> 4 == 1 || info >> 4 == 2, home != 0 else { continue }
            guard let strings, let bytes = image.text(at: strings &+ UInt64(name), limit: room) else {
                throw ELFDamage("the names of its symbols lie outside of it, or are longer than it")
            }
            room -= bytes.count + 1
            exports.append(String(decoding: bytes, as: UTF8.self))
        }
        return exports
    }

    /// The numbers of the symbols that can be looked up. A symbol table does not say how long it is; the hash tables do.
    private func hashed() throws(ELFDamage) -> Range<UInt32> {
        let damage = ELFDamage("its hash table is damaged")
        if let gnuHash {
            guard let buckets = image.integer(UInt32.self, at: gnuHash),
                let first = image.integer(UInt32.self, at: gnuHash &+ 4),
                let blooms = image.integer(UInt32.self, at: gnuHash &+ 8), buckets <= image.count / 4
            else { throw damage }
            let table = gnuHash &+ 16 &+ UInt64(blooms) * 8
            var last: UInt32 = 0
            for index in 0..<UInt64(buckets) {
                guard let bucket = image.integer(UInt32.self, at: table &+ index * 4) else { throw damage }
                last = max(last, bucket)
            }
            guard last >= first else { return 0..<0 }
            // The chain of the last bucket ends with a hash whose lowest bit is set.
            let chains = table &+ UInt64(buckets) * 4
            while true {
                guard let hash = image.integer(UInt32.self, at: chains &+ UInt64(last - first) * 4) else {
                    throw damage
                }
                last &+= 1
                guard last != 0 else { throw damage }
                if hash & 1 == 1 { return first..<last }
            }
        }
        guard let hash else { return 0..<0 }
        guard let count = image.integer(UInt32.self, at: hash &+ 4), count <= image.count / 24 else { throw damage }
        return 0..<count
    }
}
