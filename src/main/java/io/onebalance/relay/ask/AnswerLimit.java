package io.onebalance.relay.ask;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/// How long an answer may get at most, as the request says in its dialect's word for it. Looked for
/// where it stands in practice, before or after the conversation: a long one is not read for it.
final class AnswerLimit {
  static final long UNTOLD = -1;

  private static final int LOOK = 1024;

  /// In lower case, without what dialects put between the words.
  private static final byte[][] NAMES = {
    ascii("maxtokens"), ascii("maxcompletiontokens"), ascii("maxoutputtokens")
  };

  private AnswerLimit() {}

  /// In tokens; [#UNTOLD] where nothing is found.
  static long of(Buffer body) {
    var length = body.length();
    var before = in(body.getBytes(0, Math.min(LOOK, length)));
    return before != UNTOLD || length <= LOOK
        ? before
        : in(body.getBytes(Math.max(LOOK, length - LOOK), length));
  }

  private static long in(byte[] bytes) {
    for (var at = 1; at < bytes.length; at++) {
      if (bytes[at] == 'm' && bytes[at - 1] == '"' && (at < 2 || bytes[at - 2] != '\\')) {
        var told = told(bytes, at);
        if (told != UNTOLD) {
          return told;
        }
      }
    }
    return UNTOLD;
  }

  private static long told(byte[] bytes, int at) {
    for (var name : NAMES) {
      var end = after(name, bytes, at);
      if (end >= 0) {
        return number(bytes, end);
      }
    }
    return UNTOLD;
  }

  /// Where this name ends with its quotation mark; negative where another stands here.
  private static int after(byte[] name, byte[] bytes, int from) {
    var at = from;
    for (var letter : name) {
      at += at < bytes.length && bytes[at] == '_' ? 1 : 0;
      if (at >= bytes.length || (bytes[at] | 0x20) != letter) {
        return -1;
      }
      at++;
    }
    return at < bytes.length && bytes[at] == '"' ? at + 1 : -1;
  }

  private static long number(byte[] bytes, int from) {
    var at = from;
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == ':')) {
      at++;
    }
    var number = UNTOLD;
    for (; at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9' && number < LOOK; at++) {
      number = Math.max(0, number) * 10 + bytes[at] - '0';
    }
    return number;
  }

  private static byte[] ascii(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }
}
