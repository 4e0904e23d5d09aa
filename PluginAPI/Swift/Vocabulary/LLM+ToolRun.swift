import CJackfield

extension LLM {
    /// A tool that the host has called for the model (`jackfield_llm_tool_run`).
    public struct ToolRun: Sendable, Hashable {
        /// Of the model's call.
        public var id: String
        /// INSTANCE/TOOL.
        public var name: String
        /// JSON as the model wrote it.
        public var arguments: String
        /// What the model was told.
        public var content: String
        /// Why it could not be called; nil: it was.
        public var error: CallError.Code?
        /// The tool was called and reports a failure of its own.
        public var isFailure: Bool
        /// 1 and up.
        public var round: UInt32
        /// Nanoseconds.
        public var duration: Int64

        public init(
            id: String, name: String, arguments: String, content: String, error: CallError.Code? = nil,
            isFailure: Bool = false, round: UInt32, duration: Int64
        ) {
            self.id = id
            self.name = name
            self.arguments = arguments
            self.content = content
            self.error = error
            self.isFailure = isFailure
            self.round = round
            self.duration = duration
        }

        init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_llm_tool_run())
            self.init(
                id: reader.text(head.id), name: reader.text(head.name), arguments: reader.text(head.arguments),
                content: reader.text(head.content),
                error: head.code == JACKFIELD_OK ? nil : CallError.Code(rawValue: head.code) ?? .internal,
                isFailure: head.flags & JACKFIELD_TOOL_FAILED != 0, round: head.round, duration: head.duration)
        }

        func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_llm_tool_run.self, reserving: 256)
            var head = jackfield_llm_tool_run()
            head.code = error?.rawValue ?? JACKFIELD_OK
            head.flags = isFailure ? JACKFIELD_TOOL_FAILED : 0
            head.round = round
            head.duration = duration
            head.id = writer.text(id)
            head.name = writer.text(name)
            head.arguments = writer.text(arguments)
            head.content = writer.text(content)
            return writer.finish(head)
        }
    }
}
