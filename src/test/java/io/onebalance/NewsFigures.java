package io.onebalance;

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
      var id = all.add(one, "gsk-dead");
      all.provider.script.key("gsk-dead", Fault.dead());
      for (var i = 0; i < TIMES; i++) {
        all.patch(one, id, "{\"status\":\"active\"}");
        var began = System.nanoTime();
        Instances.awaitTold(two, id, "\"active\"");
        edits.add(System.nanoTime() - began);
        all.chat(one.url());
        var asked = System.nanoTime();
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
