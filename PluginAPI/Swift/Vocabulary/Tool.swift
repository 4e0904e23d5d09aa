import CJackfield

/// The vocabulary of tools (tool.h).
public enum Tool {
    /// What the one who decides about a call should know.
    public struct Traits: OptionSet, Sendable, Hashable {
        public let rawValue: UInt32
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// Changes nothing.
        public static let readOnly = Traits(rawValue: JACKFIELD_TOOL_READ_ONLY)
        /// The same call again changes nothing more.
        public static let idempotent = Traits(rawValue: JACKFIELD_TOOL_IDEMPOTENT)
        /// May undo or delete what somebody made.
        public static let destructive = Traits(rawValue: JACKFIELD_TOOL_DESTRUCTIVE)
        /// Reaches beyond this machine.
        public static let openWorld = Traits(rawValue: JACKFIELD_TOOL_OPEN_WORLD)
    }

    /// A function that can be called.
    public struct Entry: Sendable, Hashable {
        /// Unique within the plugin: 1 to 64 of A-Z a-z 0-9 _ and -.
        public var name: String
        /// For the model: what it does, when to use it.
        public var description: String
        /// JSON Schema of the arguments, of type "object".
        public var parameters: String
        /// JSON Schema of the content.
        public var result: String?
        public var traits: Traits

        public init(
            name: String, description: String, parameters: String, result: String? = nil, traits: Traits = []
        ) {
            self.name = name
            self.description = description
            self.parameters = parameters
            self.result = result
            self.traits = traits
        }
    }

    /// `jackfield_tool_list_result`.
    public struct List: Payload, Hashable {
        public var tools: [Entry]

        public init(_ tools: [Entry]) { self.tools = tools }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_tool_list_result())
            tools = reader.list(head.tools, jackfield_tool_entry()) { reader, entry in
                Entry(
                    name: reader.text(entry.name), description: reader.text(entry.description),
                    parameters: reader.text(entry.parameters), result: reader.optional(entry.result),
                    traits: Traits(rawValue: entry.flags))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_tool_list_result.self, reserving: 1024)
            var head = jackfield_tool_list_result()
            head.tools = writer.list(tools) { writer, tool in
                jackfield_tool_entry(
                    name: writer.text(tool.name), description: writer.text(tool.description),
                    parameters: writer.text(tool.parameters), result: writer.text(tool.result),
                    flags: tool.traits.rawValue, reserved: 0)
            }
            return writer.finish(head)
        }
    }

    /// `jackfield_tool_call`.
    public struct Invocation: Payload, Hashable {
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
            let head = reader.head(jackfield_tool_call())
            self.init(
                name: reader.text(head.name), arguments: reader.text(head.arguments), id: reader.optional(head.id))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_tool_call.self, reserving: name.utf8.count + arguments.utf8.count)
            var head = jackfield_tool_call()
            head.name = writer.text(name)
            head.arguments = writer.text(arguments)
            head.id = writer.text(id)
            return writer.finish(head)
        }
    }

    /// What a call emits while it runs.
    public enum Event: Sendable, Hashable {
        /// 0 to 1; nil if unknown.
        case progress(Double?, String)

        public func encoded() -> (event: UInt32, payload: [UInt8]) {
            switch self {
            case .progress(let fraction, let message):
                var writer = PayloadWriter(jackfield_tool_progress.self)
                var head = jackfield_tool_progress()
                head.fraction = fraction ?? -1
                head.message = writer.text(message)
                return (JACKFIELD_TOOL_EVENT_PROGRESS, writer.finish(head))
            }
        }

        /// Nil for an event that this version does not know: a reader leaves it out.
        public init?(event: UInt32, _ reader: PayloadReader) {
            guard event == JACKFIELD_TOOL_EVENT_PROGRESS else { return nil }
            let head = reader.head(jackfield_tool_progress())
            self = .progress(head.fraction < 0 ? nil : head.fraction, reader.text(head.message))
        }
    }

    /// `jackfield_tool_result`.
    public struct Result: Payload, Hashable {
        /// What the caller reads.
        public var content: String
        /// Of the content; nil: application/json.
        public var mediaType: String?
        /// The function was called and reports a failure of its own, which the content describes.
        public var isFailure: Bool

        public init(content: String, mediaType: String? = nil, isFailure: Bool = false) {
            self.content = content
            self.mediaType = mediaType
            self.isFailure = isFailure
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_tool_result())
            self.init(
                content: reader.text(head.content), mediaType: reader.optional(head.media_type),
                isFailure: head.flags & JACKFIELD_TOOL_FAILED != 0)
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_tool_result.self, reserving: content.utf8.count + 32)
            var head = jackfield_tool_result()
            head.flags = isFailure ? JACKFIELD_TOOL_FAILED : 0
            head.content = writer.text(content)
            head.media_type = writer.text(mediaType)
            return writer.finish(head)
        }
    }
}
