package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.price.Prices;
import io.onebalance.program.Program;
import io.onebalance.provider.Catalogue;
import io.onebalance.secret.Secret;
import io.onebalance.settings.Reload;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import io.onebalance.settings.read.SettingsReader;
import io.onebalance.settings.read.Watch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Settings that are read again while the program runs.
class ReloadingTest {
  private static final String KEY = "gateway-key-of-the-reloading-test";

  @TempDir private Path dir;

  private final List<Boolean> taken = new ArrayList<>();

  @Test
  @DisplayName("a file that was emptied does not take the gateway key away, and none is made")
  void keeps_the_gateway_key() throws Exception {
    write("auth-key: " + KEY + "\nport: 0\ntimeout: {wait-ms: 1}\n");
    try (var program = program()) {
      var watch = watch(program);
      write("");
      watch.reread();
      assertThat(taken).containsExactly(false);
      assertThat(dir.resolve("data/auth-key")).doesNotExist();
      assertThat(providers(program)).isEqualTo(200);

      write("auth-key: " + KEY + "\nport: 0\ntimeout: {wait-ms: 2}\n");
      watch.reread();
      assertThat(taken).containsExactly(false, true);
    }
  }

  @Test
  @DisplayName("settings that do not fit together are refused each time they are read")
  void refuses_what_does_not_fit() throws Exception {
    write("auth-key: " + KEY + "\nport: 0\n");
    try (var program = program()) {
      var watch = watch(program);
      write("auth-key: " + KEY + "\nport: 0\nproviders: {groq: {via: gateway}}\n");
      watch.reread();
      watch.reread();
      assertThat(taken).containsExactly(false, false);
      assertThat(providers(program)).isEqualTo(200);
    }
  }

  private Watch watch(Program program) throws Exception {
    var reloading = new Reloading(program);
    return new Watch(reader(), reader().read(), reload -> remember(reloading, reload));
  }

  private boolean remember(Reloading reloading, Reload reload) {
    taken.add(reloading.test(reload));
    return taken.getLast();
  }

  private Program program() throws Exception {
    return Program.start(
        reader().read().settings(), new Secret(KEY), Clock.systemUTC(), new SecureRandom());
  }

  private SettingsReader reader() {
    return new SettingsReader(
        new Whereabouts(dir, Map.of(), Optional.empty()),
        new Vet(Catalogue.builtIn()::with, Prices.builtIn()::with, _ -> {}));
  }

  private void write(String yaml) throws IOException {
    Files.writeString(dir.resolve("one-balance.yaml"), yaml);
  }

  private static int providers(Program program) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var asked =
          HttpRequest.newBuilder(URI.create(program.url() + "/api/providers"))
              .header("authorization", "Bearer " + KEY)
              .build();
      return http.send(asked, BodyHandlers.ofString()).statusCode();
    }
  }
}
