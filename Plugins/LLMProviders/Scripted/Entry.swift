public import CJackfield
import JackfieldPlugin
import Scripted

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { ScriptedProvider.definition.descriptor }
