public import CJackfield

/// Builds one flat payload (payload.h): room for the head struct, then texts, bytes and lists behind it.
///
/// The buffer is a Swift array, whose storage begins at a multiple of 16 and so satisfies the ABI's alignment.
public struct PayloadWriter: ~Copyable {
    public private(set) var bytes: [UInt8]

    /// - Parameter reserving: bytes that will likely follow the head; only a hint.
    public init<Head: BitwiseCopyable>(_ head: Head.Type, reserving: Int = 64) {
        bytes = []
        bytes.reserveCapacity(MemoryLayout<Head>.size + reserving)
        bytes.append(contentsOf: repeatElement(0, count: MemoryLayout<Head>.size))
    }

    /// A text that is always there, also when empty.
    public mutating func text(_ text: String) -> jackfield_text {
        var text = text
        return text.withUTF8 { utf8 in
            if bytes.isEmpty { return jackfield_text() }
            let at = UInt32(bytes.count)
            bytes.append(contentsOf: utf8)
            return jackfield_text(offset: at, length: UInt32(utf8.count))
        }
    }

    /// A text that may be absent.
    public mutating func text(_ text: String?) -> jackfield_text {
        if let text { self.text(text) } else { jackfield_text() }
    }

    public mutating func data(_ data: [UInt8]?) -> jackfield_data {
        guard let data else { return jackfield_data() }
        let at = UInt32(bytes.count)
        bytes.append(contentsOf: data)
        return jackfield_data(offset: at, length: UInt32(data.count))
    }

    public mutating func data(_ data: UnsafeRawBufferPointer) -> jackfield_data {
        let at = UInt32(bytes.count)
        bytes.append(contentsOf: data)
        return jackfield_data(offset: at, length: UInt32(data.count))
    }

    /// A list with one struct for each element. `make` may write what the struct refers to.
    public mutating func list<Element, Entry: BitwiseCopyable>(
        _ elements: [Element], _ make: (inout PayloadWriter, Element) -> Entry
    ) -> jackfield_list {
        guard !elements.isEmpty else { return jackfield_list() }
        let stride = MemoryLayout<Entry>.stride
        while bytes.count % 8 != 0 { bytes.append(0) }
        let at = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: stride * elements.count))
        for (index, element) in elements.enumerated() {
            let entry = make(&self, element)
            bytes.withUnsafeMutableBytes { $0.storeBytes(of: entry, toByteOffset: at + index * stride, as: Entry.self) }
        }
        return jackfield_list(offset: UInt32(at), count: UInt32(elements.count), stride: UInt32(stride), reserved: 0)
    }

    public mutating func items(_ texts: [String]) -> jackfield_list {
        list(texts) { writer, text in jackfield_item(text: writer.text(text)) }
    }

    public mutating func pairs(_ pairs: [(name: String, value: String)]) -> jackfield_list {
        list(pairs) { writer, pair in jackfield_pair(name: writer.text(pair.name), value: writer.text(pair.value)) }
    }

    /// Put the head in place, and its size into its first field. Ends the payload.
    public consuming func finish<Head: BitwiseCopyable>(_ head: Head) -> [UInt8] {
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: head, as: Head.self)
            $0.storeBytes(of: UInt32(MemoryLayout<Head>.size), as: UInt32.self)
        }
        return bytes
    }
}
