import ContainerNetworking
import Processes

/// What a CNI plugin writes: results of `ADD`, errors, and the answer to `VERSION`.
struct PluginAnswerEntrance: Entrance {
    let name = "cni-result"
    let words = [
        "\"cniVersion\":\"1.0.0\"", "\"cniVersion\":\"\"", "\"interfaces\":[", "\"ips\":[", "\"routes\":[", "\"dns\":{",
        "\"address\":\"10.0.0.2/24\"", "\"gateway\":\"::1\"", "\"interface\":0", "\"interface\":-1",
        "\"mac\":\"02:0:0:0:0:1\"",
        "\"sandbox\":\"/run/netns/x\"", "\"mtu\":1500", "\"code\":7", "\"code\":11.5", "\"msg\":\"no\"",
        "\"details\":\"\"",
        "\"supportedVersions\":[\"1.0.0\"]", "\"dst\":\"0.0.0.0/0\"", "\"gw\":null", "null", "[]", "{}", "\"\"",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let text = String(decoding: input, as: UTF8.self)
        for status in [ExitStatus.exited(0), .exited(1)] {
            let output = ProcessOutput(
                command: Command(executable: "plugin"), standardOutput: text, standardError: text, status: status)
            let answer = PluginAnswer(plugin: "bridge", command: .add, output: output)
            for version in CNIVersion.allCases {
                if let result = try understood({ () throws(CNIError) in try answer.result(version: version) }) {
                    try Violation.unless(status.isSuccess, "a plugin that failed gave no result")
                    try Violation.unless(
                        result.cniVersion == version.rawValue, "a result is of the version that was asked for",
                        result.cniVersion)
                }
            }
            if let versions = try understood({ () throws(CNIError) in try answer.versions() }) {
                try Violation.unless(!versions.isEmpty, "a plugin that answers VERSION supports one")
            }
            _ = try understood { () throws(CNIError) in try answer.requireSuccess() }
        }
        let result: CNIResult
        do throws(CNIResultError) {
            result = try CNIResult(json: text)
        } catch {
            try Violation.unlessWorded(error.description)
            return .refused("\(error.path) \(error.message)")
        }
        try readAgain(result)
        return .accepted("\(result.interfaces.isEmpty) \(result.ips.isEmpty) \(result.routes.isEmpty)")
    }

    private func readAgain(_ result: CNIResult) throws(Violation) {
        let property = "a result that is written reads back as the same"
        let again: CNIResult
        do throws(CNIResultError) {
            again = try CNIResult(json: result.document.text)
        } catch {
            throw Violation(property, error.description)
        }
        try Violation.unless(
            again.document.text == result.document.text && again.ips == result.ips
                && again.interfaces == result.interfaces && again.routes == result.routes,
            property, result.document.text)
        for address in result.ips {
            if let index = address.interface {
                try Violation.unless(
                    result.interfaces.indices.contains(index), "an address is of an interface that is there", "\(index)"
                )
            }
        }
        _ = result.containerAddresses
    }

    private func understood<Value>(_ body: () throws(CNIError) -> Value) throws(Violation) -> Value? {
        do throws(CNIError) {
            return try body()
        } catch {
            try Violation.unlessWorded(error.description)
            try Violation.unless(error.description.utf8.count < 16_384, "a plugin's words are cut before they are told")
            return nil
        }
    }
}
