package io.onebalance.console.json;

import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Answers of one line of JSON after the other, told as they become known.
public final class Lines {
  public static final String TYPE = "application/x-ndjson";

  private Lines() {}

  public static Reply reply(Consumer<Consumer<ObjectNode>> teller) {
    return new Reply.Streamed(
        200,
        List.of(new Header("content-type", TYPE)),
        sink -> teller.accept(json -> sink.accept((json + "\n").getBytes(StandardCharsets.UTF_8))));
  }
}
