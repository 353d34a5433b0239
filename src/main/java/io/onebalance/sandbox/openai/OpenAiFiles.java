package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Multipart;
import io.onebalance.sandbox.answer.Reply;
import io.onebalance.sandbox.answer.Stored;
import java.util.stream.Collectors;

/// OpenAI's files: uploaded as a form, listed, read, deleted; each only with the key that made it.
final class OpenAiFiles {
  private static final String FILE =
      """
      {
        "object": "file",
        "id": $,
        "purpose": $,
        "filename": $,
        "bytes": $,
        "created_at": $,
        "expires_at": null,
        "status": "processed",
        "status_details": null
      }
      """;

  private OpenAiFiles() {}

  static Reply answer(Ask ask) {
    var rest = ask.path().split("/", -1);
    if (rest.length < 3) {
      return ask.isPost() ? made(ask) : listed(ask);
    }
    var id = rest[2];
    var found = ask.stored().find(id, ask.key());
    if (found.isEmpty()) {
      return refused(ask, new Complaint.NotFound("No such File object: " + id));
    }
    if (ask.heard().method().equals("DELETE")) {
      ask.stored().remove(id, ask.key());
      return Reply.json(
          200, "{\"object\":\"file\",\"deleted\":true,\"id\":%s}".formatted(Json.quoted(id)));
    }
    return rest.length > 3 && rest[3].equals("content")
        ? Reply.whole(200, "application/octet-stream", found.get().content())
        : Reply.json(200, found.get().json());
  }

  private static Reply made(Ask ask) {
    var file = Multipart.part(ask.heard(), "file");
    if (file.isEmpty()) {
      return refused(ask, new Complaint.BadRequest("'file' is a required property"));
    }
    var id = ask.id("file-");
    var json =
        Json.filled(
            FILE,
            Json.quoted(id),
            Json.quoted(Multipart.field(ask.heard(), "purpose")),
            Json.quoted(file.get().attribute("filename")),
            file.get().body().length,
            ask.now().getEpochSecond());
    ask.stored().put(new Stored.Thing(id, "file", ask.key(), json, file.get().body()));
    return Reply.json(200, json);
  }

  private static Reply listed(Ask ask) {
    var files =
        ask.stored().all("file", ask.key()).stream()
            .map(Stored.Thing::json)
            .collect(Collectors.joining(","));
    return Reply.json(200, "{\"object\":\"list\",\"data\":[" + files + "],\"has_more\":false}");
  }

  private static Reply refused(Ask ask, Complaint complaint) {
    return new OpenAi().refuse(complaint, ask);
  }
}
