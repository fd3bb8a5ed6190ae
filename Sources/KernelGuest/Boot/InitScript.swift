/// What runs in the guest as its first process: busybox's shell, first in the initramfs, then in the host's root.
struct InitScript: Sendable {
    /// The word that begins our own lines on the data port; nobody else can know it.
    let token: String

    /// Where the second part and its tools are, on the guest's own `/run`.
    static let directory = "/run/netmachinery-guest"

    /// Loads modules in this order, lays a writable layer over the host's root, and goes on in it.
    ///
    /// `/tmp` is the host's below that layer: the program and its files may lie there. `/run` is fresh, as namespaces
    /// and locks of the host mean nothing in the guest.
    func first(modules: [String]) -> String {
        let lines = modules.map { file in
            let words = ["/modules/\(file)", "cannot load \(file)"].map(ShellWord.quoted)
            if let tool = Self.unpacker(of: file) {
                let plain = ShellWord.quoted("/modules/" + file.dropLast(tool.ending.count))
                return "$B \(tool.applet) \(words[0]) && $B insmod \(plain) || fail \(words[1])"
            }
            return "$B insmod \(words[0]) || fail \(words[1])"
        }
        return """
            #!/bin/busybox sh
            B=/bin/busybox
            fail() { echo "netmachinery: $1" > /dev/console; $B poweroff -f; }
            $B mount -t devtmpfs devtmpfs /dev
            \(lines.joined(separator: "\n"))
            $B mount -t 9p -o \(Self.rootOptions) root /lower || fail "the host's root cannot be mounted"
            $B mount -t tmpfs -o mode=755 tmpfs /layer && $B mkdir /layer/upper /layer/work
            $B mount -t overlay -o lowerdir=/lower,upperdir=/layer/upper,workdir=/layer/work overlay /system \\
              || fail "nothing can be laid over the host's root"
            $B mount -t proc proc /system/proc
            $B mount -t sysfs sysfs /system/sys
            $B mount -t devtmpfs devtmpfs /system/dev
            $B mkdir -p /system/dev/pts /system/dev/shm
            $B mount -t devpts devpts /system/dev/pts
            $B mount -t tmpfs tmpfs /system/dev/shm
            $B ln -s /proc/self/fd /system/dev/fd
            $B mount -t tmpfs -o mode=755 tmpfs /system/run
            $B mkdir /system/run/lock /system/run/netns
            $B mkdir /system\(Self.directory) && $B cp /bin/busybox /second /system\(Self.directory)
            # Programs look into these for every name; written to once, they are read from memory and not from the host.
            for file in protocols services nsswitch.conf; do [ ! -f /system/etc/$file ] || $B touch /system/etc/$file; done
            exec $B switch_root /system \(Self.directory)/busybox sh \(Self.directory)/second

            """
    }

    /// Runs the command with both ports, says how it ended, and powers off when the host closes its end.
    ///
    /// The ports come up in their own time, and one that is not connected yet reads as one that was closed: only the
    /// host's first word shows that it is there.
    func second(_ request: GuestRequest) -> String {
        let variables = request.environment.sorted { $0.key < $1.key }
            .map { "export \($0.key)=\(ShellWord.quoted($0.value))" }
        let load =
            request.modules.isEmpty
            ? []
            : [
                "/sbin/modprobe -a \(request.modules.map(ShellWord.quoted).joined(separator: " ")) >&4 2>&4 "
                    + "|| echo 'netmachinery: the guest could not load all modules' >&4"
            ]
        let words = request.words.map(ShellWord.quoted).joined(separator: " ")
        return """
            B=\(Self.directory)/busybox
            until set -- /dev/vport*p1; [ -c "$1" ]; do $B sleep 0.05; done
            exec 3<>$1
            until set -- /dev/vport*p2; [ -c "$1" ]; do $B sleep 0.05; done
            exec 4>$1
            until read -r word <&3; do $B sleep 0.05; done
            $B ip link set lo up
            \(load.joined(separator: "\n"))
            \(variables.joined(separator: "\n"))
            echo "\(token) started" >&3
            ( cd \(ShellWord.quoted(request.directory)) && exec \(words) ) </dev/null >&3 2>&4 3>&- 4>&- &
            command=$!
            ( while read -r word <&3; do [ "$word" = stop ] && kill -TERM $command; done; $B poweroff -f ) &
            ( while :; do $B sleep \(Self.heartbeatSeconds); echo "\(token) alive" >&3; done ) &
            wait $command
            status=$?
            echo >&3
            echo "\(token) exit $status" >&3
            while :; do $B sleep 60; done

            """
    }

    /// Says that it has come up, and ends: what the probe of an accelerator boots.
    var probe: String {
        """
        #!/bin/busybox sh
        /bin/busybox mount -t devtmpfs devtmpfs /dev
        echo \(token) > /dev/ttyS0
        /bin/busybox poweroff -f

        """
    }

    /// The host's root does not change for the guest, so everything may be cached.
    private static let rootOptions = "ro,trans=virtio,version=9p2000.L,msize=262144,cache=loose"

    /// How often a guest says that it is alive.
    static let heartbeatSeconds = 10

    /// insmod of busybox takes plain files only.
    static func unpacker(of file: String) -> (applet: String, ending: String)? {
        [("unxz", ".xz"), ("gunzip", ".gz")].first { file.hasSuffix($0.1) }
    }
}
