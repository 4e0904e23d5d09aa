public import CJackfield
import JackfieldPlugin
import Bedrock

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { BedrockProvider.definition.descriptor }
