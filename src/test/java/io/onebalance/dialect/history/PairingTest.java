package io.onebalance.dialect.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Message;
import io.onebalance.chat.Message.Role;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.ToolName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PairingTest {
  private static final Part HELLO = Part.Text.of("hello");

  @Test
  void results_are_sorted_in_the_order_of_the_calls_before_what_the_user_says() {
    assertThat(
            Pairing.paired(
                List.of(
                    user(HELLO),
                    assistant(call("a"), call("b")),
                    user(result("b")),
                    user(HELLO, result("a")))))
        .containsExactly(
            user(HELLO), assistant(call("a"), call("b")), user(result("a"), result("b"), HELLO));
  }

  @Test
  @DisplayName("D45 a call that nobody answered is answered with an error")
  void a_call_without_a_result_is_answered_with_an_error() {
    assertThat(Pairing.paired(List.of(assistant(call("a"), call("b")), user(result("b")))))
        .containsExactly(assistant(call("a"), call("b")), user(missing("a"), result("b")));
  }

  @Test
  void calls_at_the_end_are_answered_too() {
    assertThat(Pairing.paired(List.of(user(HELLO), assistant(call("a")))))
        .containsExactly(user(HELLO), assistant(call("a")), user(missing("a")));
  }

  @Test
  void a_result_that_comes_after_the_assistant_spoke_again_is_text() {
    assertThat(
            Pairing.paired(
                List.of(assistant(call("a")), user(HELLO), assistant(HELLO), user(result("a")))))
        .containsExactly(
            assistant(call("a")),
            user(missing("a"), HELLO),
            assistant(HELLO),
            user(Part.Text.of(Pairing.NO_CALL), Part.Text.of("result a")));
  }

  @Test
  void a_result_without_its_call_is_text_and_an_empty_one_is_nothing() {
    assertThat(Pairing.paired(List.of(user(result("x"), HELLO), user(Part.ToolResult.of("y", "")))))
        .containsExactly(user(Part.Text.of(Pairing.NO_CALL), Part.Text.of("result x"), HELLO));
  }

  @Test
  void a_second_result_of_one_call_is_text() {
    assertThat(Pairing.paired(List.of(assistant(call("a")), user(result("a"), result("a")))))
        .containsExactly(
            assistant(call("a")),
            user(result("a"), Part.Text.of(Pairing.NO_CALL), Part.Text.of("result a")));
  }

  @Test
  void calls_of_one_id_take_their_results_in_turn() {
    var second = Part.ToolResult.of("a", "second");
    assertThat(Pairing.paired(List.of(assistant(call("a"), call("a")), user(result("a"), second))))
        .containsExactly(assistant(call("a"), call("a")), user(result("a"), second));
  }

  @Test
  void ids_that_come_again_in_a_later_turn_are_other_calls() {
    var again =
        List.of(assistant(call("a")), user(result("a")), assistant(call("a")), user(result("a")));
    assertThat(Pairing.paired(again)).isEqualTo(again);
  }

  @Test
  void calls_in_several_messages_are_one_turn() {
    assertThat(
            Pairing.paired(
                List.of(
                    assistant(call("a")),
                    assistant(call("b")),
                    user(result("b")),
                    user(result("a")))))
        .containsExactly(assistant(call("a"), call("b")), user(result("a"), result("b")));
  }

  @Test
  void a_system_message_between_call_and_result_comes_after_the_result() {
    assertThat(
            Pairing.paired(List.of(assistant(call("a")), system(HELLO), user(result("a"), HELLO))))
        .containsExactly(assistant(call("a")), user(result("a")), system(HELLO), user(HELLO));
  }

  @Test
  void messages_without_content_are_dropped_but_not_what_a_signature_seals() {
    var sealed = new Part.Text("", Optional.of(new Signature(Signature.Maker.GEMINI, "s")));
    assertThat(
            Pairing.paired(
                List.of(
                    user(),
                    user(Part.Text.of(" \n")),
                    user(Part.Text.of(""), HELLO),
                    assistant(sealed),
                    system(Part.Text.of("")))))
        .containsExactly(user(HELLO), assistant(sealed));
  }

  @Test
  void neighbours_of_one_role_are_merged_part_by_part() {
    assertThat(
            Pairing.merged(
                List.of(user(HELLO), user(HELLO), system(HELLO), user(HELLO), assistant(HELLO))))
        .containsExactly(user(HELLO, HELLO), system(HELLO), user(HELLO), assistant(HELLO));
  }

  private static Message user(Part... parts) {
    return new Message(Role.USER, List.of(parts));
  }

  private static Message assistant(Part... parts) {
    return new Message(Role.ASSISTANT, List.of(parts));
  }

  private static Message system(Part... parts) {
    return new Message(Role.SYSTEM, List.of(parts));
  }

  private static Part call(String id) {
    return new Part.ToolCall(ToolName.of("tool"), id, "{}", Optional.empty());
  }

  private static Part result(String id) {
    return Part.ToolResult.of(id, "result " + id);
  }

  private static Part missing(String id) {
    return new Part.ToolResult(id, List.of(Part.Text.of("no result provided")), true);
  }
}
