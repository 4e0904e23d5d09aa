import Testing

@testable import Integrity

@Suite("Base64 of keys and signatures")
struct Base64Tests {
    /// RFC 4648, section 10.
    @Test(
        "is that of the RFC",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test("gives back every byte")
    func roundTrip() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
        }
    }

    @Test(
        "has one text for each sequence of bytes, and takes no other",
        arguments: ["Zg", "Zg=", "Zh==", "Zg===", "=Zg=", "Z", "Zm9v\n", " Zm9v", "Zm-_", "Zm9vYg==Zg==", "Zm8=Zg=="])
    func strict(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
