package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.anthropic.words.Words;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Written;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.node.ObjectNode;

/// Writes an answer event by event. The SDKs skip events without an `event:` line.
public final class AnswerStream implements StreamWriter {
  private final Envelope envelope;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Blocks blocks;
  private Usage usage = Usage.NONE;
  private boolean begun;
  private boolean over;

  public AnswerStream(Envelope envelope) {
    this.envelope = envelope;
    blocks = new Blocks(new Events(), envelope.request(), envelope.requestId());
  }

  @Override
  public byte[] write(Delta delta) {
    if (over) {
      return new byte[0];
    }
    if (delta instanceof Delta.Used(var told)) {
      usage = told;
    }
    if (delta instanceof Delta.Failed(var failure)) {
      fail(failure);
    } else {
      begin();
      blocks.add(delta);
    }
    return taken();
  }

  @Override
  public byte[] end() {
    if (!over) {
      over = true;
      begin();
      var ending = event("message_delta");
      ending.set("delta", blocks.end());
      ending.set("usage", Words.usage(usage));
      send(ending);
      send(event("message_stop"));
    }
    return taken();
  }

  /// Providers often tell the input at the end only; clients take the last figures they see.
  private void begin() {
    if (!begun) {
      begun = true;
      var message = AnswerWriter.message(envelope);
      message.set("usage", Words.usage(usage));
      var start = event("message_start");
      start.set("message", message);
      send(start);
    }
  }

  private void fail(Failure failure) {
    over = true;
    var error = event("error");
    error
        .putObject("error")
        .put("type", Words.errorType(failure.kind()))
        .put("message", failure.message());
    send(error);
  }

  private static ObjectNode event(String type) {
    return Json.object().put("type", type);
  }

  private void send(ObjectNode event) {
    bytes.writeBytes(Written.json(event.path("type").stringValue(), Json.bytes(event)));
  }

  private byte[] taken() {
    var taken = bytes.toByteArray();
    bytes.reset();
    return taken;
  }

  /// Blocks as events, numbered from 0.
  private final class Events implements Page {
    private int index = -1;

    @Override
    public void open(ObjectNode block) {
      index++;
      about("content_block_start", "content_block", block);
    }

    @Override
    public void add(ObjectNode delta) {
      about("content_block_delta", "delta", delta);
    }

    @Override
    public void close() {
      send(event("content_block_stop").put("index", index));
    }

    private void about(String type, String member, ObjectNode what) {
      var event = event(type).put("index", index);
      event.set(member, what);
      send(event);
    }
  }
}
