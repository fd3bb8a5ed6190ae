import ContainerNetworking

/// Network configuration lists, as administrators write them.
struct NetworkListEntrance: Entrance {
    let name = "cni-list"
    let words = [
        "\"cniVersion\":\"1.0.0\"", "\"cniVersion\":\"0.3.0\"", "\"cniVersions\":[\"1.1.0\"]", "\"name\":\"net\"",
        "\"plugins\":[", "\"type\":\"bridge\"", "\"ipam\":{\"type\":\"host-local\"}", "\"disableCheck\":true",
        "\"disableCheck\":\"True\"", "\"disableGC\":true", "\"capabilities\":{\"portMappings\":true}",
        "\"dataDir\":\"/x\"",
        "\"ranges\":[[{\"subnet\":\"10.0.0.0/24\"}]]", "\"dns\":{}", "null", "true", "[]", "{}", "\"\"", "..", "/",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let list: NetworkConfigurationList
        do throws(CNIError) {
            list = try NetworkConfigurationList(json: String(decoding: input, as: UTF8.self))
        } catch {
            try Violation.unlessWorded(error.description)
            return .refused(error.msg)
        }
        let property = "a list that is written reads back as the same"
        do throws(CNIError) {
            let again = try NetworkConfigurationList(json: list.json())
            // 1.0 is written as 1, so the texts are compared.
            guard again.json() == list.json() else {
                throw CNIError(plugin: "", command: nil, kind: .rubbish, msg: list.json())
            }
        } catch {
            throw Violation(property, error.description)
        }
        try Violation.unless(!list.plugins.isEmpty, "a list has a plugin")
        for type in list.pluginTypes {
            try Violation.unless(!type.contains("/") && type != ".." && type != ".", "a type is a file's name", type)
        }
        return .accepted("\(list.cniVersion) \(list.plugins.count > 1)")
    }
}
