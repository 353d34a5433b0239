package io.onebalance.dialect.openai.asking;

import io.onebalance.dialect.Target;
import io.onebalance.dialect.json.Json;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How a provider, or some of its models, speak the dialect. The members of `flavours.json`:
///
/// - `providers`, `models` (a pattern for the whole name): whom it is about; a later one overrides.
/// - `takes`: the only members that may be sent; absent, all may. `refuses`: those that may not.
/// - `extras`: members of clients without a neutral meaning that may be sent as they are.
/// - `renames`: what a member is called here. `limit`: what the limit of tokens is called.
/// - `developer`: whether instructions have this role. `system`: `anywhere`, or `first` alone.
/// - `reasoning`: how thinking is asked for: `effort` (one of `efforts`), `router`, `thinking`,
///   `qwen`, `none`. `thoughts`: the member that takes thoughts back, empty where none does.
/// - `media`: what messages may hold besides text; `link` where addresses are fetched, `upload`
///   where there are files of their own.
/// - `custom`: whether there are tools with free text. `choices`: whether more than one answer.
/// - `schema`: whether answers follow a JSON schema. `refusal`: whether messages have this member.
///   `signatures`: Gemini's are taken back.
/// - `ids`: of calls: `any`, `forty` characters at most, `nine` letters or digits.
/// - `prefix`: a begun answer is marked. `bridge`: the assistant must speak between tool and user.
///   `streamOptions`: usage must be asked for.
public record Flavour(JsonNode told) {
  public static Flavour of(Target target) {
    var all = Json.object();
    for (var entry : Flavours.ALL) {
      if (entry.isAbout(target)) {
        all.setAll(entry.told());
      }
    }
    return new Flavour(all);
  }

  public boolean takes(String member) {
    return !words("refuses").contains(member)
        && (!told.has("takes") || words("takes").contains(member));
  }

  public String name(String member) {
    return told.path("renames").path(member).asString(member);
  }

  public String word(String name) {
    return told.path(name).asString("");
  }

  public boolean is(String name) {
    return told.path(name).asBoolean(false);
  }

  public Set<String> words(String name) {
    return told.path(name).values().stream()
        .map(JsonNode::stringValue)
        .collect(Collectors.toUnmodifiableSet());
  }
}
