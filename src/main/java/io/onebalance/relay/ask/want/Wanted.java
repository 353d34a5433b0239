package io.onebalance.relay.ask.want;

import io.onebalance.key.Ask;
import io.onebalance.key.quota.gauge.Need;
import io.onebalance.relay.ask.once.Journey;
import io.onebalance.upstream.Body;
import io.onebalance.upstream.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;

/// What a request wants of a key, guessed cheaply from the bytes of its body: the pool learns how
/// far such guesses are off.
public final class Wanted {
  private static final long BYTES_A_TOKEN = 4;

  /// Of an answer nobody knows how long it gets. Where the request allows more, it is thought to
  /// get longer, but few become as long as they may.
  private static final long ANSWER = 256;

  private static final long LONG_ANSWER = 1024;

  /// Providers cache beginnings of about a thousand tokens and more; a shorter conversation gains
  /// nothing by meeting the same key.
  private static final int CACHED = 4096;

  private static final int MOST_READ = 2 * CACHED;
  private static final String USER = "\"user\"";

  private Wanted() {}

  /// The pool stores what it learns of models, and tells people of it: a key that somebody sent as
  /// the name of one is not told to it.
  public static Ask of(Journey journey) {
    var errand = journey.errand();
    var model = journey.draft().kept(errand.model());
    var ask =
        errand.message().body() instanceof Body.Kept(var bytes) && bytes.length() > 0
            ? of(model, bytes)
            : Ask.of(model);
    return ask.telling(journey.draft().isExplained() ? Ask.Reasons.DETAILED : Ask.Reasons.NOTED);
  }

  private static Ask of(String model, Buffer bytes) {
    var ask = Ask.of(model).needing(new Need(bytes.length() / BYTES_A_TOKEN, answer(bytes)));
    return bytes.length() < CACHED ? ask : ask.near(beginning(bytes));
  }

  private static long answer(Buffer bytes) {
    var most = AnswerLimit.of(bytes);
    return most == AnswerLimit.UNTOLD ? ANSWER : Math.min(most, LONG_ANSWER);
  }

  /// A number that stands for how a conversation begins: all up to the end of the first message of
  /// its user, which stays the same while the conversation goes on.
  static long beginning(Buffer body) {
    var looked = Math.min(MOST_READ, body.length());
    var checksum = new CRC32();
    checksum.update(body.getBytes(0, looked), 0, endOfFirst(Bytes.text(body, 0, looked)));
    return spread(checksum.getValue());
  }

  /// Where the first message of the user ends: at the first object that ends with a text behind the
  /// word. The JVM searches strings many bytes at a time.
  private static int endOfFirst(String text) {
    var user = text.indexOf(USER);
    var end = user < 0 ? -1 : text.indexOf("\"}", user + USER.length() - 1);
    return end < 0 ? text.length() : end;
  }

  /// Conversations whose beginnings differ by a digit must not all meet the same key: each bit that
  /// differs changes about half of all (the end of MurmurHash3).
  private static long spread(long hash) {
    var once = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
    var twice = (once ^ once >>> 33) * 0xC4CEB9FE1A85EC53L;
    return twice ^ twice >>> 33;
  }
}
