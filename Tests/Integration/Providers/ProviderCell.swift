import JackfieldJSON
import TestSupport
import Testing

/// One cell of the matrix: something that every provider must do, or refuse clearly.
enum ProviderCell: Hashable, Sendable, CaseIterable, CustomTestStringConvertible {
    case text, reasoning, system, parameters, unknownFields
    case tools, parallelTools, streamedTools, toolResults, anyTool, namedTool, noTool, jsonSchema, jsonObject
    case image, imageURL, choices, embeddings
    case usage, streamedUsage, usageAbsent
    case stop(DialectAnswer.Stop)
    case fault(DialectFault), streamedFault(DialectFault)
    case stream, inStreamFault, cutStream, cancel, cancelWhole, secrecy

    static let allCases: [ProviderCell] =
        [
            .text, .reasoning, .system, .parameters, .unknownFields, .tools, .parallelTools, .streamedTools,
            .toolResults, .anyTool, .namedTool, .noTool, .jsonSchema, .jsonObject, .image, .imageURL, .choices,
            .embeddings, .usage, .streamedUsage, .usageAbsent,
        ] + DialectAnswer.Stop.allCases.map(ProviderCell.stop) + DialectFault.allCases.map(ProviderCell.fault)
        + DialectFault.allCases.map(ProviderCell.streamedFault)
        + [.stream, .inStreamFault, .cutStream, .cancel, .cancelWhole, .secrecy]

    var testDescription: String {
        switch self {
        case .stop(let reason): "stop: \(reason.rawValue)"
        case .fault(let fault): "fault: \(fault)"
        case .streamedFault(let fault): "fault where a stream was asked for: \(fault)"
        default: "\(self)"
        }
    }

    /// The name of the cell's model.
    var model: String { testDescription.replacing(" ", with: "-") }

    var isQuiet: Bool { self == .cancel || self == .cancelWhole }

    func run(on provider: ProviderUnderTest) throws {
        let bench = CellBench(cell: self, provider: provider)
        if provider.limits.refuses.contains(self) { return try bench.refused() }
        switch self {
        case .text: try bench.text()
        case .stream: try bench.stream()
        case .reasoning: try bench.reasoning()
        case .system: try bench.system()
        case .parameters: try bench.parameters()
        case .unknownFields: try bench.unknownFields()
        case .tools: try bench.tools(["weather"], streamed: false)
        case .parallelTools: try bench.tools(["weather", "time"], streamed: false)
        case .streamedTools: try bench.tools(["weather", "time"], streamed: true)
        case .toolResults: try bench.toolResults()
        case .anyTool, .namedTool, .noTool: try bench.toolChoice()
        case .jsonSchema, .jsonObject: try bench.responseFormat()
        case .image: try bench.image()
        case .imageURL: try bench.imageURL()
        case .choices: try bench.choices()
        case .embeddings: try bench.embeddings()
        case .usage: try bench.usage()
        case .streamedUsage: try bench.streamedUsage()
        case .usageAbsent: try bench.usageAbsent()
        case .stop(let reason): try bench.stop(reason)
        case .fault(let fault): try bench.fault(fault, streamed: false)
        case .streamedFault(let fault): try bench.fault(fault, streamed: true)
        case .inStreamFault: try bench.inStreamFault()
        case .cutStream: try bench.cutStream()
        case .cancel: try bench.cancel()
        case .cancelWhole: try bench.cancelWhole()
        case .secrecy: try bench.secrecy()
        }
    }
}

/// What a client of /v1 is told.
struct ClientError: Sendable, Hashable {
    var status: Int
    var code: String?

    init(_ status: Int, _ code: String?) {
        self.status = status
        self.code = code
    }

    /// Those of the host's one table (docs/api.md) for the errors that every provider knows.
    init(_ fault: DialectFault) {
        switch fault {
        case .badKey: self.init(502, "upstream_unauthenticated")
        case .forbidden: self.init(502, "upstream_forbidden")
        case .noSuchModel: self.init(502, "upstream_not_found")
        case .invalidRequest, .tooLong: self.init(400, nil)
        case .rateLimited: self.init(429, "rate_limit_exceeded")
        case .quota: self.init(429, "insufficient_quota")
        case .contentFiltered: self.init(400, "content_filter")
        case .overloaded, .serverError, .unavailable: self.init(503, "upstream_unavailable")
        }
    }
}
