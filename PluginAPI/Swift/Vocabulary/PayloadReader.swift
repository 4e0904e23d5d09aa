public import CJackfield

/// Reads a payload that `jackfield_check` accepted. Valid only as long as the buffer it was made from.
public struct PayloadReader {
    public let bytes: UnsafeRawBufferPointer

    /// - Precondition: the bytes passed `jackfield_check` for the layout that will be read.
    public init(checked bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    public init(checked view: jackfield_view) {
        bytes = UnsafeRawBufferPointer(start: view.data, count: Int(view.size))
    }

    /// The struct at the start. What an older sender did not know is zero; what a newer one added is left out.
    public func head<Head: BitwiseCopyable>(_ zero: Head) -> Head {
        var head = zero
        guard bytes.count >= 4 else { return head }
        let given = Int(bytes.loadUnaligned(as: UInt32.self))
        withUnsafeMutableBytes(of: &head) { into in
            into.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<min(given, into.count)]))
        }
        return head
    }

    public func text(_ text: jackfield_text) -> String {
        guard text.length > 0 else { return "" }
        return String(decoding: slice(text.offset, text.length), as: UTF8.self)
    }

    public func optional(_ text: jackfield_text) -> String? { text.offset == 0 ? nil : self.text(text) }

    /// The bytes where they lie.
    public func slice(_ offset: UInt32, _ length: UInt32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset) + Int(length)])
    }

    public func data(_ data: jackfield_data) -> [UInt8] { Array(slice(data.offset, data.length)) }
    public func optional(_ data: jackfield_data) -> [UInt8]? { data.offset == 0 ? nil : self.data(data) }

    public func list<Entry: BitwiseCopyable, Element>(
        _ list: jackfield_list, _ zero: Entry, _ make: (PayloadReader, Entry) -> Element
    ) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(Int(list.count))
        let size = min(MemoryLayout<Entry>.size, Int(list.stride))
        for index in 0..<Int(list.count) {
            var entry = zero
            let from = Int(list.offset) + index * Int(list.stride)
            withUnsafeMutableBytes(of: &entry) {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[from..<from + size]))
            }
            elements.append(make(self, entry))
        }
        return elements
    }

    public func items(_ list: jackfield_list) -> [String] {
        self.list(list, jackfield_item()) { $0.text($1.text) }
    }

    /// The value of the first pair with this name, without making texts of the others.
    func first(named name: String, in list: jackfield_list) -> String? {
        var name = name
        return name.withUTF8 { wanted in
            for index in 0..<Int(list.count) {
                let pair = bytes.loadUnaligned(
                    fromByteOffset: Int(list.offset) + index * Int(list.stride), as: jackfield_pair.self)
                guard Int(pair.name.length) == wanted.count else { continue }
                if slice(pair.name.offset, pair.name.length).elementsEqual(wanted) { return text(pair.value) }
            }
            return nil
        }
    }

    public func pairs(_ list: jackfield_list) -> [(name: String, value: String)] {
        self.list(list, jackfield_pair()) { (name: $0.text($1.name), value: $0.text($1.value)) }
    }
}
