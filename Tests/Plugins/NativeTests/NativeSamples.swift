import Glibc
import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Native

/// Instances of the plugin for tests, and calls on them as a host makes them.
struct NativeSample {
    let tools: NativeTools

    init(_ config: String) throws {
        tools = try NativeTools(try JSON(parsing: Array(config.utf8)))
    }

    /// The content of a call that succeeds.
    func callAsFunction(
        _ name: String, _ arguments: JSON, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSON {
        let result = try tools.call(Tool.Invocation(name: name, arguments: arguments.text))
        #expect(!result.isFailure, "\(result.content)", sourceLocation: sourceLocation)
        return try JSON(parsing: Array(result.content.utf8))
    }

    /// The content of a call whose function reports a failure of its own.
    func failure(
        _ name: String, _ arguments: JSON, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> JSON {
        let result = try tools.call(Tool.Invocation(name: name, arguments: arguments.text))
        #expect(result.isFailure, "\(result.content)", sourceLocation: sourceLocation)
        return try JSON(parsing: Array(result.content.utf8))
    }

    /// Why a call cannot be made.
    func refusal(
        _ name: String, _ arguments: JSON, sourceLocation: SourceLocation = #_sourceLocation
    ) -> CallError? {
        do {
            let result = try tools.call(Tool.Invocation(name: name, arguments: arguments.text))
            Issue.record("it was called: \(result.content)", sourceLocation: sourceLocation)
            return nil
        } catch {
            return error
        }
    }

    func schema(_ name: String) throws -> JSON {
        let entry = try #require(tools.tools().first { $0.name == name })
        return try JSON(parsing: Array(entry.parameters.utf8))
    }

    /// What an operator reads of a configuration that is wrong, one problem a line.
    static func problems(_ config: String) -> [String] {
        do {
            _ = try NativeSample(config)
            return []
        } catch let error as CallError {
            return error.message.split(separator: "\n").map(String.init)
        } catch {
            return ["\(error)"]
        }
    }
}

/// A function of a library, called without the plugin, to compare with.
func direct<Function>(_ library: String, _ symbol: String, as type: Function.Type) throws -> Function {
    let handle = try #require(dlopen(library, RTLD_NOW))
    return unsafeBitCast(try #require(dlsym(handle, symbol)), to: type)
}
