package io.onebalance.dialect.gemini.asking;

import io.onebalance.chat.Source;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.OutputFormat;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.Json;
import java.util.List;

/// Writes a request as one of Google's models takes it.
public final class RequestWriter {
  private static final String AS_JSON = "Answer with a JSON object and nothing else.";
  private static final String AS_SCHEMA = "Answer with JSON of this JSON schema and nothing else: ";

  private RequestWriter() {}

  /// `reducesSchemas` puts schemas into the older fields.
  public static Outgoing write(ChatRequest request, Target target, boolean reducesSchemas) {
    var to = Addressee.of(target, reducesSchemas);
    var dropped = new Dropped();
    var names = new ToolNames();
    var body = Json.object();
    var config = Json.object();
    var searches = ExtrasWriter.searches(request.extras());
    var functions = new ToolsWriter(to, names, dropped).write(request.tools(), searches, body);
    var formed = !functions || (to.model().mixesTools() && isFree(request.tools().choice()));
    var further = formed ? List.<String>of() : inWords(request.format());
    new ContentsWriter(to, names, dropped).write(request.messages(), further, body);
    new ConfigWriter(to, dropped).write(request, formed, config);
    new ExtrasWriter(to, dropped).write(request.extras(), body, config);
    if (!config.isEmpty()) {
      body.set("generationConfig", config);
    }
    var oneCall = functions && !request.tools().parallel();
    return new Outgoing(body, dropped.names(), names.renamed(), oneCall);
  }

  /// Whether Google gets what stands there by itself.
  public static boolean fetches(Source source, Target target) {
    return !(source instanceof Source.Link(var url, _))
        || MediaWriter.isFetched(url, Addressee.of(target, false));
  }

  private static boolean isFree(ToolChoice choice) {
    return switch (choice) {
      case ToolChoice.Unsaid _, ToolChoice.Auto _, ToolChoice.None _ -> true;
      case ToolChoice.Allowed(var required, _) -> !required;
      case ToolChoice.Required _, ToolChoice.Named _ -> false;
    };
  }

  /// The form of the answer, for models that are asked for no form while they have functions.
  private static List<String> inWords(OutputFormat format) {
    return switch (format) {
      case OutputFormat.Text() -> List.of();
      case OutputFormat.Json() -> List.of(AS_JSON);
      case OutputFormat.Schema(_, _, var schema, _) -> List.of(AS_SCHEMA + Json.text(schema));
    };
  }
}
