import CJackfield

extension Tool {
    /// A tool as the tools service lists it (tools.h).
    public struct ServiceEntry: Sendable, Hashable {
        /// INSTANCE/TOOL.
        public var name: String
        /// The same as language models are told it: 1 to 64 of A-Z a-z 0-9 _ and -.
        public var alias: String
        public var description: String
        /// JSON Schema of the arguments.
        public var parameters: String
        public var result: String?
        public var traits: Traits

        public init(name: String, alias: String, _ entry: Entry) {
            self.name = name
            self.alias = alias
            description = entry.description
            parameters = entry.parameters
            result = entry.result
            traits = entry.traits
        }
    }

    /// `jackfield_tools_list_result`.
    public struct ServiceList: Payload, Hashable {
        public var tools: [ServiceEntry]

        public init(_ tools: [ServiceEntry]) { self.tools = tools }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_tools_list_result())
            tools = reader.list(head.tools, jackfield_tools_entry()) { reader, entry in
                ServiceEntry(
                    name: reader.text(entry.name), alias: reader.text(entry.alias),
                    Entry(
                        name: reader.text(entry.name), description: reader.text(entry.description),
                        parameters: reader.text(entry.parameters), result: reader.optional(entry.result),
                        traits: Traits(rawValue: entry.flags)))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_tools_list_result.self, reserving: 1024)
            var head = jackfield_tools_list_result()
            head.tools = writer.list(tools) { writer, tool in
                jackfield_tools_entry(
                    name: writer.text(tool.name), alias: writer.text(tool.alias),
                    description: writer.text(tool.description), parameters: writer.text(tool.parameters),
                    result: writer.text(tool.result), flags: tool.traits.rawValue, reserved: 0)
            }
            return writer.finish(head)
        }
    }

    /// `jackfield_tools_call`.
    public struct ServiceInvocation: Payload, Hashable {
        /// INSTANCE/TOOL, or the alias.
        public var name: String
        /// JSON object.
        public var arguments: String
        /// Of the call; the same when it is repeated.
        public var id: String?

        public init(name: String, arguments: String, id: String? = nil) {
            self.name = name
            self.arguments = arguments
            self.id = id
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_tools_call())
            self.init(
                name: reader.text(head.name), arguments: reader.text(head.arguments), id: reader.optional(head.id))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_tools_call.self, reserving: name.utf8.count + arguments.utf8.count)
            var head = jackfield_tools_call()
            head.name = writer.text(name)
            head.arguments = writer.text(arguments)
            head.id = writer.text(id)
            return writer.finish(head)
        }
    }
}
