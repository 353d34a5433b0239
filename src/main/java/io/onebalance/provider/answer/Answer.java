package io.onebalance.provider.answer;

import io.onebalance.http.Fields;

/// A whole answer that is to be judged. The caller caps `body`; `path` is the request's path, by
/// which a refusal of one file is told from a refusal of the key; empty when not known.
public record Answer(int status, Fields headers, byte[] body, boolean viaGateway, String path) {
  public Answer(int status, Fields headers, byte[] body, boolean viaGateway) {
    this(status, headers, body, viaGateway, "");
  }
}
