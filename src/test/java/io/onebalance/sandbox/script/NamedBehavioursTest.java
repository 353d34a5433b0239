package io.onebalance.sandbox.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.script.NamedBehaviours.Behaviour;
import org.junit.jupiter.api.Test;

class NamedBehavioursTest {
  private final NamedBehaviours behaviours = new NamedBehaviours();

  @Test
  void every_name_calls_up_its_behaviour_as_a_model_and_in_a_key() {
    assertThat(behaviours.about().keySet())
        .isNotEmpty()
        .allSatisfy(name -> {
          assertThat(behaviours.ofModel(name)).map(Behaviour::name).hasValue(name);
          assertThat(behaviours.ofKey("sandbox-" + name + "-2"))
              .map(Behaviour::name)
              .hasValue(name);
        });
    assertThat(behaviours.ofKey("dead")).isEmpty();
    assertThat(behaviours.ofKey("sandbox-deadly")).isEmpty();
  }
}
