public import CJackfield
import JackfieldPlugin
import Native

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { NativeTools.definition.descriptor }
