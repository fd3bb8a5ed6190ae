/// A chart that was drawn.
public struct Picture: Sendable, Equatable {
    /// What it shows: data, axes and caption.
    public let chart: Chart
    /// The file it was written to.
    public let path: String
    /// The file's bytes, a PNG.
    public let png: [UInt8]
}
