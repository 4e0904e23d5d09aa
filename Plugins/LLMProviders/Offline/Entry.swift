public import CJackfield
import JackfieldPlugin
import Offline

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { OfflineProvider.definition.descriptor }
