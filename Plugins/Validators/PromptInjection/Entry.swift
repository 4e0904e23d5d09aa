public import CJackfield
import JackfieldPlugin
import PromptInjection

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { PromptInjectionValidator.definition.descriptor }
