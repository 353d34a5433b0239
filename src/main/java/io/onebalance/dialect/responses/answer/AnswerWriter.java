package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.responses.answer.growing.Narration;
import io.onebalance.dialect.responses.answer.growing.Output;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes answers for clients. A stream ends with `response.completed`, `response.incomplete` or
/// `response.failed`; there is no `[DONE]`. Confined to one thread.
public final class AnswerWriter implements StreamWriter {
  private static final String ENCRYPTED = "reasoning.encrypted_content";

  private final Narration narration;
  private final Frame frame;
  private final Items items;
  private FinishReason reason = FinishReason.LENGTH;
  private @Nullable Usage usage;
  private boolean begun;
  private boolean over;

  private AnswerWriter(Envelope envelope, Narration narration) {
    this.narration = narration;
    this.frame = new Frame(envelope);
    this.items =
        new Items(
            new Output(envelope.requestId(), narration),
            new GivenTools(envelope.request().tools()),
            wantsEncrypted(envelope.written()));
  }

  @Override
  public boolean repeats() {
    return true;
  }

  /// For an answer that comes piece by piece.
  public static StreamWriter streamed(Envelope envelope) {
    return new AnswerWriter(envelope, Narration.aloud());
  }

  /// An answer that is there: of several choices the first.
  public static JsonNode whole(Reply reply, Envelope envelope) {
    var writer = new AnswerWriter(envelope, Narration.silent());
    var choice = reply.choices().getFirst();
    Retold.of(choice).forEach(writer.items::add);
    writer.reason = choice.reason();
    writer.usage = reply.usage().orElse(null);
    return writer.ended();
  }

  @Override
  public byte[] write(Delta delta) {
    if (over) {
      return new byte[0];
    }
    begin();
    switch (delta) {
      case Delta.Finished finished when finished.choice() == 0 -> reason = finished.reason();
      case Delta.Used(var told) -> usage = told;
      case Delta.Failed(var failure) -> fail(failure);
      case Delta content -> items.add(content);
    }
    return narration.taken();
  }

  @Override
  public byte[] end() {
    if (!over) {
      begin();
      over = true;
      var response = ended();
      narration.tell("response." + status(), Json.object().set("response", response));
    }
    return narration.taken();
  }

  private void begin() {
    if (!begun) {
      begun = true;
      var response = Json.object().set("response", frame.with("in_progress", Json.array()));
      narration.tell("response.created", response);
      narration.tell("response.in_progress", response);
    }
  }

  private void fail(Failure failure) {
    over = true;
    var response = frame.with("failed", items.done()).set("error", Failures.written(failure));
    narration.tell("response.failed", Json.object().set("response", response));
  }

  private ObjectNode ended() {
    items.close(status());
    var response = frame.with(status(), items.done());
    cut().ifPresent(why -> response.putObject("incomplete_details").put("reason", why));
    Optional.ofNullable(usage).ifPresent(told -> response.set("usage", Usages.written(told)));
    return response;
  }

  private String status() {
    return cut().isPresent() ? "incomplete" : "completed";
  }

  /// Why the answer is incomplete. One in which the model itself refuses is complete.
  private Optional<String> cut() {
    return switch (reason) {
      case LENGTH -> Optional.of("max_output_tokens");
      case REFUSED -> items.refused() ? Optional.empty() : Optional.of("content_filter");
      case STOP, STOP_SEQUENCE, TOOL_CALLS, PAUSED, MALFORMED -> Optional.empty();
    };
  }

  private static boolean wantsEncrypted(JsonNode written) {
    return written.path("include").values().stream()
        .anyMatch(each -> each.isString() && each.stringValue().equals(ENCRYPTED));
  }
}
