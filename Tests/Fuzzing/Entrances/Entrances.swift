/// Every entrance that is known.
public enum Entrances {
    /// Their names.
    public static let names = makers.map(\.name)

    /// The entrance with this name, or nil where there is none; throws when what it needs cannot be made.
    ///
    /// Beside those of ``names`` there is `planted`, an entrance with faults, to see that they are found.
    public static func make(_ name: String) throws -> (any Entrance)? {
        name == "planted" ? PlantedEntrance() : try makers.first { $0.name == name }?.make()
    }

    private static let makers: [(name: String, make: @Sendable () throws -> any Entrance)] =
        pure.map { entrance in (entrance.name, { entrance }) } + [("import", { @Sendable in try ImportEntrance() })]

    /// Those that keep nothing and need nothing.
    private static let pure: [any Entrance] = [
        ResourcesEntrance(), JSONEntrance(), PlanEntrance(), EventEntrance(), Iperf3Entrance(), NetperfEntrance(),
        NetworkListEntrance(), PluginAnswerEntrance(), NFTablesEntrance(), IPTablesEntrance(), IPSetEntrance(),
        NetlinkEntrance(), HistogramEntrance(), KernelFactsEntrance(), QuantitiesEntrance(), NameMessageEntrance(),
        ExpressionEntrance(),
    ]
}
