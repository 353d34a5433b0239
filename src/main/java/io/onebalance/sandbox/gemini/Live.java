package io.onebalance.sandbox.gemini;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Completion;
import io.onebalance.sandbox.answer.Conversation;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Prompt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A session of Gemini's Live API, in words only. The first message names the model.
final class Live implements Conversation {
  private final Ask ask;
  private String model = "";

  Live(Ask ask) {
    this.ask = ask;
  }

  @Override
  public List<String> greeting() {
    return List.of();
  }

  @Override
  public List<Said> hear(String message) {
    var heard = Json.read(Json.bytes(message));
    if (heard.has("setup") != model.isEmpty()) {
      return List.of(new Said.Close(1007, "setup must be the first message and only the first"));
    }
    if (heard.has("setup")) {
      model = heard.path("setup").path("model").asString("models/unnamed");
      return Conversation.said(List.of("{\"setupComplete\":{}}"));
    }
    return Conversation.said(turn(heard.path("clientContent")));
  }

  private List<String> turn(JsonNode content) {
    var turns = content.path("turns");
    var text =
        turns.path(Math.max(0, turns.size() - 1)).path("parts").path(0).path("text").asString("");
    var bare = model.substring(model.lastIndexOf('/') + 1);
    var completion = Completion.to(new Prompt(text, Prompt.tokens(text)), bare, 0);
    var said = new ArrayList<String>();
    for (var piece : completion.pieces(ask.tokensPerPiece())) {
      said.add(server("\"modelTurn\":{\"parts\":[{\"text\":" + Json.quoted(piece) + "}]}"));
    }
    said.add(server("\"generationComplete\":true"));
    said.add(server("\"turnComplete\":true"));
    return said;
  }

  private static String server(String content) {
    return "{\"serverContent\":{" + content + "}}";
  }
}
