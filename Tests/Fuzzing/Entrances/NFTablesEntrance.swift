import ServiceProxies

/// What `nft --json list` prints.
struct NFTablesEntrance: Entrance {
    let name = "nft"
    let words = [
        "{\"nftables\":[", "{\"metainfo\":{}}", "{\"table\":{\"family\":\"ip\",\"name\":\"kube-proxy\"}}",
        "{\"chain\":{\"name\":\"service-A/b\"}}", "{\"set\":{\"name\":\"affinity-a\",\"elem\":[]}}", "{\"map\":{",
        "{\"rule\":{\"expr\":[", "{\"vmap\":{\"key\":{},\"data\":{\"set\":[1,2]}}}", "\"elem\":[", "\"name\":\"x\"",
        "\"data\":",
        "null", "[]", "{}", "\\u0041", "\\\"",
    ]

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let survey: NFTablesSurvey
        do throws(ServiceProxyError) {
            survey = try NFTablesSurvey(input)
        } catch {
            try Violation.unlessWorded("\(error)")
            return .refused(error.cause)
        }
        let most = input.count
        for (kind, count) in survey.counts.numbers {
            try Violation.unless((0...most).contains(count), "no more is counted than was listed", "\(kind): \(count)")
        }
        try Violation.unless(
            survey.tables.count + survey.serviceChains.count <= most, "no more is named than was listed")
        return .accepted("\(survey.tables.isEmpty) \(survey.serviceChains.isEmpty) \(survey.affinitySets.isEmpty)")
    }
}
