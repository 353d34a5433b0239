package io.onebalance.server;

import io.onebalance.http.Fields;

/// One request at a [Desk], read whole. `path` and `query` are as the client wrote them (`query` is
/// empty where there is none); `peer` is the client's address and `secure` whether it came over
/// TLS, both as a trusted proxy says, where one stands before us.
public record Visit(
    String method,
    String path,
    String query,
    Fields headers,
    byte[] body,
    String peer,
    boolean secure) {
  Visit with(byte[] whole) {
    return new Visit(method, path, query, headers, whole, peer, secure);
  }
}
