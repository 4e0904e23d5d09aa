import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

private enum Size: String, CaseIterable { case small, large }

private func sentence(_ json: JSON, _ read: (ConfigReader) throws -> Void) -> String? {
    do {
        try read(ConfigReader(config: json))
        return nil
    } catch {
        return (error as? CallError).flatMap { $0.code == .invalidArgument ? $0.message : nil } ?? "\(error)"
    }
}

struct ConfigReaderTests {
    @Test func takesNullForAbsent() throws {
        let reader = ConfigReader(config: ["a": nil])
        #expect(try reader.string("a") == nil)
        #expect(try reader.bool("a") == nil)
        #expect(try reader.int("a", 0...1) == nil)
        #expect(try reader.strings("a") == nil)
        #expect(try reader.headers("a") == [])
        #expect(try reader.secret("b") == nil)
    }

    @Test func readsWhatIsThere() throws {
        let reader = ConfigReader(config: [
            "text": "t", "flag": true, "count": 7, "list": ["a", "b"], "size": "large", "key": " k\n",
            "headers": ["X-One": "1"],
        ])
        #expect(try reader.string("text") == "t")
        #expect(try reader.bool("flag") == true)
        #expect(try reader.int("count", 0...7) == 7)
        #expect(try reader.strings("list") == ["a", "b"])
        #expect(try reader.choice("size") == Size.large)
        #expect(try reader.secret("key") == Secret("k"))
        #expect(try reader.headers("headers") == [ConfigReader.Header(name: "x-one", value: Secret("1"))])
    }

    @Test func saysWhichKeyIsWrongAndWhatWouldBeRight() {
        let config: JSON = ["a": 7, "b": [1], "c": "huge", "d": "x\u{1}", "e": ["Accept": "x"], "f": ["x-key": "1"]]
        #expect(sentence(config) { _ = try $0.string("a") } == "config.a must be a string, not a number")
        #expect(sentence(config) { _ = try $0.int("a", 1...6) } == "config.a must be a whole number from 1 to 6")
        #expect(sentence(config) { _ = try $0.strings("b") } == "config.b must be a list of strings")
        #expect(
            sentence(config) { let _: Size? = try $0.choice("c") }
                == #"config.c is "huge"; it must be one of "small", "large""#)
        #expect(
            sentence(config) { _ = try $0.secret("d") }
                == "config.d holds a character that cannot stand in an HTTP header")
        #expect(
            sentence(config) { _ = try $0.headers("e") }
                == #"config.e: "Accept" is set by the host and cannot be given here"#)
    }

    @Test func refusesAHeaderThatAnotherKeyMakes() throws {
        let twice: JSON = ["api_key": "k", "headers": ["X-Api-Key": "k"]]
        #expect(
            sentence(twice) { _ = try $0.headers("headers", owned: ["x-api-key": "api_key"]) }
                == #"config.headers: "X-Api-Key" and api_key say the same thing; leave one out"#)
        let once: JSON = ["api_key": " ", "headers": ["X-Api-Key": "k"]]
        #expect(sentence(once) { _ = try $0.headers("headers", owned: ["x-api-key": "api_key"]) } == nil)
    }
}
