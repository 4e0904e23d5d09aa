/// What each character is read as. Two tables exist, made once in a few hundred microseconds.
struct CharacterFolding: Sendable {
    /// The entry of characters that are left out.
    static let invisible: UInt32 = 0xFF00_0000
    static let lowerCase = CharacterFolding(foldsCase: true)
    static let keepingCase = CharacterFolding(foldsCase: false)

    /// By ASCII byte: what it becomes; 0 for control codes, 0x0A and 0x20 for white space.
    let ascii: [UInt8]
    /// By the upper bits of a scalar: which page of 256 entries; page 0 changes nothing.
    private var pageOf: [UInt8]
    /// 0: stays as it is; `invisible`; else a count of bytes in the upper 8 bits, and up to three bytes, first lowest.
    private var entries: [UInt32]

    /// The tables as raw buffers, for the length of a pass.
    struct Tables {
        let ascii: UnsafeBufferPointer<UInt8>
        let pageOf: UnsafeBufferPointer<UInt8>
        let entries: UnsafeBufferPointer<UInt32>

        subscript(scalar: UInt32) -> UInt32 { entries[Int(pageOf[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] }
    }

    func withTables(_ body: (Tables) -> Void) {
        ascii.withUnsafeBufferPointer { ascii in
            pageOf.withUnsafeBufferPointer { pageOf in
                entries.withUnsafeBufferPointer { body(Tables(ascii: ascii, pageOf: pageOf, entries: $0)) }
            }
        }
    }

    subscript(scalar: UInt32) -> UInt32 { entries[Int(pageOf[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] }

    private init(foldsCase: Bool) {
        ascii = (UInt8(0)..<128).map { byte -> UInt8 in
            switch byte {
            case 0x0A...0x0D: 0x0A
            case 0x09, 0x20: 0x20
            case 0x41...0x5A where foldsCase: byte + 0x20
            case 0x21...0x7E: byte
            default: 0
            }
        }
        pageOf = [UInt8](repeating: 0, count: 0x11_0000 >> 8)
        entries = [UInt32](repeating: 0, count: 256)
        entries.reserveCapacity(48 << 8)
        addInvisible()
        addLists(foldsCase)
        if foldsCase { addLowerCase() }
        addRanges(foldsCase)
    }

    private mutating func set(_ scalar: UInt32, _ entry: UInt32) {
        let page = Int(scalar >> 8)
        if pageOf[page] == 0 {
            pageOf[page] = UInt8(entries.count >> 8)
            entries.append(contentsOf: repeatElement(0, count: 256))
        }
        entries[Int(pageOf[page]) << 8 | Int(scalar & 0xFF)] = entry
    }

    /// A character is never replaced by something longer than it, so that a text cannot outgrow its buffer.
    private mutating func set(_ scalar: UInt32, to target: some Sequence<UInt8>) {
        let bytes = Array(target)
        let width = scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x1_0000 ? 3 : 4
        guard !bytes.isEmpty, bytes.count <= min(width, 3) else { return }
        var entry = UInt32(bytes.count) << 24
        for (index, byte) in bytes.enumerated() { entry |= UInt32(byte) << (8 * UInt32(index)) }
        set(scalar, entry)
    }

    private mutating func addInvisible() {
        let ranges: [ClosedRange<UInt32>] = [
            0x80...0x84, 0x86...0x9F, 0xAD...0xAD, 0x034F...0x034F, 0x061C...0x061C, 0x115F...0x1160, 0x17B4...0x17B5,
            0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x2800...0x2800, 0x3164...0x3164,
            0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF9...0xFFFC, 0xE0000...0xE007F, 0xE0100...0xE01EF,
            // Combining marks that decorate; those of scripts that need them to be read are left alone.
            0x0300...0x036F, 0x0483...0x0489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F,
        ]
        for scalar in ranges.joined() { set(scalar, Self.invisible) }
        for scalar: UInt32 in [0xA0, 0x1680, 0x202F, 0x205F, 0x3000] { set(scalar, to: [0x20]) }
        for scalar: UInt32 in 0x2000...0x200A { set(scalar, to: [0x20]) }
        for scalar: UInt32 in [0x85, 0x2028, 0x2029] { set(scalar, to: [0x0A]) }
    }

    /// Greek, Cyrillic and Armenian capitals that look like nothing Latin are read as their small letters are.
    private mutating func addLowerCase() {
        for scalar: UInt32 in [0x0391...0x03A9, 0x0400...0x042F, 0x0460...0x052F, 0x0531...0x0556].joined() {
            guard self[scalar] == 0, let lower = Unicode.Scalar(scalar)?.properties.lowercaseMapping,
                let small = lower.unicodeScalars.first?.value, small != scalar, lower.utf8.count == 2
            else { continue }
            if self[small] != 0 { set(scalar, self[small]) } else { set(scalar, to: lower.utf8) }
        }
    }

    private mutating func addLists(_ foldsCase: Bool) {
        for list in [Self.decomposed, Self.lookalikes] {
            for line in list.split(separator: "\n") {
                guard let space = line.firstIndex(of: " ") else { continue }
                let target = line[..<space].utf8.map { foldsCase && $0 < 0x80 ? ascii[Int($0)] : $0 }
                for scalar in line[space...].unicodeScalars where scalar != " " { set(scalar.value, to: target) }
            }
        }
        // The short i loses its mark, as it does where it is written as two characters.
        if !foldsCase { set(0x0419, to: "И".utf8) }
        // The Kelvin and Ångström signs, which editors are fond of replacing.
        set(0x212A, to: [foldsCase ? 0x6B : 0x4B])
        set(0x212B, to: [foldsCase ? 0x61 : 0x41])
    }

    /// What is regular enough to be counted: each block repeats the alphabet or the digits.
    private mutating func addRanges(_ foldsCase: Bool) {
        func letters(_ first: UInt8) -> [UInt8] {
            (0..<26).map { foldsCase ? ascii[Int(first) + $0] : first + UInt8($0) }
        }
        let upper = letters(0x41)
        let lower = letters(0x61)
        let digits = Array(UInt8(0x30)...0x39)
        for scalar: UInt32 in 0xFF01...0xFF5E { set(scalar, to: [ascii[Int(scalar - 0xFEE0)]]) }
        // Mathematical alphanumerics: thirteen alphabets in a row, then five rows of digits.
        for alphabet: UInt32 in 0..<13 {
            set(from: 0x1D400 + alphabet * 52, upper)
            set(from: 0x1D41A + alphabet * 52, lower)
        }
        for row: UInt32 in 0..<5 { set(from: 0x1D7CE + row * 10, digits) }
        set(from: 0x24B6, upper)
        set(from: 0x24D0, lower)
        set(from: 0x249C, lower)
        for first: UInt32 in [0x1F110, 0x1F130, 0x1F150, 0x1F170, 0x1F1E6] { set(from: first, upper) }
        for first: UInt32 in [0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A] {
            set(from: first, Array(digits.dropFirst()))
        }
        set(0x24EA, to: [0x30])
        // Decimal digits of Arabic and its neighbours, and segmented digits.
        for first: UInt32 in [0x0660, 0x06F0, 0x0966, 0x1FBF0] { set(from: first, digits) }
    }

    private mutating func set(from first: UInt32, _ targets: [UInt8]) {
        for (index, target) in targets.enumerated() { set(first + UInt32(index), to: [target]) }
    }
}
