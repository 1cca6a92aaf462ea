import Foundation
import TiaokuaiHTTP

/// Two self-signed certificates for 127.0.0.1, good from 2020 to 2120, made for these tests and used nowhere else.
enum TLSFixture {
    static let first = (
        key: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCV5bbASmwaq5EEsp
        HqeFNmlrItFloWp2ySdCiK+7w2WhRANCAAQk+1Kz85spFTjtaQlAemxOFsFZpdM9
        Tkncx3GKwPtyB/WvZOypgVsvYlPZorIfZXksxn5J9bag0nDQrcPsHn4F
        -----END PRIVATE KEY-----
        """,
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBcjCCARmgAwIBAgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA90aWFva3Vh
        aSB0ZXN0IGEwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBoxGDAW
        BgNVBAMMD3RpYW9rdWFpIHRlc3QgYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
        BCT7UrPzmykVOO1pCUB6bE4WwVml0z1OSdzHcYrA+3IH9a9k7KmBWy9iU9mish9l
        eSzGfkn1tqDScNCtw+wefgWjTjBMMBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9z
        dDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBRr/J6x0bgMnwIu/ihX2EpfDF7Q
        GDAKBggqhkjOPQQDAgNHADBEAiAtbqoOITnRQFK/UDKheuoRG+Htsza1npIadBZP
        W0mTAwIgZwTmNVrH8gMSrtvKEWv1LfqAxN8x4+FdCZCBDuPT2uE=
        -----END CERTIFICATE-----
        """
    )

    static let second = (
        key: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3R+gVcTuzbWmI3Wk
        BYIGm2Z1nVCrrmcdYRzG/ra5/yWhRANCAATMgv7mwVh4EoGd2FCGYJKHiNbnNR6f
        REpBCk/ZVkX01B7sYW3nRuH8g2aZQoG/xdk8ps6LY2Z26xoNPSkQ9S8e
        -----END PRIVATE KEY-----
        """,
        certificate: """
        -----BEGIN CERTIFICATE-----
        MIIBcjCCARmgAwIBAgIBAjAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA90aWFva3Vh
        aSB0ZXN0IGIwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBoxGDAW
        BgNVBAMMD3RpYW9rdWFpIHRlc3QgYjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
        BMyC/ubBWHgSgZ3YUIZgkoeI1uc1Hp9ESkEKT9lWRfTUHuxhbedG4fyDZplCgb/F
        2TymzotjZnbrGg09KRD1Lx6jTjBMMBoGA1UdEQQTMBGHBH8AAAGCCWxvY2FsaG9z
        dDAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBReUEF9IincRjQmjK01eBejC38o
        LDAKBggqhkjOPQQDAgNHADBEAiBlUh8ne/6QvL6Z7lLo7fC0P14kWBOLgdCXWMi4
        guLa2wIgL70yRAChHKmz5MmLryA/BBpla0HVaYkhdl4cVAUWo1Q=
        -----END CERTIFICATE-----
        """
    )

    static func write(_ fixture: (key: String, certificate: String), _ name: String, in folder: URL) throws -> TLSFiles {
        let certificate = folder.appendingPathComponent("\(name).pem").path
        let key = folder.appendingPathComponent("\(name).key").path
        try (fixture.certificate + "\n").write(toFile: certificate, atomically: true, encoding: .utf8)
        try (fixture.key + "\n").write(toFile: key, atomically: true, encoding: .utf8)
        return TLSFiles(certificatePath: certificate, keyPath: key)
    }
}
