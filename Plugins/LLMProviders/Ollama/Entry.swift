public import CJackfield
import JackfieldPlugin
import Ollama

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { OllamaProvider.definition.descriptor }
