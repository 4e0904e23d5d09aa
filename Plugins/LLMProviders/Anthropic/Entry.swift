import Anthropic
public import CJackfield
import JackfieldPlugin

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { AnthropicProvider.definition.descriptor }
