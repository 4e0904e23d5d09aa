/// The status and the fields of a response, as its receiver gets them.
package struct OutboundResponseHead: Sendable {
    /// From 200 to 999.
    package var status: Int
    /// In the order in which they came; names in lower case, values without the white space around them. What is not
    /// UTF-8 in a value is replaced by U+FFFD.
    package var headers: [(name: String, value: String)]

    package init(status: Int, headers: [(name: String, value: String)]) {
        self.status = status
        self.headers = headers
    }

    /// The first value of a field.
    ///
    /// - Parameter name: in lower case.
    package func header(_ name: String) -> String? { self.headers.first { $0.name == name }?.value }
}
