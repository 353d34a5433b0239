package io.onebalance.dialect.openai.answer;

import io.onebalance.chat.Part.Kind;
import io.onebalance.chat.Source;
import io.onebalance.chat.answer.Citation;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Failure;
import io.onebalance.chat.answer.Usage;
import io.onebalance.dialect.Envelope;
import io.onebalance.dialect.StreamWriter;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.words.Forms;
import io.onebalance.dialect.openai.words.Signatures;
import io.onebalance.sse.Written;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes a stream of chunks. Each delta leaves at once but the finish reasons, which wait for the
/// end: what comes last decides them, and clients stop reading there.
public final class ChunkWriter implements StreamWriter {
  private static final byte[] NOTHING = {};
  private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

  private final Form form;
  private final boolean tellsUsage;
  private final TreeMap<Integer, Told> choices = new TreeMap<>();
  private @Nullable Usage usage;
  private boolean over;

  public ChunkWriter(Envelope envelope) {
    form = Form.of(envelope);
    tellsUsage = envelope.request().delivery().usage();
  }

  @Override
  public byte[] write(Delta delta) {
    if (over) {
      return NOTHING;
    }
    return switch (delta) {
      case Delta.Text(var choice, var text) -> said(choice, "content", text);
      case Delta.Thinking(var choice, var text) -> said(choice, "reasoning_content", text);
      case Delta.Refused(var choice, var text) -> {
        of(choice).refused();
        yield said(choice, "refusal", text);
      }
      case Delta.CallOpened call -> opened(call);
      case Delta.CallPiece(var choice, var call, var text) -> piece(choice, call, text);
      case Delta.Shown shown -> shown(shown);
      case Delta.Signed(var choice, var signature) -> {
        var sealed = Json.object();
        Signatures.write(Optional.of(signature), sealed);
        yield sealed.isEmpty() ? NOTHING : chunk(choice, sealed);
      }
      case Delta.Redacted _ -> NOTHING;
      case Delta.Logprobs(var choice, var tokens) -> {
        var chunk = choice(choice, Json.object());
        chunk.set("logprobs", Form.logprobs(tokens));
        yield begun(choice, bytes(chunk));
      }
      case Delta.Cited(var choice, var citation) -> cited(choice, citation);
      case Delta.Finished finished -> {
        of(finished.choice()).finished(finished.reason());
        yield NOTHING;
      }
      case Delta.Used(var told) -> {
        usage = told;
        yield NOTHING;
      }
      case Delta.Failed(var why) -> failed(why);
    };
  }

  @Override
  public byte[] end() {
    if (over) {
      return NOTHING;
    }
    over = true;
    var rest = new ByteArrayOutputStream();
    of(0);
    choices.forEach((index, told) -> {
      var ended = choice(index, Json.object());
      told.silent(form).forEach(call -> rest.writeBytes(chunk(index, call)));
      ended.put("finish_reason", form.ended(told.reason()));
      rest.writeBytes(begun(index, bytes(ended)));
    });
    if (tellsUsage) {
      var last = form.head("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", UsageForm.write(usage == null ? Usage.NONE : usage));
      rest.writeBytes(Written.json(Json.bytes(last)));
    }
    rest.writeBytes(DONE);
    return rest.toByteArray();
  }

  private byte[] said(int choice, String member, String text) {
    return text.isEmpty() ? NOTHING : chunk(choice, Json.object().put(member, text));
  }

  private byte[] opened(Delta.CallOpened opened) {
    of(opened.choice()).opened(opened);
    var delta = Json.object();
    if (form.legacy()) {
      if (opened.call() > 0) {
        return NOTHING;
      }
      delta.putObject("function_call").put("name", opened.tool().flat()).put("arguments", "");
    } else {
      var call = Forms.call(opened.tool(), opened.id(), "");
      Signatures.write(opened.signature(), call);
      delta.putArray("tool_calls").add(call.put("index", opened.call()));
    }
    return chunk(opened.choice(), delta);
  }

  private byte[] piece(int choice, int call, String text) {
    return text.isEmpty()
        ? NOTHING
        : of(choice).piece(call, text, form).map(delta -> chunk(choice, delta)).orElse(NOTHING);
  }

  private byte[] shown(Delta.Shown shown) {
    var delta = Json.object();
    if (shown.media().kind() == Kind.AUDIO
        && shown.media().source() instanceof Source.Inline sound) {
      // Clients put pieces of a sound together, so each is as bare as it came.
      delta.putObject("audio").put("id", form.audioId()).put("data", sound.data());
      return chunk(shown.choice(), delta);
    }
    if (shown.media().kind() != Kind.IMAGE) {
      return NOTHING;
    }
    delta.putArray("images").add(Forms.image(shown.media()).put("index", 0));
    return chunk(shown.choice(), delta);
  }

  private byte[] cited(int choice, Citation citation) {
    var delta = Json.object();
    Citations.write(List.of(citation), delta);
    return chunk(choice, delta);
  }

  private byte[] failed(Failure failure) {
    over = true;
    var error = Json.object();
    var kind = Errors.of(failure.kind());
    error
        .putObject("error")
        .put("message", failure.message())
        .put("type", kind.type())
        .putNull("param")
        .put("code", kind.code());
    return Written.json(Json.bytes(error));
  }

  private byte[] chunk(int choice, ObjectNode delta) {
    return begun(choice, bytes(choice(choice, delta)));
  }

  /// The first chunk of a choice says who speaks.
  private byte[] begun(int choice, byte[] chunk) {
    if (!of(choice).begins()) {
      return chunk;
    }
    var first = Json.object().put("role", "assistant").put("content", "");
    return joined(bytes(choice(choice, first)), chunk);
  }

  private static ObjectNode choice(int index, ObjectNode delta) {
    var choice = Json.object().put("index", index);
    choice.set("delta", delta);
    choice.putNull("logprobs");
    choice.putNull("finish_reason");
    return choice;
  }

  private byte[] bytes(ObjectNode choice) {
    var chunk = form.head("chat.completion.chunk");
    chunk.putArray("choices").add(choice);
    if (tellsUsage) {
      chunk.putNull("usage");
    }
    return Written.json(Json.bytes(chunk));
  }

  private Told of(int choice) {
    return choices.computeIfAbsent(choice, _ -> new Told());
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
