public import CJackfield
import JackfieldPlugin
import Prometheus

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { PrometheusExporter.definition.descriptor }
