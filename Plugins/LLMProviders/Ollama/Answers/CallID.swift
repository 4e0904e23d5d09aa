/// Ids for calls of tools: many versions of Ollama give none, and clients need one to send the result back.
package enum CallID {
    /// "call_" and 16 hexadecimal digits. Random, so that no two calls of a conversation have the same.
    package static func random() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return "call_" + String(repeating: "0", count: 16 - digits.count) + digits
    }
}
