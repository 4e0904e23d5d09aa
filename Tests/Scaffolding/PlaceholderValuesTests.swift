import Manifest
import Scaffolding
import Testing

@Suite struct PlaceholderValuesTests {
    private func filled(_ text: String, kit: String? = nil) throws -> String {
        let values = PlaceholderValues(try PluginReference("agent/my-thing"), kit: kit)
        return String(decoding: try values.filled(Array(text.utf8), of: "c/agent/file"), as: UTF8.self)
    }

    @Test func everyPlaceholderIsReplaced() throws {
        #expect(
            try filled("@KIND@ @NAME@ @SNAKE@ @TYPE@ @ID@ @ABI@ @KIT@", kit: "/kit")
                == "agent my-thing my_thing MyThingAgent agent/my-thing 1 /kit")
    }

    @Test func placeholdersThatTouchAreReplaced() throws {
        #expect(try filled("lib@KIND@@NAME@.so") == "libagentmy-thing.so")
    }

    @Test(arguments: ["someone@example.org", "@echo hello", "@", "@@", "$@ $< @Suite struct A", "@name@", "a@NAME"])
    func otherSignsStay(text: String) throws {
        #expect(try filled(text) == text)
    }

    @Test func bytesThatAreNoTextStay() throws {
        let values = PlaceholderValues(try PluginReference("agent/a"))
        #expect(try values.filled([0xFF, 0x00, 0x40, 0xFE], of: "x") == [0xFF, 0x00, 0x40, 0xFE])
    }

    @Test func anUnknownPlaceholderIsAMistakeOfTheTemplate() throws {
        #expect(throws: ScaffoldError("the template c/agent/file has a placeholder @WHAT@, which is not known")) {
            try filled("@WHAT@")
        }
    }

    @Test func theKitIsKnownToSwiftAlone() throws {
        #expect(throws: ScaffoldError.self) { try filled("@KIT@") }
    }
}
