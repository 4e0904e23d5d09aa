import JackfieldJSON
package import JackfieldVocabulary
import Loading
package import Storage

/// What was said in a session before, kept in the store: the last `limit` turns, until a week after the last one.
package struct SessionHistory: Sendable {
    private static let limit = 20
    private static let lifetime = Duration.seconds(7 * 24 * 3600)

    private let store: (any Store)?

    /// - Parameter store: nil: sessions are not kept, as in a question without a server.
    package init(store: (any Store)?) { self.store = store }

    /// The turns so far, oldest first.
    ///
    /// - Throws: `invalidArgument` for an id that cannot be one; `unavailable` if the store cannot be read: an answer
    ///   that has forgotten what was said before would be a wrong one.
    package func turns(of session: String?) async throws(CallError) -> [Agent.Turn] {
        guard let store, let session else { return [] }
        let key = try Self.key(session)
        do throws(StoreError) {
            return Self.decode(try await store.read(key, in: Self.collection)?.value)
        } catch {
            throw CallError(.unavailable, "the session cannot be read: \(error)", retry: true)
        }
    }

    /// Add turns.
    ///
    /// - Returns: a sentence for the user if they could not be kept; the answer itself is not lost by it.
    package func append(_ turns: [Agent.Turn], to session: String) async -> String? {
        guard let store, let key = try? Self.key(session) else { return nil }
        do throws(StoreError) {
            try await store.update(key, in: Self.collection, expiry: Self.lifetime) { record in
                Self.encode(Array((Self.decode(record?.value) + turns).suffix(Self.limit)))
            }
            return nil
        } catch {
            return "The session could not be saved, so a later question will not know of this one."
        }
    }

    private static let collection: Collection = "sessions"

    /// 1 to 128 of letters, digits, ".", "_" and "-".
    private static func key(_ session: String) throws(CallError) -> RecordKey {
        let isWellFormed =
            (1...128).contains(session.utf8.count)
            && session.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
        guard isWellFormed, let key = try? RecordKey(validating: session) else {
            throw CallError(.invalidArgument, "a session is 1 to 128 of letters, digits, \".\", \"_\" and \"-\"")
        }
        return key
    }

    private static func encode(_ turns: [Agent.Turn]) -> [UInt8] {
        JSON.array(turns.map { ["role": .string($0.role), "text": .string($0.text)] }).bytes
    }

    private static func decode(_ bytes: [UInt8]?) -> [Agent.Turn] {
        guard let bytes, let turns = try? JSON(parsing: bytes) else { return [] }
        return (turns.array ?? []).compactMap { turn in
            guard let role = turn["role"]?.string, let text = turn["text"]?.string else { return nil }
            return Agent.Turn(role: role, text: text)
        }
    }
}
