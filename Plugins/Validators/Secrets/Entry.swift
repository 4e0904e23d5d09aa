public import CJackfield
import JackfieldPlugin
import Secrets

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { SecretsValidator.definition.descriptor }
