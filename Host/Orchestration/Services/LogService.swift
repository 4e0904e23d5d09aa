import JackfieldVocabulary
package import Loading
package import Logging

/// jackfield.log/1: a line of a plugin in the host's log, with the plugin's id and the request's correlation id.
package struct LogService: HostService {
    package let id = "jackfield.log"
    package let revision: UInt32 = 1
    private let logger: Logger

    package init(logger: Logger) { self.logger = logger }

    package func start(_ call: ServiceCall) {
        let line = call.request(LogLine.self)
        var metadata: Logger.Metadata = [:]
        for field in line.fields { metadata[field.name] = "\(field.value)" }
        // Last, so that no plugin speaks for another or for another request.
        metadata["plugin"] = "\(call.plugin.id)"
        metadata["request_id"] = "\(call.scope.context.requestID)"
        let level: Logger.Level =
            switch line.level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
        logger.log(level: level, "\(line.message)", metadata: metadata)
        call.finish(Empty())
    }
}
