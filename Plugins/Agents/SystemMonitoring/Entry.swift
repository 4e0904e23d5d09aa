public import CJackfield
import JackfieldPlugin
import SystemMonitoring

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { SystemMonitoringAgent.definition.descriptor }
