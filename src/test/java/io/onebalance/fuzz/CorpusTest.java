package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Replays the corpus: seeds that were written, and what fuzzing found.
class CorpusTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final int MUTATIONS = 200;

  @TestFactory
  @DisplayName("P21 no input of the corpus breaks its target, nor do a few changes to it")
  Stream<DynamicTest> no_input_of_the_corpus_breaks_its_target() {
    return StreamSupport.stream(Targets.names().spliterator(), false)
        .map(name -> dynamicTest(name, () -> replay(Targets.named(name), inputs(name))));
  }

  @Test
  void every_folder_of_the_corpus_has_a_target() throws IOException {
    try (var folders = Files.list(CORPUS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Targets.names());
    }
  }

  private static List<Path> inputs(String name) throws IOException {
    try (var files = Files.list(CORPUS.resolve(name))) {
      return files.sorted().toList();
    }
  }

  private static void replay(Target target, List<Path> inputs) throws Exception {
    assertThat(inputs).isNotEmpty();
    target.attack(new byte[0]);
    for (var file : inputs) {
      var input = Files.readAllBytes(file);
      attack(target, input, file.toString());
      var chance = new Random(file.getFileName().toString().hashCode());
      for (var i = 0; i < MUTATIONS / inputs.size(); i++) {
        attack(target, changed(input, chance), file + ", changed");
      }
    }
  }

  private static void attack(Target target, byte[] input, String what) {
    try {
      target.attack(input);
    } catch (Exception | AssertionError | StackOverflowError broken) {
      throw new AssertionError(what + ": " + java.util.HexFormat.of().formatHex(input), broken);
    }
  }

  /// One byte is another, or everything behind it is gone.
  private static byte[] changed(byte[] input, Random chance) {
    if (input.length == 0) {
      return input;
    }
    var at = chance.nextInt(input.length);
    if (chance.nextBoolean()) {
      return java.util.Arrays.copyOf(input, at);
    }
    var changed = input.clone();
    changed[at] = (byte) chance.nextInt();
    return changed;
  }
}
