import JackfieldJSON
import NIOCore

/// Reads the body of a request of `/v1` as far as the dialects of all its routes agree: one JSON object.
enum DialectBody {
    static func object(_ bytes: UnsafeRawBufferPointer) throws(DialectError) -> JSONObject {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes)
        } catch {
            throw .invalid(
                bytes.isEmpty
                    ? "The body is empty; it must be a JSON object."
                    : "The body is not JSON: \(error.reason), at byte \(error.offset) of \(bytes.count).")
        }
        guard case .object(let object) = json else {
            throw .invalid("The body must be a JSON object, and is \(json.kindName).")
        }
        return object
    }

    /// Lend the bytes of a buffer to a decoder; NIO's own method cannot say which error it throws.
    static func lend<Decoded>(
        _ body: ByteBuffer, _ decode: (UnsafeRawBufferPointer) throws(DialectError) -> Decoded
    ) throws(DialectError) -> Decoded {
        let result: Result<Decoded, DialectError> = body.withUnsafeReadableBytes { bytes in
            do throws(DialectError) { return .success(try decode(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
