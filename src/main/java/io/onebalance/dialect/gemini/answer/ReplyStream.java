package io.onebalance.dialect.gemini.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes streams. Each piece goes on at once, but a call when its arguments are complete, since
/// Gemini's clients take whole ones, and the reasons of the end with the last usage. Confined to
/// one thread.
public final class ReplyStream implements StreamWriter {
  private static final byte[] NOTHING = new byte[0];

  private final Envelope envelope;
  private final Framing framing;
  private final PartForm form;
  private final TreeMap<Integer, Calls> calls = new TreeMap<>();
  private final TreeMap<Integer, FinishReason> finished = new TreeMap<>();
  private final TreeMap<Integer, Boolean> thought = new TreeMap<>();
  private final TreeMap<Integer, Grounding> grounding = new TreeMap<>();
  private @Nullable Usage usage;
  private boolean told;
  private boolean failed;

  private ReplyStream(Envelope envelope, Framing framing) {
    this.envelope = envelope;
    this.framing = framing;
    this.form = new PartForm(envelope);
  }

  /// A stream of server-sent events.
  public static ReplyStream ofEvents(Envelope envelope) {
    return new ReplyStream(envelope, new Framing.Events());
  }

  /// A stream that is one JSON array. It is not closed where the answer broke off.
  public static ReplyStream inArray(Envelope envelope) {
    return new ReplyStream(envelope, new Framing.Array());
  }

  @Override
  public String contentType() {
    return framing.contentType();
  }

  @Override
  public byte[] write(Delta delta) {
    if (failed) {
      return NOTHING;
    }
    return switch (delta) {
      case Delta.Text(var choice, var text) -> text(choice, text);
      case Delta.Refused(var choice, var text) -> text(choice, text);
      case Delta.Thinking(var choice, var text) -> thinking(choice, text);
      case Delta.Signed(var choice, var signature) -> signed(choice, signature);
      case Delta.CallOpened opened -> parts(opened.choice(), calls(opened.choice()).opened(opened));
      case Delta.CallPiece(var choice, var call, var arguments) ->
          parts(choice, calls(choice).piece(call, arguments));
      case Delta.Shown(var choice, var media) -> shown(choice, media);
      case Delta.Logprobs(var choice, var tokens) ->
          candidate(choice, Json.object().set("logprobsResult", Logprobs.written(tokens)));
      case Delta.Cited(var choice, var citation) -> {
        grounding(choice).cite(citation);
        yield NOTHING;
      }
      case Delta.Finished(var choice, var reason, _) -> finished(choice, reason);
      case Delta.Used(var told) -> {
        usage = told;
        yield NOTHING;
      }
      case Delta.Redacted _ -> NOTHING;
      case Delta.Failed(var failure) -> {
        failed = true;
        yield framing.piece(Failures.written(failure));
      }
    };
  }

  @Override
  public byte[] end() {
    if (failed) {
      return NOTHING;
    }
    var last = Json.object();
    if (!told && List.copyOf(finished.values()).equals(List.of(FinishReason.REFUSED))) {
      ReplyWriter.blocked(last);
    } else {
      ends(last.putArray("candidates"));
    }
    if (usage != null) {
      last.set("usageMetadata", UsageForm.written(usage));
    }
    return framing.last(ReplyWriter.enveloped(last, envelope));
  }

  private void ends(ArrayNode candidates) {
    finished.forEach((choice, reason) -> {
      var candidate = candidates.addObject();
      candidate.putObject("content").put("role", "model").putArray("parts").add(PartForm.text(""));
      candidate.put("finishReason", FinishReasons.written(reason)).put("index", choice);
      grounding(choice).written().ifPresent(told -> candidate.set("groundingMetadata", told));
    });
  }

  private byte[] text(int choice, String text) {
    thought.put(choice, false);
    grounding(choice).said(text);
    return text.isEmpty() ? NOTHING : parts(choice, List.of(PartForm.text(text)));
  }

  private byte[] thinking(int choice, String text) {
    thought.put(choice, true);
    return text.isEmpty() || !form.showsThoughts()
        ? NOTHING
        : parts(choice, List.of(PartForm.thought(text)));
  }

  /// A signature stands on an empty part behind what it seals.
  private byte[] signed(int choice, Signature signature) {
    if (!thought.getOrDefault(choice, true)) {
      return parts(choice, List.of(PartForm.signed(PartForm.text(""), signature)));
    }
    return form.showsThoughts()
        ? parts(choice, List.of(PartForm.signed(PartForm.thought(""), signature)))
        : NOTHING;
  }

  private byte[] shown(int choice, Part.Media media) {
    return parts(choice, PartForm.media(media).stream().toList());
  }

  private byte[] finished(int choice, FinishReason reason) {
    finished.put(choice, reason);
    return parts(choice, calls(choice).rest());
  }

  private Calls calls(int choice) {
    return calls.computeIfAbsent(choice, _ -> new Calls());
  }

  private Grounding grounding(int choice) {
    return grounding.computeIfAbsent(choice, _ -> new Grounding());
  }

  private byte[] parts(int choice, List<ObjectNode> parts) {
    if (parts.isEmpty()) {
      return NOTHING;
    }
    var candidate = Json.object();
    candidate
        .putObject("content")
        .put("role", "model")
        .putArray("parts")
        .addAll(new ArrayList<>(parts));
    return candidate(choice, candidate);
  }

  private byte[] candidate(int choice, JsonNode candidate) {
    told = true;
    var body = Json.object();
    body.putArray("candidates").add(((ObjectNode) candidate).put("index", choice));
    return framing.piece(ReplyWriter.enveloped(body, envelope));
  }
}
