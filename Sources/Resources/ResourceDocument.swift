/// A resource, and where it was read.
public struct ResourceDocument: Sendable {
    /// The resource, of one of the known kinds.
    public let resource: any Resource
    /// The whole resource as JSON on one line: keys sorted, quantities as strings, every default filled in.
    ///
    /// It decodes back to an equal resource, as JSON is YAML.
    public let canonicalJSON: String
    /// The file as it was named to the decoder.
    public let file: String
    /// The line on which the document begins, counted from 1.
    public let line: Int
}
