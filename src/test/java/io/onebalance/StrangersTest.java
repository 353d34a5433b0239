package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is kept from those who may not.
class StrangersTest {
  @Test
  @DisplayName("S27 gateway keys are compared in constant time and no other way")
  void compared_in_constant_time() {
    var comparing =
        House.asCompiled().classesOf("access").stream()
            .filter(found ->
                found.getMethodCallsFromSelf().stream()
                    .anyMatch(call ->
                        call.getTargetOwner().isEquivalentTo(MessageDigest.class)
                            && call.getName().equals("isEqual")))
            .toList();
    assertThat(comparing).hasSize(1);
  }
}
