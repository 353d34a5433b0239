package io.onebalance.relay.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Only what came to its end is told again.
class EndedWellTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | application/json                 | {\"id\":\"a\"}",
        "true  | application/json; charset=utf-8  | [1]",
        "false | application/json                 | oops",
        "false | text/html                        | <p>",
        "true  | text/event-stream                | data: {\"a\":1}~~data: [DONE]~~",
        "false | text/event-stream                | data: {\"a\":1}~~",
        "false | text/event-stream | data: {\"error\":{\"message\":\"x\"}}~~data: [DONE]~~",
        "true  | text/event-stream | event: message_stop~data: {\"type\":\"message_stop\"}~~",
        "false | text/event-stream | event: error~data: {\"type\":\"error\"}~~",
        "true  | text/event-stream | data: {\"candidates\":[{\"finishReason\":\"STOP\"}]}~~",
        "false | text/event-stream | data: {\"text\":\"\\\"finishReason\\\":\"}~~",
        "true  | text/event-stream | data: {\"type\":\"response.completed\"}~~",
        "false | text/event-stream | event: response.failed~data: {}~~",
        "false | text/event-stream | data:"
            + " {\"id\":\"gen-1\",\"error\":{\"code\":502},\"choices\":[]}~~data: [DONE]~~",
        "false | text/event-stream | data:"
            + " {\"id\":\"gen-1\",\"choices\":[{\"finish_reason\":\"error\"}]}~~data: [DONE]~~",
        "true  | text/event-stream | data: {\"error\":null,\"choices\":[]}~~data: [DONE]~~",
        "true  | text/event-stream | data: {\"text\":\"an error\"}~~data:[DONE]",
        "true  | text/event-stream | data: {\"text\":\"event: error\"}~~data: [DONE]~~",
        "false | text/event-stream | data: {\"text\":\"data: [DONE]\"}~~",
        "false | text/event-stream | data: {\"text\":\"message_stop\"}~~",
        "false | text/event-stream | data: {\"text\":\"\",\"finishReason\":\"STOP\"}~~",
        "false | text/event-stream | data: {\"candidates\":[{\"finishReason\":\"STOP\"}~~",
        "true  | text/event-stream | event: done~data: [DONE]~~",
        "false | application/json | {\"id\":\"a\",\"data\":[{\"x\":\"}\"",
        "false | application/json | {\"id\":\"a",
        "false | application/json | [{\"id\":\"a\"}",
        "false | application/json | {\"id\":\"a\"} and more",
        "false | application/json | {\"id\":\"a\",\"choices\":[],\"error\":{\"code\":502}}",
        "false | application/json | [{\"candidates\":[]},{\"error\":{\"code\":503}}]",
        "true  | application/json | {\"id\":\"a\",\"error\":null,\"data\":{\"error\":\"b\"}}",
        "true  | application/json | {\"error\":{},\"errors\":[1]}~"
      })
  void an_answer_ended_well(boolean well, String type, String body) {
    assertThat(EndedWell.is(type, body.replace('~', '\n').getBytes(UTF_8))).isEqualTo(well);
  }

  @ParameterizedTest
  @CsvSource({"false, {}"})
  void an_answer_without_a_type_is_none(boolean well, String body) {
    assertThat(EndedWell.is(null, body.getBytes(UTF_8))).isEqualTo(well);
  }
}
