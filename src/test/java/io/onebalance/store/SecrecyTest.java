package io.onebalance.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.onebalance.store.keyring.Keyring.Filter;
import io.onebalance.store.keyring.Keyring.Selection;
import io.onebalance.store.keyring.Keyring.Sort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// A key that is looked for in everything that the store leaves behind.
class SecrecyTest {
  private static final String CANARY = "sk-canary-0123456789-abcdefghijkl-WXYZ";
  private static final String BODY = "0123456789-abcdefghijkl";

  @TempDir Path dir;

  @Test
  @DisplayName("S1 P20 no file of the store holds the key, while it is open or afterwards")
  void no_file_holds_the_key() throws IOException {
    try (var rig = Rig.in(dir)) {
      use(rig);
      assertThat(holding(BODY)).isEmpty();
      assertThat(holding("WXYZ")).isNotEmpty();
    }
    assertThat(holding(BODY)).isEmpty();
    assertThat(holding(Files.readString(dir.resolve("master.key")).strip()))
        .containsExactly("master.key");
  }

  private List<String> holding(String text) throws IOException {
    var holding = new ArrayList<String>();
    try (var files = Files.list(dir)) {
      for (var file : files.toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
          holding.add(file.getFileName().toString());
        }
      }
    }
    return holding;
  }

  @Test
  @DisplayName("P20 no log line, trouble or audit row holds the key")
  void no_word_holds_the_key() {
    var words = listening();
    try (var rig = Rig.in(dir)) {
      use(rig);
      rig.keyring.audit().newest(100, 100).forEach(entry -> words.list.add(said(entry)));
      rig.outside(
          "CREATE TRIGGER no_paper BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END");
      rig.outside("DROP TABLE resources");
      trouble(words, () -> rig.keyring.add("groq", List.of(Rig.key(CANARY + "2")), CANARY));
      rig.outside("ALTER TABLE keys RENAME TO other");
      trouble(words, () -> rig.keyring.list(text(CANARY), Sort.NEWEST_FIRST, "", 1));
      trouble(words, () -> rig.keyring.delete(new Selection.Matching(text(CANARY)), "me"));
    } finally {
      root().detachAppender(words);
    }
    assertThat(words.list)
        .isNotEmpty()
        .allSatisfy(event -> {
          assertThat(event.getFormattedMessage()).doesNotContain(BODY);
          assertThat(String.valueOf(event.getThrowableProxy())).doesNotContain(BODY);
        });
  }

  private static void use(Rig rig) {
    var id = rig.add("groq", CANARY, "a remark");
    rig.keyring.add("groq", List.of(Rig.key(CANARY), Rig.key(CANARY + " x")), "me");
    rig.keyring.block(new Selection.Matching(text(CANARY)), "why", "me");
    rig.keyring.unblock(Rig.ids(id), "me");
    rig.keyring.list(text(CANARY), Sort.NEWEST_FIRST, "", 10);
    rig.keyring.flush();
  }

  private static Filter text(String text) {
    return new Filter("", "", text);
  }

  private static void trouble(ListAppender<ILoggingEvent> words, Runnable work) {
    try {
      work.run();
      throw new AssertionError("no trouble");
    } catch (StoreTrouble told) {
      var trace = new java.io.StringWriter();
      told.printStackTrace(new java.io.PrintWriter(trace));
      words.list.add(said(trace));
    }
  }

  private static ILoggingEvent said(Object words) {
    var event = new ch.qos.logback.classic.spi.LoggingEvent();
    event.setMessage(words.toString());
    return event;
  }

  private static ListAppender<ILoggingEvent> listening() {
    var words = new ListAppender<ILoggingEvent>();
    words.start();
    root().addAppender(words);
    root().setLevel(Level.WARN);
    return words;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
