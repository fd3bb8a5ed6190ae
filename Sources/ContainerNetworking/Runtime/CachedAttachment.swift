/// What is remembered of an attachment until it is deleted.
public struct CachedAttachment: Sendable, Hashable {
    /// The network.
    public let list: NetworkConfigurationList
    /// The container and its interface.
    public let attachment: Attachment
    /// The final result, or nil when `ADD` has not come to its end.
    public let result: CNIResult?
}

extension CachedAttachment: Codable {
    private enum CodingKeys: String, CodingKey {
        case list
        case attachment
        case result
    }

    /// Reads a cache file.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        list = try NetworkConfigurationList(container.decode(JSONValue.self, forKey: .list))
        attachment = try container.decode(Attachment.self, forKey: .attachment)
        result = try container.decodeIfPresent(CNIResult.self, forKey: .result)
    }

    /// Writes a cache file.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(list.value, forKey: .list)
        try container.encode(attachment, forKey: .attachment)
        try container.encodeIfPresent(result, forKey: .result)
    }
}
