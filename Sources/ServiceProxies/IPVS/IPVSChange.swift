import Netlink

/// What has to be done to get from one state to another.
package struct IPVSChange: Sendable, Equatable {
    /// Requests to IPVS, in an order in which each is possible.
    var requests: [IPVSRequest] = []
    /// Nothing has to be done.
    package init() {}

    var addedAddresses: [IPv4Address] = []
    var removedAddresses: [IPv4Address] = []
    package var addedElements: [IPVSSetElement] = []
    var removedElements: [IPVSSetElement] = []

    /// Whether an ipset changes.
    var changesSets: Bool {
        !(addedElements.isEmpty && removedElements.isEmpty)
    }
}
