package io.onebalance;

import static io.onebalance.FarProvider.AUTH;

import io.onebalance.sandbox.Fault;
import io.onebalance.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How long it takes until an edit, and a key that was found dead, is known to the other instance.
final class NewsFigures {
  private static final int TIMES = 200;

  private NewsFigures() {}

  static void main() throws IOException {
    try (var all = new Instances(Files.createTempDirectory("news"), "")) {
      var one = all.start(PostgresServer.port());
      var two = all.start(PostgresServer.port());
      var edits = new ArrayList<Long>();
      var lessons = new ArrayList<Long>();
      for (var i = 0; i < TIMES; i++) {
        var key = "gsk-dead-" + i;
        all.provider.script.key(key, Fault.dead());
        var began = System.nanoTime();
        var id = all.add(one, key);
        Instances.awaitTold(two, id, "\"active\"");
        while (!two.get("/api/providers", AUTH).body().contains("groq")) {
          Thread.onSpinWait();
        }
        edits.add(System.nanoTime() - began);
        var asked = System.nanoTime();
        all.chat(one.url());
        Instances.awaitTold(two, id, "\"blocked\"");
        lessons.add(System.nanoTime() - asked);
      }
      tell("an edit", edits);
      tell("a key found dead", lessons);
    }
    System.exit(0);
  }

  private static void tell(String what, List<Long> nanos) {
    Collections.sort(nanos);
    System.out.printf(
        "%s is known elsewhere after %d ms (median), %d ms (p99)%n",
        what,
        TimeUnit.NANOSECONDS.toMillis(nanos.get(nanos.size() / 2)),
        TimeUnit.NANOSECONDS.toMillis(nanos.get(nanos.size() * 99 / 100)));
  }
}
