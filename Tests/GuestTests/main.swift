import TestSupport

// `guest-tests EVENTS`: runs the tests that were skipped for what this machine's kernel lacks in a kernel guest.
await GuestTests.main()
