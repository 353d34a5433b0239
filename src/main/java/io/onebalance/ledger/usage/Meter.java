package io.onebalance.ledger.usage;

import io.onebalance.ledger.Tokens;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Reads the tokens of one answer from its bytes as they pass. Confined to one thread.
public final class Meter {
  /// Bytes of text that make a token, about.
  private static final long BYTES_A_TOKEN = 4;

  private static final String BEDROCK = "x-amzn-bedrock-";

  private final Counts counts = new Counts();
  private final Form form;
  private final Scan scan;
  private final @Nullable Frames frames;

  /// What is read: JSON as it is, JSON in events, JSON in binary frames, or nothing that tells
  /// tokens.
  private enum Form {
    JSON,
    EVENTS,
    FRAMES,
    NOTHING
  }

  private Meter(Form form) {
    this.form = form;
    this.scan = new Scan(form == Form.EVENTS, counts);
    this.frames = form == Form.FRAMES ? new Frames(scan) : null;
  }

  /// For an answer of this content type, which may be absent.
  public static Meter of(@Nullable String contentType) {
    return new Meter(contentType == null ? Form.NOTHING : form(contentType));
  }

  private static Form form(String type) {
    if (begins(type, "application/json") || type.contains("+json")) {
      return Form.JSON;
    }
    if (begins(type, "text/event-stream")) {
      return Form.EVENTS;
    }
    return begins(type, "application/vnd.amazon.eventstream") ? Form.FRAMES : other(type);
  }

  private static Form other(String type) {
    return begins(type, "application/x-ndjson") || begins(type, "application/stream+json")
        ? Form.JSON
        : Form.NOTHING;
  }

  private static boolean begins(String type, String with) {
    return type.regionMatches(true, 0, with, 0, with.length());
  }

  /// Whether there is anything to read in such an answer.
  public boolean reads() {
    return form != Form.NOTHING;
  }

  public void feed(byte[] bytes, int from, int to) {
    switch (form) {
      case JSON, EVENTS -> scan.feed(bytes, from, to);
      case FRAMES -> {
        if (frames != null) {
          frames.feed(bytes, from, to);
        }
      }
      case NOTHING -> {
        // sound, pictures, pages
      }
    }
  }

  /// Reads what Amazon Bedrock tells in the head of an answer, where the answer itself tells
  /// nothing. The lookup gives null for a field that is absent.
  public void head(Lookup fields) {
    if (counts.toldAnything() || fields.get(BEDROCK + "input-token-count") == null) {
      return;
    }
    field(fields, "input-token-count", "inputTokenCount");
    field(fields, "output-token-count", "outputTokenCount");
    field(fields, "cache-read-input-token-count", "cacheReadInputTokenCount");
    field(fields, "cache-write-input-token-count", "cacheWriteInputTokenCount");
  }

  /// The value of a field, null where there is none.
  @FunctionalInterface
  public interface Lookup {
    @Nullable String get(String name);
  }

  private void field(Lookup fields, String field, String name) {
    var told = fields.get(BEDROCK + field);
    if (told != null
        && !told.isEmpty()
        && told.length() < 12
        && told.chars().allMatch(Meter::isDigit)) {
      counts.told("", name, Long.parseLong(told));
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /// The tokens of what has passed. Where the answer was cut before the provider told all, or the
  /// provider tells nothing, the rest is estimated; `input` says about how long the prompt is, and
  /// is asked only then. An answer that says nothing at all and tells nothing has no tokens.
  public Tokens tokens(boolean whole, LongSupplier input) {
    var told = counts.tokens();
    var about = (scan.said() + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    if (counts.toldInput() && (whole || told.output() >= about)) {
      return told;
    }
    if (!counts.toldAnything() && about == 0) {
      return Tokens.NONE;
    }
    return new Tokens(
        counts.toldInput() ? told.input() : Math.max(0, input.getAsLong()),
        told.cached(),
        told.cacheWritten(),
        counts.toldOutput() && whole ? told.output() : Math.max(told.output(), about),
        told.reasoning(),
        Tokens.Source.ESTIMATED);
  }

  /// About how many tokens a request has that is this JSON.
  public static long estimate(byte[] request) {
    var scan = new Scan(false, new Counts());
    scan.feed(request, 0, request.length);
    return (scan.said() + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
  }
}
