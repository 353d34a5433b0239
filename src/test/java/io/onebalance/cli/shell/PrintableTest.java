package io.onebalance.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "plain words, plain words",
    "'a\u001b[31mred', 'a?[31mred'",
    "'two\nlines', 'two?lines'",
    "'abc\u202egnp.exe', 'abc?gnp.exe'",
    "'\u2066hidden\u2069', '?hidden?'",
    "שלום 你好 مرحبا, שלום 你好 مرحبا",
    "🔑👩\u200d💻, 🔑👩\u200d💻",
  })
  void what_steers_a_terminal_is_not_passed_on_to_it(String text, String shown) {
    assertThat(Printable.of(text)).isEqualTo(shown);
  }
}
