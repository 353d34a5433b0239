package io.onebalance.relay.ask.want;

import io.onebalance.upstream.Bytes;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// How long an answer may get at most, as the request says in its dialect's word for it. Looked for
/// where it stands in practice, before or after the conversation: a long one is not read for it.
final class AnswerLimit {
  static final long UNTOLD = -1;

  private static final int LOOK = 1024;

  private static final String BEGINS = "\"max";

  /// In lower case, without what dialects put between the words.
  private static final List<String> NAMES =
      List.of("maxtokens", "maxcompletiontokens", "maxoutputtokens");

  private AnswerLimit() {}

  /// In tokens; [#UNTOLD] where nothing is found.
  static long of(Buffer body) {
    var length = body.length();
    var before = in(Bytes.text(body, 0, Math.min(LOOK, length)));
    return before != UNTOLD || length <= LOOK
        ? before
        : in(Bytes.text(body, Math.max(LOOK, length - LOOK), length));
  }

  /// The JVM searches strings many bytes at a time.
  private static long in(String text) {
    for (var at = text.indexOf(BEGINS); at >= 0; at = text.indexOf(BEGINS, at + 1)) {
      var told = at > 0 && text.charAt(at - 1) == '\\' ? UNTOLD : told(text, at + 1);
      if (told != UNTOLD) {
        return told;
      }
    }
    return UNTOLD;
  }

  private static long told(String text, int at) {
    for (var name : NAMES) {
      var end = after(name, text, at);
      if (end >= 0) {
        return number(text, end);
      }
    }
    return UNTOLD;
  }

  /// Where this name ends with its quotation mark; negative where another stands here.
  private static int after(String name, String text, int from) {
    var at = from;
    for (var letter = 0; letter < name.length(); letter++) {
      at += at < text.length() && text.charAt(at) == '_' ? 1 : 0;
      if (at >= text.length() || (text.charAt(at) | 0x20) != name.charAt(letter)) {
        return -1;
      }
      at++;
    }
    return at < text.length() && text.charAt(at) == '"' ? at + 1 : -1;
  }

  private static long number(String text, int from) {
    var at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ':')) {
      at++;
    }
    var number = UNTOLD;
    for (; at < text.length() && isDigit(text.charAt(at)) && number < LOOK; at++) {
      number = Math.max(0, number) * 10 + text.charAt(at) - '0';
    }
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
