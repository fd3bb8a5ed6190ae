import Quantities

extension CNIResult {
    /// Reads a result from JSON text.
    ///
    /// - Parameters:
    ///   - json: What the plugin wrote.
    ///   - asked: The version of the network, which a result without one is taken to have; without it, the result's
    ///     own.
    /// - Throws: ``CNIResultError``.
    public init(json: String, askedFor asked: CNIVersion? = nil) throws(CNIResultError) {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: json)
        } catch {
            throw CNIResultError(path: "", message: "\(error)")
        }
        try self.init(value, askedFor: asked)
    }

    /// Reads a result from a value; a missing list counts as an empty one, as the specification's own types have it.
    ///
    /// Where libcni is lenient, so is this, and says in ``deviations`` what the specification wants otherwise.
    ///
    /// - Throws: ``CNIResultError`` for the first member that is not what the specification says.
    public init(_ value: JSONValue, askedFor asked: CNIVersion? = nil) throws(CNIResultError) {
        var deviations: [String] = []
        let form = try ResultForm(value, askedFor: asked, &deviations)
        let reader = ResultReader(value: form.document, path: "")
        var interfaces: [Interface] = []
        for (index, item) in try reader.list("interfaces").enumerated() {
            interfaces.append(try Self.interface(item, at: index, &deviations))
        }
        var addresses: [Address] = []
        for item in try reader.list("ips") {
            addresses.append(
                Address(
                    address: try item.required("address", item.quantity("address")),
                    gateway: try item.quantity("gateway"),
                    interface: try item.index("interface", below: interfaces.count)
                )
            )
        }
        var routes: [Route] = []
        for item in try reader.list("routes") {
            routes.append(
                Route(dst: try item.required("dst", item.quantity("dst")), gw: try item.quantity("gw"))
            )
        }
        let names = try reader.object("dns")
        cniVersion = form.version
        self.interfaces = interfaces
        ips = addresses
        self.routes = routes
        dns = DNS(
            nameservers: try names.strings("nameservers"),
            domain: try names.string("domain"),
            search: try names.strings("search"),
            options: try names.strings("options")
        )
        document = form.document
        self.deviations = deviations
    }

    /// Names and hardware addresses are plain strings to a runtime, which only hands them on.
    private static func interface(
        _ item: ResultReader,
        at index: Int,
        _ deviations: inout [String]
    ) throws(CNIResultError) -> Interface {
        let name = try item.string("name")
        if name == nil { deviations.append("interfaces[\(index)] without name") }
        var mac: MACAddress?
        if let text = try item.string("mac") {
            mac = try? MACAddress(parsing: text)
            if mac == nil {
                deviations.append("interfaces[\(index)].mac is no hardware address: \"\(text.prefix(40))\"")
            }
        }
        return Interface(name: name ?? "", mac: mac, sandbox: try item.string("sandbox"))
    }
}
