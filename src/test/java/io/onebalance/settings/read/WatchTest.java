package io.onebalance.settings.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.settings.BadSettings;
import io.onebalance.settings.Reload;
import io.onebalance.settings.Vet;
import io.onebalance.settings.Whereabouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @TempDir private Path directory;

  private final List<Reload> news = new ArrayList<>();
  private long saves;

  @BeforeEach
  void a_file_lies_there() throws IOException {
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: 1}\n");
  }

  @Test
  void nothing_is_read_while_nothing_changes() throws Exception {
    var watch = watch();
    watch.check();
    watch.check();
    assertThat(news).isEmpty();
  }

  @Test
  void a_change_is_noticed_once_and_named() throws Exception {
    var watch = watch();
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: 2}\n");
    noticed(watch);
    noticed(watch);
    assertThat(news).hasSize(1);
    var applied = (Reload.Applied) news.getFirst();
    assertThat(applied.changed()).containsExactly("timeout.wait-ms");
    assertThat(applied.waitingForRestart()).isEmpty();
    assertThat(applied.now().settings().timeout().maxWait()).hasMillis(2);
  }

  @Test
  void what_waits_for_a_restart_is_told_until_it_is_as_it_was() throws Exception {
    var watch = watch();
    save("one-balance.yaml", "port: 2\ntimeout: {wait-ms: 1}\n");
    noticed(watch);
    save("one-balance.yaml", "port: 2\ntimeout: {wait-ms: 2}\n");
    noticed(watch);
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: 2}\n");
    noticed(watch);
    assertThat(news)
        .extracting(reload -> ((Reload.Applied) reload).waitingForRestart())
        .containsExactly(List.of("port"), List.of("port"), List.of());
  }

  @Test
  void a_broken_file_is_refused_with_its_line_and_told_once() throws Exception {
    var watch = watch();
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: soon}\n");
    noticed(watch);
    noticed(watch);
    assertThat(news).hasSize(1);
    assertThat(((Reload.Refused) news.getFirst()).why())
        .hasMessageStartingWith("one-balance.yaml:2: timeout.wait-ms is 'soon'");
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: 3}\n");
    noticed(watch);
    assertThat(news.getLast()).isInstanceOf(Reload.Applied.class);
  }

  @Test
  void files_that_come_and_go_are_noticed() throws Exception {
    var watch = watch();
    save(".env", "MAX_WAIT_MS=9\n");
    noticed(watch);
    Files.delete(directory.resolve(".env"));
    noticed(watch);
    Files.createDirectory(directory.resolve("data"));
    save("data/auth-key", "a-key-that-is-kept-in-a-file");
    noticed(watch);
    assertThat(news)
        .extracting(reload -> ((Reload.Applied) reload).changed())
        .containsExactly(
            List.of("timeout.wait-ms"), List.of("timeout.wait-ms"), List.of("auth-key"));
  }

  @Test
  @DisplayName("a file that is still being written is left alone until it rests")
  void what_is_half_written_does_not_count() throws Exception {
    var watch = watch();
    save("one-balance.yaml", "");
    watch.check();
    save("one-balance.yaml", "port: 1\n");
    watch.check();
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: 4}\n");
    watch.check();
    assertThat(news).isEmpty();
    watch.check();
    assertThat(((Reload.Applied) news.getFirst()).now().settings().timeout().maxWait())
        .hasMillis(4);
  }

  @Test
  void what_was_not_taken_is_not_in_force() throws Exception {
    var watch = watch(reload -> !news.add(reload));
    save("one-balance.yaml", "port: 1\ntimeout: {wait-ms: 2}\n");
    noticed(watch);
    noticed(watch);
    watch.reread();
    assertThat(news)
        .extracting(reload -> ((Reload.Applied) reload).changed())
        .containsExactly(List.of("timeout.wait-ms"), List.of("timeout.wait-ms"));
  }

  @Test
  void being_told_to_read_again_always_brings_an_answer() throws Exception {
    var watch = watch();
    watch.reread();
    assertThat(news).containsExactly(new Reload.Same());
  }

  /// The next check sees a change, the one after it that the files rest.
  private static void noticed(Watch watch) {
    watch.check();
    watch.check();
  }

  private Watch watch() throws BadSettings {
    return watch(news::add);
  }

  private Watch watch(Predicate<Reload> listener) throws BadSettings {
    var place = new Whereabouts(directory, Map.of(), Optional.empty());
    var reader = new SettingsReader(place, Vet.NOTHING);
    return new Watch(reader, reader.read(), listener);
  }

  /// Each save has a later time than the one before, however coarse the file system's clock.
  private void save(String name, String text) throws IOException {
    var file = directory.resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + ++saves * 1000));
  }
}
