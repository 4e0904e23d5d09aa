import JackfieldJSON

/// Members of an answer that the vocabulary does not know. Where one comes again, the last value counts.
struct BoundedExtra {
    /// More than this is not kept: an upstream must not fill memory with what nobody reads.
    private static let memberBound = 32
    private static let byteBound = 64 << 10

    private var object = JSONObject()
    private var sizes: [String: Int] = [:]

    mutating func set(_ member: JSONObject.Member) {
        if member.value.isNull { return }
        let size = member.key.utf8.count + member.value.bytes.count
        let others = sizes.reduce(0) { $1.key == member.key ? $0 : $0 + $1.value }
        guard others + size <= BoundedExtra.byteBound,
            sizes[member.key] != nil || sizes.count < BoundedExtra.memberBound
        else { return }
        sizes[member.key] = size
        object[member.key] = member.value
    }

    /// A JSON object, or nil if there is nothing to say.
    var json: String? { object.isEmpty ? nil : JSON.object(object).text }
}
