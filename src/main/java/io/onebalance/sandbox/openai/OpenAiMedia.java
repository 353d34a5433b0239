package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Multipart;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.Sound;

/// OpenAI's sound and pictures.
public final class OpenAiMedia {
  /// A PNG of one grey pixel.
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

  private OpenAiMedia() {}

  public static Reply audio(Ask ask) {
    return switch (ask.path()) {
      case "/audio/speech" ->
          Reply.whole(200, "audio/wav", Sound.wav(ask.body().path("input").asString("")));
      case "/audio/transcriptions", "/audio/translations" -> transcribed(ask);
      // A path is an open string: clients may ask for anything.
      default ->
          new OpenAi()
              .refuse(
                  new Complaint.NotFound("Invalid URL (%s)".formatted(ask.heard().path())), ask);
    };
  }

  private static Reply transcribed(Ask ask) {
    return Multipart.part(ask.heard(), "file")
        .map(file -> heard(ask, file))
        .orElseGet(() ->
            new OpenAi().refuse(new Complaint.BadRequest("'file' is a required property"), ask));
  }

  private static Reply heard(Ask ask, Multipart.Part file) {
    var text = "I heard %d bytes of %s.".formatted(file.body().length, file.attribute("filename"));
    return Multipart.field(ask.heard(), "response_format").equals("text")
        ? Reply.whole(200, "text/plain; charset=utf-8", Json.bytes(text + "\n"))
        : Reply.json(
            200,
            "{\"text\":%s,\"usage\":{\"type\":\"duration\",\"seconds\":1}}"
                .formatted(Json.quoted(text)));
  }

  public static Reply images(Ask ask) {
    return Reply.json(
        200,
        "{\"created\":%d,\"data\":[{\"b64_json\":\"%s\"}]}"
            .formatted(ask.now().getEpochSecond(), PIXEL));
  }
}
