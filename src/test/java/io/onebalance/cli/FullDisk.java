package io.onebalance.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// Where nothing can be written any more, as on a full disk or into a pipe that nobody reads.
public final class FullDisk {
  private FullDisk() {}

  public static PrintWriter writer() {
    var full =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    return new PrintWriter(full, false, StandardCharsets.UTF_8);
  }
}
