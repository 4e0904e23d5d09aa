public import CJackfield
import JackfieldPlugin
import OpenAI

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { OpenAIProvider.definition.descriptor }
