package io.onebalance.relay;

import io.onebalance.sandbox.Ending;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Prints how late timers fire (P1), what a chunk's way through costs (P13) and how long an
/// upstream lives after its client left (P14). Run it with the class path of the tests: `java -cp …
/// io.onebalance.relay.Figures`.
final class Figures {
  private static final String KEY = "key-a-000000000000000000000";
  private static final int ROUNDS = 30;
  private static final int CHUNKS = 2000;
  private static final int WARMING = 3;
  private static final Duration SETTING = Duration.ofMillis(400);

  private Figures() {}

  /// One measurement in nanoseconds.
  private interface Round {
    long nanos() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    try (var rig = new Rig()) {
      rig.keys("openai", KEY);
      rig.patience = Patiences.serverFaults(rig.patience, 1);
      var usual = rig.patience;
      rig.script.play(Match.ALL, Fault.hangs());
      rig.patience = Patiences.attempt(usual, SETTING);
      tell("P1 time to first byte, late by", ROUNDS, () -> unary(rig) - SETTING.toNanos());
      rig.patience = Patiences.overall(usual, SETTING);
      tell("P1 overall, late by", ROUNDS, () -> unary(rig) - SETTING.toNanos());
      rig.script.play(Match.ALL, Fault.stallsAfter(600));
      rig.patience = Patiences.idle(usual, SETTING);
      tell("P1 stream idle, late by", ROUNDS, () -> silence(rig) - SETTING.toNanos());
      rig.patience = usual;
      tell("P14 leaving in mid-stream", ROUNDS, () -> leaving(rig, true));
      rig.script.play(Match.ALL, Fault.hangs());
      tell("P14 leaving before the first byte", ROUNDS, () -> leaving(rig, false));
      chunks(rig);
    }
    connecting();
  }

  /// A server that takes connections and says nothing: TLS never begins.
  private static void connecting() throws Exception {
    try (var rig = new Rig(SETTING);
        var mute = new BareServer(Line::untilClosed)) {
      rig.keys("openai", KEY);
      rig.patience = Patiences.serverFaults(rig.patience, 1);
      rig.at("openai", "https://127.0.0.1:" + mute.port() + "/v1");
      tell("P1 TLS handshake, late by", ROUNDS, () -> unary(rig) - SETTING.toNanos());
    }
  }

  private static long unary(Rig rig) {
    var began = System.nanoTime();
    rig.post(Calls.CHAT, Calls.HELLO);
    return System.nanoTime() - began;
  }

  private static long silence(Rig rig) throws IOException {
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
      line.head();
      var began = System.nanoTime();
      line.rest();
      return System.nanoTime() - began;
    }
  }

  private static long leaving(Rig rig, boolean midStream) throws Exception {
    rig.sandbox.seen().forget();
    long left;
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", Calls.CHAT, Calls.STREAM));
      if (midStream) {
        line.head();
        line.read(100);
      }
      rig.sandbox.seen().nth(1).get(30, TimeUnit.SECONDS);
      left = System.nanoTime();
    }
    var ended = rig.sandbox.seen().last().ending().get(30, TimeUnit.SECONDS);
    if (ended.how() != Ending.LEFT) {
      throw new IllegalStateException("not called off: " + ended);
    }
    return System.nanoTime() - left;
  }

  /// Each piece carries the time at which it was sent: straight, and through the relay.
  private static void chunks(Rig rig) throws Exception {
    try (var server = new BareServer(Figures::stamps)) {
      rig.at("openai", server.url() + "/v1");
      tellChunks("P13 a chunk, straight", Line.to(server.port()), "/v1/chat/completions");
      tellChunks("P13 a chunk, through the relay", rig.line(), Calls.CHAT);
    }
  }

  private static void tellChunks(String what, Line open, String target) throws Exception {
    try (var line = open) {
      line.say(Calls.onTheWire("POST", target, Calls.HELLO)).head();
      tell(
          what,
          CHUNKS,
          () -> {
            var sent = ByteBuffer.wrap(line.read(Long.BYTES)).getLong();
            return System.nanoTime() - sent;
          });
    }
  }

  private static void stamps(Line line) throws IOException {
    line.hear();
    line.say("HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\ncontent-length: 16024\r\n\r\n");
    for (var i = 0; i < CHUNKS + WARMING; i++) {
      LockSupport.parkNanos(1_000_000);
      line.say(ByteBuffer.allocate(Long.BYTES).putLong(System.nanoTime()).array());
    }
  }

  private static void tell(String what, int rounds, Round round) throws Exception {
    for (var i = 0; i < WARMING; i++) {
      round.nanos();
    }
    var all = new long[rounds];
    for (var i = 0; i < rounds; i++) {
      all[i] = round.nanos();
    }
    Arrays.sort(all);
    System.out.printf(
        "%-36s p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms%n",
        what, all[rounds / 2] / 1e6, all[rounds * 99 / 100] / 1e6, all[rounds - 1] / 1e6);
  }
}
