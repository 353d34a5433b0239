package io.onebalance.dialect.openai;

import static io.onebalance.dialect.openai.Asking.HI;
import static io.onebalance.dialect.openai.Asking.OPENAI;
import static io.onebalance.dialect.openai.Asking.with;
import static io.onebalance.dialect.openai.Asking.write;
import static io.onebalance.dialect.openai.OpenAiRequestTest.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.ToolName;
import io.onebalance.chat.asked.Tool;
import io.onebalance.chat.asked.ToolChoice;
import io.onebalance.chat.asked.Tools;
import io.onebalance.dialect.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tools as providers are told of them.
class OpenAiToolsTest {
  @Test
  void tools_that_cannot_keep_their_names_are_told() {
    var spaced = new ToolName("run", Optional.of("shell"), false);
    var dotted = ToolName.of("fs.read");
    var free = new ToolName("patch", Optional.empty(), true);
    var tools =
        new Tools(
            List.of(
                new Tool.Function(spaced, "", Optional.empty(), false),
                new Tool.Function(dotted, "", Optional.empty(), true),
                new Tool.Function(ToolName.of("plain"), "says", Optional.empty(), false),
                new Tool.Custom(free, "", Optional.empty()),
                new Tool.Hosted("web_search", Json.object())),
            new ToolChoice.Named(dotted),
            false);
    var openai = new OpenAiProvider().write(with(tools), OPENAI);
    assertThat(openai.renamed().values()).containsExactlyInAnyOrder(spaced, dotted);
    assertThat(openai.renamed()).containsEntry("shell__run", spaced);
    assertThat(openai.dropped()).containsExactly("tools.web_search");
    var name = openai.body().at("/tools/1/function/name").stringValue();
    assertThat(name).matches("fs_read_[0-9a-f]{8}");
    assertThat(openai.body().at("/tool_choice/function/name").stringValue()).isEqualTo(name);
    assertThat(openai.body().at("/tools/3/type").stringValue()).isEqualTo("custom");
    assertThat(openai.body().path("parallel_tool_calls").booleanValue()).isFalse();
    var groq = write(with(tools), "groq", "llama");
    assertThat(groq.renamed()).containsEntry("patch", free);
    assertThat(groq.body().at("/tools/3/function/parameters/properties/input/type").stringValue())
        .isEqualTo("string");
  }

  @Test
  void only_the_allowed_tools_are_shown_where_nobody_can_say_so() {
    var tools =
        new Tools(
            List.of(
                new Tool.Function(ToolName.of("f"), "", Optional.empty(), false),
                new Tool.Function(ToolName.of("g"), "", Optional.empty(), false)),
            new ToolChoice.Allowed(true, List.of(ToolName.of("g"))),
            true);
    var groq = write(with(tools), "groq", "llama").body();
    assertThat(groq.path("tools").size()).isOne();
    assertThat(groq.path("tool_choice").stringValue()).isEqualTo("required");
    var openai = new OpenAiProvider().write(with(tools), OPENAI).body();
    assertThat(openai.path("tools").size()).isEqualTo(2);
    assertThat(openai.at("/tool_choice/allowed_tools/tools/0/function/name").stringValue())
        .isEqualTo("g");
  }

  @Test
  void no_tools_no_choice() {
    var body = write(saying(HI, ",\"tools\":[],\"tool_choice\":\"auto\""), "mistral", "m").body();
    assertThat(body.has("tools")).isFalse();
    assertThat(body.has("tool_choice")).isFalse();
  }
}
