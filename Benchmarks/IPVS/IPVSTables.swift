import Netlink

/// The same services and destinations as requests and as what `ipvsadm -R` reads.
struct IPVSTables {
    let requests: [IPVSRequest]
    let keys: [IPVSService.Key]
    let text: String

    init(services: Int, destinations: Int) {
        var requests: [IPVSRequest] = []
        var keys: [IPVSService.Key] = []
        var text = ""
        for index in 0..<services {
            let address = CompactAddress(ipv4: 0x0A60_0001 + UInt32(index))
            let key = IPVSService.Key.address(address, port: 80, transport: 6)
            keys.append(key)
            requests.append(.addService(IPVSService(key)))
            text += "-A -t \(address):80 -s rr\n"
            for number in 0..<destinations {
                let server = CompactAddress(ipv4: 0x0A80_0001 + UInt32(index * destinations + number))
                requests.append(.addDestination(IPVSDestination(server, port: 8_080), of: key))
                text += "-a -t \(address):80 -r \(server):8080 -m -w 1\n"
            }
        }
        self.requests = requests
        self.keys = keys
        self.text = text
    }
}
