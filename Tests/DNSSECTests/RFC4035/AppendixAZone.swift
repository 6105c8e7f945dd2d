/// The records of RFC 4035 appendix A that the messages of appendix B are made of, with the RFC's own signatures.
enum RFC4035Zone {
  static let text = """
    example. SOA ns1.example. bugs.x.w.example. 1081539377 3600 300 3600000 3600
    example. RRSIG SOA 5 1 3600 20040509183619 20040409183619 38519 example.
     ONx0k36rcjaxYtcNgq6iQnpNV5+drqYAsC9h7TSJaHCqbhE67Sr6aH2xDUGcqQWu/n0UVzrF
     vkgO9ebarZ0GWDKcuwlM6eNB5SiX2K74l5LWDA7S/Un/IbtDq4Ay8NMNLQI7Dw7n4p8/rjkB
     jV7j86HyQgM5e7+miRAz8V01b0I=
    example. NS ns1.example.
    example. NS ns2.example.
    example. RRSIG NS 5 1 3600 20040509183619 20040409183619 38519 example.
     gl13F00f2U0R+SWiXXLHwsMY+qStYy5k6zfdEuivWc+wd1fmbNCyql0Tk7lHTX6UOxc8AgNf
     4ISFve8XqF4q+o9qlnqIzmppU3LiNeKT4FZ8RO5urFOvoMRTbQxW3U0hXWuggE4g3ZpsHv48
     0HjMeRaZB/FRPGfJPajngcq6Kwg=
    example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY
    example. RRSIG NSEC 5 1 3600 20040509183619 20040409183619 38519 example.
     O0k558jHhyrC97ISHnislm4kLMW48C7U7cBmFTfhke5iVqNRVTB1STLMpgpbDIC9hcryoO0V
     Z9ME5xPzUEhbvGnHd5sfzgFVeGxr5Nyyq4tWSDBgIBiLQUv1ivy29vhXy7WgR62dPrZ0PWvm
     jfFJ5arXf4nPxp/kEowGgBRzY/U=
    example. DNSKEY 256 3 5
     AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61e
     k8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZI
     ySFNsgEYvh0z2542lzMKR4Dh8uZffQ==
    example. DNSKEY 257 3 5
     AQOeX7+baTmvpVHb2CcLnL1dMRWbuscRvHXlLnXwDzvqp4tZVKp1sZMepFb8MvxhhW3y/0QZ
     syCjczGJ1qk8vJe52iOhInKROVLRwxGpMfzPRLMlGybr51bOV/1se0ODacj3DomyB4QB5gKT
     Yot/K9alk5/j8vfd4jWCWD+E1Sze0Q==
    example. RRSIG DNSKEY 5 1 3600 20040509183619 20040409183619 9465 example.
     ZxgauAuIj+k1YoVEOSlZfx41fcmKzTFHoweZxYnz99JVQZJ33wFS0Q0jcP7VXKkaElXk9nYJ
     XevO/7nAbo88iWsMkSpSR6jWzYYKwfrBI/L9hjYmyVO9m6FjQ7uwM4dCP/bIuV/DKqOAK9NY
     NC3AHfvCV1Tp4VKDqxqG7R5tTVM=
    a.example. NS ns1.a.example.
    a.example. NS ns2.a.example.
    a.example. DS 57855 5 1 B6DCD485719ADCA18E5F3D48A2331627FDD3636B
    a.example. RRSIG DS 5 2 3600 20040509183619 20040409183619 38519 example.
     oXIKit/QtdG64J/CB+Gi8dOvnwRvqrto1AdQoRkAN15FP3iZ7suB7gvTBmXzCjL7XUgQVcoH
     kdhyCuzp8W9qJHgRUSwKKkczSyuL64nhgjuDEML8l9wlWVsl7PR2VnZduM9bLyBhaaPmRKX/
     Fm+v6ccF2EGNLRiY08kdkz+XHHo=
    b.example. NS ns1.b.example.
    b.example. NS ns2.b.example.
    b.example. NSEC ns1.example. NS RRSIG NSEC
    b.example. RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example.
     GNuxHn844wfmUhPzGWKJCPY5ttEX/RfjDoOx9ueK1PtYkOWKOOdiJ/PJKCYB3hYX+858dDWS
     xb2qnV/LSTCNVBnkm6owOpysY97MVj5VQEWs0lm9tFoqjcptQkmQKYPrwUnCSNwvvclSF1xZ
     vhRXgWT7OuFXldoCG6TfVFMs9xE=
    ns1.example. NSEC ns2.example. A RRSIG NSEC
    ns1.example. RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example.
     I4hj+Kt6+8rCcHcUdolks2S+Wzri9h3fHas81rGN/eILdJHN7JpV6lLGPIh/8fIBkfvdyWnB
     jjf1q3O7JgYO1UdI7FvBNWqaaEPJK3UkddBqZIaLi8Qr2XHkjq38BeQsbp8X0+6h4ETWSGT8
     IZaIGBLryQWGLw6Y6X8dqhlnxJM=
    *.w.example. MX 1 ai.example.
    *.w.example. RRSIG MX 5 2 3600 20040509183619 20040409183619 38519 example.
     OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbc
     tvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw
     4kX18MMR34i8lC36SR5xBni8vHI=
    *.w.example. NSEC x.w.example. MX RRSIG NSEC
    *.w.example. RRSIG NSEC 5 2 3600 20040509183619 20040409183619 38519 example.
     r/mZnRC3I/VIcrelgIcteSxDhtsdlTDt8ng9HSBlABOlzLxQtfgTnn8f+aOwJIAFe1Ee5RvU
     5cVhQJNP5XpXMJHfyps8tVvfxSAXfahpYqtx91gsmcV/1V9/bZAG55CefP9cM4Z9Y9NT9XQ8
     s1InQ2UoIv6tJEaaKkP701j8OLA=
    x.w.example. MX 1 xx.example.
    x.w.example. RRSIG MX 5 3 3600 20040509183619 20040409183619 38519 example.
     Il2WTZ+Bkv+OytBx4LItNW5mjB4RCwhOO8y1XzPHZmZUTVYL7LaA63f6T9ysVBzJRI3KRjAP
     H3U1qaYnDoN1DrWqmi9RJe4FoObkbcdm7P3Ikx70ePCoFgRz1Yq+bVVXCvGuAU4xALv3W/Y1
     jNSlwZ2mSWKHfxFQxPtLj8s32+k=
    x.y.w.example. NSEC xx.example. MX RRSIG NSEC
    x.y.w.example. RRSIG NSEC 5 4 3600 20040509183619 20040409183619 38519 example.
     OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7E34o5lmb6CWSSSpg
     xw098kNUFnHcQf/LzY2zqRomubrNQhJTiDTXa0ArunJQCzPjOYq5t0SLjm6qp6McJI1AP5Vr
     QoKqJDCLnoAlcPOPKAm/jJkn3jk=
    xx.example. A 192.0.2.10
    xx.example. RRSIG A 5 2 3600 20040509183619 20040409183619 38519 example.
     kBF4YxMGWF0D8r0cztL+2fWWOvN1U/GYSpYP7SoKoNQ4fZKyk+weWGlKLIUM+uE1zjVTPXoa
     0Z6WG0oZp46rkl1EzMcdMgoaeUzzAJ2BMq+YVdxG9IK1yZkYGY9AgbTOGPoAgbJyO9EPULsx
     kbIDV6GPPSZVusnZU6OMgdgzHV4=
    """

  /// The zone read.
  static func read() throws -> PrintedZone { try PrintedZone("example.", text) }
}
