/// Builds a record for the disk: numbers little-endian, texts and bytes with their length in front.
struct RecordWriter {
    private(set) var bytes: [UInt8] = []

    init(reserving: Int = 0) { bytes.reserveCapacity(reserving) }

    mutating func number<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func data(_ data: some Swift.Collection<UInt8>) {
        number(UInt32(data.count))
        bytes.append(contentsOf: data)
    }

    mutating func text(_ text: String) { data(text.utf8) }

    mutating func text(_ text: String?) {
        number(UInt8(text == nil ? 0 : 1))
        if let text { self.text(text) }
    }

    mutating func texts(_ texts: [String]) {
        number(UInt32(texts.count))
        for text in texts { self.text(text) }
    }
}
