package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.site.Credentials;
import io.onebalance.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/providers.md against the catalogue, both ways.
class ProvidersPageTest {
  private static final Way GATEWAY = Way.Gateway.cloudflare("a", "g", Optional.empty());
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z0-9-]+)` \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|([^|]*)\\|$", Pattern.MULTILINE);

  private final Catalogue catalogue = Catalogue.builtIn();

  @Test
  void the_page_has_a_row_for_every_provider_and_for_no_other() throws IOException {
    assertThat(rows().keySet())
        .containsExactlyInAnyOrderElementsOf(catalogue.all().stream().map(Provider::slug).toList());
  }

  @Test
  void rows_tell_names_keys_roads_and_probes_as_the_catalogue_has_them() throws IOException {
    for (var row : rows().entrySet()) {
      var provider = catalogue.find(row.getKey()).orElseThrow();
      var cells = row.getValue();
      var aliases =
          String.join(", ", provider.about().aliases().stream().map(a -> "`" + a + "`").toList());
      assertThat(cells.get(0)).as(row.getKey()).isEqualTo(aliases.isEmpty() ? "—" : aliases);
      var keys = provider.about().keyPattern();
      assertThat(cells.get(1))
          .as(row.getKey())
          .isEqualTo(keys.isEmpty() ? "one text" : "`" + keys + "`");
      var gateway = provider.viaGateway(GATEWAY) ? "yes" : "no";
      assertThat(cells.get(3)).as(row.getKey()).isEqualTo(gateway);
    }
  }

  @Test
  void every_example_leads_to_the_provider() throws IOException {
    for (var row : rows().entrySet()) {
      var provider = catalogue.find(row.getKey()).orElseThrow();
      var example = row.getValue().get(2).replace("`", "");
      var mount = "/api/" + provider.slug();
      assertThat(example).startsWith(mount + "/");
      var mark = (example + "?").indexOf('?');
      var path = example.substring(mount.length(), mark);
      var query = mark < example.length() ? example.substring(mark + 1) : "";
      var there = provider.destination(new Way.Direct(), path, query, key(provider.slug()));
      assertThat(there.origin().tls()).isTrue();
    }
  }

  /// Nobody tells what is cheap to ask at the one that is left out.
  @Test
  void every_provider_but_one_has_a_call_that_tests_a_key() {
    assertThat(catalogue.all())
        .filteredOn(provider -> provider.about().probe().isEmpty())
        .extracting(Provider::slug)
        .containsExactly("anyrouter");
  }

  private static Secret key(String slug) {
    return switch (slug) {
      case "aws-bedrock" -> Credentials.AWS;
      case "google-vertex-ai" -> Credentials.serviceAccount("my-project");
      case "azure-openai" -> Credentials.azure("my-resource", "k");
      case "workers-ai" -> new Secret("{\"account_id\":\"abc\",\"api_token\":\"t\"}");
      default -> new Secret("k");
    };
  }

  private static Map<String, List<String>> rows() throws IOException {
    var rows = new LinkedHashMap<String, List<String>>();
    var found = ROW.matcher(Files.readString(Path.of("docs/providers.md")));
    while (found.find()) {
      rows.put(
          found.group(1),
          List.of(
              found.group(2).strip(),
              found.group(3).strip(),
              found.group(4).strip(),
              found.group(5).strip()));
    }
    return rows;
  }
}
