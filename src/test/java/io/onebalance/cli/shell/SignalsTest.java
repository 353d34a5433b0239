package io.onebalance.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SignalsTest {
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGHUP")
  void a_hangup_calls_the_action_and_the_program_goes_on() throws Exception {
    var called = new CountDownLatch(1);
    assertThat(Signals.onHangup(called::countDown)).isTrue();
    Signals.raiseHangup();
    assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
  }
}
