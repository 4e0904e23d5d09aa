import JackfieldPlugin
import Testing

struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func agreesWithTheVectorsOfTheRFC(_ plain: String, _ coded: String) {
        #expect(String(decoding: Base64.encode(Array(plain.utf8)), as: UTF8.self) == coded)
        #expect(Base64.decode(coded.utf8) == Array(plain.utf8))
        #expect(Base64.decode(coded.filter { $0 != "=" }.utf8) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zg===", "Z g=", "Zg==Zg=="])
    func refusesWhatIsNotBase64(_ text: String) { #expect(Base64.decode(text.utf8) == nil) }
}
