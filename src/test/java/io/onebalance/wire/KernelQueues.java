package io.onebalance.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What lies in the kernel's buffers of TCP connections: said and not yet taken. Linux tells it in
/// `/proc/net`.
public final class KernelQueues {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private KernelQueues() {}

  public static boolean areTold() {
    return TABLES.stream().allMatch(Files::isReadable);
  }

  /// The bytes in the buffers of all connections with this port at either end, on both sides.
  public static long of(int port) throws IOException {
    var bytes = 0L;
    for (var table : TABLES) {
      for (var row : rows(table)) {
        var listens = row[3].equals("0A");
        if (!listens && (port(row[1]) == port || port(row[2]) == port)) {
          bytes += queued(row[4]);
        }
      }
    }
    return bytes;
  }

  /// The fields of each row: its number, the local and the remote address, the state, the queues.
  private static List<String[]> rows(Path table) throws IOException {
    var rows = new ArrayList<String[]>();
    for (var line : Files.readAllLines(table)) {
      if (!line.contains("local_address")) {
        rows.add(line.strip().split("\\s+", 6));
      }
    }
    return rows;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }

  private static long queued(String both) {
    var colon = both.indexOf(':');
    return Long.parseLong(both.substring(0, colon), 16)
        + Long.parseLong(both.substring(colon + 1), 16);
  }
}
