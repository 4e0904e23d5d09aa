import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Reads the vectors of one request: Titan's `embedding`, Cohere's `embeddings`, which is a list or, where types were
/// asked for, an object of lists.
enum EmbeddingDecoder {
    /// - Parameter count: how many vectors were asked for.
    /// - Returns: the vectors in the order of the texts, and the tokens of the prompt if the body counts them.
    static func decode(_ body: [UInt8], count: Int) throws(UpstreamError) -> (vectors: [[Float]], tokens: UInt64?) {
        guard let json = try? JSON(parsing: body) else { throw .rubbish("the upstream's embeddings are not JSON") }
        let lists: [JSON]
        if let vector = json["embedding"] {
            lists = [vector]
        } else {
            lists = json["embeddings"]?.array ?? json["embeddings"]?["float"]?.array ?? []
        }
        let vectors = lists.map { $0.array?.compactMap { $0.double.map(Float.init) } ?? [] }
        guard vectors.count == count, zip(vectors, lists).allSatisfy({ !$0.isEmpty && $0.count == $1.array?.count })
        else {
            throw .rubbish("the upstream gave \(vectors.count) embeddings for \(count) texts, or some that are none")
        }
        return (vectors, json["inputTextTokenCount"]?.int.map { UInt64(clamping: $0) })
    }
}
