public import Contract

extension NetworkScalabilityTest {
    /// Whether a client stays with its endpoint.
    public enum SessionAffinity: String, Sendable, Hashable, CaseIterable {
        case none = "None"
        case clientIP = "ClientIP"
    }
}

extension ServiceMeasure {
    /// What is measured unless the resource says otherwise.
    public static let usual: [ServiceMeasure] = [
        .program, .addOne, .deleteOne, .changeEndpoint, .firstPacket, .established, .connectionRate, .readBack,
        .remove,
    ]
}
