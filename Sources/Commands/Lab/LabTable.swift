import LocalTestbed

/// The places of a lab, as `lab up` and `lab ps` print them.
enum LabTable {
    struct Entry: Encodable {
        let place: String
        let namespace: String
        let addresses: [String]
        let processes: Int
    }

    static func print(run: String, _ output: OutputOptions) throws {
        let entries = try PlaceStatus.list(run: run).map {
            Entry(place: $0.place, namespace: $0.namespace, addresses: $0.addresses, processes: $0.processes)
        }
        try output.print(entries) { entries in
            TextTable(
                [.init("place"), .init("addresses"), .init("processes", .right), .init("namespace")],
                rows: entries.map { [$0.place, $0.addresses.joined(separator: " "), "\($0.processes)", $0.namespace] }
            )
        }
    }
}
