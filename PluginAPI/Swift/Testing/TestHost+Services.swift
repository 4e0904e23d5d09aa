import CJackfield
import JackfieldPlugin
import JackfieldVocabulary
import Synchronization

extension TestHost {
    /// Note what a service is asked, and say what it answers.
    func answer(_ service: Service, _ method: UInt32, _ request: PayloadReader) -> ServiceAnswer {
        switch service {
        case .log:
            note(\.log, LogLine(request))
            return .success()
        case .metrics:
            note(\.metrics, MetricRecord(request))
            return .success()
        case .timer:
            note(\.sleeps, .nanoseconds(TimerRequest(request).delay))
            return .success()
        case .secrets:
            let name = SecretRequest(request).name
            note(\.secrets, name)
            guard let value = services.secrets[name] else {
                return .failure(CallError(.forbidden, "the test grants no secret \(name)"))
            }
            return .success(SecretValue(value: value).payload())
        case .http: return network(HTTPRequest(request))
        case .llm: return model(method, request)
        case .tools: return tools(method, request)
        case .agents: return agents(method, request)
        }
    }

    private func network(_ request: HTTPRequest) -> ServiceAnswer {
        note(\.requests, request)
        let reply = services.network(request)
        guard reply.status != 0 else { return ServiceAnswer(end: reply.end) }
        let head = HTTPHead(status: reply.status, headers: reply.headers).payload()
        let body = reply.pieces.map { (event: JACKFIELD_HTTP_EVENT_BODY, payload: HTTPBody($0).payload()) }
        return ServiceAnswer(events: [(event: JACKFIELD_HTTP_EVENT_HEAD, payload: head)] + body, end: reply.end)
    }

    private func model(_ method: UInt32, _ request: PayloadReader) -> ServiceAnswer {
        guard Int32(method) == JACKFIELD_LLM_COMPLETE else {
            return .failure(CallError(.unsupported, "the test host completes texts, and knows no other use of models"))
        }
        let completion = LLM.CompletionRequest(request)
        note(\.completions, completion)
        let reply = services.model(completion)
        return ServiceAnswer(events: reply.events.map { $0.encoded() }, end: reply.end)
    }

    private func tools(_ method: UInt32, _ request: PayloadReader) -> ServiceAnswer {
        if Int32(method) == JACKFIELD_TOOLS_LIST { return .success(Tool.ServiceList(services.tools).payload()) }
        let invocation = Tool.ServiceInvocation(request)
        note(\.toolCalls, invocation)
        do throws(CallError) {
            return .success(try services.tool(invocation).payload())
        } catch {
            return .failure(error)
        }
    }

    private func agents(_ method: UInt32, _ request: PayloadReader) -> ServiceAnswer {
        if Int32(method) == JACKFIELD_AGENTS_LIST { return .success(Agent.EntryList(services.agents).payload()) }
        let invocation = Agent.ServiceInvocation(request)
        note(\.invocations, invocation)
        do throws(CallError) {
            let text = Agent.Event.text(try services.agent(invocation)).encoded()
            return ServiceAnswer(events: [text], end: .success(Agent.Result(consulted: false).payload()))
        } catch {
            return .failure(error)
        }
    }

    private func note<Noted>(_ list: WritableKeyPath<Record, [Noted]>, _ value: Noted) {
        state.withLock { $0.record[keyPath: list].append(value) }
    }
}
