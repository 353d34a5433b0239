package io.onebalance.relay.translate;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.dialect.StreamReader;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.sse.Event;
import io.onebalance.sse.Events;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Turns the events of a provider's stream into the client's as they come, in pieces that are cut
/// anywhere. Confined to one thread.
public final class StreamTranslator {
  /// One event may carry a picture in base64.
  private static final int LONGEST = 32 << 20;

  private final Events events = new Events(LONGEST);
  private final StreamReader reader;
  private final StreamWriter writer;
  private final Consumer<Delta> notes;
  private final UnaryOperator<String> words;
  private long kept;
  private boolean failed;

  /// `notes` hears of every delta before the client does; `words` takes secrets out of what the
  /// provider says of a failure.
  StreamTranslator(
      StreamReader reader,
      StreamWriter writer,
      Consumer<Delta> notes,
      UnaryOperator<String> words) {
    this.reader = reader;
    this.writer = writer;
    this.notes = notes;
    this.words = words;
  }

  /// Of what type the client's stream is.
  public String contentType() {
    return writer.contentType();
  }

  /// How much of the stream is kept, in bytes or a little more: an event that is not complete, the
  /// arguments of calls, which may have to wait for each other, and what the client's dialect
  /// repeats at the end.
  public long kept() {
    return events.kept() + kept;
  }

  /// What the client is told of this piece; perhaps nothing.
  public byte[] feed(byte[] piece) {
    var told = new ByteArrayOutputStream(piece.length + 64);
    events.feed(piece).forEach(event -> read(event, told));
    return told.toByteArray();
  }

  /// The rest, when the provider's stream is over.
  public byte[] end() {
    var told = new ByteArrayOutputStream();
    events.rest().ifPresent(event -> read(event, told));
    if (!failed) {
      write(reader.end(), told);
    }
    if (!failed) {
      told.writeBytes(writer.end());
    }
    return told.toByteArray();
  }

  /// The last words to a client whose stream broke off; nothing where it was told already.
  public byte[] broken(String why) {
    var told = new ByteArrayOutputStream();
    write(List.of(new Delta.Failed(new Failure(Failure.Kind.BROKEN, why))), told);
    return told.toByteArray();
  }

  /// Whether the client was told that the answer broke off.
  public boolean hasFailed() {
    return failed;
  }

  private void read(Event event, ByteArrayOutputStream told) {
    if (failed || event.isPing()) {
      return;
    }
    write(event.whole() ? reader.read(event) : tooLong(), told);
  }

  private static List<Delta> tooLong() {
    var why = "an event of the provider is longer than " + LONGEST + " bytes";
    return List.of(new Delta.Failed(new Failure(Failure.Kind.BROKEN, why)));
  }

  private void write(List<Delta> deltas, ByteArrayOutputStream told) {
    for (var delta : deltas) {
      if (!failed) {
        failed = delta instanceof Delta.Failed;
        if (writer.repeats() || delta instanceof Delta.CallPiece) {
          kept += delta.length();
        }
        notes.accept(delta);
        told.writeBytes(writer.write(clean(delta)));
      }
    }
  }

  private Delta clean(Delta delta) {
    return delta instanceof Delta.Failed(var failure)
        ? new Delta.Failed(new Failure(failure.kind(), words.apply(failure.message())))
        : delta;
  }
}
