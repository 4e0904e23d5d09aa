import @TYPE@Plugin
import CJackfield
import JackfieldPlugin

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { @TYPE@.definition.descriptor }
