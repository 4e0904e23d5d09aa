/// How an instance is made, and what of the memory that it is lent is watched.
package struct SpecimenOptions {
    /// The id that a manifest would give.
    package var name = "checked"
    /// The bytes of the configuration; nil: the subject's.
    package var config: [UInt8]?
    /// Ids of optional services that the host does not have.
    package var withheld: Set<String> = []
    /// Answers the plugin's calls to services; nil: the rehearsal. Called on the plugin's thread.
    package var services: ((ServiceRecord) -> ServiceAnswer)?
    /// Names of calls begin here; nil: where no other instance of this process begins.
    package var firstCall: UInt64?

    /// Setup, configuration, id and list of services, lent to `create`.
    package var setup: MemoryWatch = []
    /// The host's table, lent until `destroy` has returned.
    package var table: MemoryWatch = []
    /// What `create` fills in.
    package var side: MemoryWatch = []
    /// Request, context and `jackfield_start`, lent to `start`.
    package var request: MemoryWatch = []
    /// Events and ends of the plugin's own calls.
    package var answers: MemoryWatch = []

    /// Zero bytes by which setup, start and end are longer than this version knows, as from a newer host.
    package var growth = 0

    package init() {}
}
