package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Completion;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.alike.Sound;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// Gemini's generated contents: whole, as events, and as an array in pieces.
final class Contents {
  private static final String RESPONSE =
      """
      {
        "candidates": [
          {
            "content": {
              "parts": [$],
              "role": "model"
            },$
            "index": 0
          }
        ],
        "usageMetadata": {
          "promptTokenCount": $,$
          "totalTokenCount": $,
          "promptTokensDetails": [
            {
              "modality": "TEXT",
              "tokenCount": $
            }
          ]
        },
        "modelVersion": $,
        "responseId": $
      }
      """;

  /// What Gemini sends when it has nothing to say: a finished candidate without content.
  private static final String EMPTY =
      """
      {
        "candidates": [
          {
            "finishReason": "STOP",
            "index": 0
          }
        ],
        "usageMetadata": {
          "promptTokenCount": 1,
          "totalTokenCount": 1
        },
        "modelVersion": $,
        "responseId": $
      }
      """;

  private Contents() {}

  static Reply answer(Ask ask) {
    return Reply.json(200, wantsAudio(ask) ? spoken(ask) : whole(ask, completion(ask)));
  }

  static Reply stream(Ask ask) {
    if (wantsAudio(ask)) {
      return streamed(ask, List.of(spoken(ask)));
    }
    var completion = completion(ask);
    var texts = completion.pieces(ask.tokensPerPiece());
    var responses = new ArrayList<String>();
    for (var i = 0; i < texts.size(); i++) {
      var last = i == texts.size() - 1;
      responses.add(response(ask, part(texts.get(i)), completion, last));
    }
    return streamed(ask, responses);
  }

  static Reply empty(Ask ask) {
    var nothing = Json.filled(EMPTY, Json.quoted(ask.model()), Json.quoted(ask.id("")));
    return ask.method().equals("streamGenerateContent")
        ? streamed(ask, List.of(nothing))
        : Reply.json(200, nothing);
  }

  private static Reply streamed(Ask ask, List<String> responses) {
    if (ask.query("alt").equals("sse")) {
      var events = responses.stream().map(json -> "data: " + Json.flat(json) + "\r\n\r\n").toList();
      return Reply.stream("text/event-stream", events);
    }
    var pieces = new ArrayList<String>();
    for (var json : responses) {
      pieces.add((pieces.isEmpty() ? "[" : ",\r\n") + json);
    }
    pieces.add("]");
    return Reply.stream("application/json; charset=UTF-8", pieces);
  }

  private static String whole(Ask ask, Completion completion) {
    return response(ask, part(completion.text()), completion, true);
  }

  private static String spoken(Ask ask) {
    var sound = Base64.getEncoder().encodeToString(Sound.pcm(ask.model()));
    var part =
        """
        {
          "inlineData": {
            "mimeType": "audio/L16;codec=pcm;rate=24000",
            "data": "%s"
          }
        }
        """
            .formatted(sound);
    return response(ask, part, completion(ask), true);
  }

  private static String part(String text) {
    return "{\n\"text\": " + Json.quoted(text) + "\n}";
  }

  private static String response(Ask ask, String part, Completion completion, boolean last) {
    var finish = completion.cut() ? "MAX_TOKENS" : "STOP";
    var output = last ? "\n    \"candidatesTokenCount\": " + completion.count() + "," : "";
    return Json.filled(
        RESPONSE,
        part,
        last ? "\n      \"finishReason\": \"" + finish + "\"," : "",
        completion.promptTokens(),
        output,
        last ? completion.total() : completion.promptTokens(),
        completion.promptTokens(),
        Json.quoted(ask.model()),
        Json.quoted(ask.id("")));
  }

  private static Completion completion(Ask ask) {
    return ask.completion(ask.body().path("generationConfig").path("maxOutputTokens").asLong(0));
  }

  private static boolean wantsAudio(Ask ask) {
    var modalities = ask.body().path("generationConfig").path("responseModalities");
    return modalities.values().stream()
        .anyMatch(modality -> modality.asString("").toUpperCase(Locale.ROOT).equals("AUDIO"));
  }
}
