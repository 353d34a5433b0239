package io.onebalance.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.simulate.policy.Policies;
import io.onebalance.simulate.scenario.BadScenario;
import io.onebalance.simulate.scenario.Scenario;
import io.onebalance.simulate.scenario.ScenarioFile;
import io.onebalance.simulate.world.Request;
import io.onebalance.simulate.world.RequestLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
  private static final String HALF_AN_HOUR =
      """
      duration: 30m
      instances: 2
      exchange: 1s
      quotas: {free: {requests-per-minute: 10, concurrent: 8}}
      keys: {count: 10, quota: free, dead: 10%, flapping: {share: 10%, up: 5m, down: 2m}}
      load: {rate: 100% of minute, burst: {every: 10m, lasts: 1m, times: 2}}
      faults: {answer: faulted, from: 5m, lasts: 1m, share: 50%}
      """;

  @ParameterizedTest
  @EnumSource(Policies.class)
  void the_same_seed_tells_the_same_and_another_one_something_else(Policies policy)
      throws BadScenario {
    var scenario = ScenarioFile.read(HALF_AN_HOUR);
    assertThat(play(scenario, policy)).isEqualTo(play(scenario, policy));
    assertThat(play(scenario.with(2), policy)).isNotEqualTo(play(scenario, policy));
  }

  @ParameterizedTest
  @EnumSource(Policies.class)
  void every_request_is_served_or_fails(Policies policy) throws BadScenario {
    var sums = play(ScenarioFile.read(HALF_AN_HOUR), policy).sums();
    assertThat(sums.served() + sums.failed()).isEqualTo(sums.arrived());
    assertThat(sums.served()).isPositive().isLessThanOrEqualTo(sums.attempts());
    assertThat(sums.possible()).isLessThanOrEqualTo(sums.ceiling());
  }

  @Test
  void a_load_below_the_quotas_needs_as_many_keys_as_carry_it() throws BadScenario {
    var scenario =
        ScenarioFile.read(
            """
            duration: 20m
            wait: 60s
            quotas: {free: {requests-per-minute: 10}}
            keys: {count: 3, quota: free}
            load: {rate: 95/m}
            """);
    var need = Simulation.need(Setting.of(scenario), 0.999, () -> 0).orElseThrow();
    assertThat(need).isBetween(10, 12);
    assertThat(Simulation.need(Setting.of(scenario), 0.5, () -> 0).orElseThrow()).isBetween(4, 6);
  }

  @Test
  void a_log_is_replayed_at_its_own_time() throws BadScenario {
    var scenario =
        ScenarioFile.read(
            """
            provider: openai
            quotas: {free: {requests-per-minute: 2}}
            keys: {count: 1, quota: free}
            """,
            false);
    var log =
        RequestLog.read(
            """
            request_id,at,gateway_key,provider,model,first_byte_ms,total_ms,input_tokens,output_tokens
            c,1772000090.5,one,openai,gpt,100,300,10,3
            x,1772000050,one,groq,other,100,300,10,3
            b,1772000001.250,"two, three",openai,"'@cf/gpt",100,300,10,3
            a,1772000000,one,openai,gpt,,,,
            """);
    var setting = Setting.replaying(scenario, log);
    assertThat(setting.models()).containsExactly("gpt", "@cf/gpt");
    var arrivals = setting.arrivals().get();
    assertThat(arrivals.next())
        .isEqualTo(new Request(0, 1_772_000_000_000L, 0, 0, 1000, 300, 800, 2000));
    assertThat(arrivals.next())
        .isEqualTo(new Request(1, 1_772_000_001_250L, 1, 1, 10, 3, 100, 200));
    assertThat(arrivals.next()).isNotNull();
    assertThat(arrivals.next()).isNull();
    var sums = new Simulation(setting, () -> 0).play(Policies.OURS).sums();
    assertThat(sums.served()).isEqualTo(3);
  }

  private static Report play(Scenario scenario, Policies policy) {
    return new Simulation(Setting.of(scenario), () -> 0).play(policy);
  }
}
