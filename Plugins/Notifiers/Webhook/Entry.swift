public import CJackfield
import JackfieldPlugin
import Webhook

@c @implementation
public func jackfield_plugin_v1() -> UnsafePointer<jackfield_plugin>? { WebhookNotifier.definition.descriptor }
