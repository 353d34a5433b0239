package io.onebalance.relay.cache;

import io.onebalance.http.Header;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.note.Witness;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Writes down an answer while a client is told it, and hands it on when it ended well. What grows
/// too long, or finds no room, is forgotten at once. Belongs to one event loop.
final class Hearing implements Witness {
  /// What describes the body. All else tells of the one request that was made for it.
  private static final List<String> KEPT_FIELDS =
      List.of("content-type", "content-language", "cache-control", "x-one-balance-dropped");

  private static final int SOME = 64;

  private final HttpServerResponse response;
  private final Room.Share share;
  private final int longest;
  private final Consumer<Heard> whole;
  private Buffer bytes = Buffer.buffer();
  private int[] ends = new int[SOME];
  private int pieces;
  private boolean gaveUp;

  /// What was heard of an answer that ended well.
  record Heard(List<Header> fields, byte[] bytes, int[] ends) {
    Answer from(Entry.Served served, Duration ttl) {
      return new Answer(fields, bytes, ends, served.provider(), served.model(), ttl);
    }
  }

  Hearing(HttpServerResponse response, Room.Share share, int longest, Consumer<Heard> whole) {
    this.response = response;
    this.share = share;
    this.longest = longest;
    this.whole = whole;
  }

  @Override
  public void told(Buffer piece) {
    if (gaveUp || piece.length() == 0) {
      return;
    }
    var all = (long) bytes.length() + piece.length();
    if (all > longest || !share.covers(all)) {
      gaveUp = true;
      bytes = Buffer.buffer();
      return;
    }
    bytes.appendBuffer(piece);
    if (pieces == ends.length) {
      ends = Arrays.copyOf(ends, 2 * pieces);
    }
    ends[pieces++] = bytes.length();
  }

  @Override
  public void toldAll() {
    if (gaveUp || response.getStatusCode() != 200 || bytes.length() == 0) {
      return;
    }
    var fields = response.headers();
    var heard =
        new Heard(
            KEPT_FIELDS.stream()
                .flatMap(name ->
                    Stream.ofNullable(fields.get(name)).map(value -> new Header(name, value)))
                .toList(),
            bytes.getBytes(),
            Arrays.copyOf(ends, pieces));
    if (!fields.contains("content-encoding")
        && EndedWell.is(fields.get("content-type"), heard.bytes())) {
      whole.accept(heard);
    }
  }
}
