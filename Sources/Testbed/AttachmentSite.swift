public import Quantities

/// What a probe on a node needs to attach pods to the node's network itself, for experiments that measure the plugins.
public struct AttachmentSite: Sendable, Equatable {
    /// The network's CNI configuration list with everything filled in; nil where no plugins are used.
    public var conflist: String?
    /// Where plugins are looked for.
    public var pluginDirectories: [String]
    /// A directory of the node's own for leases and records; its owner removes it with the run.
    public var directory: String
    /// What the IDs of the pods' containers begin with, so that what plugins keep of them can be removed with the run.
    public var containerPrefix: String
    /// The pods' addresses.
    public var range: CIDR

    /// A site.
    public init(
        conflist: String?,
        pluginDirectories: [String],
        directory: String,
        containerPrefix: String,
        range: CIDR
    ) {
        self.conflist = conflist
        self.pluginDirectories = pluginDirectories
        self.directory = directory
        self.containerPrefix = containerPrefix
        self.range = range
    }
}
