package io.onebalance.route.resource;

import io.onebalance.route.body.JsonTokens;
import io.onebalance.route.body.JsonTokens.Kind;
import io.onebalance.route.body.Words;
import java.util.Map;
import java.util.Set;

/// Finds the resources that the members of a JSON text refer to, at any depth, in one pass over its
/// tokens. It stops where the text is broken or cut off, and keeps what it has.
final class References {
  static final int MOST = 64;

  /// Members that hold an id or ids, and the collection it is of. An empty one means that the value
  /// says it itself (`cachedContents/x`, a file's URL).
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("file_id", "files"),
          Map.entry("file_ids", "files"),
          Map.entry("input_file_id", "files"),
          Map.entry("training_file", "files"),
          Map.entry("validation_file", "files"),
          Map.entry("fileUri", ""),
          Map.entry("file_uri", ""),
          Map.entry("fileName", ""),
          Map.entry("file_name", ""),
          Map.entry("cachedContent", ""),
          Map.entry("cached_content", ""),
          Map.entry("fileSearchStoreNames", ""),
          Map.entry("file_search_store_names", ""),
          Map.entry("model", ""),
          Map.entry("batch", ""),
          Map.entry("batch_id", "batches"),
          Map.entry("previous_response_id", "responses"),
          Map.entry("previous_interaction_id", "interactions"),
          Map.entry("conversation", "conversations"),
          Map.entry("vector_store_id", "vector_stores"),
          Map.entry("vector_store_ids", "vector_stores"),
          Map.entry("container", "containers"),
          Map.entry("container_id", "containers"),
          Map.entry("assistant_id", "assistants"),
          Map.entry("thread_id", "threads"),
          Map.entry("upload_id", "uploads"),
          Map.entry("eval_id", "evals"));

  private static final Words WORDS = new Words(MEMBERS.keySet());

  private final JsonTokens tokens;
  private final Set<String> found;

  References(JsonTokens tokens, Set<String> found) {
    this.tokens = tokens;
    this.found = found;
  }

  void read() {
    for (var kind = tokens.next(); ; kind = tokens.next()) {
      if (kind == Kind.NAME) {
        kind = member();
      }
      if (kind == Kind.END || kind == Kind.BROKEN || kind == Kind.EXCESSIVE) {
        return;
      }
    }
  }

  private Kind member() {
    var collection = tokens.among(WORDS).map(MEMBERS::get);
    return collection.isEmpty() ? Kind.NAME : value(collection.get());
  }

  private Kind value(String collection) {
    var kind = tokens.next();
    switch (kind) {
      case STRING -> add(collection);
      case ARRAY -> {
        return ids(collection);
      }
      case OBJECT -> {
        return collection.isEmpty() ? kind : object(collection);
      }
      default -> {
        // A number or null names nothing.
      }
    }
    return kind;
  }

  private Kind ids(String collection) {
    var kind = tokens.next();
    while (kind == Kind.STRING) {
      add(collection);
      kind = tokens.next();
    }
    return kind;
  }

  /// `"conversation": {"id": "conv_1"}`: the id where it comes first; else the object is read on as
  /// any other.
  private Kind object(String collection) {
    var kind = tokens.next();
    if (kind != Kind.NAME || !tokens.is("id")) {
      return kind == Kind.NAME ? member() : kind;
    }
    kind = tokens.next();
    if (kind == Kind.STRING) {
      add(collection);
    }
    return kind;
  }

  private void add(String collection) {
    if (found.size() >= MOST) {
      return;
    }
    var value =
        tokens.inside().length() > 2 * ResourcePath.LONGEST_ID ? "" : tokens.text().orElse("");
    if (collection.isEmpty()) {
      found.addAll(ResourcePath.in(value));
    } else if (ResourcePath.isId(value)) {
      found.add(collection + "/" + value);
    }
  }
}
