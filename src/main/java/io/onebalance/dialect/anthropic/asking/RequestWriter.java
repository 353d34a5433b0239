package io.onebalance.dialect.anthropic.asking;

import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.dialect.Outgoing;
import io.onebalance.dialect.Target;
import io.onebalance.dialect.anthropic.words.Answers;
import io.onebalance.dialect.anthropic.words.CacheMarks;
import io.onebalance.dialect.json.BadRequest;
import io.onebalance.dialect.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Writes a request for a provider. Confined to one thread.
public final class RequestWriter {
  private static final String VERTEX = "google-vertex-ai";

  private final ChatRequest request;
  private final Target target;
  private final Claude model;
  private final Set<String> dropped = new LinkedHashSet<>();
  private final Names names = new Names();
  private final CacheMarks marks;
  private final Conversation talk;
  private final Thoughts thoughts;
  private final Format format;
  private final ObjectNode body = Json.object();

  public RequestWriter(ChatRequest request, Target target) {
    this.request = request;
    this.target = target;
    model = Claude.named(target.model());
    marks = CacheMarks.of(request);
    talk = Conversation.of(request.messages(), model, dropped);
    thoughts = Thoughts.of(request, model, talk, dropped);
    format = Format.of(request.format(), model, thoughts.on(), dropped);
  }

  public Outgoing outgoing() {
    if (request.limits().choices() > 1) {
      throw new BadRequest("n", "this model gives one answer at a time");
    }
    addressed();
    body.put("max_tokens", thoughts.tokens());
    messages();
    tools();
    thinking();
    stops();
    if (request.delivery().stream()) {
      body.put("stream", true);
    }
    new SamplingWriter(body, dropped).write(request.sampling(), model, thoughts.on());
    new ExtrasWriter(body, dropped).write(request.extras());
    return new Outgoing(body, List.copyOf(dropped), names.renamed());
  }

  /// At Vertex the path names the model.
  private void addressed() {
    if (target.provider().equals(VERTEX)) {
      body.put("anthropic_version", "vertex-2023-10-16");
    } else {
      body.put("model", target.model());
    }
  }

  private void messages() {
    var blocks = new BlockWriter(marks, new CallIds(talk.turns()), names, dropped);
    var system = new ArrayList<>(talk.system());
    format.order().map(Part.Text::of).ifPresent(system::add);
    if (!system.isEmpty()) {
      body.set("system", blocks.content(system, Role.SYSTEM));
    }
    body.set("messages", blocks.messages(talk.turns()));
  }

  private void tools() {
    var writer = new ToolsWriter(marks, names, dropped);
    var tools = writer.tools(request.tools());
    var own = !tools.isEmpty();
    format.tool().ifPresent(tools::add);
    if (tools.isEmpty()) {
      writer.choiceOfNone(request.tools().choice());
      return;
    }
    body.set("tools", tools);
    if (format.tool().isPresent() && !isForced()) {
      body.set("tool_choice", answering(own));
    } else {
      writer
          .choice(request.tools(), thoughts.on())
          .ifPresent(choice -> body.set("tool_choice", choice));
    }
  }

  private boolean isForced() {
    return request.tools().choice() instanceof ToolChoice.Named;
  }

  private ObjectNode answering(boolean own) {
    var free = own && !(request.tools().choice() instanceof ToolChoice.None);
    var choice = Json.object().put("type", free ? "any" : "tool");
    if (!free) {
      choice.put("name", Answers.TOOL);
    }
    return request.tools().parallel() ? choice : choice.put("disable_parallel_tool_use", true);
  }

  private void thinking() {
    thoughts.thinking().ifPresent(said -> body.set("thinking", said));
    var config = Json.object();
    thoughts.effort().ifPresent(effort -> config.put("effort", effort));
    format
        .schema()
        .ifPresent(
            schema -> config.putObject("format").put("type", "json_schema").set("schema", schema));
    if (!config.isEmpty()) {
      body.set("output_config", config);
    }
  }

  private void stops() {
    var stops = request.limits().stops().stream().filter(stop -> !stop.isBlank()).toList();
    if (stops.size() < request.limits().stops().size()) {
      dropped.add("stop");
    }
    if (!stops.isEmpty()) {
      var written = body.putArray("stop_sequences");
      stops.forEach(written::add);
    }
  }
}
