package io.onebalance.ledger.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WordsTest {
  private final Words words = new Words();

  /// Many more words than places.
  @Test
  void a_word_is_never_taken_for_another() {
    var chance = new SplittableRandom(3);
    for (var i = 0; i < 50_000; i++) {
      var word = "gp%d-ü%d".formatted(chance.nextInt(10_000), chance.nextInt(10));
      assertThat(read(word)).isEqualTo(word);
      assertThat(packed(word)).isEqualTo(word);
    }
  }

  @Test
  void equal_words_are_the_same() {
    assertThat(read("openai")).isSameAs(read("openai"));
    assertThat(read("")).isEmpty();
  }

  private String read(String word) {
    var bytes = ("<" + word + ">").getBytes(UTF_8);
    return words.at(bytes, 1, bytes.length - 1);
  }

  private final Packer packer = new Packer();

  /// Through the other side, which keeps words as well.
  private String packed(String word) {
    packer.clear();
    packer.word(word);
    try {
      return new Unpacker(packer.bytes().clone(), words).word();
    } catch (Unpacker.Foreign foreign) {
      throw new AssertionError(foreign);
    }
  }
}
