package import CJackfield

/// A layout of layouts.h, read into Swift.
package struct LayoutTable {
    package struct Field {
        package let name: String
        package let offset: UInt32
        /// JACKFIELD_KIND_*
        package let kind: UInt32
        /// Of a list.
        package let element: UnsafePointer<jackfield_layout>?
    }

    package let layout: UnsafePointer<jackfield_layout>
    package let name: String
    package let fields: [Field]
    package var size: Int { Int(layout.pointee.size) }
    /// As the first release knew it.
    package var least: Int { Int(layout.pointee.least) }

    package init(_ layout: UnsafePointer<jackfield_layout>) {
        self.layout = layout
        name = String(cString: layout.pointee.name)
        fields = (0..<Int(layout.pointee.count)).map { index in
            let field = layout.pointee.fields[index]
            return Field(
                name: String(cString: field.name), offset: field.offset, kind: field.kind, element: field.element)
        }
    }
}
