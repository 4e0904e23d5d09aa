public import CJackfield
import JackfieldPlugin
import URL

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { URLValidator.definition.descriptor }
