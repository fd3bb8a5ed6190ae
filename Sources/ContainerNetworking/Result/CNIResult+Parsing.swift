import Quantities

extension CNIResult {
    /// Reads a result from JSON text.
    ///
    /// - Throws: ``CNIResultError``.
    public init(json: String) throws(CNIResultError) {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONValue(parsing: json)
        } catch {
            throw CNIResultError(path: "", message: "\(error)")
        }
        try self.init(value)
    }

    /// Reads a result from a value; a missing list counts as an empty one, as the specification's own types have it.
    ///
    /// - Throws: ``CNIResultError`` for the first member that is not what the specification says.
    public init(_ value: JSONValue) throws(CNIResultError) {
        guard case .object = value else {
            throw CNIResultError(path: "", message: "expected an object, found \(value.text.prefix(80))")
        }
        let reader = ResultReader(value: value, path: "")
        guard let version = try reader.string("cniVersion") else {
            throw CNIResultError(path: "cniVersion", message: "expected a version, found nothing")
        }
        cniVersion = version
        var interfaces: [Interface] = []
        for item in try reader.list("interfaces") {
            interfaces.append(
                Interface(
                    name: try item.required("name", item.string("name")),
                    mac: try item.quantity("mac"),
                    sandbox: try item.string("sandbox")
                )
            )
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
        let names = ResultReader(value: value["dns"] ?? .null, path: "dns.")
        self.interfaces = interfaces
        ips = addresses
        self.routes = routes
        dns = DNS(
            nameservers: try names.strings("nameservers"),
            domain: try names.string("domain"),
            search: try names.strings("search"),
            options: try names.strings("options")
        )
        document = value
    }
}
