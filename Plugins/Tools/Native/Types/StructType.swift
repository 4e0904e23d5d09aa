/// A structure of C with the offsets that the platform's ABI gives its fields: each at the next multiple of its
/// alignment, the whole rounded up to the largest alignment (System V ABI, AAPCS64).
package struct StructType: Sendable, Hashable {
    package struct Field: Sendable, Hashable {
        package var name: String
        package var type: CType
        /// Bytes from the start.
        package var offset: Int
    }

    package let name: String
    package let fields: [Field]
    package let size: Int
    package let alignment: Int

    package init(name: String, fields: [(name: String, type: CType)]) {
        self.name = name
        var at = 0
        var widest = 1
        self.fields = fields.map { field in
            let alignment = field.type.alignment
            widest = max(widest, alignment)
            at = Self.round(at, up: alignment)
            defer { at += field.type.size }
            return Field(name: field.name, type: field.type, offset: at)
        }
        alignment = widest
        size = Self.round(at, up: widest)
    }

    static func round(_ value: Int, up alignment: Int) -> Int { (value + alignment - 1) / alignment * alignment }
}
