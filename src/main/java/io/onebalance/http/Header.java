package io.onebalance.http;

/// One header field, to be sent as written. Refuses CR, LF and NUL: what could end a field early.
public record Header(String name, String value) {
  public Header {
    refuseControl(name);
    refuseControl(value);
  }

  private static void refuseControl(String text) {
    if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a header field may not contain CR, LF or NUL");
    }
  }
}
