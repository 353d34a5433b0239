package io.onebalance.relay.exchange.note;

import io.onebalance.secret.Scrub;
import io.onebalance.secret.Secret;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a request asked and what was answered, for the log of an operator who wants to read it. Of
/// each the beginning is kept; keys are taken out, and each is one line whatever it holds. Belongs
/// to one event loop.
final class Bodies {
  static final int MOST = 16 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  private final Buffer answer = Buffer.buffer();
  private long answered;
  private Supplier<Secret[]> secrets = () -> new Secret[0];

  /// What the key that answers must not be told of.
  void guards(Supplier<Secret[]> known) {
    secrets = known;
  }

  void answers(Buffer bytes) {
    var room = Math.min(MOST - answer.length(), bytes.length());
    if (room > 0) {
      answer.appendBuffer(bytes, 0, room);
    }
    answered += bytes.length();
  }

  /// Writes both to the log, what there is of them.
  void tell(String requestId, Buffer asked) {
    if (asked.length() > 0) {
      LOG.info("request {} asks: {}", requestId, text(asked, asked.length()));
    }
    if (answered > 0) {
      LOG.info("request {} is answered: {}", requestId, text(answer, answered));
    }
  }

  private String text(Buffer from, long length) {
    var bytes = from.getBytes(0, Math.min(MOST, from.length()));
    var chars = CharBuffer.allocate(bytes.length);
    var read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), chars, false);
    if (read.isError()) {
      return length + " bytes that are no text";
    }
    var clean = Scrub.scrub(chars.flip().toString(), secrets.get());
    var line = CONTROL.matcher(clean).replaceAll(found -> escaped(found.group()));
    return length > bytes.length ? line + " … " + length + " bytes in all" : line;
  }

  private static String escaped(String control) {
    return control.equals("\n") ? "\\\\n" : "\\\\u%04x".formatted((int) control.charAt(0));
  }
}
