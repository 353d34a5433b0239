package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every path mapping of the gateway, from a table: what a client asks of us, what the gateway is
/// asked, and what the provider itself would be.
class GatewayPathTest {
  private static final Secret KEY = new Secret("sk-0123456789abcdefghij");
  private static final Way DIRECT = new Way.Direct();
  private static final Way GATEWAY = Way.Gateway.cloudflare("acct", "gw", Optional.empty());
  private static final Way DOMAIN =
      new Way.Gateway(BaseUrl.parse("https://ai.example.com"), Optional.empty());

  /// Where credentials decide about the address, a table of paths cannot tell it.
  private static final List<String> BY_CREDENTIAL =
      List.of("aws-bedrock", "google-vertex-ai", "azure-openai", "workers-ai", "huggingface");

  private final Catalogue catalogue =
      Catalogue.builtIn()
          .with(Map.of("mine", Map.of("base-url", "https://x.example/api/v1", "via", "gateway")));

  record Row(String slug, String asked, String there, String direct) {}

  @ParameterizedTest
  @MethodSource("rows")
  void a_path_is_mapped_as_the_gateway_wants_it(Row row) {
    assertThat(to(row, GATEWAY).target()).isEqualTo("/v1/acct/gw/" + row.there());
    assertThat(to(row, DOMAIN).target()).isEqualTo("/" + row.there());
    assertThat(to(row, DOMAIN).origin().authority()).isEqualTo("ai.example.com");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_same_path_reaches_the_provider_directly(Row row) {
    if (!row.direct().isEmpty()) {
      var there = to(row, DIRECT);
      assertThat(there.origin().authority() + there.target()).isEqualTo(row.direct());
    }
  }

  @Test
  void every_provider_that_the_gateway_knows_has_a_row() {
    var known =
        catalogue.all().stream()
            .filter(provider -> provider.viaGateway(GATEWAY))
            .map(Provider::slug)
            .filter(slug -> !BY_CREDENTIAL.contains(slug))
            .collect(Collectors.toSet());
    assertThat(rows().stream().map(Row::slug).collect(Collectors.toSet())).isEqualTo(known);
  }

  static List<Row> rows() {
    return text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.strip().split("\\s+", -1))
        .map(words -> new Row(words[0], words[1], words[2], words.length > 3 ? words[3] : ""))
        .toList();
  }

  private Destination to(Row row, Way way) {
    var mark = row.asked().indexOf('?');
    var path = mark < 0 ? row.asked() : row.asked().substring(0, mark);
    var query = mark < 0 ? "" : row.asked().substring(mark + 1);
    return catalogue.find(row.slug()).orElseThrow().destination(way, path, query, KEY);
  }

  private static String text() {
    var file = GatewayPathTest.class.getResourceAsStream("/provider/gateway-paths.txt");
    try (var in = Objects.requireNonNull(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
