package io.onebalance.console.pages.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.OpenConsole;
import io.onebalance.console.json.Json;
import io.onebalance.provider.answer.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SentencesTest {
  private static final Path MAIN = Path.of("src/main");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");
  private static final Pattern SAID =
      Pattern.compile(
          "(?:[dD]ead|[dD]oubted|[uU]npaid|spent[A-Z]\\w+|[nN]oAccess|[mM]istaken|[aA]stray|[fF]aulted"
              + "|[oO]verloaded|[eE]xhausted)\\(\\s*\"([a-zA-Z][^\"]*)\"");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  @TempDir Path dir;

  @Test
  void what_is_known_is_said_in_chinese_and_the_rest_as_it_is() {
    var words = Words.in(Taste.Language.CHINESE);

    assertThat(words.sentence("there is no provider 'a (b) $1'")).isEqualTo("没有名为“a (b) $1”的提供商");
    assertThat(words.sentence("'remark' is longer than 500 characters"))
        .isEqualTo("“remark”超过 500 个字符");
    assertThat(words.sentence("quota of the moon")).isEqualTo("quota of the moon");
    assertThat(Words.in(Taste.Language.ENGLISH).sentence("by hand")).isEqualTo("by hand");
  }

  /// A sentence that is reworded elsewhere would be told in English from then on. What is wrong
  /// with groups is said apart from the field it is wrong in, and with a key apart from that it is
  /// invalid.
  @Test
  void every_sentence_that_is_translated_is_said_somewhere() throws IOException {
    var said = sources("");
    for (var known : translations().properties()) {
      for (var piece :
          PLACE.split(known.getKey().replaceFirst("^('groups' |invalid key(?=: ))", ""), -1)) {
        assertThat(said.contains(piece)).as(known.getKey()).isTrue();
      }
      assertThat(places(known.getValue().stringValue()))
          .as(known.getKey())
          .isSubsetOf(places(known.getKey()));
    }
  }

  @Test
  void a_sentence_within_a_sentence_is_said_as_well() {
    var words = Words.in(Taste.Language.CHINESE);

    assertThat(words.sentence("rate limit of a minute, quota per_minute, told to rest 30 s"))
        .isEqualTo("每分钟限速，配额 per_minute，被告知休息 30 秒");
    assertThat(words.sentence("quota of a day, 3 in a row without a told time"))
        .isEqualTo("每日配额，连续 3 次未告知时间");
    assertThat(words.sentence("unknown: failed: no answer in time")).isEqualTo("无法确定：失败：未及时应答");
    assertThat(words.sentence("No key of groq can be used: no key of this provider is stored."))
        .isEqualTo("groq 没有可用的密钥：没有保存此提供商的密钥。");
  }

  /// Why a key rests, is blocked or did not pass a test: the tables say it in words of ours.
  @Test
  void whatever_tables_of_errors_say_is_said_in_chinese() throws IOException {
    var words = Words.in(Taste.Language.CHINESE);
    var said = SAID.matcher(sources("io/onebalance/provider")).results().map(one -> one.group(1));
    var reasons =
        Stream.of(
            Reason.INVALID,
            Reason.LEAKED,
            Reason.SUSPENDED,
            Reason.DEACTIVATED,
            Reason.RESTRICTED,
            Reason.API_DISABLED);
    var all = Stream.concat(reasons, said).distinct().toList();

    assertThat(all).hasSizeGreaterThan(60);
    assertThat(all).allSatisfy(why -> assertThat(HAN.matcher(words.sentence(why)).find()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /keys/nobody, ''",
    "GET, /keys/openai/none, ''",
    "GET, /keys/openai?status=mad, ''",
    "GET, /keys/openai?sort=mad, ''",
    "GET, /keys/openai?q=%00, ''",
    "GET, /keys/openai?q=%zz, ''",
    "GET, /requests?cursor=x, ''",
    "GET, /requests?from=yesterday, ''",
    "GET, /requests?from=2026-11-21T08:00&to=2026-11-20T08:00, ''",
    "GET, /requests?status=mad, ''",
    "GET, /requests/none, ''",
    "GET, /gateway-keys/none, ''",
    "GET, /audit?before=x, ''",
    "POST, /keys/openai, action=mad&all=1",
    "POST, /keys/openai, action=edit&all=1&weight=1000",
    "POST, /keys/openai, action=add&keys=provider%2Ckey%0Aopenai%2Ca",
    "POST, /keys/openai, action=add&keys=%7B%22key%22%3A%22a%22%2C%22remark%22%3Anull%7D",
    "POST, /keys/openai, action=edit&all=1&remark=a%0Ab",
    "POST, /gateway-keys, name=&groups=openai",
    "POST, /gateway-keys, name=a&groups=",
    "POST, /gateway-keys, name=a&groups=mars",
    "POST, /gateway-keys, name=a&groups=openai&expires=soon",
    "POST, /gateway-keys, name=a&groups=openai&requests_per_minute=many",
    "POST, /gateway-keys, name=a&groups=openai&requests_per_minute=-1"
  })
  void whoever_reads_chinese_is_refused_in_chinese(String method, String target, String form) {
    try (var open = OpenConsole.in(dir)) {
      var knock = open.knock(method, target).cookie(open.cookie() + "; one_balance_language=zh-CN");
      var page = (form.isEmpty() ? knock : knock.form(form)).text();

      var why =
          Pattern.compile(
                  "(?:<p class=\"sentence\" dir=\"auto\">|toast"
                      + " bad\"[^>]*>\\s*<div>\\s*<p>)(.*?)</p>",
                  Pattern.DOTALL)
              .matcher(page);
      assertThat(why.find()).as(page).isTrue();
      assertThat(HAN.matcher(why.group(1)).find()).as(why.group(1)).isTrue();
    }
  }

  private static Set<String> places(String text) {
    return PLACE.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
  }

  /// Texts that stand on several lines are put together again.
  private static String sources(String below) throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(MAIN.resolve("java").resolve(below))) {
      for (var file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  private static JsonNode translations() throws IOException {
    return Json.MAPPER.readTree(
        Files.readString(MAIN.resolve("resources/console/sentences-zh-CN.json")));
  }
}
