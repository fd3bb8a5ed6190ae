/// Lists what stands in the network of a place: links, addresses, routes, queues, packet filters and settings.
public struct InventoryProbe: Probe {
    /// The word in a plan.
    public static let kind = "inventory"

    /// The artifact with one thing a line, sorted, such as `link eth0 of kind veth`.
    public static let artifact = "inventory.txt"

    /// A probe that has no settings.
    public init() {}
}
