package io.onebalance.dialect.responses.asking;

import io.onebalance.dialect.json.Hashes;

/// Ids of calls as OpenAI takes them: 64 characters at most. Those of others may be longer; they
/// are told apart by their hash then, the same for the call and its result.

final class CallIds {
  private static final int LONGEST = 64;

  private CallIds() {}

  static String fitting(String id) {
    return id.length() <= LONGEST ? id : "call_" + Hashes.of(id);
  }
}
