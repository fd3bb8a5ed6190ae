/// A file that a resource names: the configuration list of a network.
public struct NamedFile: Sendable, Hashable {
    /// The path of the key that names it, such as `spec.networks[1].conflist`.
    public let key: String
    /// The path of the file as it stands in the resource.
    public let path: String
    /// The name of the network that it describes.
    public let network: String
}
